#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "runners/environment.h"
#include "runners/process.h"
#include "runners/root_file.h"

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

/* The most that any other CPU of allowed has served. */
static uint64_t
most_of_others(const struct interrupt_table *table, const cpu_set_t *allowed, int chosen)
{
    uint64_t most = 0;
    for (size_t i = 0; i < table->columns; i++) {
        int cpu = table->cpu_of[i];
        if (cpu >= 0 && cpu < CPU_SETSIZE && cpu != chosen &&
            CPU_ISSET((size_t)cpu, allowed) && table->counts[i] > most)
            most = table->counts[i];
    }
    return most;
}

static char *explain(const struct interrupt_table *table,
                     const cpu_set_t *allowed,
                     int chosen,
                     uint64_t fewest)
{
    struct str text = STR_INIT;
    int count = CPU_COUNT(allowed);
    uint64_t most = most_of_others(table, allowed, chosen);
    if (most <= fewest) {
        str_addf(&text, "CPU %d, the last of %d: none is seen to serve fewer interrupts",
                 chosen, count);
        return str_detach(&text);
    }
    str_addf(&text, "CPU %d of %d, which served the fewest interrupts since boot (",
             chosen, count);
    units_add_count(&text, (double)fewest);
    str_add(&text, count > 2 ? "; the others up to " : "; the other ");
    units_add_count(&text, (double)most);
    str_add(&text, ")");
    return str_detach(&text);
}

/* The last one of those with the fewest; PROCESS_ANY_CPU where the table has none. */
static int quietest_of(const struct interrupt_table *table,
                       const cpu_set_t *allowed,
                       uint64_t *fewest)
{
    int quietest = PROCESS_ANY_CPU;
    *fewest = UINT64_MAX;
    for (size_t i = 0; i < table->columns; i++) {
        int cpu = table->cpu_of[i];
        if (cpu < 0 || cpu >= CPU_SETSIZE || !CPU_ISSET((size_t)cpu, allowed))
            continue;
        if (table->counts[i] <= *fewest) {
            *fewest = table->counts[i];
            quietest = cpu;
        }
    }
    return quietest;
}

static int choose(const char *root, const cpu_set_t *allowed, char **why)
{
    AUTO_FREE struct interrupt_table *table = xcalloc(1, sizeof *table);
    uint64_t fewest = 0;
    read_interrupts(root, table);
    int quietest = quietest_of(table, allowed, &fewest);
    if (quietest == PROCESS_ANY_CPU)
        quietest = last_of(allowed);
    if (why)
        *why = explain(table, allowed, quietest, fewest);
    return quietest;
}

int environment_quiet_cpu(const char *root, const cpu_set_t *allowed, char **why)
{
    cpu_set_t ours;
    CPU_ZERO(&ours);
    if (!allowed) {
        (void)sched_getaffinity(0, sizeof ours, &ours);
        allowed = &ours;
    }
    if (CPU_COUNT(allowed) > 1)
        return choose(root, allowed, why);
    if (why)
        *why = xstrdup("no CPU, as there is but one");
    return PROCESS_ANY_CPU;
}
