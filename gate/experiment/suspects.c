#include "gate/experiment/suspects.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"

/* No answer is surer than that: a benchmark can go wrong in ways that no pair shows. */
#define LEAST_P 1e-6

static void normalise(struct suspects *suspects)
{
    double sum = 0;
    for (size_t i = 0; i < suspects->lineage->count; i++)
        sum += suspects->items[i].probability;
    for (size_t i = 0; i < suspects->lineage->count; i++)
        suspects->items[i].probability /= sum;
}

static void take_in(struct suspects *suspects, size_t commit, bool *marks)
{
    size_t count = suspects->lineage->count;
    const struct suspect *asked = &suspects->items[commit];
    double p = fmax(asked->p_wrong, LEAST_P);
    for (size_t i = 0; i < count; i++)
        marks[i] = false;
    lineage_mark(suspects->lineage, commit, marks);
    for (size_t i = 0; i < count; i++) {
        bool agrees = marks[i] == (asked->answer == SUSPECT_SLOW);
        suspects->items[i].probability *= agrees ? 1 - p : p;
    }
    normalise(suspects);
}

/* From the beginning, since answers may have been replaced. */
static void think_again(struct suspects *suspects)
{
    size_t count = suspects->lineage->count;
    AUTO_FREE bool *marks = xcalloc(count, sizeof *marks);
    for (size_t i = 0; i < count; i++)
        suspects->items[i].probability = suspects->items[i].odds;
    normalise(suspects);
    for (size_t i = 0; i < count; i++) {
        if (suspects->items[i].answer != SUSPECT_UNASKED)
            take_in(suspects, i, marks);
    }
}

void suspects_init(struct suspects *suspects, const struct lineage *lineage)
{
    *suspects = (struct suspects){ .lineage = lineage };
    suspects->items = xcalloc(lineage->count, sizeof *suspects->items);
    for (size_t i = 0; i < lineage->count; i++)
        suspects->items[i].odds = 1;
    think_again(suspects);
}

void suspects_clear(struct suspects *suspects)
{
    free(suspects->items);
    *suspects = (struct suspects){ 0 };
}

void suspects_answer(struct suspects *suspects,
                     size_t commit,
                     enum suspect_answer answer,
                     double p_wrong)
{
    suspects->items[commit].answer = answer;
    suspects->items[commit].p_wrong = p_wrong;
    if (answer != SUSPECT_UNASKED)
        suspects->misses = 0;
    think_again(suspects);
}

void suspects_close(struct suspects *suspects, size_t commit)
{
    suspects->items[commit].is_closed = true;
}

void suspects_miss(struct suspects *suspects, size_t commit)
{
    suspects_close(suspects, commit);
    suspects->misses++;
}

void suspects_weigh(struct suspects *suspects, size_t commit, double odds)
{
    suspects->items[commit].odds *= fmin(fmax(odds, LEAST_P), 1 / LEAST_P);
    think_again(suspects);
}

/* A commit that may be asked, and how much either side of it has at least. */
struct split {
    size_t commit;
    double least;
};

static int by_least(const void *a, const void *b)
{
    const struct split *one = a;
    const struct split *other = b;
    if (one->least > other->least || one->least < other->least)
        return one->least > other->least ? -1 : 1;
    return one->commit < other->commit ? -1 : one->commit > other->commit;
}

static size_t list_splits(const struct suspects *suspects, struct split *splits)
{
    size_t count = suspects->lineage->count;
    AUTO_FREE double *weights = xcalloc(count, sizeof *weights);
    AUTO_FREE double *sums = xcalloc(count, sizeof *sums);
    size_t listed = 0;
    for (size_t i = 0; i < count; i++)
        weights[i] = suspects->items[i].probability;
    lineage_sum(suspects->lineage, weights, sums);
    for (size_t i = 0; i < count; i++) {
        /* Cut to nine digits: rounding must not decide between two that split alike. */
        double least = round(fmin(sums[i], 1 - sums[i]) * 1e9) / 1e9;
        if (!suspects->items[i].is_closed && least >= SUSPECTS_LEAST_SPLIT)
            splits[listed++] = (struct split){ i, least };
    }
    return listed;
}

/* The neighbour after one miss, and then 1, 3, 7, ... places on, as long as what is
 * there splits a third as well as the best. */
static size_t
jump(const struct suspects *suspects, const struct split *splits, size_t count)
{
    size_t misses = suspects->misses < 20 ? suspects->misses : 20;
    size_t wanted = misses < 2 ? 0 : ((size_t)1 << (misses - 1)) - 1;
    size_t at = 0;
    while (at < wanted && at + 1 < count && splits[at + 1].least * 3 >= splits[0].least)
        at++;
    return at;
}

bool suspects_next(const struct suspects *suspects, size_t *commit)
{
    AUTO_FREE struct split *splits = xcalloc(suspects->lineage->count, sizeof *splits);
    size_t count = list_splits(suspects, splits);
    if (!count)
        return false;
    qsort(splits, count, sizeof *splits, by_least);
    *commit = splits[jump(suspects, splits, count)].commit;
    return true;
}

size_t suspects_likeliest(const struct suspects *suspects)
{
    size_t likeliest = 0;
    for (size_t i = 1; i < suspects->lineage->count; i++) {
        if (suspects->items[i].probability > suspects->items[likeliest].probability)
            likeliest = i;
    }
    return likeliest;
}

static bool
likeliest_unnamed(const struct suspects *suspects, const bool *named, size_t *found)
{
    bool is_found = false;
    for (size_t i = 0; i < suspects->lineage->count; i++) {
        double probability = suspects->items[i].probability;
        if (named[i] || (is_found && probability <= suspects->items[*found].probability))
            continue;
        *found = i;
        is_found = true;
    }
    return is_found;
}

size_t suspects_name(const struct suspects *suspects, bool *named)
{
    size_t count = 0;
    size_t at = 0;
    double sum = 0;
    double last = 0;
    while (likeliest_unnamed(suspects, named, &at)) {
        double probability = suspects->items[at].probability;
        if (sum >= SUSPECTS_NAMED && probability < last / 2)
            break;
        named[at] = true;
        sum += probability;
        last = probability;
        count++;
    }
    return count;
}

double suspects_bits(const struct suspects *suspects)
{
    double bits = 0;
    for (size_t i = 0; i < suspects->lineage->count; i++) {
        double probability = suspects->items[i].probability;
        bits -= probability > 0 ? probability * log2(probability) : 0;
    }
    return bits;
}
