#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/process.h"
#include "tests/support/check.h"
#include "tests/unit/runners/running.h"

/* The run was not started; checks what process_describe says of it. */
static void assert_not_started(const struct running *running,
                               const struct process_result *result,
                               int start_errno,
                               const char *want)
{
    AUTO_FREE char *text = process_describe(&running->spec, result);
    assert_int_equal(result->end, PROCESS_NOT_STARTED);
    assert_int_equal(result->start_errno, start_errno);
    assert_false(process_succeeded(result));
    assert_contains(text, want);
}

static void exit_code_is_told(void **state)
{
    struct running *running = *state;

    struct process_result result = run_script(running, "exit 3");

    AUTO_FREE char *text = process_describe(&running->spec, &result);
    assert_int_equal(result.end, PROCESS_EXITED);
    assert_int_equal(result.exit_code, 3);
    assert_false(process_succeeded(&result));
    assert_string_equal(text, "exited with 3");
}

static void exit_code_zero_is_success(void **state)
{
    struct process_result result = run_script(*state, "exit 0");

    assert_true(process_succeeded(&result));
}

static void signal_is_told_by_name(void **state)
{
    struct running *running = *state;

    struct process_result result = run_script(running, "kill -SEGV $$");

    AUTO_FREE char *text = process_describe(&running->spec, &result);
    assert_int_equal(result.end, PROCESS_SIGNALLED);
    assert_int_equal(result.signal_number, SIGSEGV);
    assert_false(process_succeeded(&result));
    assert_string_equal(text, "was killed by SIGSEGV");
}

static void missing_program_is_named(void **state)
{
    static const char *const words[] = { "no-such-program", NULL };

    struct process_result result = run_words(*state, words);

    assert_not_started(*state, &result, ENOENT,
                       "could not be started: cannot run 'no-such-program': "
                       "No such file or directory");
}

static void missing_directory_is_named(void **state)
{
    struct running *running = *state;
    running->spec.directory = "/no/such/place";

    struct process_result result = run_script(running, "exit 0");

    assert_not_started(running, &result, ENOENT, "cannot enter '/no/such/place'");
}

static void missing_stdin_is_named(void **state)
{
    struct running *running = *state;
    running->spec.stdin_path = "/no/such/file";

    struct process_result result = run_script(running, "exit 0");

    assert_not_started(running, &result, ENOENT, "cannot read '/no/such/file'");
}

static void unwritable_output_is_named(void **state)
{
    struct running *running = *state;
    running->spec.stdout_path = "/no/such/out";
    struct process_result out = run_script(running, "exit 0");
    assert_not_started(running, &out, ENOENT, "cannot write '/no/such/out'");

    running->spec.stdout_path = NULL;
    running->spec.stderr_path = "/no/such/err";
    struct process_result errors = run_script(running, "exit 0");
    assert_not_started(running, &errors, ENOENT, "cannot write '/no/such/err'");
}

static void cpu_that_is_not_there_is_named(void **state)
{
    struct running *running = *state;
    static const int cpus[] = { 1000, 99999 };
    for (size_t i = 0; i < sizeof cpus / sizeof cpus[0]; i++) {
        running->spec.cpu = cpus[i];
        struct process_result result = run_script(running, "exit 0");
        assert_not_started(running, &result, EINVAL, "cannot pin it to CPU ");
    }
}

static void file_without_execute_permission_is_refused(void **state)
{
    struct running *running = *state;
    static const char *const words[] = { "./data", NULL };
    sandbox_write(running->sandbox, "data", "text");

    struct process_result result = run_words(running, words);

    assert_not_started(running, &result, EACCES,
                       "cannot run './data': Permission denied");
}

/* One word over the kernel's limit for one, many words over its limit for all, and more
 * than is worth sending. */
static void too_many_arguments_are_a_result(void **state)
{
    struct running *running = *state;
    static const struct {
        size_t words;
        size_t length;
    } cases[] = {
        { 1, 200 << 10 }, { 80, 100 << 10 }, { 100, 100 << 10 }, { 1 << 20, 1 }
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO_FREE char *word = xcalloc(cases[i].length + 1, 1);
        memset(word, 'x', cases[i].length);
        AUTO_FREE const char **words = xcalloc(cases[i].words + 2, sizeof *words);
        words[0] = "true";
        for (size_t j = 0; j < cases[i].words; j++)
            words[1 + j] = word;
        struct process_result result = run_words(running, words);
        assert_not_started(running, &result, E2BIG, "Argument list too long");
    }
}

static void large_environment_arrives_whole(void **state)
{
    struct running *running = *state;
    for (size_t i = 0; i < 10000; i++)
        strvec_pushf(&running->environment, "VARIABLE_%zu=%0100zu", i, i);

    struct process_result result = run_script(running, "env | grep -c ^VARIABLE_");

    assert_true(process_succeeded(&result));
    assert_out(running, "10000\n");
}

static void program_runs_in_its_directory(void **state)
{
    struct running *running = *state;
    sandbox_must(running->sandbox, "mkdir inner");
    running->spec.directory = sandbox_file(running->sandbox, "inner");

    run_script(running, "pwd -P");

    AUTO_FREE char *want = str_format("%s/inner\n", running->sandbox->path);
    assert_out(running, want);
}

static void relative_program_starts_from_its_directory(void **state)
{
    struct running *running = *state;
    static const char *const words[] = { "./hello", NULL };
    sandbox_must(running->sandbox,
                 "mkdir inner && printf '#!/bin/sh\\necho hello\\n' >inner/hello && "
                 "chmod +x inner/hello");
    running->spec.directory = sandbox_file(running->sandbox, "inner");

    run_words(running, words);

    assert_out(running, "hello\n");
}

static void program_is_looked_up_in_the_given_path(void **state)
{
    struct running *running = *state;
    static const char *const words[] = { "tool", NULL };
    sandbox_must(running->sandbox,
                 "mkdir a b c && mkdir a/tool && echo no >b/tool && "
                 "printf '#!/bin/sh\\necho c\\n' >c/tool && chmod +x c/tool");
    strvec_clear(&running->environment);
    strvec_pushf(&running->environment, "PATH=/none:%s/a:b:%s/c", running->sandbox->path,
                 running->sandbox->path);

    struct process_result result = run_words(running, words);

    assert_true(process_succeeded(&result));
    assert_out(running, "c\n");
}

static void environment_is_exactly_what_was_given(void **state)
{
    struct running *running = *state;
    static const char *const words[] = { "/usr/bin/env", NULL };
    strvec_clear(&running->environment);
    strvec_push(&running->environment, "B=2");
    strvec_push(&running->environment, "A=one = 1");

    run_words(running, words);

    assert_out(running, "B=2\nA=one = 1\n");
}

static void signals_are_back_at_their_defaults(void **state)
{
    struct running *running = *state;
    static const char *const words[] = { "grep", "-E", "^Sig(Blk|Ign|Cgt)",
                                         "/proc/self/status", NULL };

    run_words(running, words);

    AUTO_FREE char *out = sandbox_read(running->sandbox, "out");
    assert_contains(out, "SigBlk:\t0000000000000000\n");
    assert_contains(out, "SigIgn:\t0000000000000000\n");
}

/* "5 (sh) S parent group session": the group is its own, the session the spawner's. */
static void program_leads_a_group_of_its_own(void **state)
{
    run_script(*state, "read -r pid name state parent group session rest </proc/$$/stat; "
                       "test $group = $$ || exit; "
                       "test $session = $parent || test $session = $$ && echo right");

    assert_out(*state, "right\n");
}

static void core_files_are_not_written(void **state)
{
    run_script(*state, "ulimit -S -c");

    assert_out(*state, "0\n");
}

static void run_can_be_pinned_and_unpinned(void **state)
{
    struct running *running = *state;
    static const char *const words[] = { "nproc", NULL };
    cpu_set_t ours;
    assert_int_equal(sched_getaffinity(0, sizeof ours, &ours), 0);
    int last = CPU_SETSIZE - 1;
    while (!CPU_ISSET((size_t)last, &ours))
        last--;

    running->spec.cpu = last;
    run_script(running, "grep Cpus_allowed_list /proc/self/status");
    running->spec.cpu = PROCESS_ANY_CPU;
    run_words(running, words);

    AUTO_FREE char *want =
        str_format("Cpus_allowed_list:\t%d\n%d\n", last, CPU_COUNT(&ours));
    assert_out(running, want);
}

/* A child of ours, forked or spawned, would be charged with these 300 MB. */
static void peak_memory_does_not_hold_ours(void **state)
{
    struct running *running = *state;
    static const char *const words[] = { "true", NULL };
    const size_t size = (size_t)300 << 20;
    AUTO_FREE char *ballast = xcalloc(size, 1);
    for (size_t i = 0; i < size; i += 4096)
        ((volatile char *)ballast)[i] = 1;
    spawner_close(running->spawner);
    running->spawner = spawner_open(NULL);
    assert_non_null(running->spawner);

    struct process_result result = run_words(running, words);

    assert_true(result.peak_rss_bytes > 0);
    assert_true(result.peak_rss_bytes < (50 << 20));
    assert_true(spawner_floor_rss_bytes(running->spawner) > 0);
    assert_true(spawner_floor_rss_bytes(running->spawner) < (50 << 20));
}

static void peak_memory_is_the_programs(void **state)
{
    static const char *const words[] = { "dd",     "if=/dev/zero", "of=/dev/null",
                                         "bs=64M", "count=1",      NULL };

    struct process_result result = run_words(*state, words);

    assert_true(process_succeeded(&result));
    assert_true(result.peak_rss_bytes > (64 << 20));
}

/* One thread can't get more CPU time than time passes; the kernel's two clocks agree to a
 * few per cent. */
static void busy_program_is_charged_with_its_time(void **state)
{
    struct process_result result =
        run_script(*state, "i=0; while [ $i -lt 50000 ]; do i=$((i + 1)); done");

    double cpu_ns = (double)(result.user_ns + result.system_ns);
    assert_true(process_succeeded(&result));
    assert_true(cpu_ns > 0);
    assert_true((double)result.wall_ns >= 0.9 * cpu_ns);
    assert_true(result.minor_faults > 0);
}

static void usage_includes_children_that_were_waited_for(void **state)
{
    struct process_result result =
        run_script(*state, "dd if=/dev/zero of=/dev/null bs=64M count=1; exit 0");

    assert_true(result.peak_rss_bytes > (64 << 20));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, running_setup, running_teardown)
    const struct CMUnitTest tests[] = {
        TEST(exit_code_is_told),
        TEST(exit_code_zero_is_success),
        TEST(signal_is_told_by_name),
        TEST(missing_program_is_named),
        TEST(missing_directory_is_named),
        TEST(missing_stdin_is_named),
        TEST(unwritable_output_is_named),
        TEST(cpu_that_is_not_there_is_named),
        TEST(file_without_execute_permission_is_refused),
        TEST(too_many_arguments_are_a_result),
        TEST(large_environment_arrives_whole),
        TEST(program_runs_in_its_directory),
        TEST(relative_program_starts_from_its_directory),
        TEST(program_is_looked_up_in_the_given_path),
        TEST(environment_is_exactly_what_was_given),
        TEST(signals_are_back_at_their_defaults),
        TEST(program_leads_a_group_of_its_own),
        TEST(core_files_are_not_written),
        TEST(run_can_be_pinned_and_unpinned),
        TEST(peak_memory_does_not_hold_ours),
        TEST(peak_memory_is_the_programs),
        TEST(busy_program_is_charged_with_its_time),
        TEST(usage_includes_children_that_were_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
