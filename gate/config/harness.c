/* Benchmarks that are harnesses of their own: a run prints what it measured, by names. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/config/bench.h"
#include "gate/config/one_name.h"
#include "gate/config/parts.h"
#include "gate/config/template.h"
#include "runners/formats/format.h"

#define RECOGNISED "auto"

static bool has_sweep(const struct benchmark *benchmark, const char *name)
{
    for (size_t i = 0; i < benchmark->sweep_count; i++)
        if (str_equal(benchmark->sweeps[i].name, name))
            return true;
    return false;
}

int read_format(const struct node *node, struct benchmark *benchmark)
{
    const char *text = json_string_value(node->value);
    if (!text || (!str_equal(text, RECOGNISED) && !format_find(text)))
        return node_must_be(node, "\"" RECOGNISED "\" or one of %s", format_names);
    if (benchmark->has_same_output)
        return node_error(node, "can't go with 'same_output': what is printed are "
                                "measurements, which differ from run to run");
    if (benchmark->growth.text)
        return node_error(node, "can't go with 'growth': each name is a row of its own");
    if (benchmark->samples || benchmark->work.kind != WORK_UNKNOWN)
        return node_error(node,
                          "can't go with 'samples' and 'work', which are for what a "
                          "run does as a whole");
    if (has_sweep(benchmark, GOAL_NAME))
        return node_error(node, "can't go with a parameter that is called '" GOAL_NAME
                                "': in goals it stands for what is printed");
    if (benchmark->output == OUTPUT_FILE && !benchmark->results_path)
        return node_error(node, "reads the standard output itself: it can't go to a "
                                "\"file\"");
    benchmark->format = xstrdup(text);
    return 0;
}

int check_results(const struct node *node, const struct benchmark *benchmark)
{
    if (!benchmark->results_path || benchmark->format)
        return 0;
    return node_error(node, "has 'results', but no 'format' to read them by");
}

static bool mentions_a_name(const struct command *command)
{
    AUTO_STRVEC struct strvec names = { 0 };
    struct error ignored = { 0 };
    return template_names(command, &names, &ignored) == 0 &&
           (strings_have(&names, ONE_NAME) || strings_have(&names, ONE_REGEX));
}

int read_run_one(const struct node *node,
                 const struct command_reading *reading,
                 struct benchmark *benchmark)
{
    AUTO_STRVEC struct strvec known = { 0 };
    struct command_reading with_names = *reading;
    if (!benchmark->format)
        return node_error(node,
                          "is for a benchmark with a 'format': others have no names");
    if (has_sweep(benchmark, ONE_REGEX))
        return node_error(node, "can't go with a parameter that is called '" ONE_REGEX
                                "': here it stands for what matches a name");
    strvec_push_all(&known, reading->known);
    strvec_push(&known, ONE_NAME);
    strvec_push(&known, ONE_REGEX);
    with_names.known = &known;
    if (read_command(node, &with_names, &benchmark->run_one) < 0)
        return -1;
    if (!mentions_a_name(&benchmark->run_one))
        return node_error(node, "must say which name to run, by {" ONE_NAME
                                "} or {" ONE_REGEX "}: it runs one alone");
    return 0;
}

static bool is_program(const struct command *command, const char *name)
{
    return str_equal(path_base(command->words.items[0]), name);
}

/* What is added to the words of run; NULL: not known. The one with the expression goes
 * last, and wins over an earlier one of its kind. */
static const char *usual_filter(const struct benchmark *benchmark)
{
    const char *format = benchmark->format;
    if (str_equal(format, "google"))
        return "--benchmark_filter={" ONE_REGEX "}";
    if (str_equal(format, "criterion"))
        return "{" ONE_REGEX "}";
    if (str_equal(format, "go"))
        return is_program(&benchmark->run, "go") ? "-bench={" ONE_REGEX "}"
                                                 : "-test.bench={" ONE_REGEX "}";
    return NULL;
}

/* In a script the end is not where the words of the harness end. */
void guess_run_one(struct benchmark *benchmark)
{
    struct command *one = &benchmark->run_one;
    if (!benchmark->format || one->words.count || benchmark->run.is_shell ||
        has_sweep(benchmark, ONE_REGEX))
        return;
    const char *filter = usual_filter(benchmark);
    if (!filter)
        return;
    strvec_copy(&one->words, &benchmark->run.words);
    if (is_program(&benchmark->run, "cargo") && !strings_have(&one->words, "--"))
        strvec_push(&one->words, "--");
    strvec_push(&one->words, filter);
    one->text = strvec_join(&one->words, " ");
}
