#include "tests/bench/replay/table.h"

#include <math.h>
#include <stdio.h>

#include "tests/bench/replay/verdicts.h"

void table_share(double share)
{
    if (share >= 0.9995)
        printf(" 1.00 |");
    else if (share > 0)
        printf(" .%03.0f |", 1000 * fmax(share, 0.001));
    else
        printf(" 0 |");
}

void table_power(const char *title, const struct power *power)
{
    printf("\n%s, %zu runs a side, %zu replays: share that call head slower\n\n", title,
           power->n, power->replays);
    printf("| rule | order of the runs | 0 %% | 1 %% | 2 %% | 3 %% | 5 %% | 10 %% | "
           "runs a side |\n");
    printf("|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < power->count; i++) {
        const struct power_row *row = &power->items[i];
        printf("| %s | %s |", row->rule, row->design);
        for (size_t c = 0; c < POWER_CHANGES; c++)
            table_share(row->share[c]);
        printf(" %.0f |\n", row->runs);
    }
    fflush(stdout);
}

void table_verdicts(const char *title,
                    const struct view *view,
                    const struct pawl_rule *rule,
                    size_t replays)
{
    printf("\n%s, margin %g %%, %zu row%s, at most %zu pairs, %zu replays\n\n", title,
           100 * rule->margin, rule->rows, rule->rows == 1 ? "" : "s", rule->max_pairs,
           replays);
    printf("| true change | regressed | ok | inconclusive | mean pairs |\n");
    printf("|---|---|---|---|---|\n");
    for (size_t c = 0; c < POWER_CHANGES; c++) {
        struct verdicts verdicts = verdicts_of(view, rule, power_changes[c], replays);
        printf("| %g %% |", 100 * power_changes[c]);
        table_share(verdicts.regressed);
        table_share(verdicts.ok);
        table_share(verdicts.inconclusive);
        printf(" %.0f |\n", verdicts.pairs);
    }
}

static void gates_line(const struct view *view, const struct gates_spec *spec)
{
    struct gates gates = gates_replay(view, spec);

    printf("| %zu | %g %% | ", spec->rows, 100 * spec->margin);
    if (spec->change > 0)
        printf("one row +%g %% | %.4f | ", 100 * spec->change, gates.found);
    else
        printf("none | | ");
    printf("%.4f |", gates.cried);
    if (spec->rows > (spec->change > 0))
        printf(" %.4f", gates.ok);
    printf(" | %.0f | ", gates.pairs);
    if (spec->change > 0)
        printf("%.0f", gates.slowed);
    printf(" | %zu |\n", spec->gates);
    fflush(stdout);
}

void table_gates(const char *title,
                 const struct view *view,
                 const size_t *rows,
                 size_t count,
                 size_t gates)
{
    printf("\n%s, whole gates, at most 135 pairs a row\n\n", title);
    printf("| rows | margin | change | found it | false alarm | unchanged rows ok | "
           "pairs in all | of the slower row | gates |\n");
    printf("|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < count; i++) {
        gates_line(view, &(struct gates_spec){ rows[i], 0.02, 0, gates });
        gates_line(view, &(struct gates_spec){ rows[i], 0, 0, gates });
        gates_line(view, &(struct gates_spec){ rows[i], 0.02, 0.05, gates });
    }
}

static void confirm_line(const struct view *view, const struct confirm_spec *spec)
{
    struct confirm confirm = confirm_replay(view, spec);

    printf("| %zu | %g %% | %g %% | %.4f | %.4f |", spec->rows, 100 * spec->change,
           100 * spec->layout_sd, confirm.called, confirm.held);
    if (spec->rows > 1)
        printf(" %.4f | %.4f |", confirm.cried, confirm.kept_on);
    else
        printf(" | |");
    printf(" %.4f | %.0f | %.0f |\n", confirm.ok, confirm.pairs, confirm.more);
    fflush(stdout);
}

void table_confirm(const char *title, const struct view *view, size_t gates)
{
    static const double layout_sds[] = { 0, 0.01, 0.02 };
    static const double of_many[] = { 0, 0.02, 0.05 };

    printf(
        "\n%s, margin 2 %%, at most 135 pairs a row, %zu gates: regressed in the first "
        "experiment, and in both\n\n",
        title, gates);
    printf("| rows | one row's change | layout sd | it: first | both | another: first | "
           "both | it is ok | pairs | of the second |\n");
    printf("|---|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < sizeof layout_sds / sizeof *layout_sds; i++) {
        for (size_t c = 0; c < POWER_CHANGES; c++)
            confirm_line(view, &(struct confirm_spec){ 1, 0.02, power_changes[c],
                                                       layout_sds[i], gates });
        for (size_t c = 0; c < sizeof of_many / sizeof *of_many; c++)
            confirm_line(view, &(struct confirm_spec){ 20, 0.02, of_many[c],
                                                       layout_sds[i], gates });
    }
}

void table_designs(const char *title, const struct view *view, size_t n, size_t replays)
{
    struct design_estimate estimates[DESIGN_ESTIMATES];

    designs_compare(view, n, replays, estimates);
    printf("\n%s, nothing changed, %zu runs a side, %zu replays: root mean square of the "
           "estimated change\n\n| order and estimate | off by |\n|---|---|\n",
           title, n, replays);
    for (size_t i = 0; i < DESIGN_ESTIMATES; i++)
        printf("| %s | %.2f %% |\n", estimates[i].name, 100 * estimates[i].sd);
    fflush(stdout);
}

void table_growths(const char *title, const struct view *view, size_t replays)
{
    static const double powers[][2] = {
        { 1, 1 }, { 1, 1.1 }, { 1.25, 1.25 }, { 1, 1.5 }, { 1, 2 }
    };
    static const struct growths_spec shapes[] = {
        { .fixed = 0.05, .ratio = 10, .sizes = 3 },
        { .fixed = 0.05, .ratio = 4, .sizes = 3 },
        { .fixed = 0.05, .ratio = 3, .sizes = 5 },
    };
    printf(
        "\n%s: growth, ceiling O(n), %zu replays\n\n"
        "| sizes | base | head | grows faster | above its ceiling | ok | a row regressed "
        "| refuted at 5 %%: faster, above | head's exponent (sd) | in its 95 %% interval: "
        "head's, the difference | pairs |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
        title, replays);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        for (size_t j = 0; j < sizeof powers / sizeof *powers; j++) {
            struct growths_spec spec = shapes[i];
            spec.base_power = powers[j][0];
            spec.head_power = powers[j][1];
            spec.replays = replays;
            struct growths found = growths_replay(view, &spec);
            printf(
                "| %zu, each %.0f times the last | n^%.4g | n^%.4g | %.4f | %.4f | %.3f | "
                "%.3f | %.3f, %.3f | %.3f (%.3f) | %.3f, %.3f | %.0f |\n",
                spec.sizes, spec.ratio, spec.base_power, spec.head_power, found.faster,
                found.above, found.ok, found.regressed, found.faster_5, found.above_5,
                found.exponent, found.error_sd, found.covered, found.difference_covered,
                found.pairs);
            fflush(stdout);
        }
    }
}
