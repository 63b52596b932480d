#include <inttypes.h>

#include "gate/base/error.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/measure.h"
#include "gate/cli/measure_export.h"
#include "gate/cli/options.h"

/* More than the table lets through. */
#define NO_SEED UINT64_MAX
#define ROWS    10

static int print_help(const struct option_row *table, struct error *err)
{
    AUTO_STR struct str help = STR_INIT;
    str_add(
        &help,
        "usage: pawl measure [OPTIONS] -- COMMAND [ARG...] [-- COMMAND [ARG...]]\n"
        "\n"
        "With one command: runs it again and again, and prints what its runs took.\n"
        "With two: runs them in pairs, in random order, until it is decided whether the\n"
        "second is slower than the first by more than the margin (exit 1) or not (exit 0).\n"
        "\n");
    options_add_help(table, ROWS, &help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}

/* The words before and after a second "--". */
static int split_commands(const struct operands *operands,
                          struct strvec *first,
                          struct strvec *second,
                          struct error *err)
{
    struct strvec *current = first;
    if (operands->count)
        return error_set(err, ERROR_USAGE,
                         "write the command after '--': pawl measure -- %s",
                         operands->items[0]);
    for (size_t i = 0; i < operands->rest_count; i++) {
        const char *word = operands->rest[i];
        if (!str_equal(word, "--"))
            strvec_push(current, word);
        else if (current == first)
            current = second;
        else
            return error_set(err, ERROR_USAGE,
                             "'pawl measure' takes at most two commands");
    }
    if (!first->count || (current == second && !second->count))
        return error_set(err, ERROR_USAGE,
                         "no command: pawl measure -- COMMAND [-- COMMAND]");
    return 0;
}

static int
check_numbers(struct measure_options *options, const char *margin, struct error *err)
{
    if (units_parse_share(margin, &options->margin) < 0 || options->margin >= 1)
        return error_set(err, ERROR_USAGE, "--margin must be %s, not '%s'",
                         UNITS_SHARE_EXAMPLES, margin);
    if (options->max_pairs < 8)
        return error_set(err, ERROR_USAGE, "--pairs must be at least 8, not %" PRIu64,
                         options->max_pairs);
    return options->seed == NO_SEED ? random_seed(&options->seed, err) : 0;
}

static int measure(const struct operands *operands,
                   const char *margin,
                   struct measure_options *options,
                   struct error *err)
{
    AUTO_STRVEC struct strvec first = { 0 };
    AUTO_STRVEC struct strvec second = { 0 };
    if (split_commands(operands, &first, &second, err) < 0 ||
        check_numbers(options, margin, err) < 0 ||
        export_check(&options->exports, err) < 0)
        return -1;
    AUTO_SPAWNER struct spawner *spawner = spawner_open(err);
    if (!spawner)
        return -1;
    if (second.count)
        return measure_two(spawner, &first, &second, options, err);
    return measure_one(spawner, &first, options, err);
}

int cmd_measure(int argc, char **argv, struct error *err)
{
    struct measure_options options = { .warmup = 2,
                                       .budget_ns = 300000000000,
                                       .max_pairs = 135,
                                       .timeout_ns = 60000000000,
                                       .seed = NO_SEED,
                                       .may_pin = true,
                                       .may_raise = true };
    const char *margin = "2%";
    const struct option_row table[ROWS] = {
        { OPTION_NUMBER, 'n', "runs", &options.runs, "N",
          "of one command; default: at least 10, and for 3 s" },
        { OPTION_NUMBER, 'w', "warmup", &options.warmup, "N",
          "runs or pairs thrown away first; default: 2" },
        { OPTION_TEXT, 'm', "margin", &margin, "SHARE",
          "the change that does not matter; default: 2%" },
        { OPTION_NUMBER, 0, "pairs", &options.max_pairs, "N", "at most; default: 135" },
        { OPTION_DURATION, 't', "budget", &options.budget_ns, "TIME",
          "for all pairs; default: 5m" },
        { OPTION_DURATION, 0, "timeout", &options.timeout_ns, "TIME",
          "of a run; default: 60s" },
        { OPTION_NUMBER, 0, "seed", &options.seed, "N",
          "for the order of pairs; default: drawn" },
        { OPTION_NEGATION, 0, "no-pin", &options.may_pin, NULL,
          "let pairs run on any CPU" },
        { OPTION_NEGATION, 0, "no-priority", &options.may_raise, NULL,
          "run them like any other program" },
        { OPTION_LIST, 'e', "export", &options.exports, "FILE",
          "write it too: .json, .csv (runs, or pairs) or .md" },
    };
    struct operands operands;
    int code = -1;
    if (options_read(table, ROWS, argc, argv, &operands, err) == 0)
        code = operands.wants_help ? print_help(table, err)
                                   : measure(&operands, margin, &options, err);
    strvec_clear(&options.exports);
    return code;
}
