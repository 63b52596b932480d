/* The promises that are shares: of many gates, at most so many cry wolf, and what is
 * called the detection limit is found as often as is said. */
#include <math.h>

#include "gate/stats/detection.h"
#include "gate/verdict/judge.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

enum {
    ROWS = 10
};

/* Nobody minds anything: the hardest case, since equal programs are at the margin. */
static const struct margin no_margin[METRIC_COUNT] = {
    [METRIC_CPU] = { .is_gated = true },
};

/* Runs one gate of equal programs with noise of its own; its verdict. */
static enum verdict verdict_of_equals(uint64_t seed, double false_alarm)
{
    struct experiment_options options = scripted_options();
    struct script scripts[ROWS];
    struct scripted_gate gate;

    options.seed = seed;
    options.max_pairs = 27;
    options.false_alarm = false_alarm;
    for (size_t i = 0; i < ROWS; i++)
        scripts[i] = (struct script){ .margins = no_margin,
                                      .noise_sd = 0.01 * (double)(i + 1),
                                      .drift_sd = 0.05,
                                      .second_log = 0.01 * (double)(i % 3) };
    scripted_gate_open(&gate, scripts, ROWS, &options);
    gate.noise_seed = seed + 1000000;
    scripted_gate_measure(&gate, NULL, NO_LIMIT);
    scripted_gate_judge(&gate, false);
    enum verdict verdict = gate.result.verdict;
    scripted_gate_close(&gate);
    return verdict;
}

static size_t false_alarms(size_t gates, double false_alarm)
{
    size_t count = 0;
    for (size_t seed = 0; seed < gates; seed++)
        count += verdict_of_equals(seed, false_alarm) == VERDICT_REGRESSED;
    return count;
}

/* 3 of 300 are expected at most; 9 or fewer with a probability of 99.9 %. */
static void equal_programs_cry_wolf_in_at_most_one_gate_of_a_hundred(void **state)
{
    (void)state;
    assert_in_range(false_alarms(300, 0.01), 0, 9);
}

/* At 20 % there is something to count: 60 at most are expected, 84 or fewer with a
 * probability of 99.9 %. None at all would be a gate that is deaf. */
static void false_alarms_follow_the_rate_that_is_asked_for(void **state)
{
    (void)state;
    assert_in_range(false_alarms(300, 0.20), 6, 84);
}

static const struct row *
run_row(struct scripted_gate *gate, const struct script *script, uint64_t seed)
{
    struct experiment_options options = scripted_options();
    options.seed = seed;
    options.max_pairs = 60;
    scripted_gate_open(gate, script, 1, &options);
    gate->noise_seed = seed + 1000000;
    scripted_gate_measure(gate, NULL, NO_LIMIT);
    scripted_gate_judge(gate, false);
    return scripted_row(gate, 0);
}

static double mean_detection_limit(const struct script *script, size_t runs)
{
    double sum = 0;
    for (size_t i = 0; i < runs; i++) {
        struct scripted_gate gate;
        sum += run_row(&gate, script, i)->detection_limit;
        scripted_gate_close(&gate);
    }
    return sum / (double)runs;
}

static double share_regressed(const struct script *script, size_t runs)
{
    size_t count = 0;
    for (size_t i = 0; i < runs; i++) {
        struct scripted_gate gate;
        count += run_row(&gate, script, 5000 + i)->verdict == VERDICT_REGRESSED;
        scripted_gate_close(&gate);
    }
    return (double)count / (double)runs;
}

/* The limit that rows of equal programs state is a change that such rows are found with
 * about the probability that it promises. */
static void changes_at_the_detection_limit_are_found(void **state)
{
    struct script script = { .noise_sd = 0.02 };

    (void)state;
    script.change = mean_detection_limit(&script, 100);
    assert_in_range(script.change * 1000, 22, 40);
    double share = share_regressed(&script, 200);
    print_message("limit %+.2f %%: found in %.1f %% of runs\n", script.change * 100,
                  share * 100);
    assert_close(share, DETECTION_POWER, 0.08);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_programs_cry_wolf_in_at_most_one_gate_of_a_hundred),
        cmocka_unit_test(false_alarms_follow_the_rate_that_is_asked_for),
        cmocka_unit_test(changes_at_the_detection_limit_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
