/* How often do rules find changes in histories where there are none, and how often those
 * that there are?
 *
 *     change-rates NOISE-DIRECTORY [HISTORIES [flat|found|range]]
 *
 * Histories of 100 sessions. Prints markdown: for each source of noise the share of flat
 * histories in which a rule finds any change; then the share of changes found, within 10
 * sessions of where they are, with how many others were found beside them a history, in a
 * quarter as many histories; then how often pawl's range holds the place of the change.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/stats/change_points.h"
#include "tests/bench/changes/histories.h"
#include "tests/bench/changes/peers.h"

enum {
    NEAR = 10,
    HISTORIES = 1000,
    FOUND_SOURCES = 3, /* the first ones; E-divisive takes its time */
    FOUND_SHARE = 4    /* one in so many histories */
};

static const struct change_scan_rule usual = { .least_segment = CHANGE_LEAST,
                                               .permutations = CHANGE_PERMUTATIONS,
                                               .alpha = CHANGE_ALPHA,
                                               .seed = 1 };

/* What is asked also: is the true place within the range that pawl gives? */
struct coverage {
    size_t asked;
    size_t covered;
    double width; /* the sum of them, in sessions */
};

static size_t
ask_pawl(const double *values, uint64_t number, size_t *found, struct coverage *coverage)
{
    AUTO_CHANGE_POINTS struct change_points points = { 0 };
    change_points_find(values, HISTORY_SESSIONS, &usual, number, &points);
    for (size_t i = 0; i < points.count; i++)
        found[i] = points.items[i].index;
    if (coverage && points.count == 1) {
        const struct change_point *point = &points.items[0];
        coverage->asked++;
        coverage->covered +=
            point->first <= HISTORY_SESSIONS / 2 && point->last >= HISTORY_SESSIONS / 2;
        coverage->width += (double)(point->last - point->first + 1);
    }
    return points.count;
}

enum rule {
    RULE_EDIVISIVE_5,
    RULE_EDIVISIVE_1,
    RULE_HUNTER,
    RULE_NOT_WHITENED, /* pawl's scan of the values as they are */
    RULE_PAWL,
    RULE_COUNT
};

static size_t ask(enum rule rule, const double *values, uint64_t number, size_t *found)
{
    switch (rule) {
    case RULE_EDIVISIVE_5:
        return edivisive_find(values, HISTORY_SESSIONS, 0.05, number, found);
    case RULE_EDIVISIVE_1:
        return edivisive_find(values, HISTORY_SESSIONS, 0.01, number, found);
    case RULE_HUNTER:
        return hunter_find(values, HISTORY_SESSIONS, found);
    case RULE_NOT_WHITENED: {
        struct change_scan scan = change_scan(values, HISTORY_SESSIONS, &usual, number);
        found[0] = scan.split;
        return scan.p <= usual.alpha;
    }
    case RULE_PAWL:
        return ask_pawl(values, number, found, NULL);
    case RULE_COUNT:
        break;
    }
    abort();
}

struct tally {
    double any;
    double hit;    /* changes found */
    double beside; /* found where none is */
};

static void count(struct tally *tally,
                  const size_t *found,
                  size_t found_count,
                  const struct history_change *change)
{
    size_t hits = 0;
    size_t ends = change->to < HISTORY_SESSIONS ? 2 : 1;
    for (size_t end = 0; end < ends; end++) {
        double at = (double)(end ? change->to : change->from);
        bool is_hit = false;
        for (size_t i = 0; i < found_count; i++)
            is_hit = is_hit || fabs((double)found[i] - at) <= NEAR;
        hits += is_hit;
    }
    tally->any += found_count > 0;
    tally->hit += (double)hits / (double)ends;
    tally->beside += found_count > hits ? (double)(found_count - hits) : 0;
}

static struct tally tally_of(enum rule rule,
                             const struct history_noise *noise,
                             const struct history_change *change,
                             size_t histories)
{
    struct tally tally = { 0, 0, 0 };
    for (uint64_t number = 0; number < histories; number++) {
        double values[HISTORY_SESSIONS];
        size_t found[HISTORY_SESSIONS];
        history_draw(noise, number, change, values);
        count(&tally, found, ask(rule, values, number, found), change);
    }
    tally.any /= (double)histories;
    tally.hit /= (double)histories;
    tally.beside /= (double)histories;
    return tally;
}

static void print_flat(const struct history_noise *noise, size_t histories)
{
    const struct history_change none = { 0 };
    struct history_spread spread = history_spread_of(noise);
    printf("| %s | %.1f %%, %.1f %% |", noise->source->name, 100 * spread.plain,
           100 * spread.robust);
    for (enum rule rule = 0; rule < RULE_COUNT; rule++)
        printf(" %.3f |", tally_of(rule, noise, &none, histories).any);
    printf("\n");
    (void)fflush(stdout);
}

struct shape {
    const char *what;
    size_t from;
    size_t to;
};

static void print_found_of(const struct history_noise *noise,
                           const struct shape *shape,
                           double size,
                           size_t histories)
{
    struct history_change change = { log1p(size), shape->from, shape->to };
    printf("| %s | %s | %g %% |", noise->source->name, shape->what, 100 * size);
    for (enum rule rule = 0; rule < RULE_COUNT; rule++) {
        struct tally tally = tally_of(rule, noise, &change, histories);
        if (rule != RULE_NOT_WHITENED)
            printf(" %.3f, %.3f |", tally.hit, tally.beside);
    }
    printf("\n");
    (void)fflush(stdout);
}

static void print_found(const struct history_noise *noise, size_t histories)
{
    static const struct shape shapes[] = {
        { "stays, in the middle", 50, HISTORY_SESSIONS },
        { "stays, 10 from the end", 90, HISTORY_SESSIONS },
        { "undone after 15", 50, 65 },
    };
    static const double sizes[] = { 0.02, 0.05, 0.10 };
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        for (size_t j = 0; j < sizeof sizes / sizeof sizes[0]; j++)
            print_found_of(noise, &shapes[i], sizes[j], histories);
    }
}

static void print_coverage(const struct history_noise *noise, size_t histories)
{
    static const double sizes[] = { 0.05, 0.10, 0.20 };
    for (size_t j = 0; j < sizeof sizes / sizeof sizes[0]; j++) {
        struct history_change change = { log1p(sizes[j]), HISTORY_SESSIONS / 2,
                                         HISTORY_SESSIONS };
        struct coverage coverage = { 0, 0, 0 };
        for (uint64_t number = 0; number < histories; number++) {
            double values[HISTORY_SESSIONS];
            size_t found[HISTORY_SESSIONS];
            history_draw(noise, number, &change, values);
            (void)ask_pawl(values, number, found, &coverage);
        }
        double asked = (double)coverage.asked;
        printf("| %s | %g %% | %.3f | %.1f |\n", noise->source->name, 100 * sizes[j],
               (double)coverage.covered / asked, coverage.width / asked);
    }
}

typedef void print_of_noise(const struct history_noise *noise, size_t histories);

static int print_sources(const char *directory,
                         size_t count,
                         print_of_noise *print,
                         size_t histories,
                         struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        AUTO_HISTORY_NOISE struct history_noise noise;
        if (history_noise_open(&noise, &history_sources[i], directory, err) < 0)
            return -1;
        print(&noise, histories);
    }
    return 0;
}

static const char rules[] = "E-divisive, .05 | E-divisive, .01 | Hunter |";

static int print_flat_table(const char *directory, size_t histories, struct error *err)
{
    printf("| flat histories | sd, robust sd | %s not whitened | pawl |\n", rules);
    printf("|---|---|---|---|---|---|---|\n");
    return print_sources(directory, history_source_count, print_flat, histories, err);
}

static int print_found_table(const char *directory, size_t histories, struct error *err)
{
    printf("| noise | change | size | %s pawl |\n|---|---|---|---|---|---|---|\n", rules);
    return print_sources(directory, FOUND_SOURCES, print_found, histories / FOUND_SHARE,
                         err);
}

static int print_range_table(const char *directory, size_t histories, struct error *err)
{
    printf("| noise | size | range holds the change | sessions in it |\n"
           "|---|---|---|---|\n");
    return print_sources(directory, FOUND_SOURCES, print_coverage, histories, err);
}

static int print_tables(const char *directory,
                        size_t histories,
                        const char *table,
                        struct error *err)
{
    bool is_all = str_equal(table, "all");
    if ((is_all || str_equal(table, "flat")) &&
        print_flat_table(directory, histories, err) < 0)
        return -1;
    if ((is_all || str_equal(table, "found")) &&
        print_found_table(directory, histories, err) < 0)
        return -1;
    if (is_all || str_equal(table, "range"))
        return print_range_table(directory, histories, err);
    return 0;
}

int main(int argc, char **argv)
{
    struct error err = { 0 };
    size_t histories = argc > 2 ? strtoul(argv[2], NULL, 10) : HISTORIES;
    if (argc < 2 || !histories) {
        log_error("usage: change-rates NOISE-DIRECTORY [HISTORIES [flat|found|range]]");
        return EXIT_FAILURE;
    }
    if (print_tables(argv[1], histories, argc > 3 ? argv[3] : "all", &err) < 0) {
        log_error("%s", err.message);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
