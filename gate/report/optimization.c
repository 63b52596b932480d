#include "gate/report/optimization.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/headline.h"
#include "gate/report/markdown_page.h"
#include "gate/report/optimization_parts.h"
#include "gate/report/phrase.h"

enum {
    FILES_SHOWN = 30
};

void optimization_files_clear(struct optimization_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->items[i].path);
    array_clear(files);
}

static bool has_text(const char *text)
{
    return text && *text;
}

const char *optimization_title(const struct result *result,
                               const struct optimization *optimization)
{
    if (has_text(optimization->title))
        return optimization->title;
    if (optimization->notes && has_text(optimization->notes->title))
        return optimization->notes->title;
    return has_text(result->head.subject) ? result->head.subject : "An optimization";
}

int optimization_check(const struct result *result, struct error *err)
{
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        if (row->is_judged && row_has_numbers(row))
            return 0;
    }
    return error_set(err, ERROR_USAGE,
                     "no judged row was measured on both sides (%zu rows in all): there "
                     "is no optimization to report",
                     result->rows.count);
}

static void add_heading(struct str *out, const char *name)
{
    str_addf(out, "## %s\n\n", name);
}

/* Without what was measured: that comes next, under a mark. */
static void add_prose(struct str *out,
                      const struct optimization *optimization,
                      enum optimization_prose prose)
{
    const char *text = optimization->notes ? optimization->notes->prose[prose] : NULL;
    add_heading(out, optimization_prose_name(prose));
    str_addf(out, "%s\n\n", text ? text : optimization_placeholder(prose));
}

static void add_mark(struct str *out)
{
    str_add(out, OPTIMIZATION_MARK "\n\n");
}

static void
add_side(struct str *out, const char *side, const struct revision_info *revision)
{
    str_addf(out, "- %s: ", side);
    markdown_add_code(out, has_text(revision->commit) ? revision->commit : "?");
    if (has_text(revision->subject)) {
        str_add_char(out, ' ');
        markdown_add_code(out, revision->subject);
    }
    str_add(out, revision->is_dirty
                     ? ", **with uncommitted changes**: nobody else has what "
                       "was measured; commit it, and measure again\n"
                     : "\n");
}

/* What a reader who reads no further should know. */
static void add_summary(struct str *out, const struct result *result)
{
    AUTO_RANKING struct ranking improved = { 0 };
    AUTO_RANKING struct ranking regressed = { 0 };
    struct tally tally = tally_of(result);
    ranking_of(result, VERDICT_IMPROVED, &improved);
    ranking_of(result, VERDICT_REGRESSED, &regressed);
    str_addf(out, "%zu of ", improved.count);
    phrase_add_count(out, tally.judged, "judged row");
    str_addf(out, " improved, %zu regressed, %zu could not be decided.", regressed.count,
             tally.rows[VERDICT_INCONCLUSIVE]);
    if (improved.count) {
        const struct row *best = improved.items[0].row;
        AUTO_STR struct str name = STR_INIT;
        phrase_add_row_name(&name, best);
        str_add(out, " Most: ");
        markdown_add_code(out, name.data);
        str_add_char(out, ' ');
        phrase_add_change(out, best->change);
        str_add_char(out, ' ');
        phrase_add_interval(out, best->change_low, best->change_high);
        str_add_char(out, '.');
    }
    str_add(out, "\n\n");
}

static void add_file(struct str *out, const struct optimization_file *file)
{
    str_add(out, "| ");
    markdown_add_code_cell(out, file->path);
    if (file->has_lines)
        str_addf(out, " | +%zu | -%zu |\n", file->added, file->removed);
    else
        str_add(out, " | no lines of text | |\n");
}

static void add_files(struct str *out, const struct optimization *optimization)
{
    const struct optimization_files *files = optimization->files;
    if (optimization->files_missing) {
        str_add(out, "Which lines changed is not known: ");
        markdown_add_prose(out, optimization->files_missing);
        str_add(out, ".\n\n");
        return;
    }
    if (!files || !files->count) {
        str_add(out, "No file differs between the two.\n\n");
        return;
    }
    str_add(out, "| file | lines added | taken out |\n|:--|--:|--:|\n");
    for (size_t i = 0; i < files->count && i < FILES_SHOWN; i++)
        add_file(out, &files->items[i]);
    if (files->count > FILES_SHOWN)
        str_addf(out, "\n… and %zu more.\n", files->count - FILES_SHOWN);
    str_add_char(out, '\n');
}

/* From the profiles that pawl check made of both sides. */
static void add_profile(struct str *out, const struct result *result)
{
    struct page page = { .result = result, .out = out, .end = SIZE_MAX, .is_kept = true };
    if (result->explanations && result->explanations->benches.count)
        page_add_explanations(&page);
    else
        str_add(out, "The result holds no profiles.\n\n");
}

static void add_result(struct str *out, const struct result *result)
{
    AUTO_HEADLINE struct headline headline = HEADLINE_INIT;
    add_heading(out, "Result");
    headline_of(result, &headline);
    str_addf(out, "The gate's answer: %s", headline.answer.data);
    if (headline.detail.length)
        str_addf(out, " %s", headline.detail.data);
    str_add(out, "\n\n");
    optimization_add_rows(out, result);
    phrase_add_error_rates(out, result);
    str_add(out, "\n\n");
    markdown_add_list(out, "### Warnings\n\n", &result->warnings, SIZE_MAX / 2);
}

static void add_reproduce(struct str *out, const struct result *result)
{
    add_heading(out, "How to reproduce");
    if (has_text(result->reproduce))
        markdown_add_block(out, result->reproduce);
    else
        str_add(out, "The result does not say by which command it was measured.\n");
    str_add(out,
            "\nOn another machine the times differ; directions and sizes of the changes "
            "should not, and counts (instructions, allocations) hardly do.\n");
}

/* One from notes is markdown already. */
static void add_title(struct str *out,
                      const struct result *result,
                      const struct optimization *optimization)
{
    const char *title = optimization_title(result, optimization);
    str_add(out, "# ");
    if (optimization->notes && title == optimization->notes->title)
        str_add(out, title);
    else
        markdown_add_prose(out, title);
    str_add(out, "\n\n" OPTIMIZATION_MARK "\n\n");
}

void report_optimization(const struct result *result,
                         const struct optimization *optimization,
                         struct str *out)
{
    add_title(out, result, optimization);
    add_summary(out, result);
    add_prose(out, optimization, PROSE_PROBLEM);
    add_prose(out, optimization, PROSE_GOAL);
    add_prose(out, optimization, PROSE_BASELINE);
    add_mark(out);
    optimization_add_benches(out, result);
    str_add(out, "### Environment\n\n");
    markdown_add_environment(out, result);
    add_prose(out, optimization, PROSE_HYPOTHESIS);
    add_mark(out);
    add_profile(out, result);
    add_prose(out, optimization, PROSE_CHANGE);
    add_mark(out);
    add_side(out, "before", &result->base);
    add_side(out, "after", &result->head);
    str_add_char(out, '\n');
    add_files(out, optimization);
    add_prose(out, optimization, PROSE_CORRECTNESS);
    add_mark(out);
    optimization_add_correctness(out, result);
    add_result(out, result);
    add_heading(out, "Growth");
    optimization_add_growth(out, result);
    add_prose(out, optimization, PROSE_TRADE_OFFS);
    add_mark(out);
    optimization_add_costs(out, result, optimization);
    add_prose(out, optimization, PROSE_DECISION);
    add_reproduce(out, result);
}
