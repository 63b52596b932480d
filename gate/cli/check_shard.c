#include "gate/cli/check_shard.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/cli/check.h"
#include "gate/cli/record.h"
#include "gate/cli/version.h"
#include "gate/experiment/deal.h"
#include "gate/source/hash.h"
#include "gate/store/store.h"
#include "gate/verdict/growth_group.h"
#include "gate/verdict/sharding.h"

#define MOST_SHARDS 1000

/* How many names a harness of another shard is taken to print: only its shard runs it.
 * With more than that, rows of the others may stop a little early, and are then corrected
 * to inconclusive; with fewer they take a pair or two more. */
#define NAMES_OF_HARNESS 32

/* All of the text up to end; 0 where it is no number from 1 to MOST_SHARDS. */
static size_t read_number(const char *text, const char *end)
{
    size_t number = 0;
    for (const char *c = text; c < end; c++) {
        if (*c < '0' || *c > '9')
            return 0;
        number = number * 10 + (size_t)(*c - '0');
        if (number > MOST_SHARDS)
            return 0;
    }
    return number;
}

int shard_options_read(const char *text, struct check_options *options, struct error *err)
{
    const struct {
        bool is_given;
        const char *name;
    } others[] = {
        { options->anchor, "anchor" },
        { options->only_plans, "dry-run" },
        { options->is_against_stored, "baseline" },
    };
    const char *slash = strchr(text, '/');
    size_t shard = slash ? read_number(text, slash) : 0;
    size_t count = slash ? read_number(slash + 1, text + strlen(text)) : 0;
    if (!shard || shard > count)
        return error_set(err, ERROR_USAGE,
                         "--shard must be I/N, with N from 1 to %d and I from 1 to N, "
                         "such as 2/4, not '%s'",
                         MOST_SHARDS, text);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (others[i].is_given)
            return error_set(err, ERROR_USAGE,
                             "--shard measures a part of a gate, and --%s can't be put "
                             "together from parts: leave one of them out",
                             others[i].name);
    }
    options->shard = shard;
    options->shard_count = count;
    return 0;
}

/* What makes shards parts of one gate: all but their number and their coins. */
static char *describe_comparison(const struct check *check)
{
    AUTO_STR struct str text = STR_INIT;
    char id[SOURCE_ID_SIZE];
    struct check_options options = check->options;
    options.shard_count = 0;
    str_add(&text, PAWL_VERSION "\n");
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        str_addf(&text, "%s %s\n", check->revisions[side].commit,
                 check->revisions[side].tree);
        str_add(&text, check_config(check, side)->text);
    }
    if (options.has_seed)
        str_addf(&text, "seed %" PRIu64 "\n", options.seed);
    check_options_add_repeat(&options, &text);
    source_hash_text(text.data, text.length, id);
    return xstrdup(id);
}

static struct sharding *new_sharding(const struct check *check)
{
    struct sharding *sharding = xcalloc(1, sizeof *sharding);
    sharding->count = check->options.shard_count;
    sharding->shard = check->options.shard;
    sharding->comparison = describe_comparison(check);
    for (size_t i = 0; i < check->gate.list.count; i++)
        array_push(&sharding->benches)->id = xstrdup(check->gate.list.items[i].bench->id);
    return sharding;
}

/* The stored sessions; none is no trouble, for then all benches count alike. */
static void load_history(const struct check *check, struct sessions *sessions)
{
    static const struct store_filter all = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    struct error err = { 0 };
    AUTO_STORE struct store *store = check_find_store(check, SIDE_HEAD, &err);
    if (!store || store_load(store, &all, sessions, &warnings, &err) < 0)
        log_detail("shards are dealt without stored sessions: %s", err.message);
}

/* What a run of it took last, on whichever machine; NAN where no session tells. */
static double time_of(const struct sessions *sessions, const char *bench_id)
{
    for (size_t i = sessions->count; i-- > 0;) {
        const struct session_row *row =
            session_side_find(&sessions->items[i].head, bench_id, METRIC_WALL);
        if (row)
            return row->median;
    }
    return (double)NAN;
}

/* Of each listed bench, the first one that it has to stay with: itself, mostly. */
static void find_mates(const struct check *check, size_t *mates)
{
    AUTO_GROWTH_GROUPS struct growth_groups groups = { 0 };
    const struct check_benches *list = &check->gate.list;
    growth_groups_of(&check->benches[SIDE_HEAD], &groups);
    for (size_t i = 0; i < list->count; i++)
        mates[i] = i;
    for (size_t g = 0; g < groups.count; g++) {
        size_t first = list->count;
        for (size_t i = 0; i < list->count; i++) {
            if (!growth_group_has(&groups.items[g], list->items[i].bench->id))
                continue;
            first = first == list->count ? i : first;
            mates[i] = first;
        }
    }
}

/* Of benches that no session tells of. */
static double mean_of(const double *times, size_t count)
{
    double sum = 0;
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(times[i]))
            continue;
        sum += times[i];
        known++;
    }
    return known ? sum / (double)known : 1;
}

static void weigh(const struct check *check, const size_t *mates, struct deal_unit *units)
{
    const struct check_benches *list = &check->gate.list;
    AUTO_FREE double *times = xcalloc(list->count, sizeof *times);
    AUTO_SESSIONS struct sessions sessions = { 0 };
    load_history(check, &sessions);
    for (size_t i = 0; i < list->count; i++)
        times[i] = time_of(&sessions, list->items[i].bench->id);
    double mean = mean_of(times, list->count);
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].settled == VERDICT_NONE)
            units[mates[i]].weight += isfinite(times[i]) ? times[i] : mean;
    }
}

void check_deal(struct check *check)
{
    size_t count = check->gate.list.count;
    if (!check->options.shard_count)
        return;
    AUTO_FREE size_t *mates = xcalloc(count, sizeof *mates);
    AUTO_FREE struct deal_unit *units = xcalloc(count, sizeof *units);
    struct sharding *sharding = new_sharding(check);
    check->result.sharding = sharding;
    find_mates(check, mates);
    weigh(check, mates, units);
    deal(units, count, sharding->count);
    for (size_t i = 0; i < count; i++)
        sharding->benches.items[i].shard = units[mates[i]].share + 1;
}

static size_t rows_of_harness(const struct benchmark *benchmark)
{
    size_t rows = 0;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        rows += benchmark->margins[metric].is_gated;
    return rows * NAMES_OF_HARNESS;
}

/* As many as their trials would have here. */
static size_t count_rows(struct check_stage *elsewhere)
{
    AUTO_CHECK_TRIALS struct check_trials trials = { 0 };
    AUTO(experiment_clear) struct experiment experiment;
    const struct experiment_options options = { 0 };
    size_t rows = 0;
    experiment_init(&experiment, &options);
    for (size_t i = 0; i < elsewhere->list.count; i++) {
        struct check_bench *listed = &elsewhere->list.items[i];
        if (listed->settled != VERDICT_NONE || !listed->bench->benchmark->format)
            continue;
        rows += rows_of_harness(listed->bench->benchmark);
        check_settle(listed, VERDICT_NEW, NULL);
    }
    check_add_trials(elsewhere, &experiment, &trials);
    return rows + experiment_rows(&experiment);
}

void check_keep_shard(struct check *check)
{
    const struct sharding *sharding = check->result.sharding;
    if (!sharding)
        return;
    struct check_stage elsewhere = CHECK_STAGE_INIT;
    struct check_benches *list = &check->gate.list;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (sharding->benches.items[i].shard == sharding->shard)
            list->items[kept++] = list->items[i];
        else
            *array_push(&elsewhere.list) = list->items[i];
    }
    log_step("shard %zu of %zu: %zu of %zu benches", sharding->shard, sharding->count,
             kept, list->count);
    list->count = kept;
    check->rows_elsewhere = count_rows(&elsewhere);
    check_stage_clear(&elsewhere);
}

struct benches check_growth_benches(const struct check *check)
{
    const struct benches *all = &check->benches[SIDE_HEAD];
    const struct sharding *sharding = check->result.sharding;
    struct benches own = { 0 };
    for (size_t i = 0; i < all->count; i++) {
        if (!sharding || sharding_shard_of(sharding, all->items[i].id) == sharding->shard)
            *array_push(&own) = all->items[i];
    }
    return own;
}

void check_fill_shard(struct check *check)
{
    struct result *result = &check->result;
    struct sharding *sharding = result->sharding;
    if (!sharding)
        return;
    struct shard_part *part = array_push(&sharding->parts);
    part->shard = sharding->shard;
    part->row_count = check->shard_rows[FAMILY_GATE];
    part->control_row_count = check->shard_rows[FAMILY_CONTROL];
    machine_read("", &part->machine);
    part->toolchain = xstrdup(result->toolchain);
    part->started_at = xstrdup(result->started_at);
    part->elapsed_ns = result->elapsed_ns;
    part->seed = result->seed;
    part->reproduce = xstrdup(result->reproduce);
    sharding->false_alarm = check_experiment_options(check).false_alarm;
    sharding->growth_false_alarm = check_growth_errors(check).false_alarm;
    AUTO_FREE char *note = sharding_note(sharding);
    strvec_push(&result->warnings, note);
}
