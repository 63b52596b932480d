#include "gate/cli/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/cli/command.h"
#include "gate/cli/config_file.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/table.h"
#include "gate/config/config.h"
#include "gate/source/revision.h"
#include "gate/source/source.h"
#include "gate/source/top.h"
#include "gate/store/store_ref.h"

#define DEFAULT_DIRECTORY "baselines"
#define SHOWN_SUBJECT     60
#define SHORTEST_PREFIX   4
#define COMMIT_DIGITS     10

/* "" where there is no config. */
static int read_configured(const char *top, struct str *out, struct error *err)
{
    AUTO_FREE char *path = path_join(top, CONFIG_NAME);
    AUTO_CONFIG_FILE struct config_file file = { 0 };
    if (config_file_read(path, &file, err) < 0)
        return -1;
    if (file.config)
        str_add(out, file.config->baselines);
    return 0;
}

char *baseline_where(const struct baseline_options *options, struct error *err)
{
    AUTO_FREE char *top = NULL;
    AUTO_STR struct str configured = STR_INIT;
    if (options->where)
        return xstrdup(options->where);
    if (source_find_top(options->directory, &top, err) < 0)
        return NULL;
    if (!top)
        return xstrdup("ref");
    if (read_configured(top, &configured, err) < 0)
        return NULL;
    const char *where = configured.length > 0 ? configured.data : DEFAULT_DIRECTORY;
    return store_ref_of(where) ? xstrdup(where) : path_join(top, where);
}

struct store *baseline_open(const struct baseline_options *options,
                            const char *where,
                            struct error *err)
{
    return store_open(where, store_ref_of(where) ? options->directory : ".", err);
}

static bool is_prefix_of_id(const char *name)
{
    size_t length = strlen(name);
    return length >= SHORTEST_PREFIX && length < SOURCE_ID_SIZE &&
           strspn(name, "0123456789abcdef") == length;
}

char *baseline_commit(const struct baseline_options *options,
                      const char *name,
                      struct error *err)
{
    if (is_prefix_of_id(name))
        return xstrdup(name);
    AUTO_FREE char *cache = path_cache_dir(err);
    if (!cache)
        return NULL;
    struct revision revision = { 0 };
    AUTO_SOURCE struct source *source = source_open(options->directory, cache, err);
    if (!source || source_resolve(source, name, &revision, err) < 0)
        return NULL;
    return xstrdup(revision.commit);
}

int baseline_load(const struct baseline_options *options,
                  struct store *store,
                  struct sessions *out,
                  size_t *damaged,
                  struct error *err)
{
    AUTO_STRVEC struct strvec commits = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    struct store_filter filter = { .class_name = options->class_name };
    if (options->commit) {
        char *commit = baseline_commit(options, options->commit, err);
        if (!commit)
            return -1;
        strvec_push_owned(&commits, commit);
        filter.commits = &commits;
    }
    if (store_load(store, &filter, out, &warnings, err) < 0)
        return -1;
    for (size_t i = 0; i < warnings.count; i++)
        log_warning("%s", warnings.items[i]);
    *damaged = warnings.count;
    return 0;
}

static void add_session(struct table *table, const struct session *session)
{
    AUTO_STR struct str subject = STR_INIT;
    text_add_clean(&subject, session->head.subject, SHOWN_SUBJECT);
    strvec_pushf(&table->cells, "%.10s %.5s", session->recorded_at,
                 session->recorded_at + strlen("2026-11-26T"));
    strvec_push(&table->cells, session->machine_class.name);
    strvec_push(&table->cells, session->command);
    strvec_pushf(&table->cells, "%zu", session->head.rows.count);
    strvec_pushf(&table->cells, "%.*s", COMMIT_DIGITS, session->head.commit);
    strvec_push(&table->cells, subject.data);
}

void baseline_add_table(const struct sessions *sessions, struct str *out)
{
    static const char *const headings[] = { "when (UTC)", "class",  "command",
                                            "rows",       "commit", "subject" };
    AUTO_TABLE struct table table = { .alignments = "lllrll" };
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        strvec_push(&table.cells, headings[i]);
    for (size_t i = 0; i < sessions->count; i++)
        add_session(&table, &sessions->items[i]);
    table_print(&table, out);
}

int baseline_print_help(const struct baseline_help *help, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    str_addf(&text, "usage: pawl baseline %s\n\n%s\n", help->usage, help->text);
    options_add_help(help->table, help->rows, &text);
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}
