#include "gate/config/changes.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/config/bench.h"
#include "gate/config/parts.h"

struct changes {
    const struct config *base;
    const struct config *head;
    struct strvec *out;
};

/* "what: a on base, b on head" where they differ. Takes base and head over. */
static void compare(struct changes *changes, const char *what, char *base, char *head)
{
    if (!str_equal(base, head))
        strvec_pushf(changes->out, "%s: %s on base, %s on head", what, base, head);
    free(base);
    free(head);
}

static char *share_text(double share)
{
    return str_format("%.4g %%", share * 100);
}

static bool margins_agree(const struct margin *a, const struct margin *b)
{
    if (!a->is_gated || !b->is_gated)
        return a->is_gated == b->is_gated;
    return fabs(a->share - b->share) < 1e-12 && fabs(a->floor - b->floor) < 1e-12;
}

static void compare_common_margins(struct changes *changes)
{
    for (size_t i = 0; i < METRIC_COUNT; i++) {
        enum metric metric = (enum metric)i;
        AUTO_FREE char *what = str_format("margin of %s", metric_name(metric));
        compare(changes, what, margin_text(metric, &changes->base->margins[i]),
                margin_text(metric, &changes->head->margins[i]));
    }
}

/* A benchmark that follows its config on both sides is told about there already. */
static void compare_own_margins(struct changes *changes,
                                const struct benchmark *base,
                                const struct benchmark *head)
{
    for (size_t i = 0; i < METRIC_COUNT; i++) {
        if (margins_agree(&base->margins[i], &changes->base->margins[i]) &&
            margins_agree(&head->margins[i], &changes->head->margins[i]))
            continue;
        enum metric metric = (enum metric)i;
        AUTO_FREE char *what =
            str_format("margin of %s for '%s'", metric_name(metric), head->name);
        compare(changes, what, margin_text(metric, &base->margins[i]),
                margin_text(metric, &head->margins[i]));
    }
}

static char *duration_text(int64_t duration_ns)
{
    struct str text = STR_INIT;
    units_add_duration(&text, (double)duration_ns / 1e9);
    return str_detach(&text);
}

static void compare_settings(struct changes *changes)
{
    const struct config *base = changes->base;
    const struct config *head = changes->head;
    compare(changes, "false-alarm rate", share_text(base->false_alarm),
            share_text(head->false_alarm));
    compare(changes, "miss rate", share_text(base->miss), share_text(head->miss));
    compare(changes, "measuring time", duration_text(base->budget_ns),
            duration_text(head->budget_ns));
    compare(changes, "pairs at most", str_format("%zu", base->max_pairs),
            str_format("%zu", head->max_pairs));
    compare(changes, "warm-up pairs", str_format("%zu", base->warmup_pairs),
            str_format("%zu", head->warmup_pairs));
    compare(changes, "layouts", layout_choice_text(&base->layouts),
            layout_choice_text(&head->layouts));
    compare(changes, "paths", paths_text(&base->paths), paths_text(&head->paths));
    config_creep_changes(base, head, changes->out);
    config_stale_changes(base, head, changes->out);
}

static char *commands_text(const struct commands *commands)
{
    if (!commands->count)
        return xstrdup("none");
    struct str text = STR_INIT;
    for (size_t i = 0; i < commands->count; i++)
        str_addf(&text, "%s'%s'%s", i ? ", " : "", commands->items[i].text,
                 commands->items[i].is_shell ? " (shell)" : "");
    return str_detach(&text);
}

static char *command_text(const struct command *command)
{
    return str_format("'%s'%s", command->text, command->is_shell ? " (shell)" : "");
}

/* "'list' at m=2, n=10" */
static char *goal_place(const struct benchmark *benchmark, const struct goal *goal)
{
    struct str text = STR_INIT;
    str_addf(&text, "'%s'", benchmark->name);
    for (size_t i = 0; i < goal->where_count; i++)
        str_addf(&text, "%s%s=%s", i ? ", " : " at ", goal->where[i].name,
                 goal->where[i].value);
    if (goal->machine_class)
        str_addf(&text, " on machines '%s'", goal->machine_class);
    return str_detach(&text);
}

static bool places_agree(const struct goal *a, const struct goal *b)
{
    const char *mine = a->machine_class ? a->machine_class : "*";
    const char *theirs = b->machine_class ? b->machine_class : "*";
    if (!str_equal(mine, theirs))
        return false;
    if (a->where_count != b->where_count)
        return false;
    for (size_t i = 0; i < a->where_count; i++)
        if (!str_equal(a->where[i].name, b->where[i].name) ||
            !str_equal(a->where[i].value, b->where[i].value))
            return false;
    return true;
}

static bool is_stricter(const struct goal_limit *a, const struct goal_limit *b)
{
    return metric_info(a->metric)->larger_is_better ? a->bound > b->bound
                                                    : a->bound < b->bound;
}

/* The strictest limit that the benchmark sets for this place and figure; NULL: none. */
static const struct goal_limit *find_limit(const struct benchmark *benchmark,
                                           const struct goal *place,
                                           const struct goal_limit *like)
{
    const struct goal_limit *strictest = NULL;
    for (size_t i = 0; i < benchmark->goal_count; i++) {
        const struct goal *goal = &benchmark->goals[i];
        for (size_t j = 0; j < goal->limit_count && places_agree(goal, place); j++) {
            const struct goal_limit *limit = &goal->limits[j];
            bool is_like =
                limit->metric == like->metric && limit->statistic == like->statistic;
            if (is_like && (!strictest || is_stricter(limit, strictest)))
                strictest = limit;
        }
    }
    return strictest;
}

static char *limit_text(const struct goal_limit *limit)
{
    if (!limit)
        return xstrdup("none");
    struct str text = STR_INIT;
    str_add(&text,
            metric_info(limit->metric)->larger_is_better ? "at least " : "at most ");
    metric_add_value(&text, limit->metric, limit->bound);
    return str_detach(&text);
}

/* Compares the goals of one side with the other's; those that both have only when
 * are_shared_told, so that going over both sides tells each once. */
struct goal_walk {
    const struct benchmark *from;
    const struct benchmark *base;
    const struct benchmark *head;
    bool are_shared_told;
};

static void compare_limit(struct changes *changes,
                          const struct goal_walk *walk,
                          const struct goal *goal,
                          const struct goal_limit *limit)
{
    const struct goal_limit *strictest = find_limit(walk->from, goal, limit);
    if (!strictest || strictest != limit)
        return;
    const struct goal_limit *base = find_limit(walk->base, goal, limit);
    const struct goal_limit *head = find_limit(walk->head, goal, limit);
    if (base && head && !walk->are_shared_told)
        return;
    AUTO_FREE char *place = goal_place(walk->head, goal);
    AUTO_FREE char *what = str_format("goal for %s%s of %s", metric_name(limit->metric),
                                      limit->statistic == GOAL_P95 ? "_p95" : "", place);
    compare(changes, what, limit_text(base), limit_text(head));
}

static void compare_goals(struct changes *changes, const struct goal_walk *walk)
{
    for (size_t i = 0; i < walk->from->goal_count; i++) {
        const struct goal *goal = &walk->from->goals[i];
        for (size_t j = 0; j < goal->limit_count; j++)
            compare_limit(changes, walk, goal, &goal->limits[j]);
    }
}

static char *variables_text(const struct strvec *variables)
{
    if (!variables->count)
        return xstrdup("none");
    AUTO_STRVEC struct strvec sorted = { 0 };
    strvec_push_all(&sorted, variables);
    strvec_sort(&sorted);
    AUTO_FREE char *all = strvec_join(&sorted, "', '");
    return str_format("'%s'", all);
}

static char *path_text(const char *path, const char *otherwise)
{
    return path ? str_format("'%s'", path) : xstrdup(otherwise);
}

/* A program does what its variables, its input and its place ask for. */
static void compare_surroundings(struct changes *changes,
                                 const struct benchmark *base,
                                 const struct benchmark *head)
{
    AUTO_FREE char *variables = str_format("variables of '%s'", head->name);
    AUTO_FREE char *input = str_format("standard input of '%s'", head->name);
    AUTO_FREE char *directory = str_format("directory of '%s'", head->name);
    AUTO_FREE char *pairing = str_format("pairing of '%s'", head->name);
    AUTO_FREE char *cache = str_format("page cache of '%s'", head->name);
    compare(changes, cache, xstrdup(base->is_cold ? "cold" : "warm"),
            xstrdup(head->is_cold ? "cold" : "warm"));
    compare(changes, pairing, xstrdup(pairing_name(base->pairing)),
            xstrdup(pairing_name(head->pairing)));
    compare(changes, variables, variables_text(&base->environment),
            variables_text(&head->environment));
    compare(changes, input, path_text(base->stdin_path, "none"),
            path_text(head->stdin_path, "none"));
    compare(changes, directory, path_text(base->directory, "the top of the tree"),
            path_text(head->directory, "the top of the tree"));
}

/* What it prints is what is judged. */
static void compare_formats(struct changes *changes,
                            const struct benchmark *base,
                            const struct benchmark *head)
{
    AUTO_FREE char *format = str_format("format of '%s'", head->name);
    AUTO_FREE char *results = str_format("results of '%s'", head->name);
    compare(changes, format, path_text(base->format, "none"),
            path_text(head->format, "none"));
    compare(changes, results, path_text(base->results_path, "printed"),
            path_text(head->results_path, "printed"));
}

static char *work_text(const struct work *work)
{
    const char *unit = work->unit ? work->unit : "";
    const char *gap = *unit ? " " : "";
    switch (work->kind) {
    case WORK_UNKNOWN:
        return xstrdup("not stated");
    case WORK_GIVEN:
        return str_format("%.15g%s%s", work->amount, gap, unit);
    case WORK_PARAMETER:
        return str_format("{%s}%s%s", work->parameter, gap, unit);
    case WORK_PRINTED:
        return str_format("printed%s%s", gap, unit);
    }
    abort();
}

static void compare_demands(struct changes *changes,
                            const struct benchmark *base,
                            const struct benchmark *head)
{
    AUTO_FREE char *command = str_format("command of '%s'", head->name);
    AUTO_FREE char *setup = str_format("setup of '%s'", head->name);
    AUTO_FREE char *teardown = str_format("teardown of '%s'", head->name);
    AUTO_FREE char *output = str_format("same output of '%s'", head->name);
    AUTO_FREE char *growth = str_format("growth of '%s'", head->name);
    AUTO_FREE char *samples = str_format("samples of '%s'", head->name);
    AUTO_FREE char *work = str_format("work of '%s'", head->name);
    compare(changes, command, command_text(&base->run), command_text(&head->run));
    compare(changes, setup, commands_text(&base->setup), commands_text(&head->setup));
    compare(changes, teardown, commands_text(&base->teardown),
            commands_text(&head->teardown));
    compare_surroundings(changes, base, head);
    compare_formats(changes, base, head);
    compare(changes, output,
            xstrdup(base->has_same_output ? "asked for" : "not asked for"),
            xstrdup(head->has_same_output ? "asked for" : "not asked for"));
    compare(changes, samples, xstrdup(base->samples ? base->samples : "none"),
            xstrdup(head->samples ? head->samples : "none"));
    compare(changes, work, work_text(&base->work), work_text(&head->work));
    compare(changes, growth,
            xstrdup(base->growth.text ? base->growth.text : "not stated"),
            xstrdup(head->growth.text ? head->growth.text : "not stated"));
}

static void compare_benchmark(struct changes *changes, const struct benchmark *head)
{
    const struct benchmark *base =
        manifest_benchmark_before(changes->base, changes->head, head);
    if (!base)
        return;
    compare_demands(changes, base, head);
    compare_own_margins(changes, base, head);
    benchmark_creep_changes(changes->base, base, changes->head, head, changes->out);
    compare_goals(changes, &(struct goal_walk){ base, base, head, true });
    compare_goals(changes, &(struct goal_walk){ head, base, head, false });
}

/* What is prepared is what is measured: fewer cases are quicker. */
static void
compare_hooks(struct changes *changes, const struct suite *base, const struct suite *head)
{
    static const char *const names[] = {
        [HOOK_PREPARE] = "prepare", [HOOK_SETUP] = "setup", [HOOK_TEARDOWN] = "teardown"
    };
    for (enum hook hook = 0; hook < HOOK_COUNT; hook++) {
        AUTO_FREE char *what = str_format("%s commands of '%s'", names[hook], head->name);
        compare(changes, what, commands_text(&base->hooks[hook]),
                commands_text(&head->hooks[hook]));
    }
}

static void compare_suite(struct changes *changes, const struct suite *head)
{
    for (size_t i = 0; i < changes->base->suite_count; i++) {
        const struct suite *base = &changes->base->suites[i];
        if (!str_equal(base->name, head->name))
            continue;
        AUTO_FREE char *what = str_format("paths of '%s'", head->name);
        compare(changes, what, paths_text(&base->paths), paths_text(&head->paths));
        compare_hooks(changes, base, head);
    }
    for (size_t i = 0; i < head->benchmark_count; i++)
        compare_benchmark(changes, &head->benchmarks[i]);
}

void config_gate_changes(const struct config *base,
                         const struct config *head,
                         struct strvec *out)
{
    struct changes changes = { base, head, out };
    compare_common_margins(&changes);
    compare_settings(&changes);
    compare(&changes, "verify commands", commands_text(&base->verify.run),
            commands_text(&head->verify.run));
    tell_benches(base, head, out);
    for (size_t i = 0; i < head->suite_count; i++)
        compare_suite(&changes, &head->suites[i]);
}
