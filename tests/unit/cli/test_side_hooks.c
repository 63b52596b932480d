/* What is run around the runs of a bench, and what they find around them. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/interrupt.h"
#include "gate/base/str.h"
#include "runners/priority.h"
#include "tests/support/check.h"
#include "tests/unit/cli/side_fixture.h"

static void teardown_runs_after_each_run(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(f,
                   "\"run\": \"echo run >>../log\", \"setup\": [\"echo up >>../log\"], "
                   "\"teardown\": [\"echo one >>../log\", \"echo two >>../log\"]");
    side_run_pair(f, &pair);

    side_assert_file(f, "log", "up\nrun\none\ntwo\nup\nrun\none\ntwo\n");
    assert_null(side_runner_failure(&f->runner));
}

/* Both sides alike, and both where they run at the same time. */
static void runs_come_before_other_work_and_their_hooks_do_not(void **state)
{
    struct side_fixture *f = *state;
    struct pair apart = { 0 };
    struct pair together = { .is_together = true };

    if (!spawner_priority(f->spawner)->is_raised) {
        print_message("skipped: a raised priority is not permitted here\n");
        skip();
    }
    int usual = spawner_priority(f->spawner)->usual_nice;
    AUTO_FREE char *want = str_format("%d\n-20\n%d\n", usual, usual);
    f->runner.raises = true;
    side_use_bench(f, "\"run\": \"nice >>{work}/nice\", \"setup\": [\"nice "
                      ">>{work}/nice\"], \"teardown\": [\"nice >>{work}/nice\"]");
    side_run_pair(f, &apart);
    side_assert_file(f, "work-a/nice", want);
    side_assert_file(f, "work-b/nice", want);
    benches_clear(&f->benches);
    config_release(&f->config);

    side_use_bench(f, "\"run\": \"nice >{work}/nice\"");
    side_run_pair(f, &together);
    side_assert_file(f, "work-a/nice", "-20\n");
    side_assert_file(f, "work-b/nice", "-20\n");
}

static void teardown_runs_after_what_failed(void **state)
{
    static const char *const failing[] = {
        "\"run\": \"exit 3\"",
        "\"run\": \"true\", \"setup\": [\"exit 3\"]",
        "\"run\": \"kill -SEGV $$\"",
        "\"run\": \"sleep 60\", \"timeout\": \"20ms\"",
    };
    struct side_fixture *f = *state;

    for (size_t i = 0; i < sizeof failing / sizeof *failing; i++) {
        struct pair pair = { 0 };
        AUTO_FREE char *members =
            str_format("%s, \"teardown\": [\"echo $PWD >>../log\"]", failing[i]);
        side_use_bench(f, members);
        side_run_pair(f, &pair);
        AUTO_FREE char *want = str_format("%s\n%s\n", f->bench.places[SIDE_BASE].tree,
                                          f->bench.places[SIDE_HEAD].tree);
        side_assert_file(f, "log", want);
        assert_false(process_succeeded(&pair.sides[SIDE_BASE]));
        sandbox_must(f->sandbox, "rm log");
        benches_clear(&f->benches);
        config_release(&f->config);
    }
}

static void failing_hooks_tell_what_they_printed(void **state)
{
    static const struct {
        const char *members;
        const char *failure;
    } cases[] = {
        { "\"run\": \"true\", \"setup\": [\"echo no; echo disk >&2; exit 5\"]",
          "setup of base failed: 'echo no; echo disk >&2; exit 5' exited with 5: no disk" },
        { "\"run\": \"true\", \"teardown\": [\"exit 6\"]",
          "teardown of base failed: 'exit 6' exited with 6" },
        { "\"run\": \"true\", \"setup\": [\"exit 7\"], \"teardown\": [\"exit 8\"]",
          "setup of base failed: 'exit 7' exited with 7" },
        { "\"run\": \"exit 9\", \"teardown\": [\"true\"]", NULL },
    };
    struct side_fixture *f = *state;
    f->runner.hooks.log_path = sandbox_file(f->sandbox, "hooks.log");

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pair pair = { 0 };
        side_use_bench(f, cases[i].members);
        side_run_pair(f, &pair);
        const char *failure = f->runner.runner.failure(&f->runner.runner);
        if (cases[i].failure)
            assert_string_equal(failure, cases[i].failure);
        else
            assert_null(failure);
        assert_false(process_succeeded(&pair.sides[SIDE_BASE]));
        benches_clear(&f->benches);
        config_release(&f->config);
    }
}

/* What hooks print may be anything, and goes into reports. */
static void last_words_are_cleaned(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };
    f->runner.hooks.log_path = sandbox_file(f->sandbox, "hooks.log");

    side_use_bench(f, "\"run\": \"true\", \"setup\": "
                      "[\"printf 'a\\\\nb\\\\033[1m\\\\377'; exit 1\"]");
    side_run_pair(f, &pair);

    assert_contains(side_runner_failure(&f->runner), "' exited with 1: a b [1m?");
}

/* What cargo says of a benchmark that refused its options: its own words, last, are 264
 * bytes. */
static void last_words_reach_behind_those_of_the_build_tool(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };
    f->runner.hooks.log_path = sandbox_file(f->sandbox, "hooks.log");

    side_use_bench(f, "\"run\": \"true\", \"setup\": [\"printf 'error: Invalid value: 0.1"
                      "\\n\\n\\nCaused by:\\n  %0400d' 7; exit 1\"]");
    side_run_pair(f, &pair);

    assert_contains(side_runner_failure(&f->runner),
                    "' exited with 1: error: Invalid value: 0.1 Caused by: 0000");
}

static void teardown_failing_after_a_good_run_fails_it(void **state)
{
    struct side_fixture *f = *state;
    struct process_result result;
    struct run_output nowhere = { 0 };
    struct error err = { 0 };

    side_use_bench(f, "\"run\": \"true\", \"teardown\": [\"exit 6\"]");
    assert_int_equal(
        side_runner_once(&f->runner, &f->bench, SIDE_HEAD, &nowhere, &result, &err), 0);

    assert_int_equal(result.exit_code, 6);
    assert_string_equal(side_runner_failure(&f->runner),
                        "teardown of head failed: 'exit 6' exited with 6");
}

static void a_good_pair_forgets_the_failure_before_it(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(f, "\"run\": \"true\", \"setup\": [\"test -e ../there\"]");
    side_run_pair(f, &pair);
    assert_non_null(side_runner_failure(&f->runner));
    sandbox_write(f->sandbox, "there", "");
    side_run_pair(f, &pair);

    assert_null(side_runner_failure(&f->runner));
    assert_true(process_succeeded(&pair.sides[SIDE_HEAD]));
}

static void run_reads_its_standard_input(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    sandbox_write(f->sandbox, "a/tests/7.txt", "of a");
    sandbox_write(f->sandbox, "b/tests/7.txt", "of b");
    side_use_bench(f, "\"run\": \"cat >{work}/read\", \"stdin\": \"tests/{n}.txt\", "
                      "\"setup\": [\"cat >{work}/nothing\"], \"sizes\": { \"n\": [7] }");
    side_run_pair(f, &pair);

    side_assert_file(f, "work-a/read", "of a");
    side_assert_file(f, "work-b/read", "of b");
    side_assert_file(f, "work-a/nothing", "");
}

static void missing_input_is_no_run(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(f, "\"run\": \"true\", \"stdin\": \"{work}/none\"");
    side_run_pair(f, &pair);

    assert_int_equal(pair.sides[SIDE_BASE].end, PROCESS_NOT_STARTED);
    assert_int_equal(pair.sides[SIDE_BASE].start_step, PROCESS_STEP_STDIN);
}

static void run_starts_in_its_directory_and_hooks_in_the_tree(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(f, "\"run\": \"pwd -P >where; echo {tree} >>where\", "
                      "\"cwd\": \"{work}/x\", \"setup\": [\"mkdir -p {work}/x\"], "
                      "\"teardown\": [\"pwd -P >{work}/down\"]");
    side_run_pair(f, &pair);

    const char *tree = f->bench.places[SIDE_HEAD].tree;
    AUTO_FREE char *where =
        str_format("%s/x\n%s\n", f->bench.places[SIDE_HEAD].scratch, tree);
    AUTO_FREE char *down = str_format("%s\n", tree);
    side_assert_file(f, "work-b/x/where", where);
    side_assert_file(f, "work-b/down", down);
}

static void variables_reach_run_and_hooks(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { .padding_bytes = 3 };

    strvec_push(&f->environment, "MODE=top");
    side_use_bench(f, "\"run\": \"echo $MODE $PAWL_PADDING >>{work}/out\", "
                      "\"setup\": [\"echo $MODE >>{work}/out\"], "
                      "\"env\": { \"MODE\": \"{n} of {work}\" }, "
                      "\"sizes\": { \"n\": [7] }");
    side_run_pair(f, &pair);

    AUTO_FREE char *want =
        str_format("7 of %s\n7 of %s xxx\n", f->bench.places[SIDE_BASE].scratch,
                   f->bench.places[SIDE_BASE].scratch);
    side_assert_file(f, "work-a/out", want);
}

/* A file that is mapped can't be dropped: the run must not pass for a cold one. */
static void warm_run_is_not_called_cold(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };
    sandbox_write(f->sandbox, "work-a/input", "mapped");
    AUTO_FD int fd = open(sandbox_file(f->sandbox, "work-a/input"), O_RDONLY | O_CLOEXEC);
    char *page = mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);
    assert_true(page != MAP_FAILED && *(volatile char *)page == 'm');

    side_use_bench(f, "\"run\": \"echo ran >../log\", \"cache\": \"cold\", "
                      "\"teardown\": [\"echo down >>../down\"]");
    side_run_pair(f, &pair);
    munmap(page, 1);

    assert_int_equal(pair.sides[SIDE_BASE].end, PROCESS_NOT_STARTED);
    assert_contains(side_runner_failure(&f->runner),
                    "base can't be run with a cold cache: ");
    assert_contains(side_runner_failure(&f->runner), "/work-a/input' and perhaps others");
    side_assert_file(f, "down", "down\ndown\n");
}

/* Last in this program: the signal stays noted. */
static void interrupted_run_is_torn_down(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };
    struct error err = { 0 };

    interrupt_install();
    side_use_bench(f, "\"run\": \"kill -TERM $ASKED; sleep 60\", "
                      "\"teardown\": [\"echo down >>../log\"]");
    strvec_pushf(&f->environment, "ASKED=%d", (int)getpid());
    assert_int_equal(f->runner.runner.run_pair(&f->runner.runner, 0, &pair, &err), -1);

    assert_int_equal(err.code, ERROR_INTERRUPTED);
    side_assert_file(f, "log", "down\n");
}

#define T(name) cmocka_unit_test_setup_teardown(name, side_setup, side_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(teardown_runs_after_each_run),
        T(runs_come_before_other_work_and_their_hooks_do_not),
        T(teardown_runs_after_what_failed),
        T(failing_hooks_tell_what_they_printed),
        T(last_words_are_cleaned),
        T(last_words_reach_behind_those_of_the_build_tool),
        T(teardown_failing_after_a_good_run_fails_it),
        T(a_good_pair_forgets_the_failure_before_it),
        T(run_reads_its_standard_input),
        T(missing_input_is_no_run),
        T(run_starts_in_its_directory_and_hooks_in_the_tree),
        T(variables_reach_run_and_hooks),
        T(warm_run_is_not_called_cold),
        T(interrupted_run_is_torn_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
