/* A trial with margins of its own: 2 % of CPU time, where a test says nothing else. */
#pragma once

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/experiment/trial.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

enum {
    MAX_PAIRS = 135
};

static const struct row_errors errors = { .false_alarm = 0.03, .miss = 0.05 };

struct fixture {
    struct margin margins[METRIC_COUNT];
    struct trial trial;
    size_t max_pairs;
};

static inline struct trial_plan plan_of(const struct margin *margins)
{
    return (struct trial_plan){ .margins = margins, .metrics = metrics_of_process() };
}

static inline int setup(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->margins[METRIC_CPU] = (struct margin){ .is_gated = true, .share = 0.02 };
    fixture->trial.plan = plan_of(fixture->margins);
    fixture->max_pairs = MAX_PAIRS;
    *state = fixture;
    return 0;
}

static inline int teardown(void **state)
{
    struct fixture *fixture = *state;
    trial_clear(&fixture->trial);
    free(fixture);
    return 0;
}
#define TRIAL(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

static inline void record(struct fixture *fixture, const struct pair *pair)
{
    trial_record(&fixture->trial, pair, 1, fixture->max_pairs);
}

static inline void warm_up(struct fixture *fixture)
{
    struct pair pair = scripted_pair(1, 1);
    pair.is_warmup = true;
    record(fixture, &pair);
}

/* count pairs with base at base_s and head at ratio times that. */
static inline void run(struct fixture *fixture, size_t count, double base_s, double ratio)
{
    for (size_t i = 0; i < count; i++) {
        struct pair pair = scripted_pair(base_s, base_s * ratio);
        record(fixture, &pair);
    }
}

static inline const struct trial_row *look(struct fixture *fixture)
{
    trial_look(&fixture->trial, &errors, fixture->max_pairs);
    return &fixture->trial.rows[0];
}
