/* Who is compared with whom, by which config, and both of them built. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/build/layout.h"
#include "gate/build/toolchain.h"
#include "gate/build/verify.h"
#include "gate/cli/check.h"
#include "gate/cli/check_given.h"
#include "gate/cli/config_file.h"
#include "gate/cli/github_sides.h"
#include "gate/cli/stored.h"
#include "gate/cli/version.h"
#include "gate/config/changes.h"
#include "gate/source/base_rule.h"
#include "gate/source/blob.h"
#include "gate/source/snapshot.h"
#include "gate/source/worktree.h"
#include "runners/environment.h"

/* The base of a dirty work tree is what it would be for HEAD: the snapshot is not on any
 * branch, but its parent is. */
static int find_head(struct check *check, struct revision *anchor, struct error *err)
{
    struct revision *head = &check->revisions[SIDE_HEAD];
    if (source_resolve(check->source, check->options.head, anchor, err) < 0)
        return -1;
    *head = *anchor;
    if (!check->options.head_is_work_tree)
        return 0;
    return source_snapshot(check->source, head, &check->head_is_dirty, err);
}

static int
find_base(struct check *check, const struct revision *anchor, struct error *err)
{
    struct revision *base = &check->revisions[SIDE_BASE];
    if (check->options.base) {
        check->base_rule = str_format("as asked: %s", check->options.base);
        return github_resolve(check->source, check->options.base, base, err);
    }
    if (check->head_is_dirty) {
        *base = *anchor;
        check->base_rule = xstrdup("HEAD, for the work tree's uncommitted changes");
        return 0;
    }
    bool is_found = false;
    if (github_find_base(check, anchor, &is_found, err) < 0)
        return -1;
    if (is_found)
        return 0;
    struct base_choice choice;
    if (source_find_base(check->source, anchor, check->options.head, &choice, err) < 0)
        return -1;
    *base = choice.revision;
    check->base_rule = xstrdup(choice.rule);
    return 0;
}

int check_read_config(struct check *check,
                      const struct revision *revision,
                      struct config **out,
                      struct error *err)
{
    AUTO_CONFIG_FILE struct config_file file = { 0 };
    if (config_file_read_commit(check->source, revision->commit, &file, err) < 0)
        return -1;
    *out = config_file_detach(&file);
    return 0;
}

static int read_config_file(struct check *check, struct error *err)
{
    AUTO_CONFIG_FILE struct config_file file = { 0 };
    if (config_file_read_option(check->options.config_path, &file, err) < 0)
        return -1;
    check->configs[SIDE_HEAD] = config_file_detach(&file);
    return 0;
}

static int lacks_config(const struct check *check, struct error *err)
{
    return error_set(err, ERROR_CONFIG,
                     "no " CONFIG_NAME
                     " in %.10s: commit one, name a file with --config, or give "
                     "--build and --run",
                     check->revisions[SIDE_HEAD].commit);
}

/* A pawl.json says it better; and one that head removes must not be gone unseen. */
static int read_given(struct check *check, struct error *err)
{
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        AUTO_STR struct str ignored = STR_INIT;
        bool is_there = false;
        if (source_read_blob(check->source, check->revisions[side].commit, CONFIG_NAME,
                             &ignored, &is_there, err) < 0)
            return -1;
        if (is_there)
            return error_set(err, ERROR_USAGE,
                             "--%s is for projects without a " CONFIG_NAME
                             ", and there is one in %s (%.10s): leave the option out",
                             check->options.runs.count ? "run" : "build",
                             side_names[side], check->revisions[side].commit);
    }
    return check_given_config(&check->options, &check->configs[SIDE_HEAD], err);
}

/* A change that mends the file can't be judged by it, and is told how it can. */
static int say_rules_are_base_s(struct error *err)
{
    return err->code == ERROR_CONFIG
               ? error_prefix(err,
                              "the rules are those of base (--config FILE puts others "
                              "in their place): ")
               : -1;
}

static int read_configs(struct check *check, struct error *err)
{
    if (check->options.config_path)
        return read_config_file(check, err);
    if (check_is_given(&check->options))
        return read_given(check, err);
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        if (check_read_config(check, &check->revisions[side], &check->configs[side],
                              err) < 0)
            return side == SIDE_BASE ? say_rules_are_base_s(err) : -1;
    }
    if (!check->configs[SIDE_HEAD])
        return lacks_config(check, err);
    if (check->configs[SIDE_BASE])
        config_gate_changes(check->configs[SIDE_BASE], check->configs[SIDE_HEAD],
                            &check->config_changes);
    else
        strvec_push(&check->config_changes,
                    "base has no " CONFIG_NAME ": head's was used for both");
    return 0;
}

static int open_source(struct check *check, struct error *err)
{
    check->result.started_at = clock_utc();
    if (github_refuse_forks(check->options.allows_fork_code, err) < 0)
        return -1;
    check->cache_directory = path_cache_dir(err);
    if (!check->cache_directory)
        return -1;
    check->source = source_open(check->options.directory, check->cache_directory, err);
    return check->source ? source_sweep(check->cache_directory, err) : -1;
}

static const char *subject_of_head(const struct check *check)
{
    return check->head_is_dirty ? "the work tree, with uncommitted changes"
                                : check->revisions[SIDE_HEAD].subject;
}

int check_find_commit(struct check *check, struct error *err)
{
    struct revision anchor;
    if (open_source(check, err) < 0 || find_head(check, &anchor, err) < 0 ||
        github_fetch_files(check->source, &anchor, err) < 0)
        return -1;
    log_step("commit %.10s %s", check->revisions[SIDE_HEAD].commit,
             subject_of_head(check));
    if (check->options.config_path)
        return read_config_file(check, err);
    if (check_read_config(check, &check->revisions[SIDE_HEAD], &check->configs[SIDE_HEAD],
                          err) < 0)
        return -1;
    return check->configs[SIDE_HEAD] ? 0 : lacks_config(check, err);
}

int check_find_sides(struct check *check, struct error *err)
{
    struct revision anchor;
    if (open_source(check, err) < 0)
        return -1;
    if (find_head(check, &anchor, err) < 0 || find_base(check, &anchor, err) < 0)
        return -1;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        if (github_fetch_files(check->source, &check->revisions[side], err) < 0)
            return -1;
    }
    log_step("base %.10s %s (%s)", check->revisions[SIDE_BASE].commit,
             check->revisions[SIDE_BASE].subject, check->base_rule);
    log_step("head %.10s %s", check->revisions[SIDE_HEAD].commit, subject_of_head(check));
    if (read_configs(check, err) < 0)
        return -1;
    return check_find_anchor(check, err);
}

int check_start(struct check *check, struct error *err)
{
    const struct config *config = check->configs[SIDE_HEAD];
    AUTO_STR struct str toolchain = STR_INIT;
    environment_scrub(&config->pass_environment, &config->environment,
                      &check->environment);
    environment_deciding(&check->environment, &config->pass_environment,
                         &config->environment, &check->key_environment);
    check->spawner = spawner_open(err);
    if (!check->spawner ||
        scratch_open(&check->gate.scratch, check->cache_directory, err) < 0)
        return -1;
    check->cpu = environment_quiet_cpu("", NULL, &check->pinning);
    check->hook_log = path_join(check->gate.scratch.directory, "hooks.log");
    if (toolchain_version(check->spawner, &check->environment,
                          check->gate.scratch.directory, &toolchain, err) < 0)
        return -1;
    check->toolchain = str_detach(&toolchain);
    return 0;
}

/* What a recipe's commands get, and what of it decides the build. */
struct recipe_environment {
    struct strvec whole;
    struct strvec deciding;
};

static void recipe_environment_clear(struct recipe_environment *environment)
{
    strvec_clear(&environment->whole);
    strvec_clear(&environment->deciding);
}

static struct builder builder_of(const struct check *check,
                                 const struct recipe_environment *environment)
{
    return (struct builder){
        .source = check->source,
        .spawner = check->spawner,
        .cache_directory = check->cache_directory,
        .environment = &environment->whole,
        .key_environment = &environment->deciding,
        .toolchain = check->toolchain,
        .tool_version = PAWL_VERSION,
        .is_cache_off = !check->options.uses_build_cache,
    };
}

/* What recipes get, with the flags of a layout where there is one. Its build is of a
 * commit that stands built in its usual layout. */
static void add_layout(const struct check *check,
                       const struct check_build *what,
                       struct recipe_environment *environment)
{
    const char *tree = check->gate.trees[what->side];
    strvec_push_all(&environment->whole, &check->environment);
    strvec_push_all(&environment->deciding, &check->key_environment);
    if (!what->layout)
        return;
    layout_add_to(what->layout, tree, &environment->whole);
    layout_add_to(what->layout, tree, &environment->deciding);
}

int check_build(struct check *check,
                const struct check_build *what,
                struct built_side *built,
                struct error *err)
{
    AUTO(recipe_environment_clear) struct recipe_environment environment = { 0 };
    const struct config *config = check_config(check, what->side);
    const struct revision *revision = &check->revisions[what->side];
    if (what->anchor) {
        revision = &what->anchor->revision;
        config = what->anchor->config ? what->anchor->config : check->configs[SIDE_HEAD];
    }
    const struct recipe *recipe = check->recipes[what->side];
    add_layout(check, what, &environment);
    const struct builder builder = builder_of(check, &environment);
    struct build_request request = {
        .side = what->name,
        .revision = revision,
        .recipe = recipe ? recipe : &config->build,
        .lane = what->lane,
    };
    if (builder_build(&builder, &request, built, err) < 0)
        return -1;
    if (recipe || !config->verify.run.count)
        return 0;
    return verify_side(&builder, built, &config->verify, what->name, err);
}

int check_build_sides(struct check *check, struct error *err)
{
    struct check_stage *gate = &check->gate;
    if (check_start(check, err) < 0)
        return -1;
    for (enum side side = check_first_side(gate); side < SIDE_COUNT; side++) {
        const char *name = side_names[side];
        const char *lane = check->options.skips_identical ? NULL : name;
        const struct check_build build = { side, name, lane, NULL, NULL };
        if (check_build(check, &build, &gate->built[side], err) < 0)
            return side == SIDE_BASE ? stored_hint(check, err) : -1;
        gate->trees[side] = gate->built[side].entry.tree;
    }
    if (gate->is_alone)
        return 0;
    if (check->changes.count)
        return 0;
    return source_list_changes(check->source, check->revisions[SIDE_BASE].tree,
                               check->revisions[SIDE_HEAD].tree, &check->changes, err);
}
