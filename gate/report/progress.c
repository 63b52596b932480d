#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/base/units.h"
#include "gate/report/escape.h"
#include "gate/report/phrase.h"
#include "gate/report/report.h"

/* Rough on purpose: an estimate that reads "about 1.87 min" claims too much. */
static void add_time_left(struct str *line, int64_t left_ns)
{
    int64_t seconds = (left_ns + 999999999) / 1000000000;
    if (left_ns < 0)
        return;
    if (seconds < 90)
        str_addf(line, " · about %lld s left", (long long)seconds);
    else
        str_addf(line, " · about %lld min left", (long long)(seconds + 30) / 60);
}

void report_progress_line(const struct report_progress *progress,
                          size_t width,
                          struct str *out)
{
    AUTO_STR struct str line = STR_INIT;
    str_addf(&line, "%zu of ", progress->decided_count);
    phrase_add_count(&line, progress->row_count, "row");
    str_add(&line, " decided · ");
    phrase_add_count(&line, progress->pair_count, "pair");
    add_time_left(&line, progress->left_ns);
    if (progress->bench_id && *progress->bench_id) {
        str_add(&line, " · ");
        text_add_clean(&line, progress->bench_id, SHOWN_NAME);
    }
    text_cut(&line, width);
    str_add(out, line.data);
}
