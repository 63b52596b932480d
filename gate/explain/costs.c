#include "gate/explain/costs.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/explain/cycles.h"
#include "gate/explain/function_name.h"
#include "runners/callgrind/profile.h"

void costs_clear(struct costs *costs)
{
    array_clear(&costs->functions);
    array_clear(&costs->calls);
    array_clear(&costs->lines);
    names_clear(&costs->names);
    index_clear(&costs->by_name);
    index_clear(&costs->by_call);
    index_clear(&costs->by_line);
    *costs = (struct costs){ 0 };
}

double costs_difference(uint64_t base, uint64_t head)
{
    return head >= base ? (double)(head - base) : -(double)(base - head);
}

static const char *intern(struct costs *costs, const char *text)
{
    return names_intern(&costs->names, text, strlen(text));
}

static uint32_t hash_name(const char *name)
{
    return index_hash_bytes(name, strlen(name));
}

static uint32_t mix_pointer(uint32_t hash, const void *pointer)
{
    return index_mix(hash, (uint32_t)((uintptr_t)pointer >> 4));
}

/* A file's name in a profile, and what became of it: profiles have few files and many
 * lines. */
struct file_place {
    const char *from; /* the profile's own copy */
    bool is_own_code;
    const char *file;
    bool is_in_tree;
};

/* While one profile is added. */
struct adding {
    struct costs *costs;
    const struct profile *profile;
    const struct tree_paths *paths;
    size_t width; /* costs of an item */
    size_t event;
    uint32_t *functions; /* numbers in costs, by those in the profile */
    struct {
        struct file_place *items;
        size_t count;
        size_t capacity;
    } files;
    size_t last_file;
};

static void adding_clear(struct adding *adding)
{
    free(adding->functions);
    array_clear(&adding->files);
}

static uint64_t cost_of(const struct adding *adding, const uint64_t *costs, size_t item)
{
    return costs[item * adding->width + adding->event];
}

static bool is_place(const struct file_place *place, const char *from, bool is_own_code)
{
    return place->from == from && place->is_own_code == is_own_code;
}

/* Lines of one file mostly stand together. */
static const struct file_place *
place_of(struct adding *adding, const char *from, bool is_own_code)
{
    if (adding->files.count &&
        is_place(&adding->files.items[adding->last_file], from, is_own_code))
        return &adding->files.items[adding->last_file];
    for (size_t i = 0; i < adding->files.count; i++)
        if (is_place(&adding->files.items[i], from, is_own_code)) {
            adding->last_file = i;
            return &adding->files.items[i];
        }
    struct file_place place = { .from = from, .is_own_code = is_own_code };
    AUTO_FREE char *path =
        tree_path_of(adding->paths, from, is_own_code, &place.is_in_tree);
    place.file = intern(adding->costs, path);
    adding->last_file = adding->files.count;
    *array_push(&adding->files) = place;
    return &adding->files.items[adding->last_file];
}

static bool is_known(const char *file)
{
    return !str_equal(file, COSTS_NO_NAME);
}

/* Named and placed, with nothing counted. */
static struct costs_function describe(struct adding *adding,
                                      const struct profile_function *from)
{
    struct costs *costs = adding->costs;
    bool is_own_code = tree_paths_hold(adding->paths, from->object);
    size_t length = function_name_length(from->name);
    const char *name = length ? names_intern(&costs->names, from->name, length)
                              : intern(costs, COSTS_NO_NAME);
    bool has_file = is_known(from->file);
    const struct file_place *place =
        place_of(adding, has_file ? from->file : from->object, is_own_code);
    return (struct costs_function){ .name = name,
                                    .file = place->file,
                                    .is_in_tree = has_file && place->is_in_tree,
                                    .is_built_in_tree = is_own_code };
}

static uint32_t find_or_add(struct costs *costs, const struct costs_function *function)
{
    uint32_t found = costs_find(costs, function->name, function->file);
    if (found != COSTS_NONE)
        return found;
    found = (uint32_t)costs->functions.count;
    *array_push(&costs->functions) = *function;
    index_add(&costs->by_name, hash_name(function->name), found);
    return found;
}

uint32_t costs_find(const struct costs *costs, const char *name, const char *file)
{
    uint32_t hash = hash_name(name);
    size_t cursor = index_start(&costs->by_name, hash);
    uint32_t item = 0;
    uint32_t only = COSTS_NONE;
    while ((item = index_next(&costs->by_name, hash, &cursor)) != INDEX_NONE) {
        const struct costs_function *known = &costs->functions.items[item];
        if (!str_equal(known->name, name))
            continue;
        if (file && str_equal(known->file, file))
            return item;
        if (!file && only != COSTS_NONE)
            return COSTS_NONE;
        only = item;
    }
    return file ? COSTS_NONE : only;
}

uint32_t costs_find_added(struct costs *costs,
                          const struct profile_function *from,
                          const struct tree_paths *paths)
{
    AUTO(adding_clear) struct adding adding = { .costs = costs, .paths = paths };
    struct costs_function described = describe(&adding, from);
    return costs_find(costs, described.name, described.file);
}

static void add_functions(struct adding *adding)
{
    const struct profile *profile = adding->profile;
    adding->functions = xcalloc(profile->functions.count, sizeof *adding->functions);
    for (size_t i = 0; i < profile->functions.count; i++) {
        uint64_t self = cost_of(adding, profile->self, i);
        struct costs_function described = describe(adding, &profile->functions.items[i]);
        uint32_t found = find_or_add(adding->costs, &described);
        adding->functions[i] = found;
        adding->costs->functions.items[found].self += self;
        adding->costs->total += self;
    }
}

static struct costs_call *
call_between(struct costs *costs, uint32_t caller, uint32_t callee)
{
    uint32_t hash = index_mix(caller, callee);
    size_t cursor = index_start(&costs->by_call, hash);
    uint32_t item = 0;
    while ((item = index_next(&costs->by_call, hash, &cursor)) != INDEX_NONE) {
        struct costs_call *known = &costs->calls.items[item];
        if (known->caller == caller && known->callee == callee)
            return known;
    }
    index_add(&costs->by_call, hash, (uint32_t)costs->calls.count);
    struct costs_call *added = array_push(&costs->calls);
    *added = (struct costs_call){ .caller = caller, .callee = callee };
    return added;
}

static void add_calls(struct adding *adding)
{
    const struct profile *profile = adding->profile;
    for (size_t i = 0; i < profile->calls.count; i++) {
        const struct profile_call *from = &profile->calls.items[i];
        uint32_t callee = adding->functions[from->callee];
        struct costs_call *call =
            call_between(adding->costs, adding->functions[from->caller], callee);
        call->count += from->count;
        call->inclusive += cost_of(adding, profile->inclusive, i);
        adding->costs->functions.items[callee].calls += from->count;
    }
}

static struct costs_line *line_of(struct costs *costs, const struct costs_line *line)
{
    uint32_t hash = index_mix(mix_pointer(line->function, line->file), line->line);
    size_t cursor = index_start(&costs->by_line, hash);
    uint32_t item = 0;
    while ((item = index_next(&costs->by_line, hash, &cursor)) != INDEX_NONE) {
        struct costs_line *known = &costs->lines.items[item];
        if (known->function == line->function && known->file == line->file &&
            known->line == line->line)
            return known;
    }
    index_add(&costs->by_line, hash, (uint32_t)costs->lines.count);
    struct costs_line *added = array_push(&costs->lines);
    *added = *line;
    return added;
}

static void note_line(struct costs_function *function, const struct costs_line *line)
{
    function->has_lines = true;
    if (line->file != function->file)
        return;
    if (!function->first_line || line->line < function->first_line)
        function->first_line = line->line;
    if (line->line > function->last_line)
        function->last_line = line->line;
}

static void add_lines(struct adding *adding)
{
    const struct profile *profile = adding->profile;
    for (size_t i = 0; i < profile->lines.count; i++) {
        const struct profile_line *from = &profile->lines.items[i];
        const char *object = profile->functions.items[from->function].object;
        if (!from->line || !is_known(from->file))
            continue;
        const struct file_place *place =
            place_of(adding, from->file, tree_paths_hold(adding->paths, object));
        const struct costs_line wanted = { .function = adding->functions[from->function],
                                           .file = place->file,
                                           .is_in_tree = place->is_in_tree,
                                           .line = from->line };
        struct costs_line *line = line_of(adding->costs, &wanted);
        line->self += cost_of(adding, profile->line_costs, i);
        line->called += cost_of(adding, profile->line_calls, i);
        note_line(&adding->costs->functions.items[line->function], line);
    }
}

int costs_add(struct costs *costs,
              const struct profile *profile,
              const struct tree_paths *paths,
              struct error *err)
{
    int event = profile_event(profile, "Ir");
    if (event < 0)
        return error_set(err, ERROR_BENCHMARK,
                         "the profile has no instructions ('Ir' among its events)");
    AUTO(adding_clear)
    struct adding adding = { .costs = costs,
                             .profile = profile,
                             .paths = paths,
                             .width = profile->events.count,
                             .event = (size_t)event };
    add_functions(&adding);
    add_calls(&adding);
    add_lines(&adding);
    return 0;
}

/* What a circle spends by itself, and by calls that leave it, is what it comes to: calls
 * within it are counted again and again. */
void costs_finish(struct costs *costs)
{
    size_t count = costs->functions.count;
    AUTO_FREE uint32_t *groups = xcalloc(count + 1, sizeof *groups);
    AUTO_FREE uint64_t *sums = xcalloc(count + 1, sizeof *sums);
    AUTO_FREE uint32_t *sizes = xcalloc(count + 1, sizeof *sizes);
    cycles_find(costs, groups);
    for (size_t i = 0; i < count; i++) {
        sums[groups[i]] += costs->functions.items[i].self;
        sizes[groups[i]]++;
    }
    for (size_t i = 0; i < costs->calls.count; i++) {
        const struct costs_call *call = &costs->calls.items[i];
        if (groups[call->caller] != groups[call->callee])
            sums[groups[call->caller]] += call->inclusive;
    }
    for (size_t i = 0; i < count; i++) {
        struct costs_function *function = &costs->functions.items[i];
        function->inclusive = sums[groups[i]];
        function->cycle = sizes[groups[i]] > 1 ? groups[i] + 1 : 0;
    }
}
