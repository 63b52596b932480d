#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/cli/side_runner.h"
#include "runners/environment.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* Trees "a" and "b" and scratch directories "work-a" and "work-b" in the sandbox, and the
 * benches of a config. */
struct fixture {
    struct sandbox *sandbox;
    struct spawner *spawner;
    struct strvec environment;
    struct config *config;
    struct benches benches;
    struct side_bench bench; /* the first */
    struct side_runner runner;
};

static int setup(void **state)
{
    static const char *const names[] = { "a", "b", "work-a", "work-b" };
    struct error err = { 0 };
    void *sandbox = NULL;
    if (sandbox_setup(&sandbox) < 0)
        return -1;
    struct fixture *f = xcalloc(1, sizeof *f);
    *state = f;
    f->sandbox = sandbox;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        sandbox_must(f->sandbox, "mkdir %s", names[i]);
    strvec_pushf(&f->environment, "PATH=%s", getenv("PATH"));
    f->spawner = spawner_open(&err);
    if (!f->spawner)
        fail_msg("%s", err.message);
    f->runner = (struct side_runner){
        .spawner = f->spawner,
        .benches = &f->bench,
        .environment = &f->environment,
        .cpu = PROCESS_ANY_CPU,
    };
    side_runner_init(&f->runner);
    f->bench = (struct side_bench){
        .places = { { .tree = sandbox_file(f->sandbox, "a"),
                      .scratch = sandbox_file(f->sandbox, "work-a") },
                    { .tree = sandbox_file(f->sandbox, "b"),
                      .scratch = sandbox_file(f->sandbox, "work-b") } },
    };
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    void *sandbox = f->sandbox;
    benches_clear(&f->benches);
    config_free(f->config);
    strvec_clear(&f->environment);
    spawner_close(f->spawner);
    free(f);
    return sandbox_teardown(&sandbox);
}

/* The bench whose members stand in a config: "run" and what else it takes. */
static void use_config(struct fixture *f, const char *shell, const char *members)
{
    struct error err = { 0 };
    AUTO_FREE char *text =
        str_format("{ \"version\": 1, \"suites\": [{ \"name\": \"s\", \"benchmarks\": ["
                   "{ \"name\": \"b\", \"shell\": %s, %s }] }] }",
                   shell, members);
    f->config = config_parse(text, "pawl.json", &err);
    if (!f->config)
        fail_msg("%s", err.message);
    benches_of(f->config, &f->benches);
    f->bench.bench = &f->benches.items[0];
}

static void use_bench(struct fixture *f, const char *members)
{
    use_config(f, "true", members);
}

static void run_pair(struct fixture *f, struct pair *pair)
{
    struct error err = { 0 };
    if (f->runner.runner.run_pair(&f->runner.runner, 0, pair, &err) < 0)
        fail_msg("%s", err.message);
}

static void assert_file(struct fixture *f, const char *name, const char *want)
{
    AUTO_FREE char *text = sandbox_read(f->sandbox, name);
    assert_string_equal(text, want);
}

static void coin_decides_who_runs_first(void **state)
{
    struct fixture *f = *state;
    struct pair base_first = { .head_ran_first = false };
    struct pair head_first = { .head_ran_first = true };

    use_bench(f, "\"run\": \"basename \\\"$PWD\\\" >>../log\"");
    run_pair(f, &base_first);
    run_pair(f, &head_first);

    assert_file(f, "log", "a\nb\nb\na\n");
}

static void both_sides_get_the_same_padding(void **state)
{
    struct fixture *f = *state;
    struct pair pair = { .padding_bytes = 123 };
    struct pair none = { .padding_bytes = 0 };

    use_bench(f, "\"run\": \"echo ${{#PAWL_PADDING}} >>../log; "
                 "env | wc -c >{work}/size\"");
    run_pair(f, &pair);
    run_pair(f, &none);

    assert_file(f, "log", "123\n123\n0\n0\n");
    assert_true(file_equal(sandbox_file(f->sandbox, "work-a/size"),
                           sandbox_file(f->sandbox, "work-b/size")));
}

static void children_get_the_given_environment_alone(void **state)
{
    struct fixture *f = *state;
    struct pair pair = { 0 };

    setenv("NOT_FOR_CHILDREN", "1", 1);
    strvec_push(&f->environment, "FOR_CHILDREN=2");
    use_bench(f, "\"run\": \"env >{work}/environment\"");
    run_pair(f, &pair);
    unsetenv("NOT_FOR_CHILDREN");
    AUTO_FREE char *text = sandbox_read(f->sandbox, "work-b/environment");

    assert_contains(text, "FOR_CHILDREN=2\n");
    assert_lacks(text, "NOT_FOR_CHILDREN");
}

static void work_is_the_scratch_directory_of_the_side(void **state)
{
    struct fixture *f = *state;
    struct pair pair = { 0 };

    use_bench(f, "\"run\": \"echo {n} in $PWD >{work}/out\", \"sizes\": { \"n\": [7] }");
    run_pair(f, &pair);
    AUTO_FREE char *base = str_format("7 in %s\n", f->bench.places[SIDE_BASE].tree);
    AUTO_FREE char *head = str_format("7 in %s\n", f->bench.places[SIDE_HEAD].tree);

    assert_file(f, "work-a/out", base);
    assert_file(f, "work-b/out", head);
}

static void setup_runs_before_each_run(void **state)
{
    struct fixture *f = *state;
    struct pair pair = { 0 };

    use_bench(f, "\"run\": \"echo run >>../log\", \"setup\": [\"echo one >>../log\", "
                 "\"echo two >>../log\"]");
    run_pair(f, &pair);
    run_pair(f, &pair);

    assert_file(f, "log", "one\ntwo\nrun\none\ntwo\nrun\none\ntwo\nrun\none\ntwo\nrun\n");
}

static void failing_setup_stands_for_the_run(void **state)
{
    struct fixture *f = *state;
    struct pair pair = { 0 };

    use_bench(f, "\"run\": \"echo run >>../log\", \"setup\": [\"exit 5\", "
                 "\"echo two >>../log\"]");
    run_pair(f, &pair);

    assert_int_equal(pair.sides[SIDE_BASE].exit_code, 5);
    assert_int_equal(pair.sides[SIDE_HEAD].exit_code, 5);
    assert_false(file_exists(sandbox_file(f->sandbox, "log")));
}

static void what_setup_prints_is_no_output(void **state)
{
    struct fixture *f = *state;
    struct pair pair = { 0 };

    use_bench(f, "\"run\": \"echo out\", \"stdout\": \"file\", \"setup\": "
                 "[\"echo noise\"]");
    run_pair(f, &pair);

    assert_file(f, "work-a/stdout", "out\n");
}

static void output_file_holds_one_run_alone(void **state)
{
    struct fixture *f = *state;
    struct pair pair = { 0 };

    use_bench(f, "\"run\": \"echo output; wc -c <{work}/stdout >>../sizes\", "
                 "\"stdout\": \"file\"");
    for (int i = 0; i < 3; i++)
        run_pair(f, &pair);

    assert_file(f, "work-a/stdout", "output\n");
    assert_file(f, "work-b/stdout", "output\n");
    assert_file(f, "sizes", "7\n7\n7\n7\n7\n7\n");
}

static void output_goes_nowhere_where_nobody_asked(void **state)
{
    struct fixture *f = *state;
    struct pair pair = { 0 };

    use_bench(
        f, "\"run\": \"echo output; exec 3>&1; readlink /proc/$$/fd/3 >../where; true\"");
    run_pair(f, &pair);

    assert_file(f, "where", "/dev/null\n");
    assert_false(file_exists(sandbox_file(f->sandbox, "work-a/stdout")));
}

static void every_end_of_a_run_is_a_result(void **state)
{
    static const struct {
        const char *shell;
        const char *members;
        struct process_result want;
    } cases[] = {
        { "true", "\"run\": \"exit 3\"", { .end = PROCESS_EXITED, .exit_code = 3 } },
        { "true",
          "\"run\": \"kill -SEGV $$\"",
          { .end = PROCESS_SIGNALLED, .signal_number = 11 } },
        { "true",
          "\"run\": \"sleep 60\", \"timeout\": \"20ms\"",
          { .end = PROCESS_TIMED_OUT } },
        { "false",
          "\"run\": \"./no-such-program\"",
          { .end = PROCESS_NOT_STARTED, .start_errno = 2 } },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pair pair = { 0 };
        use_config(f, cases[i].shell, cases[i].members);
        run_pair(f, &pair);
        const struct process_result *got = &pair.sides[SIDE_HEAD];
        assert_int_equal(got->end, cases[i].want.end);
        assert_int_equal(got->exit_code, cases[i].want.exit_code);
        assert_int_equal(got->signal_number, cases[i].want.signal_number);
        assert_int_equal(got->start_errno, cases[i].want.start_errno);
        benches_clear(&f->benches);
        config_release(&f->config);
    }
}

static void pinned_pair_runs_on_the_chosen_processor(void **state)
{
    struct fixture *f = *state;
    struct pair pinned = { .is_pinned = true };

    f->runner.cpu = environment_quiet_cpu("", NULL);
    if (f->runner.cpu == PROCESS_ANY_CPU)
        skip();
    use_bench(f, "\"run\": \"grep Cpus_allowed_list: /proc/self/status >{work}/cpus\"");
    run_pair(f, &pinned);

    AUTO_FREE char *want = str_format("Cpus_allowed_list:\t%d\n", f->runner.cpu);
    assert_file(f, "work-a/cpus", want);
    assert_file(f, "work-b/cpus", want);
}

static void single_run_keeps_what_it_printed(void **state)
{
    struct fixture *f = *state;
    struct process_result result;
    struct error err = { 0 };

    use_bench(f, "\"run\": \"echo out; echo err >&2; exit 2\"");
    struct run_output output = { .stdout_path = sandbox_file(f->sandbox, "out"),
                                 .stderr_path = sandbox_file(f->sandbox, "err") };
    assert_int_equal(
        side_runner_once(&f->runner, &f->bench, SIDE_HEAD, &output, &result, &err), 0);

    assert_int_equal(result.exit_code, 2);
    assert_file(f, "out", "out\n");
    assert_file(f, "err", "err\n");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(coin_decides_who_runs_first),
        T(both_sides_get_the_same_padding),
        T(children_get_the_given_environment_alone),
        T(work_is_the_scratch_directory_of_the_side),
        T(setup_runs_before_each_run),
        T(failing_setup_stands_for_the_run),
        T(what_setup_prints_is_no_output),
        T(output_file_holds_one_run_alone),
        T(output_goes_nowhere_where_nobody_asked),
        T(every_end_of_a_run_is_a_result),
        T(pinned_pair_runs_on_the_chosen_processor),
        T(single_run_keeps_what_it_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
