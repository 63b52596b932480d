#include "gate/cli/explain_show.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/cli/check.h"
#include "gate/explain/margin.h"
#include "gate/explain/profile_pair.h"
#include "gate/explain/story_costs.h"
#include "gate/report/terminal_explain.h"

enum {
    SHOWN_NAME_LENGTH = 120
};

static void add_nothing(const struct check *check, struct str *out)
{
    size_t identical = 0;
    for (size_t i = 0; i < check->gate.list.count; i++)
        identical += check->gate.list.items[i].settled == VERDICT_IDENTICAL;
    if (identical && identical == check->gate.list.count)
        str_add(out, "Both sides run the same bytes: there is nothing to explain.\n");
    else
        str_add(out, "No benchmark was measured: there is nothing to explain.\n");
}

static void add_source(const struct explanation *explanation, struct str *out)
{
    if (explanation->is_per_operation && *explanation->source)
        str_addf(out, "    time an operation, %s\n\n", explanation->source);
    else if (explanation->is_sampled)
        str_addf(out, "    samples, %s\n\n", explanation->source);
    else if (explanation->source && *explanation->source)
        str_addf(out, "    instructions %lld -> %lld, %s\n\n",
                 (long long)explanation->base_instructions,
                 (long long)explanation->head_instructions, explanation->source);
    else
        str_add(out, "\n");
}

void explain_show(const struct check *check, size_t width, struct str *out)
{
    const struct explanations *explanations = check->result.explanations;
    if (!explanations) {
        add_nothing(check, out);
        return;
    }
    for (size_t i = 0; i < explanations->benches.count; i++) {
        const struct explanation *explanation = &explanations->benches.items[i];
        if (!explanation->why.count && !*explanation->source)
            continue;
        terminal_add_explanation(&check->result, explanation, width, out);
        add_source(explanation, out);
    }
    for (size_t i = 0; i < explanations->left_out.count; i++)
        text_add_wrapped(out, explanations->left_out.items[i], 0, width);
}

/* A file of a built tree; "" where the side does not have it. */
static int
read_source(const char *tree, const char *name, struct str *text, struct error *err)
{
    if (!name)
        return 0;
    AUTO_FREE char *path = path_join(tree, name);
    return file_exists(path) ? file_read(path, text, err) : 0;
}

static int show_file(const struct check *check,
                     const struct profile_pair *pair,
                     uint32_t item,
                     const char *path,
                     struct str *out,
                     struct error *err)
{
    AUTO_STR struct str base = STR_INIT;
    AUTO_STR struct str head = STR_INIT;
    const struct file_lines *changed = diff_lines_find_new(&check->changed_lines, path);
    if (!changed)
        changed = diff_lines_find_old(&check->changed_lines, path);
    const char *old_path = changed ? changed->old_path : path;
    const char *new_path = changed ? changed->new_path : path;
    if (read_source(check->explain.trees[SIDE_BASE], old_path, &base, err) < 0 ||
        read_source(check->explain.trees[SIDE_HEAD], new_path, &head, err) < 0)
        return -1;
    const struct margin_file file = { path, base.data, head.data, changed };
    str_addf(out, "%15s%15s    line  %s\n", "base", "head", path);
    margin_add(pair, item, &file, out);
    str_add(out, "\n");
    return 0;
}

static bool is_listed(const struct strvec *files, const char *file)
{
    for (size_t i = 0; i < files->count; i++)
        if (str_equal(files->items[i], file))
            return true;
    return false;
}

/* Of base's name of a renamed file it is head's that is shown. */
static const char *shown_file(const struct check *check, const struct line_diff *line)
{
    const struct file_lines *changed =
        line->sides[SIDE_HEAD].line
            ? NULL
            : diff_lines_find_old(&check->changed_lines, line->file);
    return changed && changed->new_path ? changed->new_path : line->file;
}

/* The files of the tree that the function has code of: its own, and of what is inlined.
 */
static int show_item(const struct check *check,
                     const struct profile_pair *pair,
                     uint32_t item,
                     struct str *out,
                     struct error *err)
{
    AUTO_STRVEC struct strvec files = { 0 };
    AUTO_STR struct str title = STR_INIT;
    text_add_clean(&title, pair->diff.functions.items[item].name, SHOWN_NAME_LENGTH);
    str_addf(out, "%s in %s: %s, with what each line calls\n\n", title.data,
             pair->bench_id,
             pair->is_per_operation ? "picoseconds an operation" : story_unit(pair));
    for (size_t i = 0; i < pair->lines.count; i++) {
        const struct line_diff *line = &pair->lines.items[i];
        const char *file = shown_file(check, line);
        if (line->item != item || !line->is_in_tree || is_listed(&files, file))
            continue;
        strvec_push(&files, file);
        if (show_file(check, pair, item, file, out, err) < 0)
            return -1;
    }
    if (!files.count)
        str_add(out, "No source lines of it are known: it is no code of the tree, or was "
                     "built without debug information.\n\n");
    return 0;
}

static int say_unknown(const struct check *check, const char *name, struct error *err)
{
    AUTO_STRVEC struct strvec names = { 0 };
    for (size_t i = 0; i < check->profiles.count; i++) {
        const struct profile_diff *diff = &check->profiles.items[i].pair->diff;
        for (size_t k = 0; k < diff->functions.count; k++)
            strvec_push(&names, diff->functions.items[k].name);
    }
    if (!names.count)
        return error_set(err, ERROR_BENCHMARK, "nothing was profiled");
    const char *nearest =
        str_nearest(name, (const char *const *)names.items, names.count);
    return error_set(err, ERROR_USAGE, "no function '%s' was executed%s%s%s", name,
                     nearest ? ", did you mean '" : "", nearest ? nearest : "",
                     nearest ? "'?" : "");
}

int explain_show_function(const struct check *check,
                          const char *name,
                          struct str *out,
                          struct error *err)
{
    size_t found = 0;
    for (size_t i = 0; i < check->profiles.count; i++) {
        const struct profile_pair *pair = check->profiles.items[i].pair;
        for (uint32_t item = 0; item < pair->diff.functions.count; item++) {
            const struct function_diff *function = &pair->diff.functions.items[item];
            if (!str_equal(function->name, name))
                continue;
            found++;
            if (show_item(check, pair, item, out, err) < 0)
                return -1;
        }
    }
    return found ? 0 : say_unknown(check, name, err);
}
