/* Records sessions for the commits of a repository, as a year of them would have been.
 *
 * usage: git log --first-parent --reverse --format='%H %T %ct' |
 *        history-year WHERE TOP BENCHES TOOLCHAIN
 *
 * A session a commit, of this machine's class as TOOLCHAIN (the first line of the
 * compiler's --version) makes it; BENCHES benches, each with cpu, wall and peak_rss.
 * Between sessions: 4 % with heavy tails. Every bench changes four times, by 4 to 20 %.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/store/store.h"
#include "runners/machine_fact.h"
#include "tests/bench/replay/draws.h"

enum {
    CHANGES = 4,
    COMMITS_A_CHANGE = 400
};

/* Sum of the changes that came before the commit. */
static double level(unsigned bench, unsigned commit)
{
    double sum = 0;
    for (unsigned change = 0; change < CHANGES; change++) {
        struct draws draws = draws_of("change", bench * CHANGES + change);
        uint64_t at =
            (uint64_t)COMMITS_A_CHANGE * (change + 1) + draws_below(&draws, 100);
        double size = 0.04 + 0.16 * draws_uniform(&draws);
        if (commit >= at)
            sum += draws_uniform(&draws) < 0.7 ? size : -size;
    }
    return sum;
}

static double heavy(struct draws *draws)
{
    double squares = 0;
    for (int i = 0; i < 3; i++)
        squares += pow(draws_normal(draws), 2);
    return draws_normal(draws) / sqrt(squares / 3) / sqrt(3);
}

static void add_row(struct session_side *side,
                    unsigned bench,
                    unsigned commit,
                    enum metric metric,
                    struct draws *draws)
{
    double scale = metric == METRIC_PEAK_RSS ? 1e6 : 1e-3;
    double sd = metric == METRIC_PEAK_RSS ? 0.002 : 0.04;
    double median = scale * (1 + bench) * exp(level(bench, commit) + sd * heavy(draws));
    *array_push(&side->rows) = (struct session_row){
        .bench_id = str_format("operation-%u[n=%u]", bench / 2, bench % 2 ? 10000 : 1000),
        .metric = metric,
        .is_judged = true,
        .run_count = 15,
        .median = median,
        .low = median * 0.995,
        .high = median * 1.005,
        .spread = 0.01,
        .change = (double)NAN,
        .change_low = (double)NAN,
        .change_high = (double)NAN,
    };
}

static void make_session(const char *line,
                         unsigned number,
                         unsigned benches,
                         const char *toolchain,
                         struct session *out)
{
    struct draws draws = draws_of("year", number);
    char commit[64] = "";
    char tree[64] = "";
    char text[32];
    struct tm at;
    (void)sscanf(line, "%63s %63s", commit, tree);
    long long committed_s = strtoll(strrchr(line, ' '), NULL, 10);
    time_t recorded_s = (time_t)committed_s + 600;
    gmtime_r(&recorded_s, &at);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &at);
    *out = (struct session){ .pawl_version = xstrdup("0.1.0"),
                             .command = xstrdup("run"),
                             .recorded_at = xstrdup(text),
                             .toolchain = xstrdup(toolchain),
                             .config_hash = xstrdup(tree),
                             .seed = number };
    machine_read("", &out->machine);
    machine_class_of(&out->machine, toolchain, machine_facts_default(),
                     &out->machine_class);
    out->head.commit = xstrdup(commit);
    out->head.tree = xstrdup(tree);
    out->head.subject = str_format("operation-%u: some change", number % 5);
    out->head.committed_s = committed_s;
    for (unsigned bench = 0; bench < benches; bench++) {
        add_row(&out->head, bench, number, METRIC_CPU, &draws);
        add_row(&out->head, bench, number, METRIC_WALL, &draws);
        add_row(&out->head, bench, number, METRIC_PEAK_RSS, &draws);
    }
    session_side_sort(&out->head);
}

static int record(char **argv, struct error *err)
{
    char line[256];
    unsigned number = 0;
    AUTO_STORE struct store *store = store_open(argv[1], argv[2], err);
    while (store && fgets(line, sizeof line, stdin)) {
        AUTO_SESSION struct session session = { 0 };
        make_session(line, number++, (unsigned)strtoul(argv[3], NULL, 10), argv[4],
                     &session);
        if (store_add(store, &session, NULL, err) < 0)
            return -1;
    }
    return store ? 0 : -1;
}

int main(int argc, char **argv)
{
    struct error err = { 0 };
    if (argc == 5 && record(argv, &err) == 0)
        return 0;
    (void)fprintf(stderr, "history-year: %s\n",
                  argc == 5 ? err.message : "see the head of history_year.c");
    return 1;
}
