#include "gate/report/explanation_phrase.h"

#include <math.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/report/phrase.h"
#include "gate/verdict/result.h"

/* Of costs of an operation. */
#define PICOSECOND 1e-12

void explanation_add_name(struct str *out,
                          const struct result *result,
                          const struct explanation *explanation)
{
    const struct row *row =
        rows_find_measured(&result->rows, explanation->bench_id, explanation->metric);
    str_addf(out, "%s %s", explanation->bench_id ? explanation->bench_id : "",
             metric_name(explanation->metric));
    if (row) {
        str_add_char(out, ' ');
        phrase_add_change(out, row->change);
    }
}

static void add_upper(struct str *out, char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    str_add_char(out, c);
}

void explanation_add_sentence(struct str *out, const char *sentence)
{
    enum metric ignored = METRIC_WALL;
    AUTO_FREE char *word = xstrndup(sentence, strcspn(sentence, " "));
    if (!*sentence)
        return;
    if (metric_parse(word, &ignored))
        str_add_char(out, *sentence);
    else
        add_upper(out, *sentence);
    str_addf(out, "%s.", sentence + 1);
}

void explanation_add_both(struct str *out, int64_t base, int64_t head)
{
    units_add_short_count(out, (double)base);
    if (base == head)
        return;
    str_add(out, " -> ");
    units_add_short_count(out, (double)head);
}

static void add_time(struct str *out, double seconds)
{
    if (seconds > 0)
        units_add_duration(out, seconds);
    else
        str_add_char(out, '0');
}

void explanation_add_times(struct str *out, double base_s, double head_s)
{
    add_time(out, base_s);
    str_add(out, " -> ");
    add_time(out, head_s);
}

void explanation_add_costs(struct str *out,
                           const struct explanation *explanation,
                           int64_t base,
                           int64_t head)
{
    if (!explanation->is_per_operation)
        explanation_add_both(out, base, head);
    else if (base == head)
        add_time(out, (double)base * PICOSECOND);
    else
        explanation_add_times(out, (double)base * PICOSECOND, (double)head * PICOSECOND);
}

const char *explanation_unit(const struct explanation *explanation)
{
    if (explanation->is_per_operation)
        return "Time an operation";
    return explanation->is_sampled ? "Samples" : "Instructions";
}

bool explanation_has_calls(const struct explanation *explanation)
{
    return !explanation->is_sampled && !explanation->is_per_operation;
}

void explanation_add_share(struct str *out, double share)
{
    if (!isfinite(share))
        str_add(out, "?");
    else if (share > 0 && share < 0.005)
        str_add(out, "<1 %");
    else
        str_addf(out, "%.0f %%", share * 100);
}

void explanation_add_place(struct str *out,
                           const struct explained_function *function,
                           bool is_short)
{
    const char *file = function->file ? function->file : "";
    str_add(out, is_short || path_is_absolute(file) ? path_base(file) : file);
    if (function->line)
        str_addf(out, ":%u", function->line);
}

void explanation_add_smell(struct str *out, const struct explained_smell *smell)
{
    str_addf(out, "%s%s: %s. Look at: %s.", smell->rule ? smell->rule : "",
             smell->is_new ? "" : " (also on base)", smell->says ? smell->says : "",
             smell->look_at ? smell->look_at : "");
}
