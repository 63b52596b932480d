#include <string.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/history.h"
#include "gate/cli/options.h"
#include "runners/metric.h"

enum {
    ROWS = 15
};
#define SEED 1 /* the same shuffles each time */

void history_options_clear(struct history_options *options)
{
    strvec_clear(&options->patterns);
}

static void make_table(struct history_options *o, struct option_row table[ROWS])
{
    const struct option_row rows[ROWS] = {
        { OPTION_GROUP, 0, NULL, NULL, NULL, "what is shown" },
        { OPTION_TEXT, 'm', "metric", &o->metric_name, "METRIC",
          "this metric; default: what is judged, cpu before others" },
        { OPTION_FLAG, 'a', "all", &o->wants_all, NULL,
          "a line for each judged row, the largest change first;\n"
          "so it is also without a ROW" },
        { OPTION_TEXT, 0, "since", &o->since, "WHEN",
          "from this commit or day (2026-01-31) on" },
        { OPTION_GROUP, 0, NULL, NULL, NULL, "of which sessions" },
        { OPTION_TEXT, 0, "class", &o->class_name, "NAME",
          "of this machine class; default: this machine's" },
        { OPTION_TEXT, 0, "head", &o->head, "REV",
          "of commits in the history of REV; default: HEAD" },
        { OPTION_FLAG, 0, "all-parents", &o->all_parents, NULL,
          "also of commits that were merged, not of first parents only" },
        { OPTION_TEXT, 0, "store", &o->store, "WHERE",
          "kept there; default: \"baselines\" of pawl.json" },
        { OPTION_TEXT, 'c', "config", &o->config_path, "FILE",
          "use this file, not the commit's pawl.json" },
        { OPTION_TEXT, 'C', "directory", &o->directory, "DIR",
          "of the repository that DIR lies in" },
        { OPTION_GROUP, 0, NULL, NULL, NULL, "how it comes out" },
        { OPTION_FLAG, 0, "json", &o->wants_json, NULL, "as JSON" },
        { OPTION_TEXT, 0, "svg", &o->svg_path, "FILE",
          "write a picture of the row there too" },
        { OPTION_NUMBER, 0, "seed", &o->seed, "N",
          "for the shuffles behind the p-values; default: 1" },
    };
    for (size_t i = 0; i < ROWS; i++)
        table[i] = rows[i];
}

static int check_metric(const struct history_options *options, struct error *err)
{
    enum metric metric = METRIC_COUNT;
    if (!options->metric_name || metric_parse(options->metric_name, &metric))
        return 0;
    const char *names[METRIC_COUNT];
    for (enum metric each = 0; each < METRIC_COUNT; each++)
        names[each] = metric_name(each);
    const char *nearest = str_nearest(options->metric_name, names, METRIC_COUNT);
    return error_set(err, ERROR_USAGE, "--metric: there is no metric '%s'%s%s%s",
                     options->metric_name, nearest ? ", did you mean '" : "",
                     nearest ? nearest : "", nearest ? "'?" : "");
}

/* "list[n=1000] cpu", as reports name a row, is the bench and --metric. */
static void
push_pattern(struct history_options *options, const char *operand, bool is_only)
{
    AUTO_STR struct str bench = STR_INIT;
    const char *blank = strrchr(operand, ' ');
    enum metric metric = METRIC_COUNT;
    str_add(&bench, operand);
    if (is_only && blank && !options->metric_name && metric_parse(blank + 1, &metric)) {
        options->metric_name = metric_name(metric);
        str_truncate(&bench, (size_t)(blank - operand));
    }
    strvec_push(&options->patterns, bench.data);
}

int history_options_read(struct history_options *options,
                         int argc,
                         char **argv,
                         struct error *err)
{
    struct option_row table[ROWS];
    struct operands operands;
    *options = (struct history_options){ .directory = ".", .head = "HEAD", .seed = SEED };
    make_table(options, table);
    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    options->wants_help = operands.wants_help;
    for (size_t i = 0; i < operands.count; i++)
        push_pattern(options, operands.items[i], operands.count == 1);
    if (options->wants_all && options->patterns.count)
        return error_set(err, ERROR_USAGE, "--all shows every row: leave it or '%s' out",
                         options->patterns.items[0]);
    if (options->svg_path && options->patterns.count != 1)
        return error_set(
            err, ERROR_USAGE,
            "--svg draws one row: name it, as in 'pawl history ROW --svg %s'",
            options->svg_path);
    return check_metric(options, err);
}

void history_options_add_help(struct str *out)
{
    AUTO_HISTORY_OPTIONS struct history_options options = { 0 };
    struct option_row table[ROWS];
    make_table(&options, table);
    str_add(
        out,
        "usage: pawl history [OPTIONS] [ROW...]\n"
        "\n"
        "Shows what recorded sessions say of the past: the trend of a row, since\n"
        "when it is slower, and by how much. A ROW is a bench ('list[n=1000]'), with\n"
        "its metric ('list[n=1000] wall'), or a pattern ('list*'); several rows are\n"
        "listed, one is drawn. Where the level changed is found by shuffling the\n"
        "sessions; in a history without a change one is found in at most 1 of 100.\n"
        "Exits with 0; 2 for names that there are not; 3 where nothing was recorded.\n"
        "\n");
    options_add_help(table, ROWS, out);
}
