/* Cases from a CSV file, one at a time. The first line names the columns: id, title,
 * status and, where wanted, notes (nothing, or a JSON array of texts). */
#pragma once

#include "runners/case-tracker/arena.h"
#include "runners/case-tracker/case.h"
#include "runners/case-tracker/csv.h"
#include "runners/case-tracker/plain_json.h"

struct csv_cases {
    struct csv_reader csv;
    size_t column_count;        /* 3 or 4 */
    struct arena texts;         /* of the current record's notes, and where they are */
    struct plain_strings plain; /* these notes, unless jansson read them */
};

int csv_cases_open(struct csv_cases *from, const char *path, struct error *err)
    MUST_CHECK;
void csv_cases_close(struct csv_cases *from);
#define AUTO_CSV_CASES AUTO(csv_cases_close)

/* The next case, checked; its texts are lent until the next call. 1, 0 at the end, -1. */
int csv_cases_next(struct csv_cases *from, struct case_record *record, struct error *err)
    MUST_CHECK;
