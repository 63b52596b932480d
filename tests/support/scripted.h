/* Measurements without a machine: what a bench would show is written in a script, and a
 * whole gate runs on such scripts, with a clock of its own. Everything is drawn from
 * seeds, so that a run can be repeated to the last bit. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/config/bench.h"
#include "gate/experiment/experiment.h"
#include "gate/verdict/result.h"

struct journal;

/* What one bench does. { 0 } is a CPU-bound run of 100 ms in 10 MiB, without noise or
 * change, gated on CPU and wall time at 2 %. */
struct script {
    const struct margin *margins; /* METRIC_COUNT of them; NULL: cpu and wall at 2 % */
    double wall_s;                /* of base; 0: 0.1 */
    double waiting;               /* share of the wall time without a CPU */
    double change;                /* of head's times: 0.05 is 5 % slower */
    double memory_change;         /* of head's peak memory */
    double noise_sd;              /* of a pair's log ratio of times */
    double drift_sd;              /* of both runs of a pair together */
    double second_log;            /* how much longer the second run of a pair takes */
    size_t disturbed_every;       /* each n-th pair lost time to somebody else; 0: none */
    size_t fails_at; /* pairs (warm-ups too) up to the failing one; 0: never */
    enum side failing_side;
    struct process_result failure; /* how it ends then */
    const struct goal *goals;
    size_t goal_count;
};

/* A pair of so many seconds a side (CPU time, of one busy thread), counting. */
struct pair scripted_pair(double base_s, double head_s);

/* Fails the test unless the two runs are the same in every field. */
void scripted_assert_same_run(const struct process_result *a,
                              const struct process_result *b);

/* Fills sides and discard of an ordered pair. */
void scripted_run(const struct script *script,
                  uint64_t seed,
                  uint64_t stream,
                  struct pair *pair);

/* A gate over scripts: benches "b0", "b1", ... */
struct scripted_gate {
    const struct script *scripts; /* borrowed */
    size_t count;
    uint64_t noise_seed; /* of what the machine does; not the experiment's */
    struct suite suite;
    struct benchmark *benchmarks;
    struct bench *benches;
    struct experiment experiment;
    struct result result;
    int64_t elapsed_ns; /* the clock: wall times of all pairs */
    struct {
        size_t *items;
        size_t count;
        size_t capacity;
    } turns;               /* the trial of each pair, in the order they ran */
    size_t measured_count; /* pairs not taken from a journal */
};

/* Seed 1, 1 % and 5 %, an hour, 135 pairs, 1 warm-up. */
struct experiment_options scripted_options(void);

void scripted_gate_open(struct scripted_gate *gate,
                        const struct script *scripts,
                        size_t count,
                        const struct experiment_options *options);
void scripted_gate_close(struct scripted_gate *gate);

/* Runs pairs until the experiment has enough, or until `limit` have been measured (the
 * run is then interrupted). With a journal (NULL: none), its pairs come first and new
 * ones are added to it. True when the experiment came to its end. */
bool scripted_gate_measure(struct scripted_gate *gate,
                           struct journal *journal,
                           size_t limit);
#define NO_LIMIT SIZE_MAX

/* judge_trial, goals_judge, judge_rows and judge_gate. */
void scripted_gate_judge(struct scripted_gate *gate, bool fails_on_inconclusive);

/* All of it, from open to judge. */
void scripted_gate_run(struct scripted_gate *gate,
                       const struct script *scripts,
                       size_t count,
                       const struct experiment_options *options);

/* The judged row of bench number i (the first one); fails the test where there is none.
 */
const struct row *scripted_row(const struct scripted_gate *gate, size_t i);

/* Two gates of zeros in *state, for cmocka's setup; the teardown closes both. */
int scripted_setup(void **state);
int scripted_teardown(void **state);
