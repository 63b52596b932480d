/* How often does a gate of shards cry wolf?
 *
 * usage: shard-rates-program [GATES]
 *
 * Plays gates of 16 rows, each of which is slower by its margin of 2 %, the largest
 * change that is none: in one run, in 4 shards that are merged, and, for comparison, in 4
 * shards that each judge by themselves and of which the first that cries counts. Prints
 * lines of markdown. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/check.h"
#include "tests/support/sharded.h"

enum {
    ROWS = 16,
    SHARDS = 4
};

static bool cries(struct result *result)
{
    bool has_regressed = result_count(result, VERDICT_REGRESSED) > 0;
    result_clear(result);
    return has_regressed;
}

/* Of rows that know nothing of the other shards. */
static bool cries_alone(const struct script *scripts, uint64_t seed, size_t max_pairs)
{
    bool cried = false;
    for (size_t shard = 0; shard < SHARDS; shard++) {
        struct result result = { 0 };
        const struct sharded_gate gate = { .scripts = scripts,
                                           .count = ROWS / SHARDS,
                                           .seed = seed * SHARDS + shard,
                                           .max_pairs = max_pairs };
        sharded_run_whole(&gate, &result);
        cried = cries(&result) || cried;
    }
    return cried;
}

static void play(size_t gates, size_t max_pairs)
{
    struct script scripts[ROWS];
    size_t whole = 0;
    size_t merged = 0;
    size_t alone = 0;
    size_t different = 0;
    for (size_t i = 0; i < ROWS; i++)
        scripts[i] = (struct script){ .change = 0.02, .noise_sd = 0.01 };
    for (uint64_t seed = 1; seed <= gates; seed++) {
        const struct sharded_gate gate = { scripts, ROWS, SHARDS, seed, max_pairs };
        struct result in_one = { 0 };
        struct result in_shards = { 0 };
        sharded_run_whole(&gate, &in_one);
        sharded_run(&gate, &in_shards);
        bool of_one = cries(&in_one);
        bool of_shards = cries(&in_shards);
        whole += of_one;
        merged += of_shards;
        different += of_one != of_shards;
        alone += cries_alone(scripts, seed, max_pairs);
    }
    double percent = 100.0 / (double)gates;
    printf("| %zu | %zu | %.2f %% | %.2f %% | %zu | %.2f %% |\n", max_pairs, gates,
           (double)whole * percent, (double)merged * percent, different,
           (double)alone * percent);
}

int main(int argc, char **argv)
{
    size_t gates = argc > 1 ? strtoul(argv[1], NULL, 10) : 2000;
    printf("| pairs | gates | one run | 4 shards, merged | otherwise than one run | 4 "
           "shards, each by itself |\n|---|---|---|---|---|---|\n");
    play(gates, 15);
    play(gates, 41);
    return 0;
}
