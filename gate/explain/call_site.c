#include "gate/explain/call_site.h"

#include <string.h>

#include "gate/base/str.h"

/* Callers of callers that are looked at: wrappers of wrappers, and no circles. */
#define MOST_STEPS 16

bool call_site_is_named(const struct costs_function *function, const char *name)
{
    size_t length = strlen(name);
    if (name[length - 1] == '*')
        return strncmp(function->name, name, length - 1) == 0;
    if (strncmp(function->name, "__", 2) != 0)
        return str_equal(function->name, name);
    const char *variant = function->name + 2;
    return strncmp(variant, name, length) == 0 &&
           (variant[length] == '_' || variant[length] == '\0');
}

uint32_t call_site_most_called(const struct costs *costs, const char *const *names)
{
    uint32_t most = COSTS_NONE;
    for (size_t name = 0; names[name]; name++)
        for (uint32_t i = 0; i < costs->functions.count; i++) {
            const struct costs_function *function = &costs->functions.items[i];
            if (call_site_is_named(function, names[name]) &&
                (most == COSTS_NONE ||
                 function->calls > costs->functions.items[most].calls))
                most = i;
        }
    return most;
}

uint64_t call_site_from_tree(const struct costs *costs, uint32_t function)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < costs->calls.count; i++) {
        const struct costs_call *call = &costs->calls.items[i];
        if (call->callee == function && costs->functions.items[call->caller].is_in_tree)
            sum += call->count;
    }
    return sum;
}

/* By whom it is called most; NULL: by nobody. */
static const struct costs_call *
likeliest(const struct costs *costs, uint32_t callee, bool from_tree)
{
    const struct costs_call *most = NULL;
    for (size_t i = 0; i < costs->calls.count; i++) {
        const struct costs_call *call = &costs->calls.items[i];
        bool is_wanted = !from_tree || costs->functions.items[call->caller].is_in_tree;
        if (call->callee == callee && call->caller != callee && is_wanted &&
            (!most || call->count > most->count))
            most = call;
    }
    return most;
}

/* The caller's line that the call is likeliest in: what was called from it came to at
 * least what the call came to, and to the least more. */
static void
place(const struct costs *costs, const struct costs_call *call, struct call_site *site)
{
    const struct costs_line *best = NULL;
    const struct costs_function *caller = &costs->functions.items[call->caller];
    for (size_t i = 0; i < costs->lines.count; i++) {
        const struct costs_line *line = &costs->lines.items[i];
        if (line->function == call->caller && line->called >= call->inclusive &&
            line->called && (!best || line->called < best->called))
            best = line;
    }
    site->caller = call->caller;
    site->is_in_tree = caller->is_in_tree;
    site->file = best ? best->file : caller->file;
    site->line = best ? best->line : 0;
}

static bool is_loop(const struct costs *costs, const struct costs_call *call)
{
    uint64_t entered = costs->functions.items[call->caller].calls;
    return call->count >= CALL_SITE_TURNS * (entered ? entered : 1);
}

struct call_site call_site_of(const struct costs *costs, uint32_t callee, bool from_tree)
{
    struct call_site site = { .callee = callee,
                              .caller = COSTS_NONE,
                              .loop = COSTS_NONE,
                              .calls = costs->functions.items[callee].calls,
                              .file = "" };
    const struct costs_call *call = likeliest(costs, callee, from_tree);
    for (size_t i = 0; call && i < MOST_STEPS; i++) {
        bool is_in_tree = costs->functions.items[call->caller].is_in_tree;
        if (site.caller == COSTS_NONE || (is_in_tree && !site.is_in_tree))
            place(costs, call, &site);
        if (is_loop(costs, call) && (is_in_tree || site.loop == COSTS_NONE))
            site.loop = call->caller;
        if (is_in_tree && site.loop != COSTS_NONE)
            break;
        call = likeliest(costs, call->caller, false);
    }
    return site;
}
