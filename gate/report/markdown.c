#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/headline.h"
#include "gate/report/markdown_page.h"
#include "gate/report/phrase.h"
#include "gate/report/report.h"

enum {
    SUMMARY_LIMIT = 900000, /* a step summary of 1 MiB or more is not shown at all */
    SMALLEST_LIMIT = 40000, /* foreign text is cut so that all but rows fits in it */
    CLOSING_BYTES =
        5500 /* headings, legend and "left out" lines after the page is full */
};

static void add_headline(struct str *out, const struct result *result)
{
    AUTO_HEADLINE struct headline headline = HEADLINE_INIT;
    headline_of(result, &headline);
    str_addf(out, "**%s**", headline.answer.data);
    if (headline.detail.length)
        str_addf(out, " %s", headline.detail.data);
    str_add(out, "\n\n");
}

/* 40 digits, or 64 of a repository with SHA-256: nothing else may stand in a link. */
static bool is_whole_id(const char *id)
{
    size_t length = strlen(id);
    return (length == 40 || length == 64) && !id[strspn(id, "0123456789abcdef")];
}

static void add_commit(struct str *out, const char *id, const char *url)
{
    AUTO_FREE char *shown = xstrndup(id, SHOWN_COMMIT);
    bool is_link = url && is_whole_id(id);
    str_add(out, is_link ? "[" : "");
    markdown_add_code(out, shown);
    if (is_link)
        str_addf(out, "](%s%s)", url, id);
}

static void add_revision(struct str *out,
                         const char *side,
                         const struct revision_info *revision,
                         const char *url)
{
    str_addf(out, "- %s ", side);
    add_commit(out, revision->commit ? revision->commit : "", url);
    str_add(out, revision->is_dirty ? PHRASE_DIRTY : "");
    if (revision->subject && *revision->subject) {
        str_add(out, " ");
        markdown_add_code(out, revision->subject);
    }
}

static void add_revisions(struct str *out, const struct result *result, const char *url)
{
    add_revision(out, "base", &result->base, url);
    if (result->base_rule && *result->base_rule) {
        str_add(out, " (");
        markdown_add_prose(out, result->base_rule);
        str_add(out, ")");
    }
    str_add(out, "\n");
    add_revision(out, "head", &result->head, url);
    str_add(out, "\n\n");
}

static void add_notes(struct str *out, const struct result *result, size_t byte_limit)
{
    markdown_add_goals(out, result, byte_limit);
    markdown_add_waivers(out, result, byte_limit);
    markdown_add_list(out,
                      "### Changed rules\n\nThe base's configuration judged; "
                      "the head's would judge otherwise:\n\n",
                      &result->config_changes, byte_limit);
    markdown_add_list(out, "### Warnings\n\n", &result->warnings, byte_limit);
}

static void add_tail(struct str *out, const struct result *result, size_t byte_limit)
{
    markdown_add_decision(out, result);
    str_add(out, "<details><summary>Machine, compiler, and what went on meanwhile"
                 "</summary>\n\n");
    markdown_add_environment(out, result);
    str_add(out, "</details>\n\n");
    markdown_add_programs(out, result, byte_limit);
    markdown_add_reproduce(out, result);
    markdown_add_changed_paths(out, result, byte_limit);
}

void report_markdown_with(const struct result *result,
                          const struct report_markdown_options *options,
                          struct str *out)
{
    size_t limit =
        options->byte_limit < SMALLEST_LIMIT ? SMALLEST_LIMIT : options->byte_limit;
    AUTO_STR struct str notes = STR_INIT;
    AUTO_STR struct str tail = STR_INIT;
    add_notes(&notes, result, limit / 12);
    add_tail(&tail, result, limit / 12);

    struct page page = { .result = result, .out = out };
    size_t taken = CLOSING_BYTES + notes.length + tail.length;
    page.end = out->length + (taken < limit ? limit - taken : 0);
    add_headline(out, result);
    add_revisions(out, result, options->commit_url);
    bool is_trusted = !result_discrediting(result);
    if (!is_trusted)
        page_add_control(&page);
    page_add_troubles(&page);
    page_add_rows(&page, "Regressed", VERDICT_REGRESSED);
    page_add_worse_growth(&page);
    page_add_explanations(&page);
    page_add_creep(&page);
    page_add_rows(&page, "Not decided", VERDICT_INCONCLUSIVE);
    page_add_rows(&page, "Layout-sensitive", VERDICT_LAYOUT_SENSITIVE);
    page_add_rows(&page, "Waived", VERDICT_WAIVED);
    page_add_rows(&page, "Improved", VERDICT_IMPROVED);
    page_add_tradeoffs(&page);
    if (is_trusted)
        page_add_control(&page);
    page_add_layouts(&page);
    page_add_baseline(&page);
    page_add_growth(&page);

    str_add(out, notes.data);
    page.end += notes.length;
    page_add_everything_else(&page);
    str_add(out, tail.data);
}

void report_markdown_within(const struct result *result,
                            size_t byte_limit,
                            struct str *out)
{
    report_markdown_with(
        result, &(struct report_markdown_options){ .byte_limit = byte_limit }, out);
}

void report_markdown(const struct result *result, struct str *out)
{
    report_markdown_within(result, SUMMARY_LIMIT, out);
}
