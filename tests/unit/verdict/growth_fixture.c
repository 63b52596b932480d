#include "tests/unit/verdict/growth_fixture.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

enum {
    PAIRS = 8
};

/* Relative errors of the runs of a pair; base's and head's share a half. */
static const double scatter[PAIRS][2] = {
    { 0.010, -0.002 }, { -0.008, -0.011 }, { 0.004, 0.012 }, { -0.006, 0.003 },
    { 0.009, 0.006 },  { -0.004, -0.009 }, { 0.001, 0.007 }, { -0.007, -0.006 },
};

void growth_fixture_open(struct growth_fixture *fixture, const char *members)
{
    struct error err = { 0 };
    AUTO_FREE char *text =
        str_format("{\"version\": 1, \"suites\": [{\"name\": \"s\", \"benchmarks\": "
                   "[{\"name\": \"sort\", \"run\": \"a\", %s}]}]}",
                   members);
    *fixture = (struct growth_fixture){ .config = config_parse(text, "pawl.json", &err) };
    if (!fixture->config)
        fail_msg("%s", err.message);
    benches_of(fixture->config, &fixture->benches);
}

void growth_fixture_close(struct growth_fixture *fixture)
{
    result_clear(&fixture->result);
    benches_clear(&fixture->benches);
    config_free(fixture->config);
}

static double cost_of(const struct cost *cost, double size)
{
    return cost->fixed + cost->factor * pow(size, cost->power);
}

static struct bench_result *add_bench(struct growth_fixture *fixture,
                                      const struct bench *bench)
{
    struct bench_result *added = array_push(&fixture->result.benches);
    *added = (struct bench_result){ .id = xstrdup(bench->id),
                                    .suite = xstrdup("s"),
                                    .reason = xstrdup(""),
                                    .command = xstrdup("a"),
                                    .verdict = VERDICT_OK,
                                    .is_cpu_bound = true };
    return added;
}

static void
add_row(struct growth_fixture *fixture, const struct bench *bench, enum metric metric)
{
    *array_push(&fixture->result.rows) = (struct row){ .bench_id = xstrdup(bench->id),
                                                       .metric = metric,
                                                       .is_judged = true,
                                                       .verdict = VERDICT_OK,
                                                       .reason = xstrdup(""),
                                                       .pair_count = PAIRS };
}

static double last_size(const struct bench *bench)
{
    return strtod(bench->parameters[bench->parameter_count - 1].value, NULL);
}

struct bench_result *growth_fixture_measure(struct growth_fixture *fixture,
                                            const struct bench *bench,
                                            const struct cost *base,
                                            const struct cost *head)
{
    struct bench_result *added = add_bench(fixture, bench);
    double size = last_size(bench);
    for (size_t i = 0; i < PAIRS; i++) {
        /* Each size has the same errors, begun elsewhere. */
        const double *errors = scatter[(i + fixture->result.benches.count) % PAIRS];
        *array_push(&added->pairs) = scripted_pair(cost_of(base, size) * (1 + errors[0]),
                                                   cost_of(head, size) * (1 + errors[1]));
    }
    add_row(fixture, bench, METRIC_CPU);
    return added;
}

void growth_fixture_measure_all(struct growth_fixture *fixture,
                                struct cost base,
                                struct cost head)
{
    for (size_t i = 0; i < fixture->benches.count; i++)
        growth_fixture_measure(fixture, &fixture->benches.items[i], &base, &head);
}

void growth_fixture_count_all(struct growth_fixture *fixture,
                              struct cost base,
                              struct cost head)
{
    for (size_t i = 0; i < fixture->benches.count; i++) {
        const struct bench *bench = &fixture->benches.items[i];
        struct bench_result *added = growth_fixture_measure(fixture, bench, &base, &base);
        for (size_t p = 0; p < 2; p++) {
            struct pair *pair = array_push(&added->counted_pairs);
            *pair = scripted_pair(1, 1);
            readings_set(&pair->readings[SIDE_BASE], METRIC_INSTRUCTIONS,
                         cost_of(&base, last_size(bench)));
            readings_set(&pair->readings[SIDE_HEAD], METRIC_INSTRUCTIONS,
                         cost_of(&head, last_size(bench)));
        }
        add_row(fixture, bench, METRIC_INSTRUCTIONS);
    }
}

void growth_fixture_settle(struct growth_fixture *fixture,
                           const struct bench *bench,
                           enum verdict verdict)
{
    add_bench(fixture, bench)->verdict = verdict;
}

const struct growth_result *growth_fixture_judge(struct growth_fixture *fixture)
{
    const struct growth_errors errors = { .false_alarm = 0.001, .miss = 0.05 };
    growth_judge(&fixture->benches, &errors, &fixture->result);
    assert_true(fixture->result.growths.count > 0);
    return &fixture->result.growths.items[0];
}
