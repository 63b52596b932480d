/* A long history in a store under a git ref: how long sessions take to be recorded, to be
 * listed and to be read.
 *
 * usage: store-scale record REPOSITORY COUNT [FIRST]
 *                                            appends COUNT sessions of 30 rows, numbered
 *                                            from FIRST; default: on from those there
 *        store-scale list REPOSITORY
 *        store-scale load REPOSITORY [BENCH]     every row, or those of one bench
 *
 * A session is one of 2,000 a year, each of another commit. Values drift and have noise,
 * so that their digits don't compress better than real ones. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/store/store.h"
#include "gate/store/store_ref.h"
#include "runners/machine_fact.h"
#include "tests/bench/replay/draws.h"

enum {
    BENCHES = 10,
    METRICS = 3,
    SESSIONS_A_YEAR = 2000,
    FIRST_DAY_S = 1735689600
};

static double elapsed_ms(int64_t since_ns)
{
    return (double)(clock_now_ns() - since_ns) / 1e6;
}

static char *make_id(const char *what, unsigned number)
{
    struct str id = STR_INIT;
    for (unsigned i = 0; i < 3; i++)
        str_addf(&id, "%016llx",
                 (unsigned long long)random_at(number, random_stream_of(what), i));
    str_truncate(&id, 40);
    return str_detach(&id);
}

static void
add_row(struct session_side *side, unsigned bench, unsigned metric, struct draws *draws)
{
    static const enum metric metrics[METRICS] = { METRIC_WALL, METRIC_CPU,
                                                  METRIC_PEAK_RSS };
    double scale = metric == 2 ? 1e6 : 1e-3;
    double median = scale * (1 + bench) * exp(0.01 * draws_normal(draws));
    struct session_row *row = array_push(&side->rows);
    *row = (struct session_row){
        .bench_id = str_format("operation-%u[n=%u]", bench / 2, bench % 2 ? 10000 : 1000),
        .metric = metrics[metric],
        .is_judged = metric == 1,
        .run_count = 15,
        .median = median,
        .low = median * exp(-0.001 * fabs(draws_normal(draws))),
        .high = median * exp(0.001 * fabs(draws_normal(draws))),
        .spread = 0.01 * exp(0.2 * draws_normal(draws)),
        .change = (double)NAN,
        .change_low = (double)NAN,
        .change_high = (double)NAN,
    };
}

static void fill_machine(struct session *out)
{
    machine_read("", &out->machine);
    out->toolchain = xstrdup("cc (Debian 12.2.0-14+deb12u1) 12.2.0");
    machine_class_of(&out->machine, out->toolchain, machine_facts_default(),
                     &out->machine_class);
}

static void make_session(unsigned number, struct session *out)
{
    struct draws draws = draws_of("store-scale", number);
    time_t at_s = FIRST_DAY_S + (time_t)number * (365 * 86400 / SESSIONS_A_YEAR);
    struct tm at = { 0 };
    char text[32];
    gmtime_r(&at_s, &at);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &at);
    *out = (struct session){
        .pawl_version = xstrdup("0.1.0"),
        .command = xstrdup("run"),
        .recorded_at = xstrdup(text),
        .config_hash = make_id("config", 0),
        .seed = number,
    };
    fill_machine(out);
    out->head.commit = make_id("commit", number);
    out->head.tree = make_id("tree", number);
    out->head.subject =
        str_format("operation-%u: some change, number %u", number % 5, number);
    out->head.committed_s = at_s - 600;
    for (unsigned i = 0; i < BENCHES * METRICS; i++)
        add_row(&out->head, i / METRICS, i % METRICS, &draws);
    session_side_sort(&out->head);
}

static int count_sessions(struct store *store, size_t *out, struct error *err)
{
    const struct store_filter all = { 0 };
    AUTO_SESSION_ENTRIES struct session_entries entries = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    if (store_list(store, &all, &entries, &warnings, err) < 0)
        return -1;
    *out = entries.count;
    return 0;
}

static int run_record(struct store *store,
                      const char *count_text,
                      const char *first_text,
                      struct error *err)
{
    size_t before = 0;
    size_t count = strtoul(count_text, NULL, 10);
    double spent_ms = 0;
    int64_t cpu_ns = 0;
    if (count_sessions(store, &before, err) < 0)
        return -1;
    size_t first = first_text ? strtoul(first_text, NULL, 10) : before;
    for (size_t i = 0; i < count; i++) {
        AUTO_SESSION struct session session = { 0 };
        make_session((unsigned)(first + i), &session);
        int64_t began_ns = clock_now_ns();
        int64_t began_cpu_ns = clock_cpu_ns();
        if (store_add(store, &session, NULL, err) < 0)
            return -1;
        spent_ms += elapsed_ms(began_ns);
        cpu_ns += clock_cpu_ns() - began_cpu_ns;
    }
    printf("recorded %zu sessions above %zu: %.2f ms each, %.2f ms of CPU\n", count,
           before, spent_ms / (double)count, (double)cpu_ns / 1e6 / (double)count);
    return 0;
}

static int run_list(struct store *store, struct error *err)
{
    size_t count = 0;
    int64_t began_ns = clock_now_ns();
    if (count_sessions(store, &count, err) < 0)
        return -1;
    printf("listed %zu sessions: %.1f ms\n", count, elapsed_ms(began_ns));
    return 0;
}

static int run_load(struct store *store, const char *bench_id, struct error *err)
{
    const struct store_filter filter = { .bench_id = bench_id };
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    int64_t began_ns = clock_now_ns();
    int64_t began_cpu_ns = clock_cpu_ns();
    if (store_load(store, &filter, &sessions, &warnings, err) < 0)
        return -1;
    double spent_ms = elapsed_ms(began_ns);
    double cpu_ms = (double)(clock_cpu_ns() - began_cpu_ns) / 1e6;
    size_t rows = 0;
    for (size_t i = 0; i < sessions.count; i++)
        rows += sessions.items[i].head.rows.count;
    printf("read %zu rows of %zu sessions, %zu warnings: %.1f ms, %.1f ms of CPU\n", rows,
           sessions.count, warnings.count, spent_ms, cpu_ms);
    return 0;
}

static int run(int argc, char **argv, struct error *err)
{
    if (argc < 3)
        return error_set(err, ERROR_USAGE,
                         "usage: store-scale record|list|load REPOSITORY [COUNT|BENCH]");
    AUTO_STORE struct store *store = store_open_ref(argv[2], STORE_REF_DEFAULT, err);
    if (!store)
        return -1;
    if (str_equal(argv[1], "record") && argc > 3)
        return run_record(store, argv[3], argc > 4 ? argv[4] : NULL, err);
    if (str_equal(argv[1], "load"))
        return run_load(store, argc > 3 ? argv[3] : NULL, err);
    return run_list(store, err);
}

int main(int argc, char **argv)
{
    struct error err = { 0 };
    if (run(argc, argv, &err) == 0)
        return 0;
    fprintf(stderr, "store-scale: %s\n", err.message);
    return 1;
}
