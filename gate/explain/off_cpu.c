#include "gate/explain/off_cpu.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/explain/file_phrase.h"
#include "gate/explain/syscall_kind.h"
#include "gate/explain/witness.h"
#include "gate/verdict/result.h"

/* Bytes and calls that grew so many times tell of input and output. */
#define MORE_IO 1.1

/* Of what was added, that one file must have to be named. */
#define OFF_CPU_FILE_PART 0.3

bool off_cpu_is_why(const struct result *result, const struct explanation *explanation)
{
    const struct row *wall =
        rows_find_measured(&result->rows, explanation->bench_id, METRIC_WALL);
    const struct row *cpu =
        rows_find_measured(&result->rows, explanation->bench_id, METRIC_CPU);
    if (!wall || !cpu || fabs(wall->change) < WITNESS_LEAST_TIME ||
        !(wall->change_low > 0 || wall->change_high < 0))
        return false;
    double on_clock = wall->head_median - wall->base_median;
    double on_cpu = cpu->head_median - cpu->base_median;
    return fabs(on_clock) > 0 && on_cpu / on_clock < OFF_CPU_PART &&
           explanation->metric != METRIC_CPU && explanation->metric != METRIC_USER &&
           explanation->metric != METRIC_SYSTEM;
}

void off_cpu_gather(const struct result *result, struct explanation *explanation)
{
    static const enum metric told[] = {
        METRIC_WALL,
        METRIC_CPU,
        METRIC_RUN_QUEUE_WAIT,
        METRIC_IO_WAIT,
        METRIC_VOLUNTARY_SWITCHES,
        METRIC_INVOLUNTARY_SWITCHES,
        METRIC_MAJOR_FAULTS,
        METRIC_READ_CALLS,
        METRIC_READ_BYTES,
        METRIC_WRITE_CALLS,
        METRIC_WRITTEN_BYTES,
        METRIC_DISK_READ_BYTES,
        METRIC_DISK_WRITTEN_BYTES,
    };
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        const struct row *row =
            rows_find_measured(&result->rows, explanation->bench_id, told[i]);
        if (row && (row->base_median > 0 || row->head_median > 0))
            *array_push(&explanation->figures) =
                (struct explained_figure){ told[i], row->base_median, row->head_median };
    }
}

static const struct explained_figure *figure_of(const struct explanation *explanation,
                                                enum metric metric)
{
    for (size_t i = 0; i < explanation->figures.count; i++)
        if (explanation->figures.items[i].metric == metric)
            return &explanation->figures.items[i];
    return NULL;
}

static double difference_of(const struct explanation *explanation, enum metric metric)
{
    const struct explained_figure *figure = figure_of(explanation, metric);
    return figure ? figure->head - figure->base : 0;
}

/* "wall 12.0 ms -> 62.0 ms", with a comma in front where text has something. */
static void
add_figure(struct str *text, const struct explanation *explanation, enum metric metric)
{
    const struct explained_figure *figure = figure_of(explanation, metric);
    if (!figure)
        return;
    str_addf(text, "%s%s ", text->length ? ", " : "", metric_name(metric));
    metric_add_value(text, metric, figure->base);
    str_add(text, " -> ");
    metric_add_value(text, metric, figure->head);
}

static double syscall_difference(const struct explained_syscall *syscall)
{
    return syscall->head_s - syscall->base_s;
}

/* The kind that adds most to the time, where that is enough; SYSCALL_KIND_COUNT: none. */
static enum syscall_kind waited_for(const struct explanation *explanation, double added_s)
{
    double sums[SYSCALL_KIND_COUNT] = { 0 };
    enum syscall_kind most = SYSCALL_OTHER;
    for (size_t i = 0; i < explanation->syscalls.count; i++) {
        const struct explained_syscall *syscall = &explanation->syscalls.items[i];
        sums[syscall_kind_of(syscall->name)] += syscall_difference(syscall);
    }
    for (enum syscall_kind kind = 0; kind < SYSCALL_KIND_COUNT; kind++)
        if (sums[kind] / added_s > sums[most] / added_s)
            most = kind;
    return sums[most] / added_s >= OFF_CPU_PART ? most : SYSCALL_KIND_COUNT;
}

static const char *kind_sentence(enum syscall_kind kind)
{
    switch (kind) {
    case SYSCALL_FILE:
        return "it is bound by input and output";
    case SYSCALL_NETWORK:
        return "it waits for what another process or machine sends";
    case SYSCALL_LOCK:
        return "it waits for a lock";
    case SYSCALL_SLEEP:
        return "it sleeps, or waits for something to happen";
    case SYSCALL_CHILD:
        return "it waits for another process to end";
    case SYSCALL_OTHER:
        return "it waits in the kernel";
    case SYSCALL_KIND_COUNT:
        break;
    }
    return NULL;
}

static void add_time_in(struct str *text, double seconds, int64_t calls, bool is_named)
{
    units_add_duration(text, seconds);
    str_add(text, " in ");
    units_add_count(text, (double)calls);
    if (is_named)
        str_add(text, calls == 1 ? " call" : " calls");
}

/* "'clock_nanosleep' takes 50.0 ms in 5 calls where it was 10.0 ms in 1", of that kind's
 * call which adds most. */
static void add_syscall(struct str *text,
                        const struct explanation *explanation,
                        enum syscall_kind kind)
{
    const struct explained_syscall *most = NULL;
    for (size_t i = 0; i < explanation->syscalls.count; i++) {
        const struct explained_syscall *syscall = &explanation->syscalls.items[i];
        if (syscall_kind_of(syscall->name) == kind &&
            (!most || fabs(syscall_difference(syscall)) > fabs(syscall_difference(most))))
            most = syscall;
    }
    if (!most)
        return;
    str_addf(text, "; '%s' %s", most->name, most->head_calls ? "takes " : "took ");
    if (!most->head_calls) {
        add_time_in(text, most->base_s, most->base_calls, true);
        str_add(text, ", and is not called any more");
        return;
    }
    add_time_in(text, most->head_s, most->head_calls, true);
    if (!most->base_calls) {
        str_add(text, ", and was not called before");
        return;
    }
    str_add(text, " where it was ");
    add_time_in(text, most->base_s, most->base_calls, false);
}

/* The file that takes most of what was added, where it is one of those known. */
static void
add_file(struct str *text, const struct explanation *explanation, double added_s)
{
    const struct explained_file *most = NULL;
    double most_s = 0;
    for (size_t i = 0; i < explanation->files.count; i++) {
        const struct explained_file *file = &explanation->files.items[i];
        double part_s = file->sides[SIDE_HEAD].seconds - file->sides[SIDE_BASE].seconds;
        if (part_s / added_s > most_s / added_s) {
            most = file;
            most_s = part_s;
        }
    }
    if (!most || most_s / added_s < OFF_CPU_FILE_PART)
        return;
    str_add(text, "; of the files ");
    file_phrase_add_use(text, most);
    str_add(text, most_s > 0 ? " takes the most" : " took the most");
}

static bool has_grown(const struct explanation *explanation, enum metric metric)
{
    const struct explained_figure *figure = figure_of(explanation, metric);
    return figure && figure->head > MORE_IO * figure->base;
}

/* By the kernel's figures alone; NULL where they don't tell. */
static const char *by_figures(const struct explanation *explanation, struct str *figures)
{
    static const enum metric io[] = { METRIC_DISK_READ_BYTES, METRIC_DISK_WRITTEN_BYTES,
                                      METRIC_READ_BYTES, METRIC_WRITTEN_BYTES };
    bool is_io = false;
    for (size_t i = 0; i < sizeof io / sizeof *io; i++)
        if (has_grown(explanation, io[i])) {
            add_figure(figures, explanation, io[i]);
            is_io = true;
        }
    if (is_io)
        return "it reads or writes more";
    add_figure(figures, explanation, METRIC_VOLUNTARY_SWITCHES);
    return has_grown(explanation, METRIC_VOLUNTARY_SWITCHES)
               ? "it gives the CPU up more often: a lock, a sleep or another process"
               : NULL;
}

/* What the added time (which is negative where it got faster) went to. */
static void add_reason(struct str *text, const struct explanation *explanation)
{
    double added_s =
        difference_of(explanation, METRIC_WALL) - difference_of(explanation, METRIC_CPU);
    AUTO_STR struct str figures = STR_INIT;
    enum syscall_kind kind = waited_for(explanation, added_s);
    if (difference_of(explanation, METRIC_RUN_QUEUE_WAIT) / added_s >= OFF_CPU_PART) {
        add_figure(&figures, explanation, METRIC_RUN_QUEUE_WAIT);
        str_addf(text, "the machine was busy, and it had no CPU: %s", figures.data);
        return;
    }
    if (kind != SYSCALL_KIND_COUNT) {
        str_add(text, kind_sentence(kind));
        add_syscall(text, explanation, kind);
        if (kind == SYSCALL_FILE)
            add_file(text, explanation, added_s);
        return;
    }
    if (difference_of(explanation, METRIC_IO_WAIT) / added_s >= OFF_CPU_PART) {
        add_figure(&figures, explanation, METRIC_IO_WAIT);
        str_addf(text, "it waits for a disk: %s", figures.data);
        return;
    }
    const char *reason = by_figures(explanation, &figures);
    str_add(text, reason ? reason : "nothing that is counted tells what it waits for");
    if (figures.length)
        str_addf(text, ": %s", figures.data);
}

void off_cpu_tell(struct explanation *explanation)
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str times = STR_INIT;
    add_figure(&times, explanation, METRIC_WALL);
    add_figure(&times, explanation, METRIC_CPU);
    str_addf(&text,
             "off-CPU, for the time on the clock moved and the CPU time did not "
             "(%s): ",
             times.data);
    add_reason(&text, explanation);
    strvec_push(&explanation->why, text.data);
}
