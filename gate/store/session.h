/* A session: what one `pawl run` or `pawl check` measured on one machine, as the store
 * keeps it. Plain data that owns its strings; { 0 } is a valid empty session. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/store/machine_class.h"
#include "runners/machine.h"
#include "runners/metric.h"

struct str;

/* One bench × metric of one commit. Values in the metric's base unit. */
struct session_row {
    char *bench_id; /* "list[n=1000]" */
    enum metric metric;
    char *unit;     /* what throughput counts: "cases"; NULL where it is not said, and for
                     * all other metrics */
    bool is_judged; /* gated by a margin in that session; else for information */
    size_t run_count; /* that counted; at least 1 */
    double median;    /* of them */
    double low;       /* 95 % interval of the median, by order statistics; infinite where
                       * the runs are too few for one */
    double high;
    double spread;     /* robust standard deviation of the runs' logarithms, within the
                        * session; NAN where there is none */
    double change;     /* where the session compared its commit with another in pairs (the
                        * head     of a check): head / base - 1; else NAN */
    double change_low; /* 95 % interval of it; NAN where there is no change, infinite
                        * where the pairs are too few */
    double change_high;
};
struct session_rows {
    struct session_row *items; /* sorted by bench_id, then metric; each once */
    size_t count;
    size_t capacity;
};

/* A bench of the commit's that could not be measured, or not all of it: then it has rows
 * too. */
struct session_gap {
    char *bench_id;
    char *reason; /* a sentence */
};
struct session_gaps {
    struct session_gap *items; /* sorted by bench_id; each once */
    size_t count;
    size_t capacity;
};

/* One commit, as measured in a session. */
struct session_side {
    char *commit;        /* 40 hex digits */
    char *tree;          /* likewise */
    char *subject;       /* the commit message's first line */
    int64_t committed_s; /* committer's time, since 1970, UTC */
    bool is_dirty;       /* the work tree above that commit: never stored */
    struct session_rows rows;
    struct session_gaps gaps;
};

struct session {
    char *name; /* where it stands in the store; NULL before it is stored */
    char *pawl_version;
    char *command;     /* "run", "check" */
    char *recorded_at; /* RFC 3339, UTC: "2026-11-26T21:14:00Z" */
    struct machine machine;
    struct machine_class machine_class;
    char *toolchain;   /* the first line of the compiler's --version; "" for none */
    char *config_hash; /* the id that git gives the pawl.json which was used */
    uint64_t seed;
    struct session_side head;  /* the commit of a run; the head of a check */
    struct session_side *base; /* the base of a check; else NULL */
};
#define AUTO_SESSION AUTO(session_clear)
void session_clear(struct session *session);

struct sessions {
    struct session *items;
    size_t count;
    size_t capacity;
};
#define AUTO_SESSIONS AUTO(sessions_clear)
void sessions_clear(struct sessions *sessions);

/* The row of that bench and metric, or NULL. Borrowed. */
const struct session_row *session_side_find(const struct session_side *side,
                                            const char *bench_id,
                                            enum metric metric);
bool session_side_has_rows(const struct session_side *side, const char *bench_id);
/* Adds "list was not measured: ..." or "list was not measured in full: ...", with at
 * most so many characters of the reason. */
void session_gap_describe(const struct session_side *side,
                          const struct session_gap *gap,
                          size_t most,
                          struct str *out);
/* The side that measured that commit (all 40 digits, or the first of them), or NULL. Head
 * before base. Borrowed. */
const struct session_side *session_find_side(const struct session *session,
                                             const char *commit);
/* Puts rows and gaps in their order. */
void session_side_sort(struct session_side *side);

/* Takes away the rows and gaps of all other benches. */
void session_keep_bench(struct session *session, const char *bench_id);
