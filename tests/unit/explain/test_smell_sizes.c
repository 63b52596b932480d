/* Rules over two sizes: small profiles of both sides at both. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/explain/smells.h"
#include "gate/verdict/explanation.h"
#include "tests/unit/explain/comparing.h"
#include "tests/unit/explain/smell_profiles.h"

struct sides {
    const char *base;
    const char *head;
};

/* The first smell, as "rule: says", of profiles at n = 1,000 and at another n; "" where
 * there is none. */
static char *
smell_at(struct comparing *comparing, struct sides at_n, struct sides at_other, double n)
{
    struct comparing other = { .sandbox = comparing->sandbox };
    struct explanation explanation = { .bench_id = xstrdup("rows") };
    AUTO_STR struct str text = STR_INIT;
    comparing_texts(comparing, at_n.base, at_n.head);
    comparing_texts(&other, at_other.base, at_other.head);
    const struct smell_evidence evidence = {
        .pair = &comparing->pair,
        .n = 1000,
        .other_costs = { &other.pair.costs[SIDE_BASE], &other.pair.costs[SIDE_HEAD] },
        .other_n = n,
    };
    smells_find(&evidence, &explanation);
    if (explanation.smells.count)
        str_addf(&text, "%s: %s", explanation.smells.items[0].rule,
                 explanation.smells.items[0].says);
    explanation_clear(&explanation);
    profile_pair_clear(&other.pair);
    return str_detach(&text);
}

static void assert_smell(
    void **state, struct sides at_n, struct sides at_other, double n, const char *want)
{
    AUTO_FREE char *got = smell_at(*state, at_n, at_other, n);
    assert_string_equal(got, want);
}

#define STRCMP(count) CALLED("strcmp", count, "30000")

/* log(40000 / 400) / log(1000 / 100) is 2; of base, log(900 / 90) / log(10) is 1. 40,000
 * calls are too few for "calls like n squared", which wants 125,000. */
static void calls_that_grow_faster_than_n_smell(void **state)
{
    assert_smell(
        state, (struct sides){ STRCMP("900"), CALLED("strcmp", "40000", "31000") },
        (struct sides){ STRCMP("90"), STRCMP("400") }, 100,
        "calls grow faster than n: 'strcmp' is called 40,000 times where it was "
        "900, by 'main' (main.c:7) in a loop: 38 % of the instructions; 400 at n "
        "= 100, 40,000 at n = 1,000: n^2.0, where it was n^1.0");
}

/* log(9000 / 400) / log(10) is 1.35: n log n goes so. */
static void calls_that_grow_like_n_log_n_do_not(void **state)
{
    assert_smell(state,
                 (struct sides){ STRCMP("900"), CALLED("strcmp", "9000", "31000") },
                 (struct sides){ STRCMP("90"), STRCMP("400") }, 100, "");
}

static void calls_that_grew_so_on_base_do_not(void **state)
{
    assert_smell(state,
                 (struct sides){ STRCMP("20000"), CALLED("strcmp", "40000", "31000") },
                 (struct sides){ STRCMP("200"), STRCMP("400") }, 100, "");
}

static void sizes_that_are_close_tell_nothing(void **state)
{
    assert_smell(state,
                 (struct sides){ STRCMP("5000"), CALLED("strcmp", "40000", "31000") },
                 (struct sides){ STRCMP("2500"), STRCMP("400") }, 501, "");
}

#define QUERY(count, cost) CALLED("sqlite3_prepare_v2", count, cost)

/* 60 are too few for n = 1,000, but log(60 / 6) / log(10) is 1. */
static void queries_that_grow_with_n_smell(void **state)
{
    assert_smell(
        state, (struct sides){ QUERY("1", "100"), QUERY("60", "30000") },
        (struct sides){ QUERY("1", "100"), QUERY("6", "3000") }, 100,
        "a query a row: 'sqlite3_prepare_v2' is called 60 times where it was 1, "
        "by 'main' (main.c:7) in a loop: 38 % of the instructions; 6 at n = 100, "
        "60 at n = 1,000: n^1.0");
}

static void queries_that_are_as_many_at_each_size_do_not(void **state)
{
    assert_smell(state, (struct sides){ QUERY("1", "100"), QUERY("200", "30000") },
                 (struct sides){ QUERY("1", "100"), QUERY("200", "30000") }, 100, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARING_FACT(calls_that_grow_faster_than_n_smell),
        COMPARING_FACT(calls_that_grow_like_n_log_n_do_not),
        COMPARING_FACT(calls_that_grew_so_on_base_do_not),
        COMPARING_FACT(sizes_that_are_close_tell_nothing),
        COMPARING_FACT(queries_that_grow_with_n_smell),
        COMPARING_FACT(queries_that_are_as_many_at_each_size_do_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
