/* System calls and files: one run a side under strace. */
#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/cli/check_explain.h"
#include "gate/explain/file_table.h"
#include "gate/explain/syscall_table.h"
#include "runners/file_calls.h"
#include "runners/syscalls.h"

/* A line of strace is about 100 bytes, and so many calls go with each that is about a
 * file: runs with more reads and writes are counted without naming files. */
#define MOST_NAMED_CALLS 200000.0

/* What both sides' runs read and write, in calls. */
static double reads_and_writes(const struct check *check, const char *bench_id)
{
    static const enum metric metrics[] = { METRIC_READ_CALLS, METRIC_WRITE_CALLS };
    double sum = 0;
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        const struct row *row =
            rows_find_measured(&check->result.rows, bench_id, metrics[i]);
        if (row)
            sum += row->base_median + row->head_median;
    }
    return sum;
}

static bool names_files(struct explaining *explaining, const char *bench_id)
{
    double calls = reads_and_writes(explaining->check, bench_id);
    if (calls <= MOST_NAMED_CALLS)
        return true;
    AUTO_STR struct str count = STR_INIT;
    units_add_count(&count, calls);
    explain_leave_out(explaining,
                      "the files that '%s' reads and writes are not named, for there "
                      "are %s such calls",
                      bench_id, count.data);
    return false;
}

/* 1 where the side was counted, 0 where that is left out, -1 for trouble of ours. */
static int count_side(struct explaining *explaining,
                      const struct bench *bench,
                      enum side side,
                      struct syscall_counts *counts,
                      struct file_calls *files,
                      struct error *err)
{
    AUTO_FREE char *place = counter_place(&explaining->check->counter, COUNTING_SYSCALLS);
    AUTO_FREE char *failure = NULL;
    if (explain_run(explaining, bench, side, COUNTING_SYSCALLS, &failure, err) < 0)
        return -1;
    if (!failure && syscalls_read(place, counts, files, err) == 0)
        return 1;
    explain_leave_out(explaining, "the system calls of '%s' could not be counted: %s",
                      bench->id, failure ? failure : err->message);
    error_clear(err);
    return 0;
}

int explain_syscalls(struct explaining *explaining,
                     const struct bench *bench,
                     bool keeps_calls,
                     struct explanation *explanation,
                     struct error *err)
{
    struct check *check = explaining->check;
    AUTO_SYSCALL_COUNTS struct syscall_counts base = { 0 };
    AUTO_SYSCALL_COUNTS struct syscall_counts head = { 0 };
    AUTO_FILE_CALLS struct file_calls base_files = { 0 };
    AUTO_FILE_CALLS struct file_calls head_files = { 0 };
    struct syscall_counts *const counts[] = { &base, &head };
    struct file_calls *const files[] = { &base_files, &head_files };
    struct file_places places[SIDE_COUNT] = { { 0 } };
    check->counter.names_files = names_files(explaining, bench->id);
    if (!check->counter.names_files && !keeps_calls)
        return 0;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        int got = count_side(explaining, bench, side, counts[side], files[side], err);
        if (got <= 0)
            return got;
        places[side] = (struct file_places){ check->explain.trees[side],
                                             check_scratch(&check->explain, side) };
    }
    if (keeps_calls)
        syscall_table_join(&base, &head, explanation);
    file_table_join((const struct file_calls *const *)files, places, explanation);
    return 0;
}
