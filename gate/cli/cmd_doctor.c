#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/cli/command.h"
#include "gate/cli/doctor.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/options.h"
#include "runners/process.h"

#define ROWS 4

struct doctor_options {
    int64_t duration_ns;
    bool measures;
    bool is_json;
    bool works; /* is the program that is measured */
};

static int print_help(const struct option_row *table, struct error *err)
{
    AUTO_STR struct str help = STR_INIT;
    str_add(
        &help,
        "usage: pawl doctor [OPTIONS]\n"
        "\n"
        "Is this machine fit to measure? Says what was found, what it means, and what\n"
        "would mend it; then runs one program against itself, and says how small a\n"
        "margin this machine can hold. Changes nothing.\n"
        "\n");
    options_add_help(table, ROWS, &help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}

static int diagnose(const struct doctor_options *options, struct error *err)
{
    AUTO_MACHINE struct machine machine = { 0 };
    AUTO_SURROUNDINGS struct surroundings surroundings = { 0 };
    AUTO_FINDINGS struct findings findings = { 0 };
    struct noise noise = { 0 };
    AUTO_FREE char *cache = path_cache_dir(err);
    if (!cache)
        return -1;
    AUTO_FREE char *valgrind = surroundings_find_program("valgrind", getenv("PATH"));
    AUTO_SPAWNER struct spawner *spawner = spawner_open(err);
    if (!spawner)
        return -1;
    machine_read("", &machine);
    surroundings_read("", cache, &surroundings);
    doctor_find(&machine, &surroundings, spawner_priority(spawner), valgrind, &findings);
    if (options->measures) {
        log_step("measuring noise for %.0f s", (double)options->duration_ns * 1e-9);
        if (doctor_measure_noise(spawner, surroundings.quiet_cpu,
                                 (double)options->duration_ns * 1e-9, &noise, err) < 0)
            return -1;
    }
    const struct diagnosis diagnosis = { &machine, &findings,
                                         options->measures ? &noise : NULL };
    AUTO_STR struct str text = STR_INIT;
    if (options->is_json)
        doctor_add_json(&diagnosis, &text);
    else
        doctor_add_text(&diagnosis, &text);
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}

int cmd_doctor(int argc, char **argv, struct error *err)
{
    struct doctor_options options = { .duration_ns = 10000000000, .measures = true };
    const struct option_row table[ROWS] = {
        { OPTION_DURATION, 't', "time", &options.duration_ns, "TIME",
          "how long to measure the noise; default: 10s" },
        { OPTION_NEGATION, 0, "no-noise", &options.measures, NULL,
          "don't measure it: only look" },
        { OPTION_FLAG, 0, "json", &options.is_json, NULL, "print JSON" },
        { OPTION_FLAG, 0, "work", &options.works, NULL,
          "only do the work, some 10 ms, that the noise is measured by" },
    };
    struct operands operands;
    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return print_help(table, err);
    if (operands.count || operands.rest_count)
        return error_set(err, ERROR_USAGE,
                         "'pawl doctor' takes no arguments, but got '%s'",
                         operands.count ? operands.items[0] : operands.rest[0]);
    if (options.works) {
        doctor_work();
        return EXIT_PASS;
    }
    return diagnose(&options, err);
}
