#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/config/bench.h"
#include "gate/config/parts.h"

/* Whether what stands before one of the pattern's slashes is a harness: its names are
 * "micro/BM_parse" and "micro[n=10]/BM_parse". */
static bool may_be_printed(const struct bench *bench, const char *pattern)
{
    const char *slash = bench->benchmark->format ? strchr(pattern, '/') : NULL;
    for (; slash; slash = strchr(slash + 1, '/')) {
        AUTO_FREE char *harness = xstrndup(pattern, (size_t)(slash - pattern));
        if (bench_matches(harness, bench->id, bench->benchmark->name))
            return true;
    }
    return false;
}

bool benches_may_have(const struct benches *benches, const char *pattern)
{
    for (size_t i = 0; i < benches->count; i++) {
        const struct bench *bench = &benches->items[i];
        if (bench_matches(pattern, bench->id, bench->benchmark->name) ||
            may_be_printed(bench, pattern))
            return true;
    }
    return false;
}

char *bench_nearest(const struct benches *benches, const char *pattern)
{
    AUTO_STRVEC struct strvec names = { 0 };
    for (size_t i = 0; i < benches->count; i++) {
        strvec_push(&names, benches->items[i].benchmark->name);
        strvec_push(&names, benches->items[i].id);
    }
    const char *nearest =
        str_nearest(pattern, (const char *const *)names.items, names.count);
    if (nearest)
        return str_format(", did you mean '%s'?", nearest);
    return benches->count ? str_format(" (the first is '%s')", benches->items[0].id)
                          : xstrdup("");
}

int refuse_bench_name(const struct node *node,
                      const char *pattern,
                      const struct benches *benches)
{
    AUTO_FREE char *nearest = bench_nearest(benches, pattern);
    return node_error(node, "names no bench: '%s'%s", pattern, nearest);
}
