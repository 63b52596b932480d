#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/config/bench.h"
#include "gate/config/template.h"

/* Those of the bench's parameters that names has; false where it lacks one. */
static bool choose_parameters(const struct bench *bench,
                              const struct strvec *names,
                              struct hook_set *set)
{
    size_t needed = names->count - template_count_places(names);
    for (size_t i = 0; i < bench->parameter_count; i++)
        if (strings_have(names, bench->parameters[i].name))
            set->parameters[set->parameter_count++] = bench->parameters[i];
    return set->parameter_count == needed;
}

/* Both are of one command: the same names in the same order. */
static bool is_same(const struct hook_set *a, const struct hook_set *b)
{
    if (a->command != b->command)
        return false;
    for (size_t i = 0; i < a->parameter_count; i++)
        if (!str_equal(a->parameters[i].value, b->parameters[i].value))
            return false;
    return true;
}

static bool has_set(const struct hook_sets *sets, const struct hook_set *wanted)
{
    for (size_t i = 0; i < sets->count; i++)
        if (is_same(&sets->items[i], wanted))
            return true;
    return false;
}

static void add_command(const struct benches *benches,
                        const struct suite *suite,
                        const struct command *command,
                        struct hook_sets *out)
{
    AUTO_STRVEC struct strvec names = { 0 };
    /* config_parse has refused stray braces. */
    if (template_names(command, &names, NULL) < 0)
        return;
    for (size_t i = 0; i < benches->count; i++) {
        const struct bench *bench = &benches->items[i];
        if (bench->suite != suite)
            continue;
        struct hook_set set = { .suite = suite, .command = command };
        set.parameters = xcalloc(bench->parameter_count + 1, sizeof *set.parameters);
        if (choose_parameters(bench, &names, &set) && !has_set(out, &set))
            *array_push(out) = set;
        else
            free(set.parameters);
    }
}

void hook_sets_of(const struct benches *benches, enum hook hook, struct hook_sets *out)
{
    const struct suite *last = NULL;
    for (size_t i = 0; i < benches->count; i++) {
        const struct suite *suite = benches->items[i].suite;
        if (suite == last)
            continue;
        last = suite;
        for (size_t j = 0; j < suite->hooks[hook].count; j++)
            add_command(benches, suite, &suite->hooks[hook].items[j], out);
    }
}

void hook_sets_clear(struct hook_sets *sets)
{
    for (size_t i = 0; i < sets->count; i++)
        free(sets->items[i].parameters);
    array_clear(sets);
}
