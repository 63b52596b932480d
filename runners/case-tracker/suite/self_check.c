/* Both variants of each pair on one small store: answers and files must be equal. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "runners/case-tracker/case_writer.h"
#include "runners/case-tracker/generate.h"
#include "runners/case-tracker/store.h"
#include "runners/case-tracker/suite/suite.h"

enum {
    ARGUMENTS_MAX = 4,
    CASES = 600
};

/* JSON, DB and OUT.x stand for files in the check's own directory; OUT is another one for
 * each of the two. */
struct pair {
    const char *names[2];
    const char *arguments[ARGUMENTS_MAX];
    const char *out; /* the OUT argument, where there is one whose files must be equal */
};

static const struct pair pairs[] = {
    { { "load", "load-tree" }, { "JSON" }, NULL },
    { { "show-index", "show-scan" }, { "JSON", "CASE-000599" }, NULL },
    { { "lookups-index", "lookups-scan" }, { "JSON", "2000" }, NULL },
    { { "duplicates-hash", "duplicates-pairs" }, { "JSON" }, NULL },
    { { "notes-index", "notes-scan" }, { "JSON", "500", "OUT.json" }, "OUT.json" },
    { { "transition-one-load", "transition-two-loads" },
      { "JSON", "CASE-000002", "SUBMITTED", "OUT.json" },
      "OUT.json" },
    { { "save-compact", "save-pretty" }, { "JSON", "1", "OUT.json" }, "OUT.json" },
    { { "output-stream", "output-whole" }, { "DB", "2", "OUT.json" }, NULL },
    { { "id-check-hand", "id-check-compiled" }, { "4000" }, NULL },
    { { "id-check-hand", "id-check-compiled-in-loop" }, { "400" }, NULL },
    { { "status-switch", "status-list" }, { "4000" }, NULL },
    { { "status-switch", "status-sorted" }, { "4000" }, NULL },
    { { "count-direct", "count-copies" }, { "JSON", "3" }, NULL },
    { { "notes-side-by-side", "notes-joined" }, { "DB" }, NULL },
    { { "notes-side-by-side", "notes-batched" }, { "DB" }, NULL },
    { { "notes-side-by-side", "notes-per-case" }, { "DB" }, NULL },
    { { "insert-one-transaction", "insert-many-transactions" },
      { "30", "OUT.db" },
      "OUT.db" },
};

/* The file that an argument stands for, or the argument itself. The caller's. */
static char *argument_of(const char *directory, const char *argument, int side)
{
    if (str_equal(argument, "JSON"))
        return path_join(directory, "cases.json");
    if (str_equal(argument, "DB"))
        return path_join(directory, "cases.db");
    if (str_starts_with(argument, "OUT."))
        return str_format("%s/out-%d.%s", directory, side, argument + 4);
    return str_format("%s", argument);
}

static int run_side(const char *directory,
                    const struct pair *pair,
                    int side,
                    struct str *answer,
                    struct error *err)
{
    const struct variant *variant = variant_find(pair->names[side]);
    char *arguments[ARGUMENTS_MAX] = { NULL };
    for (size_t i = 0; i < variant->argument_count; i++)
        arguments[i] = argument_of(directory, pair->arguments[i], side);
    int result = variant->run((const char *const *)arguments, answer, err);
    for (size_t i = 0; i < ARGUMENTS_MAX; i++)
        free(arguments[i]);
    return result < 0 ? error_prefix(err, "in %s: ", variant->name) : 0;
}

/* Both files as compact JSON text: how a store is laid out is no difference. */
static int read_cases(
    const char *directory, const char *out, int side, struct str *text, struct error *err)
{
    AUTO_FREE char *path = argument_of(directory, out, side);
    AUTO_FREE char *copy = str_format("%s/copy.json", directory);
    AUTO_CASES struct case_list cases = { 0 };
    if (store_load(path, &cases, err) < 0 ||
        case_writer_write(copy, NULL, &cases, err) < 0)
        return -1;
    return file_read(copy, text, err);
}

static int check_pair(const char *directory, const struct pair *pair, struct error *err)
{
    AUTO_STR struct str first = STR_INIT;
    AUTO_STR struct str second = STR_INIT;
    if (run_side(directory, pair, 0, &first, err) < 0 ||
        run_side(directory, pair, 1, &second, err) < 0)
        return -1;
    if (pair->out && (read_cases(directory, pair->out, 0, &first, err) < 0 ||
                      read_cases(directory, pair->out, 1, &second, err) < 0))
        return -1;
    if (first.length && str_equal(first.data, second.data))
        return 0;
    return error_set(err, ERROR_BENCHMARK, "%s and %s disagree:\n%.800s\n%.800s",
                     pair->names[0], pair->names[1], first.data, second.data);
}

static int check_all(const char *directory, struct str *answer, struct error *err)
{
    AUTO_FREE char *json = path_join(directory, "cases.json");
    AUTO_FREE char *db = path_join(directory, "cases.db");
    if (generate_file(json, CASES, 1, err) < 0 || generate_file(db, CASES, 1, err) < 0)
        return -1;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (check_pair(directory, &pairs[i], err) < 0)
            return -1;
        str_addf(answer, "%s = %s\n", pairs[i].names[0], pairs[i].names[1]);
    }
    return 0;
}

int self_check(struct str *answer, struct error *err)
{
    struct error ignored = { 0 };
    AUTO_FREE char *directory = tree_make_unique("/tmp/case-suite-", err);
    if (!directory)
        return -1;
    int result = check_all(directory, answer, err);
    if (tree_remove(directory, result < 0 ? &ignored : err) < 0)
        return -1;
    return result;
}
