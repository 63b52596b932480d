/* What shards found, put together in the order that one run would have had. */
#include "gate/verdict/merge.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/units.h"

/* Moves all items of an array behind those of another. */
#define take_all(to, from)                         \
    do {                                           \
        for (size_t n = 0; n < (from)->count; n++) \
            *array_push(to) = (from)->items[n];    \
        array_clear(from);                         \
    } while (0)

/* How far a shard's lists have been taken. */
struct cursor {
    size_t bench;
    size_t row;
    size_t goal;
};

static void take_of_bench(struct result *from, struct cursor *at, struct result *out)
{
    const char *id = from->benches.items[at->bench].id;
    while (at->row < from->rows.count &&
           str_equal(from->rows.items[at->row].bench_id, id))
        *array_push(&out->rows) = from->rows.items[at->row++];
    while (at->goal < from->goals.count &&
           str_equal(from->goals.items[at->goal].bench_id, id))
        *array_push(&out->goals) = from->goals.items[at->goal++];
    *array_push(&out->benches) = from->benches.items[at->bench++];
}

/* The listed bench that the shard has next, after the one at index; NULL: none. */
static const char *next_of(const struct sharding *sharding, size_t index, size_t shard)
{
    for (size_t i = index + 1; i < sharding->benches.count; i++) {
        if (sharding->benches.items[i].shard == shard)
            return sharding->benches.items[i].id;
    }
    return NULL;
}

static void
note_bench(const struct result *from, struct sharding *merged, const struct cursor *at)
{
    *array_push(&merged->benches) =
        (struct shard_bench){ .id = xstrdup(from->benches.items[at->bench].id),
                              .shard = from->sharding->shard };
}

/* A harness stands in the list once, and in the result with the names that it printed:
 * all up to the shard's next bench. */
static void take_listed(const struct sharding *dealt,
                        size_t index,
                        struct result *from,
                        struct cursor *at,
                        struct result *out)
{
    const char *next = next_of(dealt, index, dealt->benches.items[index].shard);
    while (at->bench < from->benches.count &&
           !(next && str_equal(from->benches.items[at->bench].id, next))) {
        note_bench(from, out->sharding, at);
        take_of_bench(from, at, out);
    }
}

static void take_rest(struct result *from, struct cursor *at, struct result *out)
{
    while (at->bench < from->benches.count)
        take_of_bench(from, at, out);
    while (at->row < from->rows.count)
        *array_push(&out->rows) = from->rows.items[at->row++];
    while (at->goal < from->goals.count)
        *array_push(&out->goals) = from->goals.items[at->goal++];
    array_clear(&from->benches);
    array_clear(&from->rows);
    array_clear(&from->goals);
}

static void take_benches(struct merge_inputs *inputs, struct result *out)
{
    const struct sharding *dealt = inputs->items[0].result.sharding;
    AUTO_FREE struct cursor *at = xcalloc(inputs->count, sizeof *at);
    for (size_t i = 0; i < dealt->benches.count; i++) {
        size_t shard = dealt->benches.items[i].shard - 1;
        if (shard < inputs->count)
            take_listed(dealt, i, &inputs->items[shard].result, &at[shard], out);
    }
    for (size_t i = 0; i < inputs->count; i++)
        take_rest(&inputs->items[i].result, &at[i], out);
}

static void take_opinion(struct second_opinion **from, struct second_opinion **to)
{
    if (!*from)
        return;
    if (!*to)
        *to = xcalloc(1, sizeof **to);
    take_all(&(*to)->benches, &(*from)->benches);
    take_all(&(*to)->rows, &(*from)->rows);
    take_all(&(*to)->growths, &(*from)->growths);
}

/* Each shard draws layouts of its own, for its own rows. */
static void take_layouts(struct layout_study *from, struct layout_study **to)
{
    if (!from)
        return;
    if (!*to) {
        *to = xcalloc(1, sizeof **to);
        (*to)->cut_short = xstrdup("");
    }
    struct layout_study *study = *to;
    study->first_count =
        from->first_count > study->first_count ? from->first_count : study->first_count;
    study->most_count =
        from->most_count > study->most_count ? from->most_count : study->most_count;
    if (!*study->cut_short && *from->cut_short) {
        free(study->cut_short);
        study->cut_short = xstrdup(from->cut_short);
    }
    take_all(&study->blocks, &from->blocks);
    take_all(&study->rows, &from->rows);
}

static void take_explanations(struct explanations *from, struct explanations **to)
{
    if (!from)
        return;
    if (!*to)
        *to = xcalloc(1, sizeof **to);
    take_all(&(*to)->benches, &from->benches);
    strvec_push_all(&(*to)->left_out, &from->left_out);
}

/* Every shard has all waivers, and knows what they came to for its own rows. */
static void take_waivers(struct waiver_results *from, struct waiver_results *to)
{
    if (!to->count) {
        take_all(to, from);
        return;
    }
    for (size_t i = 0; i < from->count && i < to->count; i++) {
        if (from->items[i].outcome > to->items[i].outcome)
            to->items[i].outcome = from->items[i].outcome;
        strvec_push_all(&to->items[i].for_rows, &from->items[i].for_rows);
    }
}

static bool has_text(const struct strvec *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_equal(list->items[i], text))
            return true;
    }
    return false;
}

static void take_warnings(const struct result *from, struct strvec *to)
{
    AUTO_FREE char *note = sharding_note(from->sharding);
    for (size_t i = 0; i < from->warnings.count; i++) {
        const char *warning = from->warnings.items[i];
        if (!str_equal(warning, note) && !has_text(to, warning))
            strvec_push(to, warning);
    }
}

static void describe_machine(const struct shard_part *part, struct str *out)
{
    const struct machine *machine = &part->machine;
    str_add(out, machine->cpu_model);
    str_addf(out, ", %d CPUs, ", machine->cpus_online);
    units_add_size(out, (double)machine->memory_bytes);
    str_addf(out, ", kernel %s, %s", machine->kernel, part->toolchain);
}

/* Both sides of a row are measured on one machine, so it is no error; but figures of one
 * row are not to be held against another's. */
static void tell_machines(const struct sharding *merged, struct strvec *warnings)
{
    AUTO_STR struct str first = STR_INIT;
    describe_machine(&merged->parts.items[0], &first);
    for (size_t i = 1; i < merged->parts.count; i++) {
        AUTO_STR struct str other = STR_INIT;
        describe_machine(&merged->parts.items[i], &other);
        if (!str_equal(first.data, other.data))
            strvec_pushf(
                warnings,
                "shard %zu ran on another machine than shard 1: %s; shard 1: %s. "
                "Both sides of a row ran on one of them",
                merged->parts.items[i].shard, other.data, first.data);
    }
}

static void begin_sharding(const struct sharding *from, struct result *out)
{
    out->sharding = xcalloc(1, sizeof *out->sharding);
    out->sharding->count = from->count;
    out->sharding->comparison = xstrdup(from->comparison);
    out->sharding->false_alarm = from->false_alarm;
    out->sharding->growth_false_alarm = from->growth_false_alarm;
}

/* What is the same for all shards, or is told of the first alone. */
static void take_frame(struct result *from, struct result *out)
{
    begin_sharding(from->sharding, out);
#define MOVE(member) (out->member = from->member, from->member = NULL)
    MOVE(pawl_version);
    MOVE(base_rule);
    MOVE(relevance);
    MOVE(config_rule);
    MOVE(accounting);
    MOVE(toolchain);
    MOVE(pinning);
    MOVE(priority);
    MOVE(started_at);
#undef MOVE
    out->base = from->base;
    out->head = from->head;
    out->machine = from->machine;
    out->config_changes = from->config_changes;
    out->changed_paths = from->changed_paths;
    from->base = (struct revision_info){ 0 };
    from->head = (struct revision_info){ 0 };
    from->machine = (struct machine){ 0 };
    from->config_changes = (struct strvec){ 0 };
    from->changed_paths = (struct strvec){ 0 };
    out->seed = from->seed;
    out->false_alarm = from->false_alarm;
    out->miss = from->miss;
    out->budget_ns = from->budget_ns;
    out->max_pairs = from->max_pairs;
}

static void take_shard(struct result *from, struct result *out)
{
    take_opinion(&from->confirm, &out->confirm);
    take_opinion(&from->control, &out->control);
    take_layouts(from->layouts, &out->layouts);
    take_explanations(from->explanations, &out->explanations);
    take_all(&out->growths, &from->growths);
    take_waivers(&from->waivers, &out->waivers);
    program_results_unite(&out->programs, &from->programs);
    take_warnings(from, &out->warnings);
    out->measuring_ns += from->measuring_ns;
    if (from->elapsed_ns > out->elapsed_ns)
        out->elapsed_ns = from->elapsed_ns;
    take_all(&out->sharding->parts, &from->sharding->parts);
}

/* What the first shard would be typed as, less its being one: all of it in one run. */
static char *reproduce(const struct sharding *merged)
{
    const struct shard_part *part = &merged->parts.items[0];
    AUTO_FREE char *option = str_format(" --shard %zu/%zu", part->shard, merged->count);
    const char *found = strstr(part->reproduce, option);
    size_t length = found ? (size_t)(found - part->reproduce) : strlen(part->reproduce);
    AUTO_FREE char *before = xstrndup(part->reproduce, length);
    return str_format("%s%s", before, found ? found + strlen(option) : "");
}

void merge_results(struct merge_inputs *inputs, struct result *out)
{
    take_frame(&inputs->items[0].result, out);
    take_benches(inputs, out);
    for (size_t i = 0; i < inputs->count; i++)
        take_shard(&inputs->items[i].result, out);
    out->reproduce = reproduce(out->sharding);
    tell_machines(out->sharding, &out->warnings);
    merge_judge(out);
    merge_inputs_clear(inputs);
}
