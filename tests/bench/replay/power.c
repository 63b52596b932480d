#include "tests/bench/replay/power.h"

#include <math.h>

#include "gate/base/array.h"
#include "tests/bench/replay/pawl_rule.h"

const double power_changes[POWER_CHANGES] = { 0, 0.01, 0.02, 0.03, 0.05, 0.1 };

void power_clear(struct power *power)
{
    array_clear(power);
}

static void scale(double *values, size_t n, double factor)
{
    for (size_t i = 0; i < n; i++)
        values[i] *= factor;
}

static void
add_peer(struct power *power, const struct view *view, const struct peer *peer)
{
    size_t n = power->n;
    struct power_row *row = array_push(power);
    AUTO_FREE double *base = xcalloc(3 * n, sizeof *base);
    double *head = base + n;
    double *slowed = head + n;

    *row = (struct power_row){ .rule = peer->name,
                               .design = design_name(peer->design),
                               .runs = (double)n };
    for (uint64_t replay = 0; replay < power->replays; replay++) {
        deal_sides(view, deal_start(view, 2 * n, replay), peer->design, n, base, head);
        for (size_t c = 0; c < power->changes; c++) {
            for (size_t i = 0; i < n; i++)
                slowed[i] = head[i] * (1 + power_changes[c]);
            struct draws draws = draws_of("bootstrap", replay);
            const struct sides sides = { base, slowed, n };
            row->share[c] += peer->cries(&sides, peer->parameter, &draws);
        }
    }
    scale(row->share, POWER_CHANGES, 1 / (double)power->replays);
}

static void add_pawl(struct power *power,
                     const struct view *view,
                     const char *name,
                     const struct pawl_rule *rule)
{
    size_t n = rule->max_pairs;
    struct power_row *row = array_push(power);
    AUTO_FREE double *d = xcalloc(2 * n, sizeof *d);
    double *slowed = d + n;

    *row = (struct power_row){ .rule = name, .design = "pairs, order by a coin" };
    for (uint64_t replay = 0; replay < power->replays; replay++) {
        deal_pairs(view, deal_start(view, 2 * n, replay), replay, n, d);
        for (size_t c = 0; c < power->changes; c++) {
            for (size_t i = 0; i < n; i++)
                slowed[i] = d[i] + log1p(power_changes[c]);
            struct pawl_answer answer = pawl_judge(rule, slowed);
            row->share[c] += answer.state == SEQUENTIAL_REGRESSED;
            row->runs += (double)answer.pairs;
        }
    }
    scale(row->share, POWER_CHANGES, 1 / (double)power->replays);
    row->runs /= (double)(power->replays * power->changes);
}

void power_fill(struct power *power, const struct view *view)
{
    size_t n = power->n;

    for (size_t i = 0; i < peers_count(); i++)
        add_peer(power, view, peers_at(i));
    add_pawl(power, view, "**pawl, no margin**", &(struct pawl_rule){ 0, 1, n, 0 });
    add_pawl(power, view, "**pawl, no margin, 2.5 % false alarms**",
             &(struct pawl_rule){ 0, 1, n, 0.025 });
    add_pawl(power, view, "**pawl, margin 1 %**", &(struct pawl_rule){ 0.01, 1, n, 0 });
    add_pawl(power, view, "**pawl, margin 2 %**", &(struct pawl_rule){ 0.02, 1, n, 0 });
    add_pawl(power, view, "**pawl, margin 2 %, to 135 pairs**",
             &(struct pawl_rule){ 0.02, 1, 135, 0 });
}
