#include "tests/bench/replay/pawl_rule.h"

#include <math.h>

#include "gate/stats/holm.h"

struct pawl_answer pawl_judge(const struct pawl_rule *rule, const double *d)
{
    double false_alarm = rule->false_alarm > 0 ? rule->false_alarm : PAWL_FALSE_ALARM;
    double threshold = holm_bonferroni_threshold(false_alarm, rule->rows);
    enum sequential_state state = SEQUENTIAL_UNDECIDED;
    struct sequential row = { 0 };

    sequential_init(&row, rule->max_pairs);
    while (state == SEQUENTIAL_UNDECIDED && row.seen < rule->max_pairs) {
        sequential_look(&row, d, sequential_next_look(row.seen, rule->max_pairs),
                        log1p(rule->margin), log1p(-rule->margin));
        state = sequential_decide(&row, threshold, PAWL_MISS);
    }
    return (struct pawl_answer){ state, row.seen };
}
