/* The flame graphs of shards, put beside what is made of them. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/report/report.h"

struct error;
struct merge_inputs;

/* { 0 } is none. */
struct merge_flames {
    struct report_flames still; /* for the page */
    struct strvec files;        /* the pictures, whole, in the same order */
};
#define AUTO_MERGE_FLAMES AUTO(merge_flames_clear)

void merge_flames_clear(struct merge_flames *flames);

/* Before merge_results: reads the pictures beside the results of the shards, and names
 * each anew, as they will lie in one folder. Names of those that can't be read (each said
 * in a line), or of all where there will be no folder, are taken out. */
void merge_flames_read(struct merge_inputs *inputs,
                       bool has_folder,
                       struct merge_flames *flames);

int merge_flames_write(const struct merge_flames *flames,
                       const char *directory,
                       struct error *err) MUST_CHECK;
