#include "tests/support/sharded.h"

#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/verdict/judge.h"
#include "gate/verdict/merge.h"
#include "tests/support/check.h"

/* All benches; trials only of some. */
struct play {
    struct suite suite;
    struct benchmark *benchmarks;
    struct bench *benches;
    size_t *of_trial; /* the bench of each trial */
    struct experiment experiment;
};

static void open_benches(const struct sharded_gate *gate, struct play *play)
{
    play->suite.name = xstrdup("scripts");
    play->benchmarks = xcalloc(gate->count, sizeof *play->benchmarks);
    play->benches = xcalloc(gate->count, sizeof *play->benches);
    play->of_trial = xcalloc(gate->count, sizeof *play->of_trial);
    for (size_t i = 0; i < gate->count; i++) {
        struct benchmark *benchmark = &play->benchmarks[i];
        benchmark->name = str_format("b%zu", i);
        benchmark->run.text = str_format("run-b%zu", i);
        benchmark->margins[METRIC_CPU] =
            (struct margin){ .is_gated = true, .share = 0.02 };
        play->benches[i] = (struct bench){ .suite = &play->suite,
                                           .benchmark = benchmark,
                                           .id = xstrdup(benchmark->name) };
    }
}

static void close_benches(const struct sharded_gate *gate, struct play *play)
{
    experiment_clear(&play->experiment);
    for (size_t i = 0; i < gate->count; i++) {
        free(play->benchmarks[i].name);
        free(play->benchmarks[i].run.text);
        free(play->benches[i].id);
    }
    free(play->benchmarks);
    free(play->benches);
    free(play->of_trial);
    free(play->suite.name);
}

static bool is_of(const struct sharded_gate *gate, size_t bench, size_t shard)
{
    return !gate->shards || bench % gate->shards == shard;
}

static void plan(const struct sharded_gate *gate, size_t shard, struct play *play)
{
    struct experiment_options options = scripted_options();
    options.seed = gate->seed;
    options.max_pairs = gate->max_pairs;
    for (size_t i = 0; i < gate->count; i++)
        options.rows_elsewhere[FAMILY_GATE] += !is_of(gate, i, shard);
    experiment_init(&play->experiment, &options);
    for (size_t i = 0; i < gate->count; i++) {
        if (!is_of(gate, i, shard))
            continue;
        play->of_trial[play->experiment.trials.count] = i;
        experiment_add(&play->experiment, play->benches[i].id,
                       play->benchmarks[i].margins);
    }
}

static void measure(const struct sharded_gate *gate, struct play *play)
{
    struct order order;
    while (experiment_next(&play->experiment, 0, &order)) {
        size_t bench = play->of_trial[order.trial];
        scripted_run(&gate->scripts[bench], ~gate->seed, bench, &order.pair);
        experiment_record(&play->experiment, order.trial, &order.pair);
    }
    experiment_finish(&play->experiment);
}

static void describe(const struct sharded_gate *gate,
                     size_t shard,
                     const struct play *play,
                     struct result *out)
{
    struct sharding *sharding = xcalloc(1, sizeof *sharding);
    sharding->count = gate->shards;
    sharding->shard = shard + 1;
    sharding->comparison = xstrdup("c");
    sharding->false_alarm = play->experiment.options.false_alarm;
    for (size_t i = 0; i < gate->count; i++)
        *array_push(&sharding->benches) =
            (struct shard_bench){ xstrdup(play->benches[i].id), i % gate->shards + 1 };
    *array_push(&sharding->parts) =
        (struct shard_part){ .shard = shard + 1,
                             .row_count = play->experiment.planned_rows[FAMILY_GATE],
                             .machine = { .cpu_model = xstrdup("cpu"),
                                          .kernel = xstrdup("6.1") },
                             .toolchain = xstrdup("cc"),
                             .reproduce = xstrdup("again") };
    out->sharding = sharding;
    out->base.commit = xstrdup("b");
    out->head.commit = xstrdup("h");
    out->miss = play->experiment.options.miss;
    out->pawl_version = xstrdup("1");
}

void sharded_measure(const struct sharded_gate *gate, size_t shard, struct result *out)
{
    struct play play = { 0 };
    open_benches(gate, &play);
    plan(gate, shard, &play);
    measure(gate, &play);
    for (size_t t = 0; t < play.experiment.trials.count; t++)
        judge_trial(&play.experiment, &play.experiment.trials.items[t],
                    &play.benches[play.of_trial[t]], out);
    judge_rows(&play.experiment, out);
    if (gate->shards)
        describe(gate, shard, &play, out);
    close_benches(gate, &play);
}

void sharded_run(const struct sharded_gate *gate, struct result *out)
{
    AUTO_MERGE_INPUTS struct merge_inputs inputs = { 0 };
    const struct judge_policy policy = { 0 };
    struct error err = { 0 };
    for (size_t shard = 0; shard < gate->shards; shard++) {
        struct merge_input *input = array_push(&inputs);
        input->name = "shard";
        sharded_measure(gate, shard, &input->result);
    }
    if (merge_check(&inputs, &err) < 0)
        fail_msg("%s", err.message);
    merge_results(&inputs, out);
    judge_gate(&policy, out);
}

void sharded_run_whole(const struct sharded_gate *gate, struct result *out)
{
    const struct judge_policy policy = { 0 };
    struct sharded_gate whole = *gate;
    whole.shards = 0;
    sharded_measure(&whole, 0, out);
    judge_gate(&policy, out);
}
