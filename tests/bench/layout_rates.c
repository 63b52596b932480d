/* How often are changes called what, over layouts?
 *
 * Draws what each of the layouts would show of a change: the change itself, what the
 * layout adds to it, what the pairs of one layout leave open. The rule of
 * gate/verdict/layouts.h is asked as the gate asks it, one layout after the other, and
 * the answers are counted. All draws come from one seed. Prints a line of markdown a
 * case. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/random.h"
#include "gate/verdict/layouts.h"

#define STUDIES 4000
#define MARGIN  0.02

/* Logs of ratios. */
struct world {
    const char *name;
    double change;      /* what is true in the mean over layouts */
    double sd;          /* of what a layout adds, where that is normal */
    double accident;    /* what a layout adds or takes otherwise ... */
    double accident_in; /* ... in this share of the layouts */
};

static uint64_t draws;

static double uniform(void)
{
    return ((double)(random_at(7, 1, draws++) >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(void)
{
    return sqrt(-2 * log(uniform())) * cos(2 * M_PI * uniform());
}

/* Eight pairs with the noise of 1.5 % that a quiet machine has. */
static double draw_estimate(const struct world *world)
{
    double runs = sqrt(M_PI / 3 / 8) * 0.015 * normal();
    double layout = world->sd * normal();
    double luck = uniform();
    if (luck < world->accident_in / 2)
        layout += world->accident;
    else if (luck < world->accident_in)
        layout -= world->accident;
    return world->change + layout + runs;
}

static struct row *add_row(struct rows *rows, double log_ratio)
{
    struct row *row = array_push(rows);
    *row = (struct row){ .bench_id = xstrdup("b"),
                         .metric = METRIC_CPU,
                         .is_judged = true,
                         .verdict = VERDICT_REGRESSED,
                         .margin = MARGIN,
                         .pair_count = 8,
                         .change = expm1(log_ratio),
                         .noise_sd = 0.015 };
    return row;
}

struct answers {
    size_t holds;
    size_t fails;
    size_t open;
    size_t layouts;
};

static void study(const struct world *world, struct answers *answers)
{
    const struct layout_choice choice = { LAYOUTS_REGRESSED, 5 };
    struct result result = { 0 };
    add_row(&result.rows, 0.1);
    layouts_begin(&result, &choice);
    while (layouts_want_more(result.layouts)) {
        add_row(&layouts_add(&result)->rows, draw_estimate(world));
        layouts_update(&result);
    }
    const struct layout_row *over = &result.layouts->rows.items[0];
    answers->holds += over->finding == LAYOUT_HOLDS;
    answers->fails += over->finding == LAYOUT_FAILS;
    answers->open += over->finding == LAYOUT_OPEN;
    answers->layouts += over->layout_count;
    result_clear(&result);
}

static void print_world(const struct world *world)
{
    struct answers answers = { 0 };
    for (size_t i = 0; i < STUDIES; i++)
        study(world, &answers);
    printf("| %s | %.3f | %.3f | %.3f | %.1f |\n", world->name,
           (double)answers.holds / STUDIES, (double)answers.fails / STUDIES,
           (double)answers.open / STUDIES, (double)answers.layouts / STUDIES);
}

int main(void)
{
    static const struct world worlds[] = {
        { "none, and no layout differs", 0, 0, 0, 0 },
        { "none, 40 % in a tenth of the layouts", 0, 0, 0.336, 0.1 },
        { "none, 40 % in a third of the layouts", 0, 0, 0.336, 0.333 },
        { "none, 10 % in nine of ten layouts", 0, 0, 0.0953, 0.9 },
        { "none, layouts spread by 2 %", 0, 0.02, 0, 0 },
        { "none, layouts spread by 20 %", 0, 0.2, 0, 0 },
        { "2 % (the margin), layouts spread by 1 %", 0.0198, 0.01, 0, 0 },
        { "2 % (the margin), layouts spread by 5 %", 0.0198, 0.05, 0, 0 },
        { "3 %, layouts spread by 0.5 %", 0.0296, 0.005, 0, 0 },
        { "5 %, and no layout differs", 0.0488, 0, 0, 0 },
        { "5 %, layouts spread by 1 %", 0.0488, 0.01, 0, 0 },
        { "5 %, layouts spread by 3 %", 0.0488, 0.03, 0, 0 },
        { "5 %, layouts spread by 5 %", 0.0488, 0.05, 0, 0 },
        { "5 %, and 40 % in a fifth of the layouts", 0.0488, 0, 0.336, 0.2 },
        { "10 %, layouts spread by 3 %", 0.0953, 0.03, 0, 0 },
        { "10 %, layouts spread by 8 %", 0.0953, 0.08, 0, 0 },
        { "20 %, layouts spread by 8 %", 0.1823, 0.08, 0, 0 },
    };
    puts("| change | holds | does not | open | mean layouts |\n|:--|--:|--:|--:|--:|");
    for (size_t i = 0; i < sizeof worlds / sizeof worlds[0]; i++)
        print_world(&worlds[i]);
    return 0;
}
