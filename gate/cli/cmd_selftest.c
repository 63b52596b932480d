#include <inttypes.h>
#include <stddef.h>

#include "gate/base/alloc.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/base/units.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/options.h"
#include "gate/cli/selftest.h"

/* More than the table lets through. */
#define NO_SEED UINT64_MAX
#define ROWS    4

static int print_help(const struct option_row *table, struct error *err)
{
    AUTO_STR struct str help = STR_INIT;
    str_add(
        &help,
        "usage: pawl selftest [OPTIONS] [CASE...]\n"
        "\n"
        "Does the gate work on this machine? Makes a small program with changes of known\n"
        "size, in a repository of its own, lets 'pawl check' judge each of them, and exits\n"
        "with 0 where it fired at what is beyond the margin and at nothing else, with 3\n"
        "where it did not. Takes a C compiler, and about half a minute.\n"
        "\n"
        "CASE: what is changed (cpu, memory, wait), or one change (cpu-5); all by default\n"
        "\n");
    options_add_help(table, ROWS, &help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}

/* The names of the cases with each finding. */
struct findings {
    struct strvec names[SELFTEST_FINDING_COUNT];
};

static void findings_clear(struct findings *findings)
{
    for (size_t i = 0; i < SELFTEST_FINDING_COUNT; i++)
        strvec_clear(&findings->names[i]);
}

static int print_start(const struct selftest_place *place,
                       const struct selftest_work *work,
                       const struct selftest_options *options,
                       struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    str_add(&text, "injected into about ");
    units_add_duration(&text, (double)SELFTEST_CPU_NS / 1e9);
    str_add(&text, " of CPU time, ");
    units_add_size(&text, (double)work->memory_kib * 1024);
    str_add(&text, " of memory, or a wait of ");
    units_add_duration(&text, (double)work->wait_us / 1e6);
    str_addf(&text, "; seed %" PRIu64 "\n", options->seed);
    if (options->keeps)
        str_addf(&text, "repository: %s\nreports: %s\n", place->repository,
                 place->reports);
    str_add(&text, "\n");
    return print_out(&text, err);
}

static int try_case(const struct selftest_place *place,
                    const struct selftest_case *what,
                    const struct selftest_options *options,
                    struct findings *findings,
                    struct error *err)
{
    AUTO(result_clear) struct result result = { 0 };
    AUTO_STR struct str line = STR_INIT;
    int code = selftest_check(place, what, options, &result, err);
    if (code < 0)
        return -1;
    enum selftest_finding finding = selftest_case_judge(what, code, &result);
    strvec_push_owned(&findings->names[finding], selftest_case_name(what));
    selftest_case_add_line(what, &result, finding, &line);
    return print_out(&line, err);
}

static bool is_tried(const struct selftest_case *what,
                     const struct selftest_options *options)
{
    for (size_t i = 0; i < options->pattern_count; i++) {
        if (selftest_case_matches(what, options->patterns[i]))
            return true;
    }
    return !options->pattern_count;
}

/* Each case has coins of its own, whichever others are tried. */
static int try_all(const struct selftest_place *place,
                   const struct selftest_options *options,
                   struct findings *findings,
                   struct error *err)
{
    struct selftest_options of_case = *options;
    for (size_t i = 0; i < selftest_case_count; i++) {
        const struct selftest_case *what = &selftest_cases[i];
        if (is_tried(what, options) && try_case(place, what, &of_case, findings, err) < 0)
            return -1;
        of_case.seed = (of_case.seed + 1) & INT64_MAX;
    }
    return 0;
}

static void
add_wrong(const struct strvec *names, const char *what_it_is, struct str *text)
{
    if (!names->count)
        return;
    AUTO_FREE char *list = strvec_join(names, ", ");
    str_addf(text, "%s: %s. Don't trust it here.\n", what_it_is, list);
}

static int
print_end(const struct findings *findings, int64_t elapsed_ns, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    size_t right = findings->names[SELFTEST_RIGHT].count;
    size_t tried = 0;
    for (size_t i = 0; i < SELFTEST_FINDING_COUNT; i++)
        tried += findings->names[i].count;
    str_add(&text, "\n");
    add_wrong(&findings->names[SELFTEST_DEAF],
              "The gate is deaf: it should have fired, but did not, at", &text);
    add_wrong(&findings->names[SELFTEST_CRYING],
              "The gate cries: it said what is not so at", &text);
    add_wrong(&findings->names[SELFTEST_UNMEASURED], "The gate could not measure", &text);
    if (right == tried)
        str_add(&text, "The gate fires where it should, and nowhere else: ");
    str_addf(&text, "%zu of %zu cases as they should be, in ", right, tried);
    units_add_duration(&text, (double)elapsed_ns / 1e9);
    str_add(&text, "\n");
    if (print_out(&text, err) < 0)
        return -1;
    return right == tried ? EXIT_PASS : EXIT_NOT_MEASURED;
}

static int run_selftest(const struct selftest_options *options, struct error *err)
{
    AUTO_SELFTEST_PLACE struct selftest_place place = SELFTEST_PLACE_INIT;
    AUTO(findings_clear) struct findings findings = { 0 };
    struct selftest_work work;
    int64_t started_ns = clock_now_ns();
    if (selftest_place_open(&place, options->keeps, err) < 0 ||
        selftest_calibrate(&place, &work, err) < 0 ||
        selftest_commit(&place, &work, options->cpu_margin, err) < 0 ||
        print_start(&place, &work, options, err) < 0 ||
        try_all(&place, options, &findings, err) < 0)
        return -1;
    return print_end(&findings, clock_now_ns() - started_ns, err);
}

static int check_pattern(const char *pattern, struct error *err)
{
    AUTO_STRVEC struct strvec branches = { 0 };
    for (size_t i = 0; i < selftest_case_count; i++) {
        if (selftest_case_matches(&selftest_cases[i], pattern))
            return 0;
        strvec_push_owned(&branches, selftest_case_branch(&selftest_cases[i]));
    }
    AUTO_FREE char *list = strvec_join(&branches, ", ");
    return error_set(err, ERROR_USAGE, "no case matches '%s' (there are %s)", pattern,
                     list);
}

static int take_patterns(struct selftest_options *options,
                         const struct operands *operands,
                         struct error *err)
{
    if (operands->rest)
        return error_set(err, ERROR_USAGE, "'pawl selftest' runs no command");
    for (size_t i = 0; i < operands->count; i++) {
        if (check_pattern(operands->items[i], err) < 0)
            return -1;
    }
    options->patterns = operands->items;
    options->pattern_count = operands->count;
    return 0;
}

static int check_options(struct selftest_options *options,
                         const struct operands *operands,
                         struct error *err)
{
    double margin = 0;
    if (take_patterns(options, operands, err) < 0)
        return -1;
    if (units_parse_share(options->cpu_margin, &margin) < 0 || margin < 0.0001 ||
        margin >= 1)
        return error_set(err, ERROR_USAGE,
                         "--margin must be %s, at least 0.01%% and less than 100%%, not "
                         "'%s'",
                         UNITS_SHARE_EXAMPLES, options->cpu_margin);
    return options->seed == NO_SEED ? random_seed(&options->seed, err) : 0;
}

int cmd_selftest(int argc, char **argv, struct error *err)
{
    struct selftest_options options = { .cpu_margin = "2%", .seed = NO_SEED };
    const struct option_row table[ROWS] = {
        { OPTION_TEXT, 'm', "margin", &options.cpu_margin, "SHARE",
          "of CPU time; default: 2%. With 20% the gate has to be deaf at\n"
          "5 %, and with 0.5% to cry at 1 %: so the selftest can fail" },
        { OPTION_NUMBER, 0, "seed", &options.seed, "N",
          "for the order of runs; default: drawn" },
        { OPTION_FLAG, 'k', "keep", &options.keeps, NULL,
          "keep the repository and the reports, and say where" },
        { OPTION_FLAG, 'v', "verbose", &options.is_verbose, NULL,
          "show the steps of each check" },
    };
    struct operands operands;

    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return print_help(table, err);
    if (check_options(&options, &operands, err) < 0)
        return -1;
    return run_selftest(&options, err);
}
