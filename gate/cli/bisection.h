/* One `pawl bisect`, from the command line to the exit code: the state that its steps
 * share. The steps stand in bisection_*.c, in the order in which cmd_bisect.c calls them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/build/scratch.h"
#include "gate/cli/bisect_options.h"
#include "gate/cli/check.h"
#include "gate/cli/config_file.h"
#include "gate/config/bench.h"
#include "gate/config/config.h"
#include "gate/experiment/bisect.h"
#include "gate/experiment/lineage.h"
#include "gate/source/revision.h"
#include "gate/source/source.h"
#include "gate/source/stretch.h"
#include "gate/verdict/bisect_result.h"

struct error;

/* Two commits side by side: built, seen to do the same work, and ready to be measured. */
struct comparison {
    struct check check;
    bool is_open;
    struct config *recipes[SIDE_COUNT]; /* pawl.json of the commits; NULL: bad's */
    size_t listed;                      /* the row's bench in the stage's list */
    bool is_identical;
    char *why;     /* why the two can't be compared: a sentence. NULL: they can */
    uint64_t seed; /* of its journal */
};
void comparison_close(struct comparison *comparison);

struct bisection {
    struct bisect_options options;
    char *cache_directory;
    int64_t started_ns;
    struct source *source;
    struct revision good;
    struct revision bad;
    struct config_file config_file; /* bad's, or the option's: what is measured, for all
                                     * commits */
    char *bench_id;                 /* of the row */
    char *pattern;                  /* the bench that tells it: itself, or a harness */
    struct margin margins[METRIC_COUNT]; /* the row's; of CPU and wall time where the
                                          * first comparison is to choose */
    struct stretch stretch;
    struct lineage lineage;
    struct bisect plan;
    char *directory; /* of what was measured, as long as the search is not over */
    uint64_t seed;
    struct comparison comparison; /* the one under way, and what it is */
    enum bisect_kind kind;
    size_t commit;
    struct bisect_result result;
    char *explained_here; /* the result's, as wide as the screen */
};
#define AUTO_BISECTION AUTO(bisection_clear)

void bisection_init(struct bisection *bisection);
void bisection_clear(struct bisection *bisection);

/* The two commits, the row and its margin, all from the options and the last result. */
int bisection_find(struct bisection *bisection, struct error *err) MUST_CHECK;
/* The row, of a result: bench and metric of options that are not given, and good and bad.
 * Called by bisection_find. */
struct last_row {
    char *good; /* ids; the caller's, as is the next */
    char *bad;
    char *bench_id;
    enum metric metric;
};
void last_row_clear(struct last_row *row);
int bisection_last_row(struct bisection *bisection,
                       struct last_row *row,
                       struct error *err) MUST_CHECK;
/* The commits between, and what of them an interrupted search has measured. */
int bisection_begin(struct bisection *bisection, struct error *err) MUST_CHECK;
/* Comparison after comparison, until it is over. */
int bisection_search(struct bisection *bisection, struct error *err) MUST_CHECK;
/* Where the found culprit's difference comes from: functions and lines. Called by
 * bisection_search in the end, before the comparison is closed. */
int bisection_explain(struct bisection *bisection, struct error *err) MUST_CHECK;
/* What that needs of the pairs that were measured last. */
void bisection_keep_rows(struct bisection *bisection,
                         const struct experiment *experiment);
/* The result, the files, the summary on stdout. */
int bisection_report(struct bisection *bisection, struct error *err) MUST_CHECK;

/* Opens the comparison of an order: builds both commits and sees that they do the same.
 * What keeps them from being compared is no error, but a reason. */
int bisection_open_comparison(struct bisection *bisection,
                              const struct bisect_order *order,
                              struct error *err) MUST_CHECK;
/* Measures what was ordered of the open comparison, going on with what there is of it;
 * the experiment is the caller's to clear. */
int bisection_measure(struct bisection *bisection,
                      const struct bisect_order *order,
                      struct experiment *experiment,
                      struct error *err) MUST_CHECK;
/* The trial of the row; NULL where nothing tells it. */
const struct trial *bisection_trial(const struct experiment *experiment);

/* The base of what is ordered: good, or the suspect's first parent. */
int bisection_base(struct bisection *bisection,
                   const struct bisect_order *order,
                   struct revision *base,
                   struct error *err) MUST_CHECK;
