#include "runners/surroundings.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "runners/environment.h"
#include "runners/process.h"
#include "runners/root_file.h"

/* The number that a file begins with; otherwise where there is none. */
static double read_number(const char *root, const char *path, double otherwise)
{
    AUTO_FREE char *text = root_read_line(root, path);
    char *end = NULL;
    double number = strtod(text, &end);
    return end == text ? otherwise : number;
}

static enum known read_flag(const char *root, const char *path)
{
    double number = read_number(root, path, -1);
    return number < 0 ? KNOWN_NOT : number > 0 ? KNOWN_YES : KNOWN_NO;
}

/* "cpu 10 20 ...": user, nice, system, idle, iowait, irq, softirq, steal. */
static double read_steal_share(const char *root)
{
    AUTO_STR struct str text = STR_INIT;
    root_read(root, "/proc/stat", &text);
    if (!str_starts_with(text.data, "cpu "))
        return -1;
    char *next = text.data + strlen("cpu ");
    double all = 0;
    double last = 0;
    for (int i = 0; i < 8; i++) {
        last = strtod(next, &next);
        all += last;
    }
    return all > 0 ? last / all : -1;
}

/* "some avg10=0.00 avg60=1.25 ...": a percentage. */
static double read_pressure(const char *root, const char *path)
{
    AUTO_FREE char *text = root_read_line(root, path);
    const char *average = strstr(text, "avg60=");
    return average ? strtod(average + strlen("avg60="), NULL) / 100 : -1;
}

/* "/sys/fs/cgroup/a/b/cpu.max" of cgroup v2; the caller's. */
static char *cgroup_file(const char *root, const char *name)
{
    AUTO_FREE char *text = root_read_line(root, "/proc/self/cgroup");
    const char *own = strstr(text, "0::");
    if (!own)
        return str_format("/sys/fs/cgroup/%s", name);
    own += strlen("0::");
    return str_format("/sys/fs/cgroup%.*s/%s", (int)strcspn(own, "\n"), own, name);
}

/* "200000 100000" or "max 100000" of version 2; two files of version 1. */
static double read_cgroup_cpus(const char *root)
{
    AUTO_FREE char *path = cgroup_file(root, "cpu.max");
    AUTO_FREE char *text = root_read_line(root, path);
    char *next = NULL;
    double quota = strtod(text, &next);
    double period = next == text ? 0 : strtod(next, NULL);
    if (!*text) {
        quota = read_number(root, "/sys/fs/cgroup/cpu/cpu.cfs_quota_us", 0);
        period = read_number(root, "/sys/fs/cgroup/cpu/cpu.cfs_period_us", 0);
    }
    return quota > 0 && period > 0 ? quota / period : 0;
}

static int64_t read_cgroup_memory(const char *root)
{
    /* Version 1 writes no limit as the largest multiple of a page. */
    const double unlimited = 1e18;
    AUTO_FREE char *path = cgroup_file(root, "memory.max");
    double limit = read_number(root, path, 0);
    if (limit <= 0)
        limit = read_number(root, "/sys/fs/cgroup/memory/memory.limit_in_bytes", 0);
    return limit > 0 && limit < unlimited ? (int64_t)limit : 0;
}

/* A line of "Filename Type Size Used Priority" for each area, in KiB. */
static int64_t read_swap_used(const char *root)
{
    AUTO_STR struct str text = STR_INIT;
    root_read(root, "/proc/swaps", &text);
    if (!text.length)
        return -1;
    int64_t used = 0;
    const char *line = text.data;
    while ((line = strchr(line, '\n'))) {
        line++;
        const char *field = line;
        for (int i = 0; i < 3; i++) {
            field += strcspn(field, " \t\n");
            field += strspn(field, " \t");
        }
        used += strtoll(field, NULL, 10) * 1024;
    }
    return used;
}

static int64_t read_disk_free(const char *directory)
{
    struct statvfs disk;
    AUTO_FREE char *path = xstrdup(directory);
    while (statvfs(path, &disk) < 0) {
        if (str_equal(path, "/") || str_equal(path, "."))
            return -1;
        char *parent = path_directory(path);
        free(path);
        path = parent;
    }
    return (int64_t)(disk.f_bavail * disk.f_frsize);
}

/* x86 calls it "cpu"; arm64 by the kind of the core. */
static enum known read_pmu(const char *root)
{
    static const char *const names[] = { "cpu", "cpu_core", "armv8_pmuv3",
                                         "armv8_pmuv3_0" };
    if (!root_has(root, "/sys/bus/event_source/devices"))
        return KNOWN_NOT;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        AUTO_FREE char *path = str_format("/sys/bus/event_source/devices/%s", names[i]);
        if (root_has(root, path))
            return KNOWN_YES;
    }
    return KNOWN_NO;
}

static char *read_siblings(const char *root, int cpu)
{
    if (cpu < 0)
        return xstrdup("");
    AUTO_FREE char *path =
        str_format("/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list", cpu);
    return root_read_line(root, path);
}

static int count_allowed_cpus(void)
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    return sched_getaffinity(0, sizeof allowed, &allowed) < 0 ? -1 : CPU_COUNT(&allowed);
}

void surroundings_read(const char *root,
                       const char *cache_directory,
                       struct surroundings *surroundings)
{
    int quiet_cpu = environment_quiet_cpu(root, NULL, NULL);
    *surroundings = (struct surroundings){
        .allowed_cpus = count_allowed_cpus(),
        .quiet_cpu = quiet_cpu == PROCESS_ANY_CPU ? -1 : quiet_cpu,
        .has_smt = read_flag(root, "/sys/devices/system/cpu/smt/active"),
        .smt_siblings = read_siblings(root, quiet_cpu),
        .load_average = read_number(root, "/proc/loadavg", -1),
        .steal_share = read_steal_share(root),
        .has_psi = root_has(root, "/proc/pressure/cpu") ? KNOWN_YES : KNOWN_NO,
        .cpu_pressure = read_pressure(root, "/proc/pressure/cpu"),
        .cgroup_cpus = read_cgroup_cpus(root),
        .cgroup_memory_bytes = read_cgroup_memory(root),
        .has_pmu = read_pmu(root),
        .perf_paranoid =
            (int)read_number(root, "/proc/sys/kernel/perf_event_paranoid", -2),
        .has_delays = read_flag(root, "/proc/sys/kernel/task_delayacct"),
        .swap_used_bytes = read_swap_used(root),
        .disk_free_bytes = read_disk_free(cache_directory),
    };
}

void surroundings_clear(struct surroundings *surroundings)
{
    free(surroundings->smt_siblings);
    *surroundings = (struct surroundings){ 0 };
}

char *surroundings_find_program(const char *name, const char *search_path)
{
    for (const char *directory = search_path; directory && *directory;) {
        size_t length = strcspn(directory, ":");
        AUTO_FREE char *path = str_format("%.*s/%s", (int)length, directory, name);
        if (length && access(path, X_OK) == 0)
            return xstrdup(path);
        directory += length + (directory[length] == ':');
    }
    return NULL;
}
