#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "runners/environment.h"
#include "tests/support/check.h"
#include "tests/unit/cli/side_fixture.h"

static void coin_decides_who_runs_first(void **state)
{
    struct side_fixture *f = *state;
    struct pair base_first = { .head_ran_first = false };
    struct pair head_first = { .head_ran_first = true };

    side_use_bench(f, "\"run\": \"basename \\\"$PWD\\\" >>../log\"");
    side_run_pair(f, &base_first);
    side_run_pair(f, &head_first);

    side_assert_file(f, "log", "a\nb\nb\na\n");
}

static void head_alone_runs_once_and_stands_on_both_sides(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(f, "\"run\": \"basename \\\"$PWD\\\" >>../log\", \"teardown\": "
                      "[\"echo down >>../log\"]");
    f->runner.is_alone = true;
    side_run_pair(f, &pair);

    side_assert_file(f, "log", "b\ndown\n");
    assert_int_equal(pair.sides[SIDE_BASE].wall_ns, pair.sides[SIDE_HEAD].wall_ns);
    assert_true(process_succeeded(&pair.sides[SIDE_HEAD]));
    assert_true(pair.sides[SIDE_HEAD].wall_ns > 0);
}

static void both_sides_get_the_same_padding(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { .padding_bytes = 123 };
    struct pair none = { .padding_bytes = 0 };

    side_use_bench(f, "\"run\": \"echo ${{#PAWL_PADDING}} >>../log; "
                      "env | wc -c >{work}/size\"");
    side_run_pair(f, &pair);
    side_run_pair(f, &none);

    side_assert_file(f, "log", "123\n123\n0\n0\n");
    assert_true(file_equal(sandbox_file(f->sandbox, "work-a/size"),
                           sandbox_file(f->sandbox, "work-b/size")));
}

static void children_get_the_given_environment_alone(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    setenv("NOT_FOR_CHILDREN", "1", 1);
    strvec_push(&f->environment, "FOR_CHILDREN=2");
    side_use_bench(f, "\"run\": \"env >{work}/environment\"");
    side_run_pair(f, &pair);
    unsetenv("NOT_FOR_CHILDREN");
    AUTO_FREE char *text = sandbox_read(f->sandbox, "work-b/environment");

    assert_contains(text, "FOR_CHILDREN=2\n");
    assert_lacks(text, "NOT_FOR_CHILDREN");
}

static void work_is_the_scratch_directory_of_the_side(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(
        f, "\"run\": \"echo {n} in $PWD >{work}/out\", \"sizes\": { \"n\": [7] }");
    side_run_pair(f, &pair);
    AUTO_FREE char *base = str_format("7 in %s\n", f->bench.places[SIDE_BASE].tree);
    AUTO_FREE char *head = str_format("7 in %s\n", f->bench.places[SIDE_HEAD].tree);

    side_assert_file(f, "work-a/out", base);
    side_assert_file(f, "work-b/out", head);
}

static void setup_runs_before_each_run(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(f,
                   "\"run\": \"echo run >>../log\", \"setup\": [\"echo one >>../log\", "
                   "\"echo two >>../log\"]");
    side_run_pair(f, &pair);
    side_run_pair(f, &pair);

    side_assert_file(f, "log",
                     "one\ntwo\nrun\none\ntwo\nrun\none\ntwo\nrun\none\ntwo\nrun\n");
}

static void failing_setup_stands_for_the_run(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(f, "\"run\": \"echo run >>../log\", \"setup\": [\"exit 5\", "
                      "\"echo two >>../log\"]");
    side_run_pair(f, &pair);

    assert_int_equal(pair.sides[SIDE_BASE].exit_code, 5);
    assert_int_equal(pair.sides[SIDE_HEAD].exit_code, 5);
    assert_false(file_exists(sandbox_file(f->sandbox, "log")));
}

static void what_setup_prints_is_no_output(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(f, "\"run\": \"echo out\", \"stdout\": \"file\", \"setup\": "
                      "[\"echo noise\"]");
    side_run_pair(f, &pair);

    side_assert_file(f, "work-a/stdout", "out\n");
}

static void output_file_holds_one_run_alone(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(f, "\"run\": \"echo output; wc -c <{work}/stdout >>../sizes\", "
                      "\"stdout\": \"file\"");
    for (int i = 0; i < 3; i++)
        side_run_pair(f, &pair);

    side_assert_file(f, "work-a/stdout", "output\n");
    side_assert_file(f, "work-b/stdout", "output\n");
    side_assert_file(f, "sizes", "7\n7\n7\n7\n7\n7\n");
}

static void output_goes_nowhere_where_nobody_asked(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(
        f, "\"run\": \"echo output; exec 3>&1; readlink /proc/$$/fd/3 >../where; true\"");
    side_run_pair(f, &pair);

    side_assert_file(f, "where", "/dev/null\n");
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
    struct side_fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pair pair = { 0 };
        side_use_config(f, cases[i].shell, cases[i].members);
        side_run_pair(f, &pair);
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
    struct side_fixture *f = *state;
    struct pair pinned = { .is_pinned = true };

    f->runner.cpu = environment_quiet_cpu("", NULL, NULL);
    if (f->runner.cpu == PROCESS_ANY_CPU)
        skip();
    side_use_bench(f,
                   "\"run\": \"grep Cpus_allowed_list: /proc/self/status >{work}/cpus\"");
    side_run_pair(f, &pinned);

    AUTO_FREE char *want = str_format("Cpus_allowed_list:\t%d\n", f->runner.cpu);
    side_assert_file(f, "work-a/cpus", want);
    side_assert_file(f, "work-b/cpus", want);
}

/* Base waits for what head writes. */
static void pair_together_is_under_way_at_once(void **state)
{
    struct side_fixture *f = *state;
    struct pair pairs[] = { { .is_together = true },
                            { .is_together = true, .head_ran_first = true } };

    sandbox_must(f->sandbox, "mkfifo fifo");
    side_use_bench(f,
                   "\"run\": \"case $PWD in */a) read -r x <../fifo; exit $x ;; *) echo "
                   "7 >../fifo ;; esac\", \"pairing\": \"together\"");
    for (size_t i = 0; i < 2; i++) {
        side_run_pair(f, &pairs[i]);
        assert_int_equal(pairs[i].sides[SIDE_BASE].exit_code, 7);
        assert_int_equal(pairs[i].sides[SIDE_HEAD].exit_code, 0);
    }
}

static void assert_notes_writing(struct side_fixture *f, const char *members, bool want)
{
    struct pair warmup = { .is_warmup = true };
    struct pair later = { .is_warmup = false };

    side_use_bench(f, members);
    side_run_pair(f, &warmup);
    side_run_pair(f, &later);
    assert_int_equal(warmup.wrote_files, want);
    assert_false(later.wrote_files);
    benches_clear(&f->benches);
    config_release(&f->config);
}

static void warm_up_notes_what_is_written(void **state)
{
    struct side_fixture *f = *state;

    assert_notes_writing(f, "\"run\": \"echo >/dev/null\"", false);
    assert_notes_writing(f, "\"run\": \"echo >{work}/x; rm {work}/x; mkdir {work}/d$$\"",
                         true);
    assert_notes_writing(f, "\"run\": \"echo >>{work}/y\", \"pairing\": \"apart\"",
                         false);
}

static void hooks_and_outputs_keep_the_sides_apart(void **state)
{
    static const struct {
        const char *members;
        enum pairing want;
    } cases[] = {
        { "\"run\": \"a\"", PAIRING_AUTO },
        { "\"run\": \"a\", \"pairing\": \"together\"", PAIRING_TOGETHER },
        { "\"run\": \"a\", \"pairing\": \"apart\"", PAIRING_APART },
        { "\"run\": \"a\", \"setup\": [\"b\"]", PAIRING_APART },
        { "\"run\": \"a\", \"teardown\": [\"b\"]", PAIRING_APART },
        { "\"run\": \"a\", \"stdout\": \"file\"", PAIRING_APART },
        { "\"run\": \"a\", \"margins\": { \"cpu\": \"none\" }", PAIRING_APART },
        { "\"run\": \"a\", \"goals\": [{ \"wall\": \"1s\" }]", PAIRING_APART },
        { "\"run\": \"a\", \"goals\": [{ \"cpu\": \"1s\" }]", PAIRING_AUTO },
    };
    struct side_fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        side_use_bench(f, cases[i].members);
        assert_int_equal(side_pairing(f->bench.bench->benchmark), cases[i].want);
        benches_clear(&f->benches);
        config_release(&f->config);
    }
}

static void single_run_keeps_what_it_printed(void **state)
{
    struct side_fixture *f = *state;
    struct process_result result;
    struct error err = { 0 };

    side_use_bench(f, "\"run\": \"echo out; echo err >&2; exit 2\"");
    struct run_output output = { .stdout_path = sandbox_file(f->sandbox, "out"),
                                 .stderr_path = sandbox_file(f->sandbox, "err") };
    assert_int_equal(
        side_runner_once(&f->runner, &f->bench, SIDE_HEAD, &output, &result, &err), 0);

    assert_int_equal(result.exit_code, 2);
    side_assert_file(f, "out", "out\n");
    side_assert_file(f, "err", "err\n");
}

#define T(name) cmocka_unit_test_setup_teardown(name, side_setup, side_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(coin_decides_who_runs_first),
        T(head_alone_runs_once_and_stands_on_both_sides),
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
        T(pair_together_is_under_way_at_once),
        T(warm_up_notes_what_is_written),
        T(hooks_and_outputs_keep_the_sides_apart),
        T(single_run_keeps_what_it_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
