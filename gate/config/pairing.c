/* Whether the two runs of a pair follow each other or share a CPU. */
#include "gate/base/str.h"
#include "gate/config/parts.h"

static const char *const pairing_names[] = {
    [PAIRING_AUTO] = "auto", [PAIRING_APART] = "apart", [PAIRING_TOGETHER] = "together"
};

const char *pairing_name(enum pairing pairing)
{
    return pairing_names[pairing];
}

int read_pairing(const struct node *node, enum pairing *out)
{
    const char *text = json_string_value(node->value);
    for (size_t i = 0; text && i < sizeof pairing_names / sizeof pairing_names[0]; i++) {
        if (str_equal(text, pairing_names[i])) {
            *out = (enum pairing)i;
            return 0;
        }
    }
    return node_must_be(node, "\"auto\", \"apart\" or \"together\"");
}

static bool has_goal_of_the_clock(const struct benchmark *benchmark)
{
    for (size_t i = 0; i < benchmark->goal_count; i++) {
        const struct goal *goal = &benchmark->goals[i];
        for (size_t j = 0; j < goal->limit_count; j++)
            if (METRIC_BIT(goal->limits[j].metric) & metrics_of_the_clock())
                return true;
    }
    return false;
}

const char *benchmark_obstacle_to_pairing(const struct benchmark *benchmark)
{
    if (benchmark->setup.count || benchmark->teardown.count)
        return "its setup and teardown would run while the other side does";
    if (benchmark->is_cold)
        return "each side would find in memory what the other has read";
    if (benchmark->output == OUTPUT_FILE)
        return "both sides would write to one file";
    if (benchmark->format)
        return "it measures by itself, and not for two on one CPU";
    if (benchmark->samples || benchmark->work.kind == WORK_PRINTED)
        return "what its runs tell of themselves goes by the clock";
    if (!benchmark->margins[METRIC_CPU].is_gated)
        return "it compares CPU time, which has no margin here";
    if (has_goal_of_the_clock(benchmark))
        return "it has goals of the clock, which runs that share a CPU can't meet";
    return NULL;
}
