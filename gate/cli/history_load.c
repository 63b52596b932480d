/* Repository, config, store and machine class: which sessions a history is made of. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/date.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/build/scratch.h"
#include "gate/build/toolchain.h"
#include "gate/cli/config_file.h"
#include "gate/cli/history.h"
#include "gate/config/config.h"
#include "gate/source/commit_order.h"
#include "gate/stats/change_points.h"
#include "gate/store/store.h"
#include "gate/store/store_ref.h"
#include "runners/environment.h"
#include "runners/machine_fact.h"
#include "runners/process.h"

void history_inputs_clear(struct history_inputs *inputs)
{
    source_close(inputs->source);
    config_free(inputs->config);
    sessions_clear(&inputs->sessions);
    strvec_clear(&inputs->commits);
    strvec_clear(&inputs->warnings);
    free(inputs->ages);
    *inputs = (struct history_inputs){ 0 };
}

static int read_config(const struct history_options *options,
                       struct history_inputs *inputs,
                       struct error *err)
{
    AUTO_CONFIG_FILE struct config_file file = { 0 };
    const char *path = options->config_path;
    const char *commit = inputs->head.commit;
    int read = path ? config_file_read_option(path, &file, err)
                    : config_file_read_commit(inputs->source, commit, &file, err);
    if (read == 0 && !file.config)
        return error_set(err, ERROR_CONFIG,
                         "commit %.10s has no " CONFIG_NAME
                         ", which says where sessions are kept: name one with --config",
                         commit);
    inputs->config = config_file_detach(&file);
    return read;
}

static int open_repository(const struct history_options *options,
                           const char *cache_directory,
                           struct history_inputs *inputs,
                           struct error *err)
{
    inputs->source = source_open(options->directory, cache_directory, err);
    if (!inputs->source ||
        source_resolve(inputs->source, options->head, &inputs->head, err) < 0)
        return -1;
    return read_config(options, inputs, err);
}

/* The first line of the compiler's --version, where it is part of the class. */
static int find_toolchain(const struct config *config,
                          const char *cache_directory,
                          struct str *out,
                          struct error *err)
{
    const uint32_t facts = MACHINE_FACT_BIT(MACHINE_FACT_COMPILER) |
                           MACHINE_FACT_BIT(MACHINE_FACT_COMPILER_VERSION);
    AUTO_SCRATCH struct scratch scratch = SCRATCH_INIT;
    AUTO_SPAWNER struct spawner *spawner = NULL;
    AUTO_STRVEC struct strvec environment = { 0 };
    if (!(config->machine_facts & facts))
        return 0;
    environment_scrub(&config->pass_environment, &config->environment, &environment);
    spawner = spawner_open(err);
    if (!spawner || scratch_open(&scratch, cache_directory, err) < 0)
        return -1;
    return toolchain_version(spawner, &environment, scratch.directory, out, err);
}

/* As `pawl run` would record it here and now. */
static int find_class(const struct config *config,
                      const char *cache_directory,
                      struct machine_class *out,
                      struct error *err)
{
    AUTO_STR struct str toolchain = STR_INIT;
    AUTO_MACHINE struct machine machine = { 0 };
    if (find_toolchain(config, cache_directory, &toolchain, err) < 0)
        return -1;
    machine_read("", &machine);
    machine_class_of(&machine, toolchain.data, config->machine_facts, out);
    return 0;
}

/* "a-1 (12 sessions), b-2 (1 session)" */
static void add_classes(struct str *out, const struct session_entries *entries)
{
    for (size_t first = 0; first < entries->count;) {
        const char *name = entries->items[first].class_name;
        size_t end = first + 1;
        while (end < entries->count && str_equal(entries->items[end].class_name, name))
            end++;
        str_addf(out, "%s'%s' (", first ? ", " : "", name);
        str_add_counted(out, end - first, "session");
        str_add(out, ")");
        first = end;
    }
}

static int refuse_class(const struct history_options *options,
                        struct store *store,
                        const char *class_name,
                        const struct session_entries *entries,
                        struct error *err)
{
    AUTO_STR struct str classes = STR_INIT;
    add_classes(&classes, entries);
    if (options->class_name)
        return error_set(err, ERROR_USAGE,
                         "--class: there is no session of '%s' in %s; there are %s",
                         class_name, store_title(store), classes.data);
    return error_set(err, ERROR_USAGE,
                     "there is no session of this machine's class '%s' in %s; there are "
                     "%s: choose with --class",
                     class_name, store_title(store), classes.data);
}

static bool has_class(const struct session_entries *entries, const char *class_name)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (str_equal(entries->items[i].class_name, class_name))
            return true;
    }
    return false;
}

static int load_class(const struct history_options *options,
                      const char *bench_id,
                      struct store *store,
                      const char *class_name,
                      struct history_inputs *inputs,
                      struct error *err)
{
    AUTO_SESSION_ENTRIES struct session_entries entries = { 0 };
    AUTO_STRVEC struct strvec names = { 0 };
    const struct store_filter all = { 0 };
    const struct store_filter filter = { .class_name = class_name, .bench_id = bench_id };
    if (store_list(store, &all, &entries, &names, err) < 0)
        return -1;
    if (!entries.count)
        return error_set(err, ERROR_BENCHMARK,
                         "no session is recorded in %s: 'pawl run --record' and 'pawl "
                         "check --record' keep what they measure",
                         store_title(store));
    if (!has_class(&entries, class_name))
        return refuse_class(options, store, class_name, &entries, err);
    if (store_load(store, &filter, &inputs->sessions, &inputs->warnings, err) < 0)
        return -1;
    if (!inputs->sessions.count)
        return error_set(err, ERROR_BENCHMARK,
                         "none of the sessions of '%s' in %s can be read: %s", class_name,
                         store_title(store),
                         inputs->warnings.count ? inputs->warnings.items[0] : "");
    return 0;
}

/* What a relative place is relative to: a ref to the repository, what the config names to
 * its top, what the command line names to where we are. */
static const char *top_of(const struct history_options *options,
                          const char *where,
                          const struct source *source)
{
    if (store_ref_of(where))
        return options->directory;
    return options->store ? "." : source_work_tree(source);
}

static int load_sessions(const struct history_options *options,
                         const char *bench_id,
                         const char *cache_directory,
                         struct history_inputs *inputs,
                         struct error *err)
{
    AUTO_MACHINE_CLASS struct machine_class here = { 0 };
    const char *where = options->store ? options->store : inputs->config->baselines;
    const char *top = top_of(options, where, inputs->source);
    AUTO_STORE struct store *store = store_open(where, top, err);
    if (!store)
        return -1;
    if (!options->class_name &&
        find_class(inputs->config, cache_directory, &here, err) < 0)
        return -1;
    return load_class(options, bench_id, store,
                      options->class_name ? options->class_name : here.name, inputs, err);
}

/* A commit counts with its own sessions, and so does a day. */
static int read_since(const struct history_options *options,
                      struct history_inputs *inputs,
                      struct error *err)
{
    struct revision since;
    inputs->oldest = COMMIT_NOT_THERE;
    inputs->since_s = INT64_MIN;
    if (!options->since || date_parse_day(options->since, &inputs->since_s) == 0)
        return 0;
    AUTO_STRVEC struct strvec wanted = { 0 };
    if (source_resolve(inputs->source, options->since, &since, err) < 0)
        return error_prefix(err, "--since takes " DATE_DAY_EXAMPLE ", or a commit: ");
    strvec_push(&wanted, since.commit);
    if (source_order_commits(inputs->source, &inputs->head, !options->all_parents,
                             &wanted, &inputs->oldest, err) < 0)
        return -1;
    if (inputs->oldest == COMMIT_NOT_THERE)
        return error_set(err, ERROR_USAGE,
                         "--since: commit %.10s is not in the history of '%s'%s",
                         since.commit, options->head,
                         options->all_parents ? ""
                                              : " by first parents; --all-parents "
                                                "follows the others too");
    return 0;
}

static int order_commits(const struct history_options *options,
                         struct history_inputs *inputs,
                         struct error *err)
{
    history_list_commits(&inputs->sessions, &inputs->commits);
    inputs->ages = xcalloc(inputs->commits.count, sizeof *inputs->ages);
    return source_order_commits(inputs->source, &inputs->head, !options->all_parents,
                                &inputs->commits, inputs->ages, err);
}

/* An anchor that this clone lacks (tags not fetched) costs a warning, not the history. */
static void find_anchor(struct history_inputs *inputs)
{
    struct error err = { 0 };
    const char *name = inputs->config->anchor;
    if (name && source_resolve(inputs->source, name, &inputs->anchor, &err) < 0)
        strvec_pushf(&inputs->warnings, "the anchor: %s", err.message);
}

int history_load(const struct history_options *options,
                 const char *bench_id,
                 struct history_inputs *inputs,
                 struct error *err)
{
    AUTO_FREE char *cache_directory = path_cache_dir(err);
    if (!cache_directory || open_repository(options, cache_directory, inputs, err) < 0 ||
        read_since(options, inputs, err) < 0 ||
        load_sessions(options, bench_id, cache_directory, inputs, err) < 0)
        return -1;
    find_anchor(inputs);
    return order_commits(options, inputs, err);
}

struct history_request history_request_of(const struct history_options *options,
                                          const struct history_inputs *inputs)
{
    bool has_anchor = *inputs->anchor.commit;
    return (struct history_request){
        .sessions = &inputs->sessions,
        .commits = &inputs->commits,
        .ages = inputs->ages,
        .oldest = inputs->oldest,
        .since_s = inputs->since_s,
        .anchor = has_anchor ? inputs->config->anchor : NULL,
        .anchor_commit = has_anchor ? inputs->anchor.commit : NULL,
        .alpha = CHANGE_ALPHA,
        .seed = options->seed,
    };
}
