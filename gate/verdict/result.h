/* Everything that one gate found out: what reports show and what the JSON result holds.
 * Plain data that owns its strings; { 0 } is a valid empty result. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/strvec.h"
#include "gate/experiment/pair.h"
#include "gate/verdict/baseline.h"
#include "gate/verdict/explanation.h"
#include "gate/verdict/goal_result.h"
#include "gate/verdict/program_result.h"
#include "gate/verdict/sharding.h"
#include "runners/environment.h"
#include "runners/metric.h"

/* Verdicts of a row, best first; the gate's verdict is its worst row. */
enum verdict {
    VERDICT_NONE,      /* not judged: rows for information, and rows not settled yet */
    VERDICT_NEW,       /* not in base's list: nothing to compare with */
    VERDICT_REMOVED,   /* not in head's list, which says so */
    VERDICT_IDENTICAL, /* both sides run the same bytes: no timing needed */
    VERDICT_OK,        /* the change is below the margin */
    VERDICT_IMPROVED,  /* ok, and faster than the margin downwards */
    VERDICT_WAIVED,    /* worse than its margin, but not than what was accepted */
    VERDICT_LAYOUT_SENSITIVE, /* changed as built, but not wherever the code may lie */
    VERDICT_INCONCLUSIVE,     /* neither shown within what the budget allowed */
    VERDICT_REGRESSED,        /* worse by more than the margin */
    VERDICT_MISSING,          /* in base's list, not in head's */
    VERDICT_FAILED, /* crashed, timed out, exited non-zero, or printed something else */
    VERDICT_COUNT
};
/* "none", "new", "removed", "identical", "ok", "improved", "waived", "layout-sensitive",
 * "inconclusive", "regressed", "missing", "failed" */
const char *verdict_name(enum verdict verdict);

/* One bench × metric. Changes and margins are relative: 0.03 is 3 %; bounds may be
 * infinite and unknown numbers are NAN. */
struct row {
    char *bench_id; /* "list[n=1000]" */
    enum metric metric;
    bool is_judged; /* false: shown only, verdict means nothing */
    bool is_exact;  /* counts that repeat, compared outright: nothing is left to chance */
    enum verdict verdict;
    char *unit; /* what throughput counts: "cases"; NULL where it is not said, and for all
                 * other metrics */
    char *reason;           /* one sentence; "" where the verdict says it all */
    double margin;          /* the one that counted: the larger of share and floor */
    size_t pair_count;      /* that counted */
    size_t discarded_count; /* thrown away for outside evidence */
    double base_median;     /* in the metric's base unit */
    double head_median;
    double change;     /* Hodges-Lehmann estimate of head / base - 1 */
    double change_low; /* 95 % interval of it */
    double change_high;
    double p_regressed;      /* sequential; against "at most the margin" */
    double p_regressed_holm; /* the same, corrected over all judged rows */
    double p_ok;             /* sequential; against "at least the margin" */
    double p_improved;
    double p_improved_holm;
    double detection_limit; /* smallest change found with probability 90 % */
    double noise_sd;        /* robust standard deviation of the pairs' log ratios */
    double order_bias;      /* mean log ratio of second to first run of a pair */
    double order_bias_low;  /* 95 % interval of it */
    double order_bias_high;
};
struct rows {
    struct row *items;
    size_t count;
    size_t capacity;
};

/* One benchmark at one size, with all its pairs. */
struct bench_result {
    char *id;
    char *suite;
    enum verdict verdict; /* the worst of its rows, or why it has none */
    char *reason;      /* why it has no measured rows: failed, missing, identical, new, no
                          time;      else "" */
    char *command;     /* as written in the config */
    bool is_cpu_bound; /* judged on CPU time; else on wall time */
    bool is_pinned;
    bool is_together;   /* both sides at the same time, after the warm-up */
    struct pairs pairs; /* warm-ups and discarded ones included, in the order they ran */
    struct pairs counted_pairs; /* run apart, to count what they do; their times are not
                                 * the program's */
};
struct bench_results {
    struct bench_result *items;
    size_t count;
    size_t capacity;
};

/* What one layout of the code showed (gate/build/layout.h). */
struct layout_block {
    char *compile_flags; /* that both sides were built with beside their own */
    char *link_flags;
    struct bench_results benches;
    struct rows rows; /* those that were asked about are judged; without verdicts */
};
struct layout_blocks {
    struct layout_block *items;
    size_t count;
    size_t capacity;
};

/* Whether a change is there wherever the code lies. */
enum layout_finding {
    LAYOUT_OPEN,  /* the layouts don't tell */
    LAYOUT_HOLDS, /* beyond its margin over all layouts */
    LAYOUT_FAILS  /* within its margin over all layouts */
};
const char *layout_finding_name(enum layout_finding finding); /* "open", "holds",
                                                                 "does not hold" */

/* A row over all layouts, each of which counts once. Changes are head / base - 1. */
struct layout_row {
    char *bench_id;
    enum metric metric;
    bool is_improvement; /* asked is whether it improved; else whether it got worse */
    size_t layout_count; /* in which it was measured */
    size_t beyond_count; /* of these: whose estimate is beyond the margin asked about */
    double change;       /* Hodges-Lehmann estimate over the layouts' estimates */
    double change_low;   /* 90 % interval of it */
    double change_high;
    double p_holds;   /* signed rank over all layouts; against "not beyond" */
    double p_fails;   /* the same; against "beyond" */
    double layout_sd; /* what the layout adds to the spread of the estimates, in logs */
    double run_sd;    /* what the pairs of one layout add */
    double layout_share; /* of the variance of the estimates: the layout's part, 0 .. 1 */
    enum layout_finding finding;
};
struct layout_rows {
    struct layout_row *items;
    size_t count;
    size_t capacity;
};

/* Rows measured once more in several layouts of both sides. */
struct layout_study {
    size_t first_count; /* of layouts that every row gets */
    size_t most_count;  /* that an open one gets */
    char *cut_short;    /* why there are fewer; "" where there are not */
    struct layout_blocks blocks;
    struct layout_rows rows;
};

enum growth_outcome {
    GROWTH_OK,          /* more than is allowed is ruled out */
    GROWTH_CANNOT_TELL, /* and why, in the reason */
    GROWTH_IDENTICAL,   /* both sides run the same bytes */
    GROWTH_WAIVED,      /* it does, but that was accepted */
    GROWTH_FASTER,      /* than on base */
    GROWTH_ABOVE,       /* its ceiling */
    GROWTH_OUTCOME_COUNT
};
/* "ok", "can't tell", "identical", "waived", "grows faster", "above its ceiling" */
const char *growth_outcome_name(enum growth_outcome outcome);

/* The k of y = a + b n^k; 0: does not grow. Its 95 % interval may be unbounded. */
struct growth_exponent {
    double exponent; /* NAN: not known */
    double low;
    double high;
};

/* How a benchmark grows with one of its parameters, by one metric. */
struct growth_result {
    char *name;      /* the benchmark's; with other parameters "sort[m=2]" */
    char *parameter; /* "n" */
    enum metric metric;
    char *ceiling; /* "O(n log n)"; "" where it is held against base's growth alone */
    double ceiling_exponent; /* over these sizes; NAN without a ceiling */
    double tolerance;        /* above it: what caches and the like may add */
    size_t size_count;       /* that were measured */
    double smallest;         /* of them; 0 for none */
    double largest;
    struct growth_exponent base;
    struct growth_exponent head;
    struct growth_exponent difference; /* head's less base's, from pairs */
    double base_tolerance;             /* of the difference */
    double p_above;                    /* against "head's is at most that" */
    double p_above_holm;               /* corrected over the growth of all */
    double p_faster;                   /* against "no more than base's" */
    double p_faster_holm;
    double p_ok; /* against "above the ceiling, or faster than base, by the tolerance" */
    enum growth_outcome outcome;
    bool was_above_on_base; /* with GROWTH_ABOVE: then it is no failure */
    char *reason;           /* one sentence; "" where the figures say it all */
};
struct growth_results {
    struct growth_result *items;
    size_t count;
    size_t capacity;
};
/* Whether the outcome fails the gate. */
bool growth_is_worse(const struct growth_result *growth);

/* What became of a waiver, better first; of one that is for several, the worst. */
enum waiver_outcome {
    WAIVER_IDLE,     /* nothing that it is for was measured */
    WAIVER_UNNEEDED, /* what it is for is within its own limits */
    WAIVER_HOLDS,    /* worse, as accepted */
    WAIVER_OPEN,     /* whether it is worse than accepted could not be decided */
    WAIVER_ENDED,    /* worse, after its last day */
    WAIVER_EXCEEDED, /* worse than accepted */
    WAIVER_OUTCOME_COUNT
};
/* "not measured", "not needed", "holds", "not decided", "ended", "exceeded" */
const char *waiver_outcome_name(enum waiver_outcome outcome);

/* A regression that was accepted beforehand. */
struct waiver_result {
    char *row;    /* as written: a bench's id, or a pattern */
    char *metric; /* as written: "cpu", "growth of cpu", "goal of wall_p95" */
    char *up_to;  /* "5 %" */
    char *reason;
    char *owner;
    char *until;            /* its last day, UTC: "2027-01-31" */
    bool is_added;          /* by head: base has no such waiver */
    bool is_over;           /* the day has passed */
    struct strvec for_rows; /* what it made waived: "list[n=1000] cpu" */
    enum waiver_outcome outcome;
};
struct waiver_results {
    struct waiver_result *items;
    size_t count;
    size_t capacity;
};

/* A measurement beside the gate's own, with the verdicts that it would have by itself. */
struct second_opinion {
    struct bench_results benches;
    struct rows rows;
    struct growth_results growths; /* of a confirmation, those that were worse at first */
};

/* What a stored session says of a commit since the anchor: its change against a commit
 * before it, in pairs. */
struct creep_step {
    char *bench_id;
    enum metric metric;
    char *commit; /* hex, as is base */
    char *base;
    char *subject;
    char *session; /* the stored session's name */
    double change; /* head / base - 1 */
    double change_low;
    double change_high;
};
struct creep_steps {
    struct creep_step *items;
    size_t count;
    size_t capacity;
};

struct revision_info {
    char *commit;          /* hex */
    char *tree;            /* hex */
    char *subject;         /* the commit message's first line; "" for a work tree */
    char *asked;           /* as the user or the rule named it */
    char *merged;          /* hex: of a merge, what it brought into its first parent (of a
                            * pull request's merge commit, the request's own head); NULL */
    bool is_dirty;         /* the work tree, not a commit */
    bool was_built_before; /* taken from the build cache */
};

/* Head against a commit of long ago, so that many small steps are seen as one. In rows,
 * reasons and commands "base" is the anchor. */
struct creep {
    struct revision_info anchor;
    size_t commit_count;          /* after the anchor, up to head; 0: not known */
    char *note;                   /* what readers have to know; "" */
    char *trouble;                /* why nothing could be compared; "" */
    struct bench_results benches; /* those with nothing to compare with are new */
    struct rows rows;             /* against the creep margins; regressed ones crept */
    struct creep_steps steps;     /* of rows that crept, oldest first */
};

enum gate_exit {
    GATE_PASS = 0,
    GATE_REGRESSED = 1,
    GATE_NOT_MEASURED = 3,
    GATE_INCONCLUSIVE = 4
};

struct result {
    char *pawl_version;
    char *started_at;     /* RFC 3339, UTC */
    int64_t elapsed_ns;   /* the whole gate */
    int64_t measuring_ns; /* the pairs alone */
    struct revision_info base;
    struct revision_info head;
    char *base_rule; /* "merge base of HEAD and origin/main" */
    char *relevance; /* why nothing was built: no file that benchmarks depend on changed;
                      * NULL: something was */
    char *config_rule; /* what stood in for the pawl.json that there is not; NULL: there
                        * is one */
    struct machine machine;
    char *accounting; /* what of a run this machine counts, as accounting_describe has it
                       */
    char *toolchain;  /* first line of the compiler's --version */
    char *pinning;    /* which CPU busy benchmarks ran on, and why that; or why on none */
    char *priority;   /* whether runs came before other work, and why not */
    uint64_t seed;
    char *reproduce; /* the command that measures the same again */
    double false_alarm;
    double miss;
    int64_t budget_ns;
    size_t max_pairs;
    struct bench_results benches;
    struct rows rows; /* judged rows first within each bench */
    struct goal_results goals;
    struct growth_results growths;
    struct waiver_results waivers;
    struct program_results programs; /* that the benches run; none where they were not
                                      * looked at */
    struct second_opinion *confirm;  /* NULL: not asked for. Regressed rows measured again
                                      * with fresh builds; empty where none was */
    struct second_opinion *control; /* NULL: not asked for. Base against a copy of itself,
                                     * in head's place */
    struct layout_study *layouts;   /* NULL: no row was to be asked about */
    struct creep *creep;            /* NULL: not asked for */
    struct baseline *baseline;      /* NULL: base was measured. Else head alone was, and
                                     * base's figures are those of stored sessions */
    struct sharding *sharding;      /* NULL: measured as a whole (gate/verdict/sharding.h)
                                     */
    struct explanations *explanations; /* NULL: not asked for, or nothing to explain */
    struct strvec config_changes;      /* how head's config would judge otherwise */
    struct strvec warnings;
    struct strvec changed_paths; /* between the two commits */
    enum verdict verdict;        /* the worst */
    enum gate_exit exit;
};
void result_clear(struct result *result);

void second_opinion_free(struct second_opinion *opinion); /* NULL is fine */
void layout_study_free(struct layout_study *study);       /* likewise */
void creep_free(struct creep *creep);                     /* likewise */

/* The judged row of that bench and metric among rows, or NULL. */
const struct row *
rows_find_judged(const struct rows *rows, const char *bench_id, enum metric metric);
/* The row of that bench and metric that has figures, judged or not; or NULL. */
const struct row *
rows_find_measured(const struct rows *rows, const char *bench_id, enum metric metric);
/* What the confirmation made of a row that regressed at first; NULL where it had none. */
const struct row *result_confirming(const struct result *result, const struct row *row);

/* What the layouts showed of a row; NULL where it was not asked about. */
const struct layout_row *result_over_layouts(const struct result *result,
                                             const struct row *row);

/* Whether a row of a control says that the measurement is not to be trusted: base differs
 * from its copy by more than the margin, in either direction, or one of them failed. */
bool row_discredits(const struct row *row);
/* How many rows of the control do. */
size_t result_discrediting(const struct result *result);

/* How many growths fail the gate. */
size_t result_growths_worse(const struct result *result);

/* How many rows crept. */
size_t result_crept(const struct result *result);
/* What the comparison with the anchor makes of the gate: the worst verdict of its
 * benches; VERDICT_FAILED where it has trouble, VERDICT_NONE where there is none. */
enum verdict result_creep_verdict(const struct result *result);

/* How many judged rows there are with a verdict; coverage lines count with it. */
size_t result_count(const struct result *result, enum verdict verdict);
/* "38 of 40 rows judged: 1 inconclusive, 1 failed". The caller's. */
char *result_coverage(const struct result *result) MUST_CHECK;
char *rows_coverage(const struct rows *rows) MUST_CHECK;
