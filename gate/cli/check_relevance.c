/* Suites say by "paths" which files they depend on. A change that touches none of them
 * needs no build; and where that holds for all suites the gate answers at once, so that a
 * required check need not be filtered away by the workflow (where it would stay pending
 * for ever). */
#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"
#include "gate/cli/config_file.h"
#include "gate/config/paths.h"

/* By it benches, commands and these very paths may change. */
static bool matters(const struct strvec *paths, const char *file)
{
    return file && (str_equal(file, CONFIG_NAME) || paths_hold(paths, file));
}

/* A renamed file is gone where it was. */
static bool is_touched(const struct changes *changes, const struct strvec *paths)
{
    for (size_t i = 0; i < changes->count; i++) {
        if (matters(paths, changes->items[i].old_path) ||
            matters(paths, changes->items[i].new_path))
            return true;
    }
    return false;
}

/* Whose paths count: those of the side that the bench is listed from. A pawl.json that
 * differs matters to every suite that has paths. */
static bool is_irrelevant(const struct check *check, const struct bench *bench)
{
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        const struct config *config = check->configs[side];
        for (size_t i = 0; config && i < config->suite_count; i++) {
            const struct suite *suite = &config->suites[i];
            const struct strvec *paths = paths_of_suite(config, suite);
            if (suite == bench->suite)
                return paths && !is_touched(&check->changes, paths);
        }
    }
    return false;
}

static bool has_paths(const struct check *check)
{
    const struct config *config = check->configs[SIDE_HEAD];
    bool any = config->paths.count > 0;
    for (size_t i = 0; i < config->suite_count; i++)
        any = any || config->suites[i].paths.count;
    return any;
}

static char *describe(const struct check *check)
{
    size_t count = check->changes.count;
    if (count > 1)
        return str_format("none of the %zu changed files is one that the benchmarks "
                          "depend on (\"paths\")",
                          count);
    return xstrdup(count ? "the changed file is none that the benchmarks depend on "
                           "(\"paths\")"
                         : "no file changed");
}

int check_skip_irrelevant(struct check *check, bool *is_all, struct error *err)
{
    size_t left = 0;
    *is_all = false;
    /* Many commits may lie between head and the anchor. */
    if (!check->options.skips_identical || check->options.anchor || !has_paths(check))
        return 0;
    if (source_list_changes(check->source, check->revisions[SIDE_BASE].tree,
                            check->revisions[SIDE_HEAD].tree, &check->changes, err) < 0)
        return -1;
    AUTO_FREE char *why = describe(check);
    for (size_t i = 0; i < check->gate.list.count; i++) {
        struct check_bench *listed = &check->gate.list.items[i];
        if (listed->settled != VERDICT_NONE)
            left += listed->settled != VERDICT_IDENTICAL;
        else if (is_irrelevant(check, listed->bench))
            check_settle(listed, VERDICT_IDENTICAL,
                         str_format("no relevant change: %s", why));
        else
            left++;
    }
    *is_all = !left;
    if (*is_all)
        log_step("no relevant change: %s; nothing is built or measured", why);
    if (*is_all)
        check->result.relevance = xstrdup(why);
    return 0;
}
