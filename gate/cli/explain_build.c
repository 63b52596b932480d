/* Builds whose profiles have source lines. Compilers make the same code with debug
 * information as without it, so the program that is profiled is the one that was judged;
 * where it is not, as recipes may lose flags of their own, it is not used. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/build/debug_lines.h"
#include "gate/build/layout.h"
#include "gate/cli/check_explain.h"
#include "runners/surroundings.h"

static void use_the_gates(struct check *check)
{
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        built_side_release(&check->explain.built[side]);
        check->explain.trees[side] = check->gate.trees[side];
    }
}

/* Asks about each bench on both sides; *answer is whether it holds for any, or for all.
 */
struct question {
    const struct check *check;
    const char *const *debug_trees; /* NULL: whether lines are missing in the gate's */
    bool answer;
};

static int ask(struct question *question,
               const struct bench *bench,
               enum side side,
               struct error *err)
{
    AUTO_STRVEC struct strvec words = { 0 };
    const struct layout_bench runs = { &words, &bench->benchmark->binaries };
    const char *tree = question->check->gate.trees[side];
    bool holds = false;
    if (check_names_executed(question->check, bench, side, &words, err) < 0)
        return -1;
    if (!question->debug_trees) {
        if (debug_lines_missing(tree, &runs, &holds, err) < 0)
            return -1;
        question->answer |= holds;
        return 0;
    }
    if (debug_build_is_same(tree, question->debug_trees[side], &runs, &holds, err) < 0)
        return -1;
    question->answer &= holds;
    return 0;
}

static int
ask_all(struct question *question, const struct chosen_list *chosen, struct error *err)
{
    for (size_t i = 0; i < chosen->count; i++)
        for (enum side side = 0; side < SIDE_COUNT; side++)
            if (ask(question, chosen->items[i].bench, side, err) < 0)
                return -1;
    return 0;
}

static int build_side(struct check *check,
                      enum side side,
                      const struct layout *flags,
                      struct error *err)
{
    struct check_stage *stage = &check->explain;
    AUTO_FREE char *name = str_format("%s with debug information", side_names[side]);
    const struct check_build build = { .side = side, .name = name, .layout = flags };
    if (check_build(check, &build, &stage->built[side], err) < 0)
        return -1;
    stage->trees[side] = stage->built[side].entry.tree;
    return 0;
}

/* A build that fails with the flags is no news of the change. */
static int build_both(struct explaining *explaining, bool *is_built, struct error *err)
{
    struct check *check = explaining->check;
    const char *flags = check->configs[SIDE_HEAD]->debug_flags;
    AUTO_LAYOUT struct layout layout = { .compile = xstrdup(flags),
                                         .link = xstrdup(""),
                                         .rust = xstrdup("-g") };
    log_step("building both sides with debug information (%s)", flags);
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        if (build_side(check, side, &layout, err) == 0)
            continue;
        if (err->code != ERROR_BUILD && err->code != ERROR_BENCHMARK)
            return -1;
        log_warning("%s", err->message);
        error_clear(err);
        return 0;
    }
    *is_built = true;
    return 0;
}

static int try_debug_build(struct explaining *explaining, struct error *err)
{
    struct check *check = explaining->check;
    struct question is_same = { check, check->explain.trees, true };
    bool is_built = false;
    if (build_both(explaining, &is_built, err) < 0)
        return -1;
    if (!is_built) {
        explaining->without_lines = "the build with the flags of \"debug\" failed";
        use_the_gates(check);
        return 0;
    }
    if (ask_all(&is_same, explaining->chosen, err) < 0)
        return -1;
    if (is_same.answer) {
        explaining->without_lines = "the recipe passes CFLAGS and PAWL_LAYOUT_CFLAGS by";
        return 0;
    }
    explaining->without_lines = "the recipe makes another program where CFLAGS is set";
    use_the_gates(check);
    return 0;
}

/* Whether anything here could tell lines: perf may still not be let sample, which shows
 * when it does. */
static bool can_profile(const struct explaining *explaining)
{
    AUTO_FREE char *perf = surroundings_find_program("perf", getenv("PATH"));
    return !explaining->why_no_profile || perf;
}

int explain_build(struct explaining *explaining, struct error *err)
{
    struct check *check = explaining->check;
    struct question missing = { .check = check };
    use_the_gates(check);
    if (!can_profile(explaining))
        return 0;
    if (ask_all(&missing, explaining->chosen, err) < 0)
        return -1;
    explaining->without_lines = "no program of the tree has debug information";
    if (!missing.answer || !check_builds_anything(check))
        return 0;
    explaining->without_lines = "\"debug\" is off";
    return check->configs[SIDE_HEAD]->debug_flags ? try_debug_build(explaining, err) : 0;
}
