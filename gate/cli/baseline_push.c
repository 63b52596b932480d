/* push and pull. */
#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/baseline.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/source/ref_files.h"
#include "gate/source/ref_sync.h"
#include "gate/store/store_ref.h"

#define ROWS 2

/* Directories are the project's files, and go where its commits go. */
static int need_ref(const char *where, struct error *err)
{
    if (store_ref_of(where))
        return 0;
    return error_set(err, ERROR_USAGE,
                     "the sessions are files in '%s': commit and push them as files. To "
                     "keep sessions under a ref, say \"baselines\": \"ref\" in pawl.json "
                     "or --store ref",
                     where);
}

typedef int sync_ref(struct ref_files *files,
                     const char *remote,
                     struct ref_sync *out,
                     struct error *err);

static int exchange(const struct baseline_options *options,
                    const char *remote,
                    sync_ref *sync,
                    struct ref_sync *done,
                    struct error *err)
{
    AUTO_FREE char *where = baseline_where(options, err);
    if (!where || need_ref(where, err) < 0)
        return -1;
    AUTO_REF_FILES struct ref_files *files =
        ref_files_open(options->directory, store_ref_of(where), err);
    return files ? sync(files, remote, done, err) : -1;
}

static void add_received(const struct ref_sync *done, struct str *out)
{
    str_add(out, "received ");
    str_add_counted(out, done->received, "session");
    if (done->dropped > 0) {
        str_add(out, ", dropped ");
        str_add_counted(out, done->dropped, "session");
        str_add(out, " pruned there");
    }
    str_add_char(out, '\n');
}

static int report_push(const struct ref_sync *done, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (done->retries > 0)
        add_received(done, &text);
    str_add(&text, "sent ");
    str_add_counted(&text, done->sent, "session");
    if (done->retries > 0)
        str_addf(&text, " at try %d", done->retries + 1);
    str_add_char(&text, '\n');
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}

static int report_pull(const struct ref_sync *done, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    add_received(done, &text);
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}

/* What both read from their command line: *is_help, or the remote. */
static int read_remote(struct baseline_options *options,
                       int argc,
                       char **argv,
                       const char *verb,
                       const char **remote,
                       struct error *err)
{
    struct operands operands;
    const struct option_row table[ROWS] = { BASELINE_PLACE_ROWS(options) };
    AUTO_FREE char *usage = str_format("%s [OPTIONS] [REMOTE]", verb);
    AUTO_FREE char *text = str_format(
        "Sessions under a git ref go to and come from a remote: a configured one, a URL or\n"
        "a directory; default: origin. Never by force: what both sides have is joined.\n"
        "A push that others overtake is tried %d times more.\n",
        REF_SYNC_MOST_RETRIES);
    const struct baseline_help help = { usage, text, table, ROWS };
    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return baseline_print_help(&help, err);
    if (operands.count > 1)
        return error_set(err, ERROR_USAGE, "'pawl baseline %s' takes one remote, not %zu",
                         verb, operands.count);
    *remote = operands.count > 0 ? operands.items[0] : NULL;
    return 1;
}

int baseline_push(int argc, char **argv, struct error *err)
{
    struct baseline_options options = BASELINE_OPTIONS_INIT;
    struct ref_sync done = { 0 };
    const char *remote = NULL;
    int read = read_remote(&options, argc, argv, "push", &remote, err);
    if (read <= 0)
        return read;
    if (exchange(&options, remote, ref_files_push, &done, err) < 0)
        return -1;
    return report_push(&done, err);
}

int baseline_pull(int argc, char **argv, struct error *err)
{
    struct baseline_options options = BASELINE_OPTIONS_INIT;
    struct ref_sync done = { 0 };
    const char *remote = NULL;
    int read = read_remote(&options, argc, argv, "pull", &remote, err);
    if (read <= 0)
        return read;
    if (exchange(&options, remote, ref_files_pull, &done, err) < 0)
        return -1;
    return report_pull(&done, err);
}
