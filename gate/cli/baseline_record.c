#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/cli/baseline.h"
#include "gate/cli/command.h"
#include "gate/cli/config_file.h"
#include "gate/cli/exit_code.h"
#include "gate/config/config.h"
#include "gate/report/report.h"
#include "gate/source/hash.h"
#include "gate/source/revision.h"
#include "gate/source/source.h"
#include "gate/store/session_result.h"
#include "runners/machine_fact.h"

#define ROWS 2
/* When a side was committed is not in a result; the repository knows. */
static int describe_side(struct source *source,
                         const struct revision_info *from,
                         struct session_side *out,
                         struct error *err)
{
    struct revision revision = { 0 };
    if (from->is_dirty)
        return error_set(err, ERROR_USAGE,
                         "it is of a work tree with uncommitted changes, which is no "
                         "commit's history");
    if (source_resolve(source, from->commit, &revision, err) < 0)
        return error_prefix(err, "its commit is not in this repository: ");
    out->commit = xstrdup(revision.commit);
    out->tree = xstrdup(revision.tree);
    out->subject = xstrdup(revision.subject);
    out->committed_s = revision.commit_time_s;
    return 0;
}

/* Which machines are alike is what the commit's pawl.json says. */
static int describe_class(struct source *source,
                          const struct result *result,
                          struct session *out,
                          struct error *err)
{
    AUTO_CONFIG_FILE struct config_file file = { 0 };
    char hash[SOURCE_ID_SIZE];
    if (config_file_read_commit(source, out->head.commit, &file, err) < 0)
        return -1;
    const char *text = file.text ? file.text : "";
    source_hash_text(text, strlen(text), hash);
    out->config_hash = xstrdup(hash);
    uint32_t facts = file.config ? file.config->machine_facts : machine_facts_default();
    machine_class_of(&result->machine, result->toolchain, facts, &out->machine_class);
    return 0;
}

/* All but the rows; the machine moves over. */
static int describe(struct source *source,
                    struct result *result,
                    struct session *out,
                    struct error *err)
{
    *out = (struct session){
        .pawl_version = xstrdup(result->pawl_version),
        .command = xstrdup("check"),
        .recorded_at = xstrdup(result->started_at),
        .toolchain = xstrdup(result->toolchain),
        .seed = result->seed,
        .base = xcalloc(1, sizeof *out->base),
    };
    if (describe_side(source, &result->head, &out->head, err) < 0 ||
        describe_side(source, &result->base, out->base, err) < 0 ||
        describe_class(source, result, out, err) < 0)
        return -1;
    out->machine = result->machine;
    result->machine = (struct machine){ 0 };
    return 0;
}

static int make_session(const struct baseline_options *options,
                        const char *path,
                        struct session *out,
                        struct error *err)
{
    AUTO(result_clear) struct result result = { 0 };
    AUTO_JSON json_t *json = json_read_file(path, ERROR_USAGE, err);
    AUTO_FREE char *cache = json ? path_cache_dir(err) : NULL;
    if (!cache || report_json_read(json, &result, err) < 0)
        return -1;
    AUTO_SOURCE struct source *source = source_open(options->directory, cache, err);
    if (!source || describe(source, &result, out, err) < 0)
        return -1;
    session_side_take(&result, SIDE_HEAD, true, &out->head);
    session_side_take(&result, SIDE_BASE, true, out->base);
    return 0;
}

static int
record(const struct baseline_options *options, const char *path, struct error *err)
{
    AUTO_SESSION struct session session = { 0 };
    AUTO_STR struct str text = STR_INIT;
    AUTO_FREE char *name = NULL;
    if (make_session(options, path, &session, err) < 0) {
        err->code = ERROR_USAGE; /* a name that is not there was asked for, too */
        return error_prefix(err, "cannot record '%s': ", path);
    }
    AUTO_FREE char *where = baseline_where(options, err);
    if (!where)
        return -1;
    AUTO_STORE struct store *store = baseline_open(options, where, err);
    if (!store || store_add(store, &session, &name, err) < 0)
        return -1;
    str_addf(&text, "recorded: %s/%s\n", store_title(store), name);
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}

int baseline_record(int argc, char **argv, struct error *err)
{
    struct baseline_options options = BASELINE_OPTIONS_INIT;
    struct operands operands;
    const struct option_row table[ROWS] = { BASELINE_PLACE_ROWS(&options) };
    const struct baseline_help help = {
        "record [OPTIONS] RESULT.json",
        "Keeps the result.json of an earlier check as a session, as pawl check --record\n"
        "would have done. Its commits have to be in the repository.\n",
        table, ROWS
    };
    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return baseline_print_help(&help, err);
    if (operands.count != 1)
        return error_set(err, ERROR_USAGE,
                         "'pawl baseline record' takes one result file, not %zu",
                         operands.count);
    return record(&options, operands.items[0], err);
}
