/* How many turns of the loop take long enough here. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/build/printable.h"
#include "gate/cli/selftest.h"
#include "runners/environment.h"
#include "runners/process.h"

#define GUESSED_TURNS   INT64_C(2000000)
#define MEMORY_KIB      INT64_C(40960)
#define WAIT_US         INT64_C(30000)
#define BUILD_LIMIT_NS  INT64_C(60000000000)
#define RUN_LIMIT_NS    INT64_C(10000000000)
#define CALIBRATED_RUNS 7

enum {
    SHELL_FOUND_NO_PROGRAM = 127,
    COMPILER_CHARACTERS = 300
};

struct workshop {
    struct spawner *spawner;
    char *directory;
    char *log_path;
    struct strvec environment;
};

static void workshop_clear(struct workshop *shop)
{
    struct error ignored = { 0 };
    if (shop->directory)
        (void)!tree_remove(shop->directory, &ignored);
    spawner_close(shop->spawner);
    free_pointer(&shop->directory);
    free_pointer(&shop->log_path);
    strvec_clear(&shop->environment);
}

static int write_text(const struct workshop *shop,
                      const char *name,
                      const char *text,
                      struct error *err)
{
    AUTO_FREE char *path = path_join(shop->directory, name);
    return file_write(path, text, strlen(text), err);
}

static int workshop_open(struct workshop *shop, const char *place, struct error *err)
{
    const struct selftest_work guess = { GUESSED_TURNS, MEMORY_KIB, WAIT_US };
    AUTO_FREE char *numbers = selftest_work_text(&guess, "a guess");
    shop->directory = path_join(place, "calibration");
    shop->log_path = path_join(shop->directory, "log");
    environment_scrub(NULL, NULL, &shop->environment);
    if (tree_make(shop->directory, err) < 0 ||
        write_text(shop, "work.c", selftest_program_text, err) < 0 ||
        write_text(shop, "work.h", numbers, err) < 0)
        return -1;
    shop->spawner = spawner_open(err);
    return shop->spawner ? 0 : -1;
}

static int run(const struct workshop *shop,
               const struct strvec *argv,
               int64_t timeout_ns,
               struct process_result *result,
               struct error *err)
{
    const struct process_spec spec = {
        .argv = argv,
        .environment = &shop->environment,
        .directory = shop->directory,
        .stdout_path = shop->log_path,
        .stderr_path = shop->log_path,
        .timeout_ns = timeout_ns,
        .cpu = PROCESS_ANY_CPU,
    };
    return process_run(shop->spawner, &spec, result, err);
}

/* The first line of what was printed. */
static void add_output(const struct workshop *shop, struct str *line)
{
    AUTO_STR struct str log = STR_INIT;
    struct error ignored = { 0 };
    (void)!file_read(shop->log_path, &log, &ignored);
    printable_add(line, log.data, strcspn(log.data, "\n"), "", COMPILER_CHARACTERS);
    if (!line->length)
        str_add(line, "it said nothing");
}

static int say_build_failed(const struct workshop *shop,
                            const struct strvec *argv,
                            const struct process_result *result,
                            struct error *err)
{
    const struct process_spec spec = { .argv = argv, .timeout_ns = BUILD_LIMIT_NS };
    AUTO_STR struct str line = STR_INIT;
    AUTO_FREE char *end = process_describe(&spec, result);
    add_output(shop, &line);
    bool is_missing =
        result->end == PROCESS_EXITED && result->exit_code == SHELL_FOUND_NO_PROGRAM;
    return error_set(err, ERROR_BUILD,
                     "%s, which the selftest needs: '%s' %s: %s; install one (Debian, "
                     "Ubuntu: apt-get install gcc libc6-dev), or name yours in CC",
                     is_missing ? "there is no C compiler"
                                : "the C compiler does not work",
                     selftest_build_command, end, line.data);
}

static int say_run_failed(const struct strvec *argv,
                          const struct process_result *result,
                          struct error *err)
{
    const struct process_spec spec = { .argv = argv, .timeout_ns = RUN_LIMIT_NS };
    AUTO_FREE char *end = process_describe(&spec, result);
    return error_set(
        err, ERROR_BUILD,
        "what the C compiler made does not run: './work cpu', built by '%s', "
        "%s; name a compiler for this machine in CC",
        selftest_build_command, end);
}

static int compile(const struct workshop *shop, struct error *err)
{
    AUTO_STRVEC struct strvec argv = { 0 };
    struct process_result result;
    strvec_push(&argv, "/bin/sh");
    strvec_push(&argv, "-c");
    strvec_push(&argv, selftest_build_command);
    if (run(shop, &argv, BUILD_LIMIT_NS, &result, err) < 0)
        return -1;
    return process_succeeded(&result) ? 0 : say_build_failed(shop, &argv, &result, err);
}

/* The quickest of some runs: whatever else the machine does makes them slower only. */
static int time_guess(const struct workshop *shop, int64_t *cpu_ns, struct error *err)
{
    AUTO_STRVEC struct strvec argv = { 0 };
    int64_t least_ns = INT64_MAX;
    strvec_push(&argv, "./work");
    strvec_push(&argv, "cpu");
    for (size_t i = 0; i < CALIBRATED_RUNS; i++) {
        struct process_result result;
        if (run(shop, &argv, RUN_LIMIT_NS, &result, err) < 0)
            return -1;
        if (!process_succeeded(&result))
            return say_run_failed(&argv, &result, err);
        int64_t used_ns = result.user_ns + result.system_ns;
        least_ns = used_ns < least_ns ? used_ns : least_ns;
    }
    *cpu_ns = least_ns > 100000 ? least_ns : 100000; /* a clock that is too coarse */
    return 0;
}

int selftest_calibrate(const struct selftest_place *place,
                       struct selftest_work *work,
                       struct error *err)
{
    AUTO(workshop_clear) struct workshop shop = { 0 };
    int64_t guess_ns = 0;
    if (workshop_open(&shop, place->directory, err) < 0 || compile(&shop, err) < 0 ||
        time_guess(&shop, &guess_ns, err) < 0)
        return -1;
    double turns = (double)GUESSED_TURNS * (double)SELFTEST_CPU_NS / (double)guess_ns;
    *work = (struct selftest_work){
        .turns = (int64_t)(turns / 100) * 100, /* so that percents of it are whole */
        .memory_kib = MEMORY_KIB,
        .wait_us = WAIT_US,
    };
    return 0;
}
