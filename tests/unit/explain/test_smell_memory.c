/* Rules over memory that is kept, and over threads: small profiles and rows. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/explain/heap_sites.h"
#include "gate/explain/smells.h"
#include "gate/verdict/result.h"
#include "tests/unit/explain/comparing.h"
#include "tests/unit/explain/smell_profiles.h"

#define MIB 1048576.0

#define HEAP(takes, gives)                                                          \
    HEADER MAIN("500000") CALL("malloc", takes, "2000") CALL("free", gives, "1000") \
        LIBRARY("malloc", "2000") LIBRARY("free", "1000")

static void add_row(struct result *result, enum metric metric, double base, double head)
{
    *array_push(&result->rows) = (struct row){ .bench_id = xstrdup("rows"),
                                               .metric = metric,
                                               .pair_count = 8,
                                               .base_median = base,
                                               .head_median = head };
}

/* The first smell as "rule: says", or "". */
static char *first_of(const struct smell_evidence *evidence, struct explanation *told)
{
    struct str text = STR_INIT;
    smells_find(evidence, told);
    if (told->smells.count)
        str_addf(&text, "%s: %s", told->smells.items[0].rule, told->smells.items[0].says);
    return str_detach(&text);
}

/* What is left on the heap, where that is known. */
static const struct heap_sites *known_left;

/* At n = 1,000, where the other size of head, at n = 100, is that text; NULL: none. */
static void assert_memory(void **state,
                          const char *base,
                          const char *head,
                          const char *other,
                          double head_mib,
                          const char *want)
{
    struct comparing *comparing = *state;
    struct comparing smaller = { .sandbox = comparing->sandbox };
    AUTO(result_clear) struct result result = { 0 };
    struct explanation told = { .bench_id = xstrdup("rows") };
    add_row(&result, METRIC_PEAK_RSS, 2 * MIB, head_mib * MIB);
    comparing_texts(comparing, base, head);
    comparing_texts(&smaller, other ? other : base, other ? other : base);
    struct smell_evidence evidence = {
        .told = &told,
        .result = &result,
        .pair = &comparing->pair,
        .n = 1000,
        .other_n = (double)NAN,
        .left = known_left,
    };
    for (enum side side = 0; other && side < SIDE_COUNT; side++) {
        evidence.other_costs[side] = &smaller.pair.costs[side];
        evidence.other_n = 100;
    }
    bool wants = smell_wants_heap(&evidence);
    AUTO_FREE char *got = first_of(&evidence, &told);
    explanation_clear(&told);
    profile_pair_clear(&smaller.pair);
    assert_int_equal(wants, *want != '\0');
    assert_string_equal(got, want);
}

#define BASE HEAP("1010", "1000")

static void memory_that_is_kept_smells(void **state)
{
    assert_memory(
        state, BASE, HEAP("1010", "20"), NULL, 6,
        "memory that is kept: 990 allocations are never given back where it was "
        "10, and peak_rss goes from 2.00 MiB to 6.00 MiB; most are made by "
        "'main' (main.c:7)");
}

static void assert_left(void **state, struct heap_site *site, const char *want)
{
    const struct heap_sites left = { .sites = { site, 1, 1 }, .bytes = 8000 };
    AUTO_FREE char *all =
        str_format("memory that is kept: 990 allocations are never given back where it "
                   "was 10, and peak_rss goes from 2.00 MiB to 6.00 MiB; %s",
                   want);
    known_left = &left;
    assert_memory(state, BASE, HEAP("1010", "20"), NULL, 6, all);
    known_left = NULL;
}

static void who_allocated_what_is_left_is_named_where_it_is_known(void **state)
{
    struct heap_site site = { .place = { "keep", "a.c", 7 }, .bytes = 7600 };
    assert_left(state, &site,
                "95 % of the bytes that are left at the end are allocated by 'keep' "
                "(a.c:7)");
}

static void who_called_it_is_named_too(void **state)
{
    struct heap_site site = { .place = { "xmalloc", "alloc.c", 7 },
                              .caller = { "keep", "a.c", 9 },
                              .bytes = 8000 };
    assert_left(state, &site,
                "100 % of the bytes that are left at the end are allocated by 'xmalloc' "
                "(alloc.c:7), called by 'keep' (a.c:9)");
}

/* log(990 / 99) / log(1000 / 100) is 1. */
static void that_it_grows_with_n_is_told(void **state)
{
    assert_memory(
        state, BASE, HEAP("1010", "20"), HEAP("110", "11"), 6,
        "memory that is kept: 990 allocations are never given back where it was "
        "10 (99 at n = 100: n^1.0), and peak_rss goes from 2.00 MiB to 6.00 "
        "MiB; most are made by 'main' (main.c:7)");
}

static void what_is_kept_at_each_size_does_not(void **state)
{
    assert_memory(state, BASE, HEAP("1010", "20"), HEAP("1010", "20"), 6, "");
}

static void what_takes_no_more_memory_does_not(void **state)
{
    assert_memory(state, BASE, HEAP("1010", "20"), NULL, 2.05, "");
}

static void what_base_kept_too_does_not(void **state)
{
    assert_memory(state, HEAP("1010", "510"), HEAP("1010", "20"), NULL, 6, "");
}

static void less_than_half_of_n_does_not(void **state)
{
    assert_memory(state, BASE, HEAP("1010", "501"), NULL, 6, "");
}

static void
assert_threads(double head_wall, double head_cpu, double lock, const char *want)
{
    AUTO(result_clear) struct result result = { 0 };
    struct explanation told = { .bench_id = xstrdup("rows") };
    add_row(&result, METRIC_WALL, 0.1, head_wall);
    add_row(&result, METRIC_CPU, 0.35, head_cpu);
    *array_push(&told.syscalls) =
        (struct explained_syscall){ xstrdup("futex"), 10, 900, 0.02, lock };
    const struct smell_evidence evidence = { .result = &result, .told = &told };
    AUTO_FREE char *got = first_of(&evidence, &told);
    explanation_clear(&told);
    assert_string_equal(got, want);
}

static void threads_that_wait_for_one_another_smell(void **state)
{
    (void)state;
    assert_threads(
        0.35, 0.36, 1.04,
        "threads that wait for one another: 1.0 threads work at a time where it "
        "was 3.5, at about equal CPU time; waiting for locks takes them 1.04 s "
        "where it was 20.0 ms");
}

/* Other work, a wait for something else, and nearly as many at a time. */
static void others_do_not(void **state)
{
    (void)state;
    assert_threads(0.7, 0.7, 1.04, "");
    assert_threads(0.35, 0.36, 0.14, "");
    assert_threads(0.13, 0.36, 1.04, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARING_FACT(memory_that_is_kept_smells),
        COMPARING_FACT(who_allocated_what_is_left_is_named_where_it_is_known),
        COMPARING_FACT(who_called_it_is_named_too),
        COMPARING_FACT(that_it_grows_with_n_is_told),
        COMPARING_FACT(what_is_kept_at_each_size_does_not),
        COMPARING_FACT(what_takes_no_more_memory_does_not),
        COMPARING_FACT(what_base_kept_too_does_not),
        COMPARING_FACT(less_than_half_of_n_does_not),
        cmocka_unit_test(threads_that_wait_for_one_another_smell),
        cmocka_unit_test(others_do_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
