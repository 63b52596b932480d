/* Single operations timed one by one, for the tail of their times. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "gate/base/error.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "runners/bench.h"
#include "runners/case-tracker/options.h"
#include "runners/case-tracker/sqlite_cases.h"
#include "runners/case-tracker/store.h"
#include "runners/case-tracker/suite/suite.h"

struct finding {
    struct db *db;
    uint64_t highest; /* cases have the numbers 1 to this */
    size_t notes;     /* of all that were found */
    struct error *err;
    bool has_failed;
};

/* What a team's tool does all day: one case with its notes, out of many. */
static void find_one(void *context, uint64_t index)
{
    struct finding *finding = context;
    AUTO_CASES struct case_list found = { 0 };
    uint64_t number = 1 + random_below_at(1, 0, index, finding->highest);
    int got = sqlite_cases_find(finding->db, number, &found, finding->err);
    if (got == 0)
        store_missing(number, finding->err);
    finding->has_failed = finding->has_failed || got != 1;
    for (size_t i = 0; i < found.count; i++)
        finding->notes += found.items[i].note_count;
}

static int write_times(const struct bench *bench, const char *path, struct error *err)
{
    FILE *out = fopen(path, "we");
    if (!out)
        return error_errno(err, "cannot create '%s'", path);
    int printed = bench_print_histogram(bench, out);
    if (fclose(out) != 0 || printed < 0)
        return error_errno(err, "cannot write '%s'", path);
    return 0;
}

/* DB COUNT OUT: the answer is what was found; the times go to OUT. */
int run_find_times(const char *const *arguments, struct str *answer, struct error *err)
{
    AUTO_DB struct db db = { 0 };
    struct status_counts counts;
    uint64_t count = 0;
    if (options_number(arguments[1], "COUNT", 1, 10000000, &count, err) < 0 ||
        db_open(&db, arguments[0], DB_READ, err) < 0 ||
        sqlite_cases_count(&db, &counts, err) < 0)
        return -1;
    if (!counts.all)
        return error_set(err, ERROR_CASES, "'%s' holds no cases", arguments[0]);
    struct finding finding = { .db = &db, .highest = counts.all, .err = err };
    struct bench bench = { .operation_count = count };
    bench_operations(&bench, "find", find_one, &finding);
    int written = finding.has_failed ? -1 : write_times(&bench, arguments[2], err);
    bench_clear(&bench);
    str_addf(answer, "%" PRIu64 " cases found, %zu notes\n", count, finding.notes);
    return written;
}
