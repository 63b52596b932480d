/* Names of benches that a config speaks of beside its suites, once it is known what
 * harnesses print. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
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

static bool was_printed(const struct check *check, const char *pattern)
{
    for (size_t i = 0; i < check->gate.list.count; i++) {
        if (is_of(check->gate.list.items[i].bench, pattern))
            return true;
    }
    return false;
}

static const struct check_bench *find_listed(const struct check *check,
                                             const char *pattern)
{
    for (size_t i = 0; i < check->gate.list.count; i++) {
        const struct bench *bench = check->gate.list.items[i].bench;
        if (bench_matches(pattern, bench->id, bench->benchmark->name))
            return &check->gate.list.items[i];
    }
    return NULL;
}

static int refuse(const struct check *check,
                  const char *place,
                  const char *what,
                  const char *pattern,
                  struct error *err)
{
    AUTO_STRVEC struct strvec names = { 0 };
    for (size_t i = 0; i < check->gate.list.count; i++)
        strvec_push(&names, check->gate.list.items[i].bench->id);
    const char *nearest =
        str_nearest(pattern, (const char *const *)names.items, names.count);
    AUTO_FREE char *hint =
        nearest ? str_format(", did you mean '%s'?", nearest) : xstrdup("");
    return error_set(err, ERROR_CONFIG, "%s: '%s' names nothing that is printed: '%s'%s",
                     place, what, pattern, hint);
}

static int check_waivers(const struct check *check, struct error *err)
{
    const struct waivers *waivers = &check->configs[SIDE_HEAD]->waivers;
    for (size_t i = 0; i < waivers->count; i++) {
        const struct waiver *waiver = &waivers->items[i];
        if (was_printed(check, waiver->row) && !find_listed(check, waiver->row))
            return refuse(check, waiver->place, "waivers", waiver->row, err);
    }
    return 0;
}

/* An entry that base has too has done its work. */
static bool base_removes(const struct check *check, const char *pattern)
{
    const struct config *base = check->configs[SIDE_BASE];
    for (size_t i = 0; base && i < base->manifest.removed.count; i++)
        if (str_equal(base->manifest.removed.items[i].pattern, pattern))
            return true;
    return !base;
}

static int check_removed(const struct check *check, struct error *err)
{
    const struct manifest *manifest = &check->configs[SIDE_HEAD]->manifest;
    for (size_t i = 0; i < manifest->removed.count; i++) {
        const struct removal *removal = &manifest->removed.items[i];
        const struct check_bench *listed = find_listed(check, removal->pattern);
        if (!was_printed(check, removal->pattern))
            continue;
        if (!listed && !base_removes(check, removal->pattern))
            return refuse(check, removal->place, "removed", removal->pattern, err);
        if (listed && listed->settled != VERDICT_REMOVED)
            return error_set(err, ERROR_CONFIG,
                             "%s: 'removed' names '%s', which is still printed",
                             removal->place, listed->bench->id);
    }
    return 0;
}

static int check_renamed(const struct check *check, struct error *err)
{
    const struct manifest *manifest = &check->configs[SIDE_HEAD]->manifest;
    for (size_t i = 0; i < manifest->renamed.count; i++) {
        const struct rename *rename = &manifest->renamed.items[i];
        if (was_printed(check, rename->to) && !find_listed(check, rename->to))
            return refuse(check, rename->place, "renamed", rename->to, err);
        if (was_printed(check, rename->from) && find_listed(check, rename->from))
            return error_set(err, ERROR_CONFIG,
                             "%s: 'renamed' names '%s', which is still printed",
                             rename->place, rename->from);
    }
    return 0;
}

int check_refuse_unprinted(const struct check *check, struct error *err)
{
    if (check_waivers(check, err) < 0 || check_removed(check, err) < 0)
        return -1;
    return check_renamed(check, err);
}
