/* Results by hand: which figures lead to which classification, and to which sentence. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/explain/off_cpu.h"
#include "gate/explain/witness.h"
#include "gate/verdict/result.h"
#include "tests/support/check.h"

/* In *state of each test. */
struct judging {
    struct result result;
    struct explanation explanation;
};

static int setup(void **state)
{
    struct judging *judging = xcalloc(1, sizeof *judging);
    struct bench_result *bench = array_push(&judging->result.benches);
    *bench = (struct bench_result){ .id = xstrdup("list"), .is_cpu_bound = true };
    judging->explanation.bench_id = xstrdup("list");
    judging->explanation.metric = METRIC_CPU;
    *state = judging;
    return 0;
}

static int teardown(void **state)
{
    struct judging *judging = *state;
    result_clear(&judging->result);
    explanation_clear(&judging->explanation);
    free(judging);
    return 0;
}

/* A row of so many percent, with an interval of half of that to either side. */
static void add_row(struct judging *judging, enum metric metric, double base, double head)
{
    double change = head / base - 1;
    *array_push(&judging->result.rows) = (struct row){
        .bench_id = xstrdup("list"),
        .metric = metric,
        .is_judged = true,
        .pair_count = 8,
        .base_median = base,
        .head_median = head,
        .change = change,
        .change_low = change - fabs(change) / 2,
        .change_high = change + fabs(change) / 2,
    };
}

static void count(struct judging *judging, int64_t base, int64_t head)
{
    judging->explanation.base_instructions = base;
    judging->explanation.head_instructions = head;
}

static void assert_judged(struct judging *judging, enum witness want, const char *text)
{
    witness_judge(&judging->result, &judging->explanation);
    assert_string_equal(witness_name(judging->explanation.witness), witness_name(want));
    assert_int_equal(judging->explanation.why.count, 1);
    assert_contains(judging->explanation.why.items[0], text);
}

static void both_moved_is_other_work(void **state)
{
    struct judging *judging = *state;
    add_row(judging, METRIC_CPU, 0.010, 0.020);
    count(judging, 1000000, 2100000);
    assert_judged(
        judging, WITNESS_WORK,
        "cpu +100 %, instructions +110 %: both moved, so that the work changed");
}

static void a_harness_has_no_second_witness(void **state)
{
    struct judging *judging = *state;
    add_row(judging, METRIC_CPU, 0.010, 0.020);
    judging->explanation.is_per_operation = true;
    assert_judged(
        judging, WITNESS_UNKNOWN,
        "cpu +100 %: how many instructions an operation takes is not known, for "
        "a harness does as many operations as it likes");
}

static void fewer_instructions_that_take_longer_are_against_each_other(void **state)
{
    struct judging *judging = *state;
    add_row(judging, METRIC_CPU, 0.0100, 0.0103);
    count(judging, 1000000, 920000);
    assert_judged(
        judging, WITNESS_AGAINST,
        "cpu +3.0 %, instructions -8.0 %: time and "
        "counts go opposite ways, so that single instructions cost another time: "
        "memory, caches, branches or locks ('perf stat -d' on both builds tells "
        "which); or the program compiles itself as it runs (Node, Java), and did "
        "other work where it was counted");
}

static void time_at_equal_counts_is_layout_caches_or_locks(void **state)
{
    struct judging *judging = *state;
    add_row(judging, METRIC_CPU, 0.0100, 0.01024);
    add_row(judging, METRIC_PEAK_RSS, 1000000, 1010000);
    count(judging, 1000000, 1000003);
    assert_judged(judging, WITNESS_TIME_ONLY,
                  "cpu +2.4 %, instructions +0.00 %: the layout of the code, caches, "
                  "branches, locks or the CPU's frequency; --layouts 10 tells the first");
}

/* Four times as long by atomics: 1 % more instructions is no reason. */
static void counts_that_are_no_part_of_the_change_have_not_moved(void **state)
{
    struct judging *judging = *state;
    add_row(judging, METRIC_CPU, 0.010, 0.040);
    count(judging, 1000000, 1010000);
    assert_judged(judging, WITNESS_TIME_ONLY, "instructions +1.0 %: the layout");
}

static void layouts_that_were_tried_are_taken_into_account(void **state)
{
    struct judging *judging = *state;
    add_row(judging, METRIC_CPU, 0.0100, 0.01024);
    count(judging, 1000000, 1000003);
    struct layout_study *study = xcalloc(1, sizeof *study);
    *array_push(&study->rows) = (struct layout_row){ .bench_id = xstrdup("list"),
                                                     .metric = METRIC_CPU,
                                                     .finding = LAYOUT_HOLDS };
    judging->result.layouts = study;
    assert_judged(judging, WITNESS_TIME_ONLY, "it holds in other layouts of the code");
}

static void time_that_moves_with_memory_is_memory(void **state)
{
    struct judging *judging = *state;
    add_row(judging, METRIC_CPU, 0.010, 0.015);
    add_row(judging, METRIC_PEAK_RSS, 1000000, 2000000);
    count(judging, 1000000, 1000000);
    assert_judged(
        judging, WITNESS_MEMORY,
        "cpu +50.0 %, instructions +0.00 %, peak_rss +100 %: the time moved with "
        "the memory");
}

static void counts_alone_are_said_to_be(void **state)
{
    struct judging *judging = *state;
    add_row(judging, METRIC_CPU, 0.010, 0.01001);
    judging->explanation.metric = METRIC_INSTRUCTIONS;
    count(judging, 1000000, 1050000);
    assert_judged(judging, WITNESS_COUNTS_ONLY, "it is not seen in the time");
}

static void an_interval_around_nothing_is_no_move(void **state)
{
    struct judging *judging = *state;
    add_row(judging, METRIC_CPU, 0.010, 0.012);
    judging->result.rows.items[0].change_low = -0.01;
    judging->explanation.metric = METRIC_PEAK_RSS;
    count(judging, 1000000, 1000000);
    assert_judged(judging, WITNESS_NOTHING, "neither time nor counts moved");
}

static void without_counts_nothing_is_concluded(void **state)
{
    struct judging *judging = *state;
    add_row(judging, METRIC_CPU, 0.010, 0.020);
    assert_judged(judging, WITNESS_UNKNOWN, "cpu +100 %");
}

static void counted_rows_stand_in_for_profiles(void **state)
{
    struct judging *judging = *state;
    add_row(judging, METRIC_CPU, 0.010, 0.020);
    add_row(judging, METRIC_INSTRUCTIONS, 1000000, 1500000);
    assert_judged(judging, WITNESS_WORK, "instructions +50.0 %");
}

static void more_throughput_with_fewer_instructions_is_one_direction(void **state)
{
    struct judging *judging = *state;
    judging->explanation.metric = METRIC_THROUGHPUT;
    add_row(judging, METRIC_THROUGHPUT, 1000, 1500);
    count(judging, 1000000, 700000);
    assert_judged(judging, WITNESS_WORK, "throughput +50.0 %, instructions -30.0 %");
}

/* 50 ms more on the clock, none of them on the CPU. */
static void wait(struct judging *judging)
{
    judging->result.benches.items[0].is_cpu_bound = false;
    judging->explanation.metric = METRIC_WALL;
    add_row(judging, METRIC_WALL, 0.012, 0.062);
    add_row(judging, METRIC_CPU, 0.0110, 0.0111);
    count(judging, 1000000, 1000100);
}

static void add_syscall(struct judging *judging,
                        const char *name,
                        int64_t calls,
                        double base_s,
                        double head_s)
{
    *array_push(&judging->explanation.syscalls) =
        (struct explained_syscall){ .name = xstrdup(name),
                                    .base_calls = base_s > 0 ? 1 : 0,
                                    .head_calls = calls,
                                    .base_s = base_s,
                                    .head_s = head_s };
}

static void assert_waits(struct judging *judging, const char *text)
{
    witness_judge(&judging->result, &judging->explanation);
    assert_int_equal(judging->explanation.witness, WITNESS_OFF_CPU);
    assert_int_equal(judging->explanation.why.count, 0);
    off_cpu_tell(&judging->explanation);
    assert_contains(judging->explanation.why.items[0],
                    "off-CPU, for the time on the clock moved and the CPU time did not "
                    "(wall 12.0 ms -> 62.0 ms, cpu 11.0 ms -> 11.1 ms): ");
    assert_contains(judging->explanation.why.items[0], text);
}

static void a_sleep_is_named_with_its_call(void **state)
{
    struct judging *judging = *state;
    wait(judging);
    add_syscall(judging, "read", 9, 0.001, 0.002);
    add_syscall(judging, "clock_nanosleep", 6, 0, 0.05);
    assert_waits(judging, "it sleeps, or waits for something to happen; "
                          "'clock_nanosleep' takes 50.0 ms in 6 calls, and was not "
                          "called before");
}

static void locks_and_files_are_told_apart(void **state)
{
    struct judging *judging = *state;
    wait(judging);
    add_syscall(judging, "fsync", 9, 0, 0.02);
    add_syscall(judging, "pwrite64", 9, 0, 0.01);
    add_syscall(judging, "futex", 9, 0, 0.02);
    assert_waits(judging, "it is bound by input and output; 'fsync' takes 20.0 ms");
    add_syscall(judging, "flock", 9, 0.01, 0.10);
    off_cpu_tell(&judging->explanation);
    assert_contains(judging->explanation.why.items[1],
                    "it waits for a lock; 'flock' takes 100 ms in 9 calls where it was "
                    "10.0 ms in 1");
}

static void the_file_that_takes_the_time_is_named(void **state)
{
    struct judging *judging = *state;
    wait(judging);
    add_syscall(judging, "fsync", 9, 0, 0.04);
    *array_push(&judging->explanation.files) =
        (struct explained_file){ xstrdup("{work}/cases.db"),
                                 { { .opens = 1 },
                                   { .opens = 1, .writes = 9, .seconds = 0.04 } } };
    assert_waits(judging,
                 "'fsync' takes 40.0 ms in 9 calls, and was not called before; of "
                 "the files '{work}/cases.db' (opened 1 time as before, written 9 "
                 "times where it was 0) takes the most");
}

static void a_file_that_hardly_takes_time_is_not(void **state)
{
    struct judging *judging = *state;
    wait(judging);
    add_syscall(judging, "fsync", 9, 0, 0.04);
    *array_push(&judging->explanation.files) = (struct explained_file){
        xstrdup("a"), { { 0 }, { .opens = 1, .writes = 9, .seconds = 0.01 } }
    };
    assert_waits(judging, "was not called before");
    assert_lacks(judging->explanation.why.items[0], "of the files");
}

static void a_busy_machine_is_to_blame_first(void **state)
{
    struct judging *judging = *state;
    wait(judging);
    add_row(judging, METRIC_RUN_QUEUE_WAIT, 0.001, 0.045);
    add_syscall(judging, "futex", 9, 0, 0.05);
    assert_waits(judging, "the machine was busy, and it had no CPU: run_queue_wait "
                          "1.00 ms -> 45.0 ms");
}

static void without_system_calls_the_kernels_figures_tell(void **state)
{
    struct judging *judging = *state;
    wait(judging);
    add_row(judging, METRIC_VOLUNTARY_SWITCHES, 3, 23);
    add_row(judging, METRIC_READ_BYTES, 5000, 5000);
    assert_waits(judging, "it gives the CPU up more often: a lock, a sleep or another "
                          "process: voluntary_switches 3 -> 23");
    assert_int_equal(judging->explanation.figures.count, 4);
}

static void more_bytes_are_input_and_output(void **state)
{
    struct judging *judging = *state;
    wait(judging);
    add_row(judging, METRIC_READ_BYTES, 5000, 5000000);
    assert_waits(judging, "it reads or writes more: read_bytes 4.88 KiB -> 4.77 MiB");
}

static void what_nothing_tells_is_left_open(void **state)
{
    struct judging *judging = *state;
    wait(judging);
    assert_waits(judging, "nothing that is counted tells what it waits for");
}

static void cpu_time_that_moves_along_is_no_waiting(void **state)
{
    struct judging *judging = *state;
    judging->explanation.metric = METRIC_WALL;
    judging->result.benches.items[0].is_cpu_bound = false;
    add_row(judging, METRIC_WALL, 0.012, 0.062);
    add_row(judging, METRIC_CPU, 0.011, 0.055);
    count(judging, 1000000, 5000000);
    assert_judged(judging, WITNESS_WORK, "wall +417 %");
}

#define FACT(fact) cmocka_unit_test_setup_teardown(fact, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(both_moved_is_other_work),
        FACT(a_harness_has_no_second_witness),
        FACT(fewer_instructions_that_take_longer_are_against_each_other),
        FACT(time_at_equal_counts_is_layout_caches_or_locks),
        FACT(counts_that_are_no_part_of_the_change_have_not_moved),
        FACT(layouts_that_were_tried_are_taken_into_account),
        FACT(time_that_moves_with_memory_is_memory),
        FACT(counts_alone_are_said_to_be),
        FACT(an_interval_around_nothing_is_no_move),
        FACT(without_counts_nothing_is_concluded),
        FACT(counted_rows_stand_in_for_profiles),
        FACT(more_throughput_with_fewer_instructions_is_one_direction),
        FACT(a_sleep_is_named_with_its_call),
        FACT(locks_and_files_are_told_apart),
        FACT(the_file_that_takes_the_time_is_named),
        FACT(a_file_that_hardly_takes_time_is_not),
        FACT(a_busy_machine_is_to_blame_first),
        FACT(without_system_calls_the_kernels_figures_tell),
        FACT(more_bytes_are_input_and_output),
        FACT(what_nothing_tells_is_left_open),
        FACT(cpu_time_that_moves_along_is_no_waiting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
