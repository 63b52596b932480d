#include "gate/report/terminal_growth.h"

#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"
#include "gate/report/growth_phrase.h"

enum {
    SHOWN_AT_MOST = 20,
    INDENT = 2,
    OUTCOME_WIDTH = 12
};

/* "list cpu: grows as ...; <reason>" */
static void add_line(const struct growth_result *growth, struct str *line)
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str sentence = STR_INIT;
    growth_add_name(&text, growth);
    growth_add_sentence(&sentence, growth);
    if (sentence.length)
        str_addf(&text, ": %s", sentence.data);
    if (growth->reason && *growth->reason)
        str_addf(&text, "%s%s", sentence.length ? "; " : ": ", growth->reason);
    text_add_clean(line, text.data, SHOWN_SENTENCE);
}

/* The outcome is put in front afterwards, so that its colour takes no room. */
static void print(const struct growth_result *growth,
                  struct terminal_color color,
                  size_t width,
                  struct str *out)
{
    AUTO_STR struct str outcome = STR_INIT;
    AUTO_STR struct str padded = STR_INIT;
    AUTO_STR struct str line = STR_INIT;
    AUTO_STR struct str lines = STR_INIT;
    growth_add_outcome(&outcome, growth);
    text_add_left(&padded, outcome.data, OUTCOME_WIDTH);
    str_addf(&line, "%s  ", padded.data);
    add_line(growth, &line);
    text_add_wrapped(&lines, line.data, INDENT, width);
    str_addf(out, "%*s%s%s%s%s", INDENT, "", color.begin, outcome.data, color.end,
             lines.data + INDENT + outcome.length);
}

void terminal_add_worse_growth(const struct result *result,
                               struct terminal_color color,
                               size_t width,
                               struct str *out)
{
    AUTO_GROWTH_RANKING struct growth_ranking ranking = { 0 };
    if (!result_growths_worse(result))
        return;
    growth_ranking_of(result, &ranking);
    str_add(out, "\n");
    for (size_t i = 0; i < ranking.count; i++) {
        if (growth_is_worse(ranking.items[i].growth))
            print(ranking.items[i].growth, color, width, out);
    }
}

void terminal_add_growth(const struct result *result, size_t width, struct str *out)
{
    AUTO_GROWTH_RANKING struct growth_ranking ranking = { 0 };
    size_t shown = 0;
    growth_ranking_of(result, &ranking);
    for (size_t i = 0; i < ranking.count; i++) {
        if (growth_is_worse(ranking.items[i].growth))
            continue;
        if (!shown)
            str_add(out, "\ngrowth\n");
        if (shown++ < SHOWN_AT_MOST)
            print(ranking.items[i].growth, TERMINAL_PLAIN, width, out);
    }
    if (shown > SHOWN_AT_MOST)
        str_addf(out, "  … and %zu more like these\n", shown - SHOWN_AT_MOST);
}
