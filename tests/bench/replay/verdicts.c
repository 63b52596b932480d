#include "tests/bench/replay/verdicts.h"

#include <math.h>

#include "gate/base/alloc.h"

struct verdicts verdicts_of(const struct view *view,
                            const struct pawl_rule *rule,
                            double change,
                            size_t replays)
{
    size_t n = rule->max_pairs;
    double one = 1 / (double)replays;
    struct verdicts verdicts = { 0 };
    AUTO_FREE double *d = xcalloc(n, sizeof *d);

    for (uint64_t replay = 0; replay < replays; replay++) {
        deal_pairs(view, deal_start(view, 2 * n, replay), replay, n, d);
        for (size_t i = 0; i < n; i++)
            d[i] += log1p(change);
        struct pawl_answer answer = pawl_judge(rule, d);
        verdicts.regressed += answer.state == SEQUENTIAL_REGRESSED ? one : 0;
        verdicts.ok += answer.state == SEQUENTIAL_OK ? one : 0;
        verdicts.inconclusive += answer.state == SEQUENTIAL_UNDECIDED ? one : 0;
        verdicts.pairs += (double)answer.pairs * one;
    }
    return verdicts;
}
