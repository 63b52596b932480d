/* Everything that one bisection found out: what its reports show and its JSON holds.
 * Plain data that owns its strings; { 0 } is a valid empty result. Changes are head /
 * base - 1; bounds may be infinite and unknown numbers are NAN. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/strvec.h"
#include "gate/experiment/bisect.h"
#include "gate/verdict/result.h"
#include "runners/environment.h"
#include "runners/metric.h"

/* What a comparison said. */
enum probe_answer {
    PROBE_UNDECIDED,
    PROBE_FAST,       /* not beyond the threshold */
    PROBE_SLOW,       /* beyond it */
    PROBE_IN_BETWEEN, /* away from both ends: there are several steps */
    PROBE_SKIPPED     /* it could not be measured */
};
const char *probe_answer_name(enum probe_answer answer); /* "undecided", "fast", ... */

const char *bisect_kind_name(enum bisect_kind kind);    /* "ends", "probe", "culprit" */
const char *bisect_state_name(enum bisect_state state); /* "found", "no difference", .. */

/* One comparison; measured longer it is still one. */
struct bisect_probe {
    enum bisect_kind kind;
    char *commit; /* hex, as are all */
    char *subject;
    char *against;    /* good, or the suspect's parent */
    double threshold; /* the change on whose sides the answers lie */
    enum probe_answer answer;
    double change;
    double change_low; /* 95 % interval of it */
    double change_high;
    double p_wrong;     /* the rate at which the answer would still be given; NAN: none */
    size_t pair_count;  /* that counted */
    int64_t elapsed_ns; /* builds and all */
    char *reason;       /* why it was skipped, or needed no measuring; "" else */
};
struct bisect_probes {
    struct bisect_probe *items;
    size_t count;
    size_t capacity;
};

/* A commit that may have done it. */
struct bisect_suspect {
    char *commit;
    char *subject;
    bool is_merge;
    double probability;
    char *reason; /* why it could not be measured; "" else */
};
struct bisect_suspects {
    struct bisect_suspect *items;
    size_t count;
    size_t capacity;
};

struct bisect_result {
    char *pawl_version;
    char *started_at; /* RFC 3339, UTC */
    int64_t elapsed_ns;
    struct revision_info good;
    struct revision_info bad;
    char *bench_id;
    enum metric metric;
    double margin; /* the row's share; half of it decides whether the ends differ */
    bool by_first_parents;
    size_t commit_count; /* after good, up to bad */
    enum bisect_state state;
    char *reason;  /* why the ends could not be compared; "" else */
    double change; /* of bad against good */
    double change_low;
    double change_high;
    struct bisect_suspects suspects; /* likeliest first; with BISECT_FOUND the one */
    double probability;              /* that it, or one of them, is right */
    bool is_confirmed;               /* by itself it does more than half of the step */
    bool has_own;
    double own_change; /* the culprit against its first parent */
    double own_low;
    double own_high;
    struct explanations *explanations; /* of that; NULL: there is none. Owned */
    char *explained;                   /* the same as text, in lines; NULL likewise */
    struct bisect_probes probes;       /* in the order they were begun */
    size_t pair_count;                 /* of all */
    struct machine machine;
    char *accounting;
    char *priority;
    char *toolchain;
    char *reproduce; /* the command that searches the same again */
    struct strvec warnings;
    enum gate_exit exit;
};
void bisect_result_clear(struct bisect_result *result);

/* The effect of a reading as head / base - 1, whichever way is worse, with its 95 %
 * interval. */
struct bisect_change {
    double change;
    double low;
    double high;
};
struct bisect_change bisect_change_of(const struct reading *reading);

/* How much of the whole difference the culprit makes by itself, in logs: 0.5 is half. NAN
 * where it was not measured. */
double bisect_result_share(const struct bisect_result *result);
/* How many comparisons were measured, and how many commits were passed over. */
size_t bisect_result_measured(const struct bisect_result *result);
size_t bisect_result_skipped(const struct bisect_result *result);
