/* Benchmarks that are harnesses of their own: a run prints what it measured, by names. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/config/parts.h"
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
