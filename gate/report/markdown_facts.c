#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/goal_phrase.h"
#include "gate/report/markdown_page.h"
#include "gate/report/phrase.h"
#include "gate/report/sharding_phrase.h"

enum {
    LISTED_AT_MOST = 50
};

static void add_more(struct str *out, size_t count)
{
    if (count)
        str_addf(out, "\n… and %zu more, in the JSON result.\n", count);
}

static void add_goal(struct str *line, const struct goal_result *goal)
{
    AUTO_STR struct str name = STR_INIT;
    str_addf(&name, "%s %s", goal->bench_id ? goal->bench_id : "",
             goal->label ? goal->label : "");
    str_addf(line, goal_is_missed_anew(goal) ? "| **%s**" : "| %s",
             goal_outcome_name(goal->outcome));
    str_add(line, goal->was_missed_on_base ? ", missed on base too | " : " | ");
    markdown_add_code_cell(line, name.data);
    str_addf(line, " | %s ", phrase_limit(goal->metric));
    phrase_add_value(line, goal->metric, goal->limit);
    str_add(line, " | ");
    phrase_add_goal_value(line, goal);
    str_addf(line, " | %zu |\n", goal->run_count);
}

/* What waivers have to do with them and how they moved, below the table. */
static void add_goal_notes(struct str *out, const struct result *result, size_t end)
{
    bool is_first = true;
    for (size_t i = 0; i < result->goals.count; i++) {
        const struct goal_result *goal = &result->goals.items[i];
        AUTO_STR struct str line = STR_INIT;
        AUTO_STR struct str note = STR_INIT;
        goal_add_note(&note, goal);
        if (!note.length)
            continue;
        AUTO_FREE char *name = str_format("%s %s", goal->bench_id ? goal->bench_id : "",
                                          goal->label ? goal->label : "");
        str_add(&line, is_first ? "\n- " : "- ");
        markdown_add_code(&line, name);
        str_add(&line, ": ");
        markdown_add_prose(&line, note.data);
        str_add(&line, "\n");
        if (out->length + line.length > end)
            return;
        str_add(out, line.data);
        is_first = false;
    }
}

/* Missed ones first: the outcomes are ordered from met to missed. */
void markdown_add_goals(struct str *out, const struct result *result, size_t byte_limit)
{
    size_t end = out->length + byte_limit;
    size_t shown = 0;
    if (!result->goals.count)
        return;
    str_add(out, "### Goals\n\n| answer | goal | limit | head (95 %) | runs |\n"
                 "|:--|:--|--:|--:|--:|\n");
    for (int outcome = GOAL_MISSED; outcome >= GOAL_MET; outcome--) {
        for (size_t i = 0; i < result->goals.count; i++) {
            AUTO_STR struct str line = STR_INIT;
            if ((int)result->goals.items[i].outcome != outcome)
                continue;
            add_goal(&line, &result->goals.items[i]);
            if (out->length + line.length > end)
                continue;
            str_add(out, line.data);
            shown++;
        }
    }
    add_more(out, result->goals.count - shown);
    add_goal_notes(out, result, end);
    str_add(out, "\n");
}

void markdown_add_list(struct str *out,
                       const char *introduction,
                       const struct strvec *items,
                       size_t byte_limit)
{
    size_t end = out->length + byte_limit;
    size_t shown = 0;
    if (!items->count)
        return;
    str_add(out, introduction);
    for (; shown < items->count && shown < LISTED_AT_MOST; shown++) {
        AUTO_STR struct str line = STR_INIT;
        markdown_add_item(&line, items->items[shown]);
        if (out->length + line.length > end)
            break;
        str_add(out, line.data);
    }
    add_more(out, items->count - shown);
    str_add(out, "\n");
}

static bool has_percentiles(const struct result *result)
{
    for (size_t i = 0; i < result->rows.count; i++) {
        enum metric metric = result->rows.items[i].metric;
        if (metric == METRIC_P50 || metric == METRIC_P95 || metric == METRIC_P99)
            return true;
    }
    return false;
}

void markdown_add_decision(struct str *out, const struct result *result)
{
    AUTO_FREE char *coverage = result_coverage(result);
    str_addf(out, "### How this was decided\n\n%s. ", coverage);
    phrase_add_error_rates(out, result);
    AUTO_STR struct str together = STR_INIT;
    phrase_add_together(&together, result);
    if (together.length)
        str_addf(out, " %s.", together.data);
    AUTO_STR struct str discards = STR_INIT;
    phrase_add_discards(&discards, result);
    if (discards.length)
        str_addf(out, " %s.", discards.data);
    if (has_percentiles(result))
        str_add(out, " Percentiles are nearest ranks among the operations that a run "
                     "timed, to 0.1 %; each run counts once.");
    if (result->config_rule) {
        str_add(out, " ");
        markdown_add_prose(out, result->config_rule);
        str_add_char(out, '.');
    }
    str_add(out, "\n\n");
}

static void add_fact(struct str *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    str_addf(out, "- %s: ", name);
    markdown_add_prose(out, text);
    str_add(out, "\n");
}

void markdown_add_environment(struct str *out, const struct result *result)
{
    AUTO_STR struct str machine = STR_INIT;
    AUTO_STR struct str run = STR_INIT;
    AUTO_STR struct str meanwhile = STR_INIT;
    AUTO_STR struct str shards = STR_INIT;
    sharding_add_parts(&shards, result->sharding);
    phrase_add_surroundings(&meanwhile, result);
    phrase_add_machine(&machine, &result->machine);
    phrase_add_elapsed(&run, result);

    add_fact(out, "processor", result->machine.cpu_model);
    add_fact(out, "machine", machine.data);
    add_fact(out, "counted", result->accounting);
    add_fact(out, "compiler", result->toolchain);
    add_fact(out, "pinning", result->pinning);
    add_fact(out, "priority", result->priority);
    add_fact(out, "meanwhile", meanwhile.data);
    add_fact(out, "shards", shards.data);
    str_addf(out, "- measured by pawl ");
    markdown_add_prose(out, result->pawl_version);
    str_add(out, ", started ");
    markdown_add_prose(out, result->started_at);
    str_addf(out, ", %s\n\n", run.data);
}

void markdown_add_reproduce(struct str *out, const struct result *result)
{
    if (!result->reproduce || !*result->reproduce)
        return;
    str_add(out, "### Reproduce\n\n");
    markdown_add_block(out, result->reproduce);
    str_addf(out, "\nSeed %llu: the same order of runs is drawn again.\n\n",
             (unsigned long long)result->seed);
}

void markdown_add_changed_paths(struct str *out,
                                const struct result *result,
                                size_t byte_limit)
{
    const struct strvec *paths = &result->changed_paths;
    size_t end = out->length + byte_limit;
    size_t shown = 0;
    if (!paths->count)
        return;
    str_add(out, "<details><summary>");
    phrase_add_count(out, paths->count, "changed file");
    str_add(out, "</summary>\n\n");
    for (; shown < paths->count && shown < LISTED_AT_MOST && out->length < end; shown++) {
        str_add(out, "- ");
        markdown_add_code(out, paths->items[shown]);
        str_add(out, "\n");
    }
    add_more(out, paths->count - shown);
    str_add(out, "\n</details>\n");
}
