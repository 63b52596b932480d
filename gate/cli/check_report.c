/* The result put together, written down and shown. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/cli/check.h"
#include "gate/cli/check_given.h"
#include "gate/cli/check_shard.h"
#include "gate/cli/command.h"
#include "gate/cli/explain_flame.h"
#include "gate/cli/measuring.h"
#include "gate/cli/result_files.h"
#include "gate/cli/screen.h"
#include "gate/cli/version.h"
#include "gate/report/report.h"
#include "gate/source/late_fetch.h"
#include "runners/accounting.h"
#include "runners/process.h"

/* What a merge of two brought in; the caller's. NULL for any other commit. */
static char *merged_by(const struct check *check, const struct revision *revision)
{
    AUTO_STRVEC struct strvec parents = { 0 };
    struct error ignored = { 0 };
    if (!check->source ||
        source_parent_ids(check->source, revision, &parents, &ignored) < 0)
        return NULL;
    return parents.count == 2 ? xstrdup(parents.items[1]) : NULL;
}

static void
fill_revision(const struct check *check, enum side side, struct revision_info *out)
{
    const struct revision *revision = &check->revisions[side];
    bool is_dirty = side == SIDE_HEAD && check->head_is_dirty;
    const char *asked = side == SIDE_HEAD ? check->options.head : check->options.base;
    *out = (struct revision_info){
        .commit = xstrdup(revision->commit),
        .tree = xstrdup(revision->tree),
        .subject = xstrdup(is_dirty ? "" : revision->subject),
        .asked = xstrdup(asked ? asked : ""),
        .merged = is_dirty ? NULL : merged_by(check, revision),
        .is_dirty = is_dirty,
        .was_built_before = check->gate.built[side].is_from_cache,
    };
}

static char *reproduce_command(const struct check *check)
{
    struct str line = STR_INIT;
    str_addf(&line, "pawl check --base %s", check->revisions[SIDE_BASE].commit);
    if (check->head_is_dirty)
        str_add(&line, " --dirty");
    else
        str_addf(&line, " --head %s", check->revisions[SIDE_HEAD].commit);
    str_addf(&line, " --seed %llu", (unsigned long long)check->seed);
    /* The name of a branch or a tag may mean another commit by then. */
    struct check_options options = check->options;
    if (check->anchor.name)
        options.anchor = check->anchor.revision.commit;
    check_options_add_repeat(&options, &line);
    return str_detach(&line);
}

static int64_t elapsed_ns(const struct check *check)
{
    return clock_now_ns() - check->started_ns + check->resumed_ns;
}

static void list_changed_paths(const struct changes *changes, struct strvec *out)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->items[i];
        strvec_push(out, change->new_path ? change->new_path : change->old_path);
    }
}

static void fill_result(struct check *check)
{
    struct result *result = &check->result;
    const struct config *config = check->configs[SIDE_HEAD];
    result->pawl_version = xstrdup(PAWL_VERSION);
    result->elapsed_ns = elapsed_ns(check);
    fill_revision(check, SIDE_BASE, &result->base);
    fill_revision(check, SIDE_HEAD, &result->head);
    result->base_rule = xstrdup(check->base_rule);
    result->config_rule = check_given_rule(&check->options);
    machine_read("", &result->machine);
    result->accounting = accounting_describe(spawner_accounting(check->spawner));
    result->toolchain = xstrdup(check->toolchain);
    result->pinning = xstrdup(check->options.may_pin ? check->pinning
                                                     : "no CPU, as asked with --no-pin");
    result->priority = measuring_priority(check->options.may_raise, check->spawner);
    result->seed = check->seed;
    result->reproduce = reproduce_command(check);
    result->false_alarm = config->false_alarm;
    result->miss = config->miss;
    strvec_push_all(&result->config_changes, &check->config_changes);
    strvec_push_all(&result->warnings, &check->warnings);
    list_changed_paths(&check->changes, &result->changed_paths);
    check_fill_shard(check);
}

int check_place(const char *path, struct error *err)
{
    AUTO_FREE char *directory = path_directory(path);
    if (tree_make(directory, err) < 0)
        return -1;
    if (access(directory, W_OK | X_OK) < 0 ||
        (file_exists(path) && access(path, W_OK) < 0))
        return error_errno(err, "cannot write '%s'", path);
    if (file_is_directory(path))
        return error_set(err, ERROR_SYSTEM, "cannot write '%s': it is a directory", path);
    return 0;
}

int check_outputs(const struct check *check, struct error *err)
{
    const struct check_options *options = &check->options;
    const struct result_files files = { options->output_directory, options->markdown_path,
                                        options->json_path };
    return result_files_check(&files, err);
}

/* Results are small and people come back for them: one folder a gate, named by time. */
static char *results_directory(const struct check *check)
{
    if (check->options.output_directory)
        return xstrdup(check->options.output_directory);
    AUTO_FREE char *stamp = clock_stamp();
    AUTO_FREE char *name = str_format("results/%s-%.10s-%d", stamp,
                                      check->revisions[SIDE_HEAD].commit, getpid());
    return path_join(check->cache_directory, name);
}

int check_report(struct check *check, struct error *err)
{
    AUTO_FREE char *directory = results_directory(check);
    AUTO_FREE char *flame = path_join(directory, FLAME_NAME);
    AUTO_STR struct str summary = STR_INIT;
    AUTO(explain_flames_clear) struct report_flames flames = { 0 };
    const struct result_files files = { directory, check->options.markdown_path,
                                        check->options.json_path };

    fill_result(check);
    explain_name_flames(check, FLAME_NAME);
    explain_flames_of(check, &flames);
    if (result_files_write(&files, &check->result, &flames, err) < 0) {
        if (check->journal.path)
            log_step("the pairs are kept: the same command with --resume measures none "
                     "of them again");
        return -1;
    }
    check->results_directory = realpath(directory, NULL);
    journal_close(&check->journal, true);
    const struct report_screen screen = screen_of_stdout();
    if (log_get_level() == LOG_QUIET) {
        AUTO_STR struct str unsaid = STR_INIT;
        report_verdict_line(&check->result, screen.use_color, &summary);
        return explain_write_flames(check, flame, &unsaid, err) < 0
                   ? -1
                   : print_out(&summary, err);
    }
    report_screen(&check->result, &screen, &summary);
    str_addf(&summary,
             "report: %s/report.md\npage: %s/report.html\n"
             "result: %s/result.json\n",
             directory, directory, directory);
    if (explain_write_flames(check, flame, &summary, err) < 0)
        return -1;
    return print_out(&summary, err);
}
