/* Allocations of programs whose truth is known, and of real ones beside valgrind. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/str.h"
#include "runners/alloc/alloc.h"
#include "tests/unit/counting/counted.h"

/* Runs argv with the library in front. */
static struct process_result run_counted(struct counted *counted)
{
    AUTO_STRVEC struct strvec environment = { 0 };
    struct error err = { 0 };
    const char *path = sandbox_file(counted->sandbox, "counts");
    AUTO_FREE char *library = alloc_library(&err);
    if (!library || alloc_begin(path, &err) < 0)
        fail_msg("%s", err.message);
    strvec_copy(&environment, &counted->environment);
    alloc_prepare_environment(&environment, library, path);
    return counted_run(counted, &counted->argv, &environment);
}

static struct alloc_figures read_figures(struct counted *counted)
{
    struct alloc_figures figures = { 0 };
    struct error err = { 0 };
    if (alloc_read(sandbox_file(counted->sandbox, "counts"), &figures, &err) < 0)
        fail_msg("%s", err.message);
    return figures;
}

static struct alloc_figures count_truth(struct counted *counted, const char *what)
{
    counted_words(counted, "truth", what);
    run_counted(counted);
    return read_figures(counted);
}

static void assert_figures(struct alloc_figures got,
                           uint64_t allocations,
                           uint64_t bytes,
                           uint64_t peak)
{
    assert_int_equal(got.allocations, allocations);
    assert_int_equal(got.allocated_bytes, bytes);
    assert_int_equal(got.peak_heap_bytes, peak);
}

static void a_program_that_allocates_nothing_counts_nothing(void **state)
{
    struct alloc_figures figures = count_truth(*state, "nothing");
    assert_figures(figures, 0, 0, 0);
    assert_int_equal(figures.process_count, 1);
}

static void a_thousand_mallocs_of_a_thousand_bytes_are_counted_exactly(void **state)
{
    assert_figures(count_truth(*state, "keep"), 1000, 1000000, 1000000);
    assert_figures(count_truth(*state, "keep-half"), 1000, 1000000, 1000000);
}

static void each_growth_is_an_allocation_of_its_whole_size(void **state)
{
    /* 10 growths, and the last one to 100 bytes. */
    assert_figures(count_truth(*state, "grow"), 11, 55100, 10000);
}

static void every_way_to_memory_is_counted_and_failures_are_not(void **state)
{
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    assert_figures(count_truth(*state, "all-ways"), 12,
                   9 * 1000 + 1024 + page + sizeof "eleven byte", page);
}

/* A thread brings allocations of the C library's own with it: no exact figures. */
static void threads_lose_no_allocation(void **state)
{
    struct alloc_figures figures = count_truth(*state, "threads");
    assert_in_range(figures.allocations, 40000, 40000 + 4 * 4);
    assert_in_range(figures.allocated_bytes, 4000000, 4000000 + 4 * 4096);
    assert_in_range(figures.peak_heap_bytes, 100, 4 * 100 + 4 * 4096);
}

static void a_forked_child_begins_with_a_copy_and_is_counted(void **state)
{
    struct alloc_figures figures = count_truth(*state, "fork");
    assert_figures(figures, 100 + 300, 400000, 300000);
    assert_int_equal(figures.process_count, 2);
}

static void exec_begins_anew_and_loses_nothing(void **state)
{
    struct alloc_figures figures = count_truth(*state, "exec");
    assert_figures(figures, 2000, 2000000, 1000000);
    assert_int_equal(figures.process_count, 2);
}

static void no_end_is_too_abrupt(void **state)
{
    struct counted *counted = *state;
    assert_figures(count_truth(counted, "exit"), 1000, 1000000, 1000000);
    assert_figures(count_truth(counted, "abort"), 1000, 1000000, 1000000);
    counted_words(counted, "truth", "kill");
    assert_int_equal(run_counted(counted).signal_number, SIGKILL);
    assert_figures(read_figures(counted), 1000, 1000000, 1000000);
}

static void the_processes_of_a_script_are_added_up(void **state)
{
    struct counted *counted = *state;
    AUTO_FREE char *truth = truth_path("truth");
    strvec_push(&counted->argv, "sh");
    strvec_push(&counted->argv, "-c");
    strvec_pushf(&counted->argv, "%s nothing; %s nothing; :", truth, truth);
    run_counted(counted);
    struct alloc_figures shell = read_figures(counted);

    strvec_clear(&counted->argv);
    strvec_push(&counted->argv, "sh");
    strvec_push(&counted->argv, "-c");
    strvec_pushf(&counted->argv, "%s keeping; %s keeping; :", truth, truth);
    run_counted(counted);
    struct alloc_figures both = read_figures(counted);

    /* The shell, and two programs, which shells start by fork or by vfork. */
    assert_in_range(both.process_count, 3, 5);
    assert_int_equal(both.allocations - shell.allocations, 2000);
    assert_int_equal(both.allocated_bytes - shell.allocated_bytes, 2000000);
    assert_int_equal(both.peak_heap_bytes, 1000000);
}

static void a_static_program_is_known_before_it_runs(void **state)
{
    struct counted *counted = *state;
    counted_words(counted, "truth", "keep");
    assert_null(alloc_why_not(&counted->argv, &counted->environment, NULL));

    counted_words(counted, "truth-static", "keep");
    AUTO_FREE char *why = alloc_why_not(&counted->argv, &counted->environment, NULL);
    assert_non_null(why);
    assert_contains(why, "truth-static' is linked statically");
}

static void
assert_not_counted(struct counted *counted, const char *program, const char *why)
{
    struct alloc_figures figures = { 0 };
    struct error err = { 0 };
    counted_words(counted, program, "keep");
    run_counted(counted);
    int got = alloc_read(sandbox_file(counted->sandbox, "counts"), &figures, &err);
    assert_int_equal(got, -1);
    assert_int_equal(err.code, ERROR_BENCHMARK);
    assert_contains(err.message, why);
}

static void what_the_library_did_not_see_is_no_zero(void **state)
{
    assert_not_counted(*state, "truth-static", "the counting library was not loaded");
    assert_not_counted(*state, "truth-own-malloc", "brings a malloc of its own");
}

static void a_preload_of_the_users_own_stays(void **state)
{
    struct counted *counted = *state;
    struct error err = { 0 };
    AUTO_FREE char *library = alloc_library(&err);
    strvec_push(&counted->environment, "LD_PRELOAD=libc.so.6");
    counted_words(counted, "truth", "keep");
    run_counted(counted);
    assert_int_equal(read_figures(counted).allocations, 1000);

    AUTO_STRVEC struct strvec environment = { 0 };
    strvec_copy(&environment, &counted->environment);
    alloc_prepare_environment(&environment, library, "/x");
    AUTO_FREE char *want = str_format("LD_PRELOAD=%s:libc.so.6", library);
    assert_string_equal(environment.items[1], want);
}

static void a_file_that_is_none_of_counts_is_refused(void **state)
{
    struct counted *counted = *state;
    struct alloc_figures figures = { 0 };
    struct error err = { 0 };
    sandbox_write(counted->sandbox, "other", "hello");
    int got = alloc_read(sandbox_file(counted->sandbox, "other"), &figures, &err);
    assert_int_equal(got, -1);
    assert_contains(err.message, "is no file of counts");
}

/* The number before word in "... 3,956 allocs, ..."; fails the test where there is none.
 */
static uint64_t figure_before(const char *text, const char *word)
{
    uint64_t figure = 0;
    uint64_t unit = 1;
    const char *end = strstr(text, word);
    if (!end)
        fail_msg("'%s' is not in: %s", word, text);
    for (const char *c = end;
         c > text && (c[-1] == ',' || (c[-1] >= '0' && c[-1] <= '9')); c--) {
        if (c[-1] == ',')
            continue;
        figure += unit * (uint64_t)(c[-1] - '0');
        unit *= 10;
    }
    return figure;
}

/* "Total: 1,148,780 bytes in 3,956 blocks" and "At t-gmax: 419,803 bytes in 2,012 blocks"
 * of dhat, valgrind's heap profiler. */
static void a_real_program_agrees_with_valgrind(void **state)
{
    struct counted *counted = *state;
    struct outcome there = sandbox_run(counted->sandbox, "command -v valgrind");
    bool is_there = there.exit_code == 0;
    outcome_clear(&there);
    if (!is_there) {
        print_message("skipped: needs valgrind (apt-get install valgrind)\n");
        skip();
    }
    struct outcome dhat = sandbox_run(
        counted->sandbox,
        "env -i PATH=\"$PATH\" valgrind --tool=dhat --dhat-out-file=/dev/null "
        "ls -l /usr/bin 2>&1 >/dev/null");
    strvec_push(&counted->argv, "ls");
    strvec_push(&counted->argv, "-l");
    strvec_push(&counted->argv, "/usr/bin");
    run_counted(counted);
    struct alloc_figures figures = read_figures(counted);

    const char *total = strstr(dhat.out, "Total:");
    const char *peak = strstr(dhat.out, "t-gmax:");
    assert_non_null(total);
    assert_non_null(peak);
    assert_int_equal(figures.allocations, figure_before(total, " blocks"));
    assert_int_equal(figures.allocated_bytes, figure_before(total, " bytes in"));
    assert_int_equal(figures.peak_heap_bytes, figure_before(peak, " bytes in"));
    outcome_clear(&dhat);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTED_FACT(a_program_that_allocates_nothing_counts_nothing),
        COUNTED_FACT(a_thousand_mallocs_of_a_thousand_bytes_are_counted_exactly),
        COUNTED_FACT(each_growth_is_an_allocation_of_its_whole_size),
        COUNTED_FACT(every_way_to_memory_is_counted_and_failures_are_not),
        COUNTED_FACT(threads_lose_no_allocation),
        COUNTED_FACT(a_forked_child_begins_with_a_copy_and_is_counted),
        COUNTED_FACT(exec_begins_anew_and_loses_nothing),
        COUNTED_FACT(no_end_is_too_abrupt),
        COUNTED_FACT(the_processes_of_a_script_are_added_up),
        COUNTED_FACT(a_static_program_is_known_before_it_runs),
        COUNTED_FACT(what_the_library_did_not_see_is_no_zero),
        COUNTED_FACT(a_preload_of_the_users_own_stays),
        COUNTED_FACT(a_file_that_is_none_of_counts_is_refused),
        COUNTED_FACT(a_real_program_agrees_with_valgrind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
