/* What the recorded sessions of one machine class say about the past of rows: one point a
 * commit, in the order of the repository's history, and where the level changed. Pure.
 *
 * A commit counts once, however many sessions measured it: its value is the median of
 * theirs. Both sides of a check count, each for its commit. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/store/session.h"

/* A commit with sessions. Owned texts. */
struct history_commit {
    char *id;      /* 40 hex digits */
    char *subject; /* of its message */
    int64_t committed_s;
    size_t age; /* commits that the history has after it; 0 for the newest */
};
struct history_commits {
    struct history_commit *items; /* oldest first */
    size_t count;
    size_t capacity;
};

/* A row at a commit, in the metric's base unit. */
struct history_point {
    size_t commit; /* index of history.commits */
    size_t session_count;
    double value;
    double low; /* of one session: the 95 % interval of its median, infinite where it has
                 * none; of several: the least and the largest of their medians */
    double high;
    double level; /* the median of the values between the changes around it */
};
struct history_points {
    struct history_point *items;
    size_t count;
    size_t capacity;
};

/* A change of the row's level: gate/stats/change_points.h. Points are indexes of the
 * row's points. */
struct history_change {
    size_t point; /* the first after it; the last before it is the one in front */
    size_t first; /* where else it may lie at 95 %: so many points may be the first after
                     it */
    size_t last;
    double p;
    double before; /* levels: medians, in the metric's base unit */
    double after;
    double change; /* relative: 0.05 is 5 % more */
    double change_low;
    double change_high;
};
struct history_changes {
    struct history_change *items;
    size_t count;
    size_t capacity;
};

/* From the anchor's sessions to the latest ones. */
struct history_creep {
    size_t point;  /* the anchor's */
    size_t latest; /* so many of the last points stand for now */
    double before;
    double after;
    double change;
    double change_low; /* 95 %, from the spread between sessions: about */
    double change_high;
};

struct history_row {
    char *bench_id;
    enum metric metric;
    char *unit;     /* of throughput; or NULL */
    bool is_judged; /* in the latest session that has it */
    struct history_points points;
    struct history_changes changes;
    double spread; /* robust standard deviation of ln of the points around their level:
                    * between sessions; 0 with one point */
    double phi;    /* how much a point resembles the one before it */
    struct history_creep
        *creep; /* NULL: no anchor, or none of its sessions has the row */
};
struct history_rows {
    struct history_row *items; /* sorted by bench_id, metric */
    size_t count;
    size_t capacity;
};

struct history {
    char *class_name;
    char *anchor; /* as it was written in the config; NULL: none */
    struct history_commits commits;
    struct history_rows rows;
    size_t session_count; /* that are in it */
    /* Measurements of commits that are left out. */
    size_t elsewhere; /* not in the history that was asked for */
    size_t earlier;   /* before --since */
};
#define AUTO_HISTORY AUTO(history_clear)
void history_clear(struct history *history);

/* What to make a history of. Borrowed. */
struct history_request {
    const struct sessions *sessions; /* of one machine class, in order of time */
    const struct strvec *commits;    /* ids, each once, sorted */
    const size_t *ages;              /* of each; COMMIT_NOT_THERE: elsewhere */
    size_t oldest;                   /* the largest age that is wanted */
    int64_t since_s;                 /* the earliest committer's time that is wanted */
    const char *anchor;              /* as written, or NULL */
    const char *anchor_commit;       /* its id, or NULL */
    double alpha;                    /* of change points */
    uint64_t seed;
};

/* Pushes the ids of all commits that the sessions measured, each once, sorted. */
void history_list_commits(const struct sessions *sessions, struct strvec *out);

/* Collects commits, rows and points; changes are found by history_find_changes, since
 * that takes time and not every row is wanted. */
void history_collect(const struct history_request *request, struct history *out);

/* Finds the changes of one row, and with them its levels, spread and creep. */
void history_find_changes(const struct history_request *request,
                          const struct history *history,
                          struct history_row *row);

/* ln of a value, zeros as the metric has it. */
double history_log(enum metric metric, double value);

/* The change of the largest size, or NULL. Borrowed. */
const struct history_change *history_largest_change(const struct history_row *row);

/* From the first level to the last, relative; 0 without changes. */
double history_total_change(const struct history_row *row);
