#include <stdlib.h>

#include "runners/bench.h"
#include "tests/support/check.h"

/* A clock that the work moves on: each iteration takes iteration_ns. */
struct script {
    int64_t now_ns;
    int64_t iteration_ns;
    int64_t reading_ns; /* what looking at the clock takes */
    uint64_t calls;
    uint64_t all_iterations;
};

static int64_t scripted_clock(void *context)
{
    struct script *script = context;
    script->now_ns += script->reading_ns;
    return script->now_ns;
}

static void scripted_work(void *context, uint64_t iterations)
{
    struct script *script = context;
    script->now_ns += (int64_t)iterations * script->iteration_ns;
    script->calls++;
    script->all_iterations += iterations;
}

static struct bench bench_on(struct script *script)
{
    return (struct bench){ .sample_ns = 1000,
                           .sample_count = 4,
                           .clock = scripted_clock,
                           .clock_context = script };
}

static void the_loop_count_is_the_first_power_of_two_that_lasts_long_enough(void **state)
{
    static const struct {
        int64_t iteration_ns;
        uint64_t iterations;
    } table[] = { { 1, 1024 }, { 3, 512 },  { 500, 2 },
                  { 999, 2 },  { 1000, 1 }, { 50000, 1 } };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct script script = { .iteration_ns = table[i].iteration_ns };
        struct bench bench = bench_on(&script);
        bench_run(&bench, "x", scripted_work, &script);
        assert_int_equal(bench.iterations, table[i].iterations);
        bench_clear(&bench);
    }
}

static void samples_are_nanoseconds_an_iteration(void **state)
{
    struct script script = { .iteration_ns = 7 };
    struct bench bench = bench_on(&script);
    (void)state;
    bench_run(&bench, "seven", scripted_work, &script);
    assert_int_equal(bench.ns_per_iteration_count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_close(bench.ns_per_iteration[i], 7.0, 1e-12);
    bench_clear(&bench);
}

static void calibration_is_not_among_the_samples(void **state)
{
    struct script script = { .iteration_ns = 300 };
    struct bench bench = bench_on(&script);
    (void)state;
    bench_run(&bench, "x", scripted_work, &script);
    /* 1, 2 and 4 iterations to find the count, then four samples of 4. */
    assert_int_equal(script.calls, 3 + 4);
    assert_int_equal(script.all_iterations, 1 + 2 + 4 + 4 * 4);
    bench_clear(&bench);
}

static void a_sample_holds_one_reading_of_the_clock(void **state)
{
    struct script script = { .iteration_ns = 2000, .reading_ns = 10 };
    struct bench bench = bench_on(&script);
    (void)state;
    bench_run(&bench, "x", scripted_work, &script);
    assert_close(bench.ns_per_iteration[0], 2010.0, 1e-9);
    bench_clear(&bench);
}

static void work_that_takes_no_time_comes_to_an_end(void **state)
{
    struct script script = { .iteration_ns = 0 };
    struct bench bench = bench_on(&script);
    (void)state;
    bench_run(&bench, "nothing", scripted_work, &script);
    assert_int_equal(bench.iterations, UINT64_C(1) << 40);
    assert_close(bench.ns_per_iteration[0], 0.0, 1e-12);
    bench_clear(&bench);
}

static void a_second_run_replaces_the_first(void **state)
{
    struct script script = { .iteration_ns = 7 };
    struct bench bench = bench_on(&script);
    (void)state;
    bench_run(&bench, "first", scripted_work, &script);
    script.iteration_ns = 500;
    bench_run(&bench, "second", scripted_work, &script);
    assert_string_equal(bench.name, "second");
    assert_int_equal(bench.iterations, 2);
    assert_close(bench.ns_per_iteration[3], 500.0, 1e-12);
    bench_clear(&bench);
}

static char *print(const struct bench *bench)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_int_equal(bench_print(bench, out), 0);
    fclose(out);
    return text;
}

static void a_line_of_json_holds_name_unit_iterations_and_samples(void **state)
{
    double samples[] = { 1.5, 2, 0.125 };
    const struct bench bench = { .name = "a \"b\"\\\n",
                                 .iterations = 1024,
                                 .ns_per_iteration = samples,
                                 .ns_per_iteration_count = 3 };
    (void)state;
    char *text = print(&bench);
    assert_string_equal(text, "{\"name\":\"a \\\"b\\\"\\\\\\u000a\",\"unit\":\"ns\","
                              "\"iterations\":1024,\"samples\":[1.5,2,0.125]}\n");
    free(text);
}

static void a_full_disk_is_noticed(void **state)
{
    const struct bench bench = { .name = "x" };
    FILE *full = fopen("/dev/full", "w");
    (void)state;
    assert_non_null(full);
    setvbuf(full, NULL, _IONBF, 0);
    assert_int_equal(bench_print(&bench, full), -1);
    fclose(full);
}

/* Without bench_keep an optimising compiler may work this sum out once, or never. */
static void sum_up(void *context, uint64_t iterations)
{
    uint64_t *sum = context;
    for (uint64_t i = 0; i < iterations; i++) {
        *sum += 3;
        bench_keep(sum);
    }
}

static void the_default_clock_and_counts_are_used_where_none_are_given(void **state)
{
    uint64_t sum = 0;
    struct bench bench = { .sample_ns = 1000 };
    (void)state;
    bench_run(&bench, "sum", sum_up, &sum);
    assert_int_equal(bench.ns_per_iteration_count, BENCH_SAMPLES);
    assert_int_equal(sum % 3, 0);
    assert_true(sum >= bench.iterations * BENCH_SAMPLES * 3);
    bench_clear(&bench);
}

/* Operation number i takes (i + 1) * iteration_ns; one of them stalls. */
#define STALLING_OPERATION 3
#define STALL_NS           10000

static void scripted_operation(void *context, uint64_t index)
{
    struct script *script = context;
    script->now_ns += (int64_t)(index + 1) * script->iteration_ns;
    script->calls++;
}

static void stalling_operation(void *context, uint64_t index)
{
    struct script *script = context;
    script->now_ns += index == STALLING_OPERATION ? STALL_NS : script->iteration_ns;
}

static void each_operation_is_a_sample_with_one_reading_of_the_clock(void **state)
{
    struct script script = { .iteration_ns = 100, .reading_ns = 30 };
    struct bench bench = bench_on(&script);
    (void)state;
    bench.operation_count = 5;
    bench_operations(&bench, "x", scripted_operation, &script);
    assert_int_equal(bench.iterations, 1);
    assert_int_equal(bench.ns_per_iteration_count, 5);
    assert_int_equal(script.calls, 5);
    for (size_t i = 0; i < 5; i++)
        assert_close(bench.ns_per_iteration[i], 100.0 * (double)(i + 1) + 30, 1e-12);
    bench_clear(&bench);
}

static void what_a_look_at_the_clock_costs_is_told(void **state)
{
    struct script script = { .iteration_ns = 1000, .reading_ns = 25 };
    struct bench bench = bench_on(&script);
    (void)state;
    bench_operations(&bench, "x", stalling_operation, &script);
    assert_close(bench.clock_ns, 25, 25 * 0x1p-10);
    assert_int_equal(bench.ns_per_iteration_count, BENCH_OPERATIONS);
    bench_run(&bench, "x", scripted_work, &script);
    assert_close(bench.clock_ns, 0, 0);
    bench_clear(&bench);
}

/* Without a schedule a stall is one slow sample. */
static void without_an_interval_operations_wait_for_the_one_before(void **state)
{
    struct script script = { .iteration_ns = 100 };
    struct bench bench = bench_on(&script);
    (void)state;
    bench.operation_count = 20;
    bench_operations(&bench, "x", stalling_operation, &script);
    for (size_t i = 0; i < 20; i++)
        assert_close(bench.ns_per_iteration[i], i == STALLING_OPERATION ? STALL_NS : 100,
                     1e-12);
    bench_clear(&bench);
}

/* A clock that moves by itself while it is watched: 1 ns a look. */
static void with_an_interval_a_stall_delays_what_was_due_meanwhile(void **state)
{
    struct script script = { .iteration_ns = 100, .reading_ns = 1 };
    struct bench bench = bench_on(&script);
    (void)state;
    bench.operation_count = 20;
    bench.interval_ns = 1000;
    bench_operations(&bench, "x", stalling_operation, &script);
    for (size_t i = 0; i < STALLING_OPERATION; i++)
        assert_close(bench.ns_per_iteration[i], 101, 1.5);
    /* Each operation after the stall starts 1000 ns later than due less than the one
     * before, and takes 100 ns: 900 ns are caught up at a time. */
    for (size_t i = STALLING_OPERATION; i < STALLING_OPERATION + 11; i++) {
        double behind = STALL_NS - 898.0 * (double)(i - STALLING_OPERATION);
        assert_close(bench.ns_per_iteration[i], behind, 3);
    }
    assert_close(bench.ns_per_iteration[19], 101, 1.5);
    bench_clear(&bench);
}

static void a_histogram_line_counts_equal_samples_once(void **state)
{
    double samples[] = { 100, 300, 100.01, 2500, 300.1, 99, 300.2 };
    const struct bench bench = { .name = "x",
                                 .iterations = 1,
                                 .clock_ns = 24.5,
                                 .ns_per_iteration = samples,
                                 .ns_per_iteration_count = 7 };
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    (void)state;
    assert_int_equal(bench_print_histogram(&bench, out), 0);
    fclose(out);
    /* Buckets of 1/16 ns above 64, 1/4 above 256. */
    assert_string_equal(text, "{\"name\":\"x\",\"unit\":\"ns\",\"iterations\":1,"
                              "\"clock\":24.5,"
                              "\"samples\":[99,100.03125,300.125,2500],"
                              "\"counts\":[1,2,3,1]}\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_loop_count_is_the_first_power_of_two_that_lasts_long_enough),
        cmocka_unit_test(samples_are_nanoseconds_an_iteration),
        cmocka_unit_test(calibration_is_not_among_the_samples),
        cmocka_unit_test(a_sample_holds_one_reading_of_the_clock),
        cmocka_unit_test(work_that_takes_no_time_comes_to_an_end),
        cmocka_unit_test(a_second_run_replaces_the_first),
        cmocka_unit_test(a_line_of_json_holds_name_unit_iterations_and_samples),
        cmocka_unit_test(a_full_disk_is_noticed),
        cmocka_unit_test(the_default_clock_and_counts_are_used_where_none_are_given),
        cmocka_unit_test(each_operation_is_a_sample_with_one_reading_of_the_clock),
        cmocka_unit_test(what_a_look_at_the_clock_costs_is_told),
        cmocka_unit_test(without_an_interval_operations_wait_for_the_one_before),
        cmocka_unit_test(with_an_interval_a_stall_delays_what_was_due_meanwhile),
        cmocka_unit_test(a_histogram_line_counts_equal_samples_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
