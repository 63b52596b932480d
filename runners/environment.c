#include "runners/environment.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/process.h"
#include "runners/root_file.h"

static const int64_t second_ns = INT64_C(1000000000);

/* The line that begins with name; NULL where there is none. */
static const char *line_of(const char *text, const char *name)
{
    const char *line = text;
    while (line && !str_starts_with(line, name)) {
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    return line;
}

/* "cpu 10 20 ...": the eighth number, in ticks of 1/USER_HZ s. Without that line (a CPU
 * gone offline) nothing was stolen as far as we know. */
static int64_t steal_ns_in(const char *stat, int cpu)
{
    AUTO_FREE char *name = cpu < 0 ? xstrdup("cpu ") : str_format("cpu%d ", cpu);
    const char *line = line_of(stat, name);
    if (!line)
        return 0;
    char *next = strchr(line, ' ');
    long long ticks = 0;
    for (int i = 0; next && i < 8; i++)
        ticks = strtoll(next, &next, 10);
    long per_second = sysconf(_SC_CLK_TCK);
    return per_second > 0 ? ticks * (second_ns / per_second) : 0;
}

static int64_t read_clock_ns(clockid_t clock)
{
    struct timespec now = { 0 };
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * second_ns + now.tv_nsec;
}

void environment_sample(const char *root, int cpu, struct environment_sample *sample)
{
    AUTO_STR struct str text = STR_INIT;
    root_read(root, "/proc/loadavg", &text);
    sample->load_average = strtod(text.data, NULL);
    root_read(root, "/proc/stat", &text);
    sample->steal_ns = steal_ns_in(text.data, cpu);
    /* Both clocks run on together but for the time asleep. */
    int64_t monotonic_ns = read_clock_ns(CLOCK_MONOTONIC);
    sample->suspended_ns = read_clock_ns(CLOCK_BOOTTIME) - monotonic_ns;
}

struct environment_change environment_between(const struct environment_sample *before,
                                              const struct environment_sample *after)
{
    struct environment_change change = {
        .steal_ns = after->steal_ns - before->steal_ns,
        .suspended_ns = after->suspended_ns - before->suspended_ns,
    };
    /* Counters of a CPU start again when it comes back online. The two clocks are read
     * one after the other; being preempted in between is not a suspend, which takes more
     * than a second. */
    if (change.steal_ns < 0)
        change.steal_ns = 0;
    if (change.suspended_ns < second_ns / 2)
        change.suspended_ns = 0;
    return change;
}

/* /proc/interrupts: a heading with the CPUs online, then for each source a count under
 * each. */
struct interrupt_table {
    int cpu_of[CPU_SETSIZE]; /* by column */
    uint64_t counts[CPU_SETSIZE];
    size_t columns;
};

static const char *read_heading(const char *text, struct interrupt_table *table)
{
    text += strspn(text, " ");
    while (table->columns < CPU_SETSIZE && str_starts_with(text, "CPU")) {
        char *end = NULL;
        table->cpu_of[table->columns++] = (int)strtol(text + strlen("CPU"), &end, 10);
        text = end + strspn(end, " ");
    }
    return text;
}

/* "  9:   12   0   IO-APIC ..."; lines with fewer counts than CPUs are totals. */
static void add_source(const char *line, struct interrupt_table *table)
{
    uint64_t counts[CPU_SETSIZE];
    const char *next = line + strcspn(line, ":\n");
    if (*next++ != ':')
        return;
    for (size_t i = 0; i < table->columns; i++) {
        next += strspn(next, " ");
        if (*next < '0' || *next > '9')
            return;
        char *end = NULL;
        counts[i] = strtoull(next, &end, 10);
        next = end;
    }
    for (size_t i = 0; i < table->columns; i++)
        table->counts[i] += counts[i];
}

static void read_interrupts(const char *root, struct interrupt_table *table)
{
    AUTO_STR struct str text = STR_INIT;
    root_read(root, "/proc/interrupts", &text);
    const char *line = read_heading(text.data, table);
    while ((line = strchr(line, '\n'))) {
        line++;
        add_source(line, table);
    }
}

static int last_of(const cpu_set_t *allowed)
{
    for (int cpu = CPU_SETSIZE - 1; cpu >= 0; cpu--)
        if (CPU_ISSET((size_t)cpu, allowed))
            return cpu;
    return PROCESS_ANY_CPU;
}

int environment_quiet_cpu(const char *root, const cpu_set_t *allowed)
{
    cpu_set_t ours;
    CPU_ZERO(&ours);
    if (!allowed && sched_getaffinity(0, sizeof ours, &ours) < 0)
        return PROCESS_ANY_CPU;
    if (!allowed)
        allowed = &ours;
    if (CPU_COUNT(allowed) <= 1)
        return PROCESS_ANY_CPU;

    AUTO_FREE struct interrupt_table *table = xcalloc(1, sizeof *table);
    read_interrupts(root, table);
    int quietest = PROCESS_ANY_CPU;
    uint64_t fewest = UINT64_MAX;
    for (size_t i = 0; i < table->columns; i++) {
        int cpu = table->cpu_of[i];
        if (cpu < 0 || cpu >= CPU_SETSIZE || !CPU_ISSET((size_t)cpu, allowed))
            continue;
        if (table->counts[i] <= fewest) {
            fewest = table->counts[i];
            quietest = cpu;
        }
    }
    return quietest == PROCESS_ANY_CPU ? last_of(allowed) : quietest;
}
