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

static int64_t tick_ns(void)
{
    long per_second = sysconf(_SC_CLK_TCK);
    return per_second > 0 ? second_ns / per_second : 0;
}

/* "cpu 10 20 ...": user, nice, system, idle, iowait, irq, softirq, steal; in ticks of
 * 1/USER_HZ s. Without that line (a CPU gone offline) all nought, as far as we know. */
enum stat_column {
    STAT_IDLE = 3,
    STAT_IO_WAIT = 4,
    STAT_STEAL = 7,
    STAT_COLUMNS
};

static void read_columns(const char *stat, int cpu, int64_t ticks[STAT_COLUMNS])
{
    AUTO_FREE char *name = cpu < 0 ? xstrdup("cpu ") : str_format("cpu%d ", cpu);
    const char *line = line_of(stat, name);
    char *next = line ? strchr(line, ' ') : NULL;
    for (int i = 0; i < STAT_COLUMNS; i++)
        ticks[i] = next ? strtoll(next, &next, 10) : 0;
}

static int count_cpus(const char *stat)
{
    int count = 0;
    for (const char *line = stat; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        count += str_starts_with(line, "cpu") && line[3] >= '0' && line[3] <= '9';
    }
    return count;
}

static void read_stat(const char *root, int cpu, struct environment_sample *sample)
{
    int64_t ticks[STAT_COLUMNS];
    AUTO_STR struct str text = STR_INIT;
    root_read(root, "/proc/stat", &text);
    read_columns(text.data, PROCESS_ANY_CPU, ticks);
    for (int i = 0; i < STAT_STEAL; i++)
        if (i != STAT_IDLE && i != STAT_IO_WAIT)
            sample->busy_ns += ticks[i] * tick_ns();
    sample->cpu_count = count_cpus(text.data);
    if (cpu >= 0)
        read_columns(text.data, cpu, ticks);
    sample->steal_ns = ticks[STAT_STEAL] * tick_ns();
}

/* "some avg10=0.00 avg60=0.00 avg300=0.00 total=12345": in microseconds. */
static int64_t read_pressure(const char *root, const char *path)
{
    static const char total[] = " total=";
    AUTO_STR struct str text = STR_INIT;
    root_read(root, path, &text);
    const char *line = line_of(text.data, "some ");
    const char *number = line ? strstr(line, total) : NULL;
    return number ? strtoll(number + strlen(total), NULL, 10) * 1000
                  : ENVIRONMENT_UNKNOWN;
}

/* A number of /sys/devices/system/cpu/cpuN/; 0 where there is none. */
static int64_t read_number_of_cpu(const char *root, int cpu, const char *name)
{
    AUTO_FREE char *path = str_format("/sys/devices/system/cpu/cpu%d/%s", cpu, name);
    AUTO_STR struct str text = STR_INIT;
    root_read(root, path, &text);
    return strtoll(text.data, NULL, 10);
}

static int64_t read_clock_ns(clockid_t clock)
{
    struct timespec now = { 0 };
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * second_ns + now.tv_nsec;
}

void environment_sample(const char *root, int cpu, struct environment_sample *out)
{
    struct environment_sample sample = { 0 };
    AUTO_STR struct str text = STR_INIT;
    int seen_cpu = cpu < 0 ? 0 : cpu;
    root_read(root, "/proc/loadavg", &text);
    sample.load_average = strtod(text.data, NULL);
    read_stat(root, cpu, &sample);
    sample.pressure_ns[PRESSURE_CPU] = read_pressure(root, "/proc/pressure/cpu");
    sample.pressure_ns[PRESSURE_IO] = read_pressure(root, "/proc/pressure/io");
    sample.pressure_ns[PRESSURE_MEMORY] = read_pressure(root, "/proc/pressure/memory");
    sample.throttle_count =
        read_number_of_cpu(root, seen_cpu, "thermal_throttle/core_throttle_count") +
        read_number_of_cpu(root, seen_cpu, "thermal_throttle/package_throttle_count");
    if (cpu >= 0)
        sample.frequency_hz =
            read_number_of_cpu(root, cpu, "cpufreq/scaling_cur_freq") * 1000;
    /* Both clocks run on together but for the time asleep. */
    sample.taken_ns = read_clock_ns(CLOCK_MONOTONIC);
    sample.suspended_ns = read_clock_ns(CLOCK_BOOTTIME) - sample.taken_ns;
    *out = sample;
}

/* Counters of a CPU start again when it comes back online. */
static int64_t counted(int64_t before, int64_t after)
{
    return after > before ? after - before : 0;
}

struct environment_change environment_between(const struct environment_sample *before,
                                              const struct environment_sample *after)
{
    struct environment_change change = {
        .span_ns = after->taken_ns - before->taken_ns,
        .steal_ns = counted(before->steal_ns, after->steal_ns),
        .suspended_ns = after->suspended_ns - before->suspended_ns,
        .throttle_count = counted(before->throttle_count, after->throttle_count),
        .lowest_hz = before->frequency_hz,
        .highest_hz = after->frequency_hz,
        .load_average = after->load_average,
        .others_share = ENVIRONMENT_UNKNOWN,
    };
    for (enum pressure what = 0; what < PRESSURE_COUNT; what++) {
        bool is_known = before->pressure_ns[what] >= 0 && after->pressure_ns[what] >= 0;
        change.pressure_ns[what] =
            is_known ? counted(before->pressure_ns[what], after->pressure_ns[what])
                     : ENVIRONMENT_UNKNOWN;
    }
    if (change.lowest_hz > change.highest_hz) {
        change.lowest_hz = after->frequency_hz;
        change.highest_hz = before->frequency_hz;
    }
    /* The two clocks are read one after the other; being preempted in between is not a
     * suspend, which takes more than a second. */
    if (change.suspended_ns < second_ns / 2)
        change.suspended_ns = 0;
    return change;
}
