/* Rules over the medians of rows. */
#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/explain/smells.h"
#include "gate/verdict/result.h"
#include "tests/support/check.h"

static void add(struct result *result, enum metric metric, double base, double head)
{
    *array_push(&result->rows) = (struct row){ .bench_id = xstrdup("rows"),
                                               .metric = metric,
                                               .pair_count = 8,
                                               .base_median = base,
                                               .head_median = head };
}

/* "rule; new; says", or "" where none holds; the result is cleared. */
static char *smell_of(struct result *result)
{
    struct explanation explanation = { .bench_id = xstrdup("rows") };
    const struct smell_evidence evidence = { .result = result };
    struct str text = STR_INIT;
    smells_find(&evidence, &explanation);
    for (size_t i = 0; i < explanation.smells.count; i++) {
        const struct explained_smell *smell = &explanation.smells.items[i];
        str_addf(&text, "%s; %s; %s", smell->rule, smell->is_new ? "new" : "old",
                 smell->says);
    }
    explanation_clear(&explanation);
    result_clear(result);
    return str_detach(&text);
}

static void assert_writes(double base, double head, double bytes, const char *want)
{
    struct result result = { 0 };
    add(&result, METRIC_WRITE_CALLS, base, head);
    add(&result, METRIC_WRITTEN_BYTES, bytes, bytes);
    AUTO_FREE char *got = smell_of(&result);
    assert_string_equal(got, want);
}

static void assert_system(double base, double head, double cpu, const char *want)
{
    struct result result = { 0 };
    add(&result, METRIC_CPU, cpu, cpu);
    add(&result, METRIC_SYSTEM, base * cpu, head * cpu);
    AUTO_FREE char *got = smell_of(&result);
    assert_string_equal(got, want);
}

static void many_small_writes_smell(void **state)
{
    (void)state;
    assert_writes(4, 1000, 16000,
                  "many small writes; new; writes: 1,000 of 16 B on average, where they "
                  "were 4 of 3.91 KiB");
    assert_writes(2000, 1000, 16000,
                  "many small writes; old; writes: 1,000 of 16 B on average, where they "
                  "were 2,000 of 8 B");
}

static void fewer_or_larger_writes_do_not(void **state)
{
    (void)state;
    assert_writes(4, 999, 16000, "");
    assert_writes(4, 1000, 256001, "");
}

static void time_in_the_kernel_smells(void **state)
{
    (void)state;
    assert_system(0.2, 0.6, 0.1,
                  "time in the kernel; new; 60 % of the CPU time is the kernel's, where "
                  "it was 20 %");
    assert_system(0.45, 0.6, 0.1,
                  "time in the kernel; old; 60 % of the CPU time is the kernel's, where "
                  "it was 45 %");
}

static void less_of_it_or_short_runs_do_not(void **state)
{
    (void)state;
    assert_system(0.2, 0.49, 0.1, "");
    assert_system(0.2, 0.9, 0.009, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_small_writes_smell),
        cmocka_unit_test(fewer_or_larger_writes_do_not),
        cmocka_unit_test(time_in_the_kernel_smells),
        cmocka_unit_test(less_of_it_or_short_runs_do_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
