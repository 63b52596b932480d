/* The experiment: which pair to run next, until every row is decided or the budget is
 * spent.
 *
 * Pure, and turned inside out: it never runs anything. The caller asks experiment_next
 * what to run, runs it (or takes it from a journal, or from a script in a test) and hands
 * the pair to experiment_record.
 *
 *     while (experiment_next(experiment, elapsed_ns, &order)) {
 *         ... run order.pair's two sides of bench order.trial ...
 *         experiment_record(experiment, order.trial, &order.pair);
 *         ... and the same for each that runs along ...
 *     }
 *     experiment_finish(experiment);
 *
 * Pairs go where doubt is. Every trial is brought to its first look before any gets its
 * second, in an order drawn anew for each round; trials whose rows are decided stop; the
 * rest share what is left of the budget; those that are ok and only hope to be called
 * improved come last. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/experiment/trial.h"

struct experiment_options {
    uint64_t seed;
    double false_alarm; /* for all judged rows of a family together */
    double miss;        /* a row */
    int64_t budget_ns;  /* wall time for all pairs */
    size_t max_pairs;   /* a bench */
    size_t
        warmup_pairs; /* a bench, at least 1: the warm-up tells CPU-bound from waiting */
    bool may_pin;     /* put one-threaded benches on one CPU */
    size_t rows_elsewhere[FAMILY_COUNT]; /* that others measure, and that errors are
                                          * shared out to all the same (--shard) */
};

struct experiment {
    struct experiment_options options;
    struct {
        struct trial *items;
        size_t count;
        size_t capacity;
    } trials;
    size_t current; /* the trial under way; trials.count for none */
    size_t pairs_run;
    size_t planned_rows[FAMILY_COUNT];
    bool is_budget_spent; /* the time ran out with rows undecided */
};

void experiment_init(struct experiment *experiment,
                     const struct experiment_options *options);
void experiment_clear(struct experiment *experiment);

/* Adds a trial. Two trials may have one id only where they tell different metrics; those
 * of one group must follow each other. */
void experiment_add_plan(struct experiment *experiment, const struct trial_plan *plan);

/* A bench of the gate that is a process of its own, its sides run one after the other; id
 * and margins (METRIC_COUNT of them) are borrowed. */
void experiment_add(struct experiment *experiment,
                    const char *id,
                    const struct margin *margins);

/* The same for a bench of any family. */
void experiment_add_to(struct experiment *experiment,
                       enum family family,
                       const char *id,
                       const struct margin *margins);

/* What to run next. */
struct order {
    size_t trial;     /* its index */
    struct pair pair; /* everything but discard and sides filled in */
};

/* False when everything is decided, spent or failed, or elapsed_ns is past the budget. */
bool experiment_next(struct experiment *experiment,
                     int64_t elapsed_ns,
                     struct order *order);

/* The next pair of that trial, for a caller that chooses by itself. */
void experiment_order(const struct experiment *experiment,
                      size_t trial_index,
                      struct order *order);

/* Whether the pair ordered for one trial is another's as well: they are of one group, and
 * the other still wants pairs. Its own pair then has the same draws, and its own figures.
 */
bool experiment_runs_along(const struct experiment *experiment,
                           size_t ordered,
                           size_t other);

/* Takes in the pair that was ordered, and looks where a look is due. Of a group, each
 * trial that runs along has to get its pair before the next one is asked for. */
void experiment_record(struct experiment *experiment,
                       size_t trial_index,
                       const struct pair *pair);

/* Says why the trial failed, where the end of its run does not; NULL is fine. The first
 * reason stays. */
void experiment_explain(struct experiment *experiment,
                        size_t trial_index,
                        const char *failure);

/* Fails a trial for what came of it after its last pair. */
void experiment_fail(struct experiment *experiment, size_t trial_index, const char *why);

/* Takes the last look at trials that the budget stopped between two looks. */
void experiment_finish(struct experiment *experiment);

/* Progress: judged rows in all, and those decided (or given up). */
size_t experiment_rows(const struct experiment *experiment);
size_t experiment_rows_done(const struct experiment *experiment);

/* The error rates as shared out to one row of the family. */
struct row_errors experiment_row_errors(const struct experiment *experiment,
                                        enum family family);
