/* Records the noise of this machine: runs one fixed program again and again, and writes a
 * line a run, in the order they ran, for `replay` to draw from.
 *
 *     record RUNS OUT.csv PROGRAM [ARGUMENT...]
 *
 * Each run goes through the same spawner as a measured run of pawl, with an environment
 * of PATH alone. The first ten runs are thrown away. A run that fails ends the recording.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "runners/process.h"

enum {
    WARMUP_RUNS = 10,
    MAX_RUNS = 1000000
};

static int run_once(struct spawner *spawner,
                    const struct process_spec *spec,
                    struct process_result *result,
                    struct error *err)
{
    if (process_run(spawner, spec, result, err) < 0)
        return -1;
    if (process_succeeded(result))
        return 0;
    AUTO_FREE char *how = process_describe(spec, result);
    return error_set(err, ERROR_BENCHMARK, "'%s' %s", spec->argv->items[0], how);
}

static int
record(const struct process_spec *spec, long runs, struct str *csv, struct error *err)
{
    AUTO_SPAWNER struct spawner *spawner = spawner_open(err);
    if (!spawner)
        return -1;
    str_add(csv, "wall_ns,cpu_us\n");
    for (long i = -WARMUP_RUNS; i < runs; i++) {
        struct process_result result;
        if (run_once(spawner, spec, &result, err) < 0)
            return -1;
        if (i >= 0)
            str_addf(csv, "%lld,%lld\n", (long long)result.wall_ns,
                     (long long)(result.user_ns + result.system_ns) / 1000);
    }
    return 0;
}

static int record_program(char **argv, long runs, struct error *err)
{
    AUTO_STR struct str csv = STR_INIT;
    AUTO_STRVEC struct strvec words = { 0 };
    AUTO_STRVEC struct strvec environment = { 0 };
    const char *path = getenv("PATH");

    for (char **word = argv + 3; *word; word++)
        strvec_push(&words, *word);
    strvec_pushf(&environment, "PATH=%s", path ? path : "/usr/bin:/bin");
    const struct process_spec spec = { .argv = &words,
                                       .environment = &environment,
                                       .cpu = PROCESS_ANY_CPU };
    if (record(&spec, runs, &csv, err) < 0)
        return -1;
    return file_write(argv[2], csv.data, csv.length, err);
}

int main(int argc, char **argv)
{
    struct error err = { 0 };
    char *rest = NULL;

    if (argc < 4) {
        fprintf(stderr, "usage: record RUNS OUT.csv PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    long runs = strtol(argv[1], &rest, 10);
    if (*rest || rest == argv[1] || runs < 1 || runs > MAX_RUNS) {
        fprintf(stderr, "record: the number of runs must be 1 to %d, not '%s'\n",
                MAX_RUNS, argv[1]);
        return 2;
    }
    if (record_program(argv, runs, &err) < 0) {
        fprintf(stderr, "record: %s\n", err.message);
        return 1;
    }
    return 0;
}
