#include "gate/cli/report_optimization.h"

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/cli/command.h"
#include "gate/cli/numbered_file.h"
#include "gate/report/optimization.h"
#include "gate/source/diff_lines.h"
#include "gate/source/source.h"
#include "gate/verdict/result.h"

#define KEPT_IN "docs/optimizations"

static int
read_notes(const char *path, struct optimization_notes *notes, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (!path)
        return 0;
    if (file_read(path, &text, err) < 0) {
        err->code = ERROR_USAGE;
        return error_prefix(err, "--notes: ");
    }
    return optimization_notes_read(text.data, notes, err) < 0
               ? error_prefix(err, "in '%s', ", path)
               : 0;
}

static void push_file(struct optimization_files *files, const struct file_lines *lines)
{
    struct optimization_file *file = array_push(files);
    file->path = xstrdup(lines->new_path ? lines->new_path : lines->old_path);
    file->has_lines = lines->hunks.count > 0;
    for (size_t i = 0; i < lines->hunks.count; i++) {
        file->added += lines->hunks.items[i].new_lines.count;
        file->removed += lines->hunks.items[i].old_lines.count;
    }
}

static struct source *open_source(const char *directory, struct error *err)
{
    AUTO_FREE char *cache = path_cache_dir(err);
    return cache ? source_open(directory, cache, err) : NULL;
}

/* The trees, so that uncommitted work is compared as it was measured. */
static int list_files(struct source *source,
                      const struct result *result,
                      struct optimization_files *files,
                      struct error *err)
{
    AUTO_DIFF_LINES struct diff_lines lines = { 0 };
    if (!result->base.tree || !result->head.tree)
        return error_set(err, ERROR_USAGE, "the result names no trees");
    if (source_diff_lines(source, result->base.tree, result->head.tree, &lines, err) < 0)
        return -1;
    for (size_t i = 0; i < lines.count; i++)
        push_file(files, &lines.items[i]);
    return 0;
}

static int save(const struct source *source,
                const char *title,
                const struct str *text,
                struct error *err)
{
    const char *top = source_work_tree(source);
    AUTO_STR struct str line = STR_INIT;
    if (!top)
        return error_set(err, ERROR_USAGE,
                         "--save needs a work tree, which a bare "
                         "repository does not have");
    AUTO_FREE char *directory = path_join(top, KEPT_IN);
    AUTO_FREE char *path = numbered_file_write(directory, title, text, err);
    if (!path)
        return -1;
    str_addf(&line, "%s\n", path);
    return print_out(&line, err);
}

int report_optimization_make(const struct result *result,
                             const struct report_optimization_options *options,
                             struct error *err)
{
    AUTO_OPTIMIZATION_NOTES struct optimization_notes notes = { 0 };
    AUTO_OPTIMIZATION_FILES struct optimization_files files = { 0 };
    AUTO_STR struct str text = STR_INIT;
    struct error trouble = { 0 };
    if (optimization_check(result, err) < 0 ||
        read_notes(options->notes_path, &notes, err) < 0)
        return -1;

    AUTO_SOURCE struct source *source = open_source(options->directory, &trouble);
    if (!source && options->should_save)
        return error_set(err, trouble.code, "%s", trouble.message);
    bool has_files = source && list_files(source, result, &files, &trouble) == 0;
    const struct optimization optimization = {
        .title = options->title,
        .notes = &notes,
        .files = &files,
        .files_missing = has_files ? NULL : trouble.message,
    };
    report_optimization(result, &optimization, &text);
    return options->should_save
               ? save(source, optimization_title(result, &optimization), &text, err)
               : print_out(&text, err);
}
