#include "gate/cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/clock.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/cli/screen.h"
#include "gate/experiment/experiment.h"
#include "gate/report/report.h"

#define SHOW_EVERY_NS 100000000

void progress_init(struct progress *progress)
{
    const char *terminal = getenv("TERM");
    *progress = (struct progress){
        .is_shown = isatty(STDERR_FILENO) && log_get_level() >= LOG_NORMAL && terminal &&
                    !str_equal(terminal, "dumb"),
    };
}

/* What is left at most: the budget. With rows decided evenly the pace so far says less.
 */
static int64_t time_left_ns(const struct experiment *experiment, int64_t elapsed_ns)
{
    size_t rows = experiment_rows(experiment);
    size_t done = experiment_rows_done(experiment);
    int64_t budget_left = experiment->options.budget_ns - elapsed_ns;
    if (!done || done > rows)
        return budget_left;
    int64_t at_this_pace =
        (int64_t)((double)elapsed_ns * (double)(rows - done) / (double)done);
    return at_this_pace < budget_left ? at_this_pace : budget_left;
}

/* Where it is, the next time to draw begins. */
static bool is_due(struct progress *progress)
{
    int64_t now_ns = clock_now_ns();
    if (!progress->is_shown || now_ns - progress->last_shown_ns < SHOW_EVERY_NS)
        return false;
    progress->last_shown_ns = now_ns;
    return true;
}

static void draw(struct progress *progress, const char *line)
{
    fprintf(stderr, "\r\033[K%s", line);
    fflush(stderr);
    progress->drawn_columns = strlen(line);
}

void progress_show(struct progress *progress,
                   const struct experiment *experiment,
                   size_t trial,
                   int64_t elapsed_ns)
{
    if (!is_due(progress))
        return;
    struct report_progress line = {
        .decided_count = experiment_rows_done(experiment),
        .row_count = experiment_rows(experiment),
        .pair_count = experiment->pairs_run,
        .left_ns = time_left_ns(experiment, elapsed_ns),
        .bench_id = experiment->trials.items[trial].plan.id,
    };
    AUTO_STR struct str text = STR_INIT;
    report_progress_line(&line, screen_columns(STDERR_FILENO, 80) - 1, &text);
    draw(progress, text.data);
}

void progress_say(struct progress *progress, const char *line)
{
    if (!is_due(progress))
        return;
    AUTO_STR struct str text = STR_INIT;
    str_add(&text, line);
    text_cut(&text, screen_columns(STDERR_FILENO, 80) - 1);
    draw(progress, text.data);
}

void progress_wipe(struct progress *progress)
{
    if (!progress->is_shown || !progress->drawn_columns)
        return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    progress->drawn_columns = 0;
}
