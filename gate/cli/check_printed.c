/* Names of benches that a config speaks of beside its suites, once it is known what
 * harnesses print. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"

/* Whether the names of the harness were listed, and the pattern is for one of them. */
static bool is_of(const struct bench *bench, const char *pattern)
{
    const char *slash = bench->printed_name ? strchr(pattern, '/') : NULL;
    for (; slash; slash = strchr(slash + 1, '/')) {
        AUTO_FREE char *harness = xstrndup(pattern, (size_t)(slash - pattern));
        if (bench_matches(harness, bench->group, bench->benchmark->name))
            return true;
    }
    return false;
}

bool check_was_printed(const struct check *check, const char *pattern)
{
    for (size_t i = 0; i < check->gate.list.count; i++) {
        if (is_of(check->gate.list.items[i].bench, pattern))
            return true;
    }
    return false;
}

char *check_nearest_bench(const struct check *check, const char *pattern)
{
    AUTO_STRVEC struct strvec names = { 0 };
    for (size_t i = 0; i < check->gate.list.count; i++)
        strvec_push(&names, check->gate.list.items[i].bench->id);
    const char *nearest =
        str_nearest(pattern, (const char *const *)names.items, names.count);
    return nearest ? str_format(", did you mean '%s'?", nearest) : xstrdup("");
}
