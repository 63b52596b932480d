#include "gate/explain/per_operation.h"

#include <math.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"

/* Until parts of circles are told to a hundred thousandth, in most graphs long before. */
#define MOST_ROUNDS 200
#define CLOSE       1e-5

/* Whether it is name alone, or a C++ function of it: "void BM_x<int>(State&)". */
static bool is_called(const char *function, const char *name, size_t length)
{
    const char *found = strstr(function, name);
    if (!length || !found || (found > function && found[-1] != ' ' && found[-1] != ':'))
        return false;
    return !found[length] || found[length] == '(' || found[length] == '<';
}

static uint32_t dearest_of(const struct costs *costs, const char *name, bool is_exact)
{
    uint32_t dearest = COSTS_NONE;
    for (uint32_t i = 0; i < costs->functions.count; i++) {
        const struct costs_function *function = &costs->functions.items[i];
        bool is_it = is_exact ? str_equal(function->name, name)
                              : is_called(function->name, name, strlen(name));
        if (is_it && (dearest == COSTS_NONE ||
                      function->inclusive > costs->functions.items[dearest].inclusive))
            dearest = i;
    }
    return dearest;
}

uint32_t operation_root(const struct costs *costs, const char *format, const char *name)
{
    AUTO_FREE char *first = xstrndup(name, strcspn(name, "/"));
    if (str_equal(format, "google"))
        return dearest_of(costs, first, false);
    if (str_equal(format, "go"))
        return dearest_of(costs, "testing.(*B).runN", true);
    return COSTS_NONE;
}

uint32_t operation_main(const struct costs *costs)
{
    return dearest_of(costs, "main", true);
}

/* One round of what of each function is below the root, from what is of its callers; the
 * largest change. */
static double
go_down(const struct costs *costs, uint32_t root, const double *called, double *parts)
{
    size_t count = costs->functions.count;
    AUTO_FREE double *sums = xcalloc(count + 1, sizeof *sums);
    double largest = 0;
    for (size_t i = 0; i < costs->calls.count; i++) {
        const struct costs_call *call = &costs->calls.items[i];
        if (call->caller != call->callee)
            sums[call->callee] += parts[call->caller] * (double)call->inclusive;
    }
    for (uint32_t i = 0; i < count; i++) {
        double part = called[i] > 0 ? sums[i] / called[i] : 0;
        if (i == root)
            part = 1;
        largest = fmax(largest, fabs(part - parts[i]));
        parts[i] = part;
    }
    return largest;
}

static void find_parts(const struct costs *costs, uint32_t root, double *parts)
{
    AUTO_FREE double *called = xcalloc(costs->functions.count + 1, sizeof *called);
    for (size_t i = 0; i < costs->calls.count; i++) {
        const struct costs_call *call = &costs->calls.items[i];
        if (call->caller != call->callee)
            called[call->callee] += (double)call->inclusive;
    }
    /* What it did that no call accounts for is nobody's: it ran by itself. */
    for (size_t i = 0; i < costs->functions.count; i++)
        if (!costs->functions.items[i].cycle)
            called[i] = fmax(called[i], (double)costs->functions.items[i].inclusive);
    for (int round = 0; round < MOST_ROUNDS; round++)
        if (go_down(costs, root, called, parts) < CLOSE)
            return;
}

/* Code without names is one function for a whole library, which both calls the root and
 * is called from below it: no circle of calls, for what matters here. */
static void drop_calls_of(struct costs *costs, uint32_t root)
{
    size_t kept = 0;
    for (size_t i = 0; i < costs->calls.count; i++)
        if (costs->calls.items[i].callee != root)
            costs->calls.items[kept++] = costs->calls.items[i];
    costs->calls.count = kept;
}

static void scale(uint64_t *cost, double factor)
{
    *cost = (uint64_t)llround((double)*cost * factor);
}

static void scale_all(struct costs *costs, const double *parts, double factor)
{
    costs->total = 0;
    for (size_t i = 0; i < costs->functions.count; i++) {
        struct costs_function *function = &costs->functions.items[i];
        scale(&function->self, parts[i] * factor);
        function->calls = 0;
        costs->total += function->self;
    }
    for (size_t i = 0; i < costs->calls.count; i++) {
        struct costs_call *call = &costs->calls.items[i];
        scale(&call->inclusive, parts[call->caller] * factor);
        call->count = 0;
    }
    for (size_t i = 0; i < costs->lines.count; i++) {
        struct costs_line *line = &costs->lines.items[i];
        scale(&line->self, parts[line->function] * factor);
        scale(&line->called, parts[line->function] * factor);
    }
}

double costs_per_operation(struct costs *costs, uint32_t root, double operation_s)
{
    AUTO_FREE double *parts = xcalloc(costs->functions.count + 1, sizeof *parts);
    double total = 0;
    if (root != COSTS_NONE) {
        drop_calls_of(costs, root);
        costs_finish(costs); /* without them there are fewer circles */
        find_parts(costs, root, parts);
    }
    for (size_t i = 0; i < costs->functions.count; i++) {
        parts[i] = root == COSTS_NONE ? 1 : parts[i];
        total += parts[i] * (double)costs->functions.items[i].self;
    }
    if (total > 0)
        scale_all(costs, parts, operation_s / OPERATION_UNIT_S / total);
    return total > 0 ? total : 0;
}
