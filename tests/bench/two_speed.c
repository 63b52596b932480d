/* A program with a tail: of each 10,000 operations SLOW, spread evenly, do ten times as
 * much as the others. How much that is varies by half to either side, as the work of real
 * operations does.
 *
 *     two-speed OPERATIONS SLOW
 *
 * prints the times of its operations as pawl reads them ("samples": "stdout"). */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "gate/base/random.h"
#include "runners/bench.h"

#define FAST_STEPS 1000
#define SLOW_TIMES 10
#define BLOCK      10000
/* Prime to BLOCK, so that a block's operations are numbered anew, each number once. */
#define STRIDE 7919

struct work {
    uint64_t slow; /* of each BLOCK operations */
    uint64_t state;
};

static void operate(void *context, uint64_t index)
{
    struct work *work = context;
    uint64_t steps = FAST_STEPS / 2 + random_below_at(1, 0, index, FAST_STEPS);
    if (index * STRIDE % BLOCK < work->slow)
        steps *= SLOW_TIMES;
    for (uint64_t i = 0; i < steps; i++) {
        work->state = work->state * 6364136223846793005U + 1442695040888963407U;
        bench_keep(&work->state);
    }
}

static uint64_t number(const char *text)
{
    char *end = NULL;
    errno = 0;
    uint64_t value = strtoull(text, &end, 10);
    return *end || errno ? 0 : value;
}

int main(int argc, char **argv)
{
    struct bench bench = { .operation_count = argc == 3 ? number(argv[1]) : 0 };
    if (!bench.operation_count) {
        fprintf(stderr, "usage: two-speed OPERATIONS SLOW\n");
        return 2;
    }
    struct work work = { .slow = number(argv[2]) };
    bench_operations(&bench, "operation", operate, &work);
    int printed = bench_print_histogram(&bench, stdout);
    bench_clear(&bench);
    return printed == 0 && fflush(stdout) == 0 ? 0 : 1;
}
