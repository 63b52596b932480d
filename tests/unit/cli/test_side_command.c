#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/side_command.h"
#include "tests/support/check.h"

/* The second benchmark of a config, and its suite's hooks, in /tree and /work. */
struct fixture {
    struct config *config;
    struct benches benches;
    struct strvec environment;
    struct side_place place;
};

static const char text[] =
    "{\"version\": 1, \"suites\": [{\"name\": \"s\", \"env\": {\"STORE\": \"{work}/s\","
    " \"LANG\": \"suite\"}, \"setup\": [\"build/lock {n} {tree}\"], \"benchmarks\": ["
    "{\"name\": \"plain\", \"run\": \"build/list {n} {work}\", \"sizes\": {\"n\": [7]}},"
    "{\"name\": \"all\", \"run\": \"../build/list data {work}/in\", \"cwd\": \"sub\","
    " \"stdin\": \"tests/{n}.txt\", \"env\": {\"LANG\": \"{n}\"},"
    " \"sizes\": {\"n\": [7]}}]}]}";

static int setup(void **state)
{
    struct error err = { 0 };
    struct fixture *f = xcalloc(1, sizeof *f);
    *state = f;
    f->config = config_parse(text, "pawl.json", &err);
    if (!f->config)
        fail_msg("%s", err.message);
    benches_of(f->config, &f->benches);
    f->place = (struct side_place){ .tree = "/tree", .scratch = "/work" };
    strvec_push(&f->environment, "PATH=/bin");
    strvec_push(&f->environment, "LANG=C");
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    benches_clear(&f->benches);
    config_free(f->config);
    strvec_clear(&f->environment);
    free(f);
    return 0;
}

static void assert_joined(const struct strvec *texts, const char *want)
{
    AUTO_FREE char *got = strvec_join(texts, "|");
    assert_string_equal(got, want);
}

/* The run of bench number i; side_command_clear() it. */
static struct side_command run_of(struct fixture *f, size_t i)
{
    const struct bench *bench = &f->benches.items[i];
    struct side_scope scope = side_scope_of_bench(bench, &f->place, &f->environment);
    struct side_command command = { 0 };
    struct error err = { 0 };
    if (side_command_of_run(&scope, bench->benchmark, &command, &err) < 0)
        fail_msg("%s", err.message);
    return command;
}

static void runs_start_in_the_tree_with_nothing_to_read(void **state)
{
    struct side_command command = run_of(*state, 0);

    assert_joined(&command.argv, "build/list|7|/work");
    assert_string_equal(command.directory, "/tree");
    assert_null(command.stdin_path);
    side_command_clear(&command);
}

static void paths_are_found_from_the_top_of_the_tree(void **state)
{
    struct side_command command = run_of(*state, 1);

    assert_joined(&command.argv, "../build/list|data|/work/in");
    assert_string_equal(command.directory, "/tree/sub");
    assert_string_equal(command.stdin_path, "/tree/tests/7.txt");
    side_command_clear(&command);
}

static void variables_of_the_benchmark_win(void **state)
{
    struct side_command plain = run_of(*state, 0);
    struct side_command all = run_of(*state, 1);

    assert_joined(&plain.environment, "LANG=suite|PATH=/bin|STORE=/work/s");
    assert_joined(&all.environment, "LANG=7|PATH=/bin|STORE=/work/s");
    side_command_clear(&plain);
    side_command_clear(&all);
}

static void hooks_of_suites_have_its_variables_and_places(void **state)
{
    struct fixture *f = *state;
    struct hook_sets sets = { 0 };
    struct side_command command = { 0 };
    struct error err = { 0 };

    hook_sets_of(&f->benches, HOOK_SETUP, &sets);
    struct side_scope scope =
        side_scope_of_hook(&sets.items[0], &f->place, &f->environment);
    assert_int_equal(side_command_of_hook(&scope, sets.items[0].command, &command, &err),
                     0);

    assert_joined(&command.argv, "build/lock|7|/tree");
    assert_joined(&command.environment, "LANG=suite|PATH=/bin|STORE=/work/s");
    assert_string_equal(command.directory, "/tree");
    side_command_clear(&command);
    hook_sets_clear(&sets);
}

static void assert_names(struct fixture *f, size_t i, const char *want)
{
    const struct bench *bench = &f->benches.items[i];
    struct side_scope scope = side_scope_of_bench(bench, &f->place, &f->environment);
    struct error err = { 0 };
    AUTO_STRVEC struct strvec words = { 0 };

    assert_int_equal(side_command_names(&scope, bench->benchmark, &words, &err), 0);

    assert_joined(&words, want);
}

/* So that a bench is not called identical whose input, or directory, has changed. */
static void everything_that_may_name_a_file_is_told(void **state)
{
    assert_names(*state, 0, "build/list|7|/work|STORE=/work/s|LANG=suite");
    assert_names(*state, 1,
                 "/tree/sub/../build/list|/tree/sub/data|data|/work/in|/work/in|"
                 "/tree/sub|/tree/tests/7.txt|STORE=/work/s|LANG=suite|LANG=7");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(runs_start_in_the_tree_with_nothing_to_read),
        T(paths_are_found_from_the_top_of_the_tree),
        T(variables_of_the_benchmark_win),
        T(hooks_of_suites_have_its_variables_and_places),
        T(everything_that_may_name_a_file_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
