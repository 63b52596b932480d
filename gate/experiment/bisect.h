/* Bisection: which comparison to measure next, until it is known which commit made a row
 * worse, or that none did, or that the pairs can't tell.
 *
 * Pure, and turned inside out like the experiment: the caller asks bisect_next what to
 * measure, measures it (or takes it from a journal, or from a script in a test), and
 * hands the trial to bisect_take.
 *
 * First the good end against the bad one: only where bad is worse by more than half the
 * row's margin is there something to look for. That is measured until the difference is
 * known to a quarter of itself, where the pairs allow it. Then commits against the good
 * end, each until it is on one side of the midpoint between what both ends show: "as fast
 * as good" or "as slow as bad". A commit that stays undecided is measured up to twice the
 * pairs, and may turn out to lie in between, more than a quarter away from either end:
 * then there are several steps, and the search goes on in the half with the larger one,
 * between new ends. Where several stay undecided, there is no step but a slope, or too
 * much noise. In the end the suspect against its first parent, which tells what it did by
 * itself; where nothing of it is seen there, an answer was wrong, and the search goes on.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/config/config.h"
#include "gate/experiment/lineage.h"
#include "gate/experiment/reading.h"
#include "gate/experiment/suspects.h"
#include "gate/experiment/trial.h"

/* The rate at which one comparison may give a wrong answer, were the truth right at its
 * threshold; where it is at either end, it is far smaller. */
#define BISECT_ERROR 0.01

enum bisect_kind {
    BISECT_ENDS,   /* good against bad */
    BISECT_PROBE,  /* good against the commit */
    BISECT_CULPRIT /* the commit's first parent against the commit */
};

/* What to measure next. */
struct bisect_order {
    enum bisect_kind kind;
    size_t commit;                       /* the head of the comparison */
    struct margin margins[METRIC_COUNT]; /* the row's alone is gated */
    double error;                        /* for false alarm and miss alike; 0: run all */
    size_t max_pairs; /* a comparison that was measured before goes on with its pairs */
};

enum bisect_state {
    BISECT_UNDER_WAY,
    BISECT_SAME,      /* no difference: bad is not worse by half the margin */
    BISECT_BETTER,    /* the same, and better by half the margin */
    BISECT_UNCLEAR,   /* whether the ends differ could not be decided */
    BISECT_UNTOLD,    /* the ends could not be compared */
    BISECT_FOUND,     /* one commit */
    BISECT_RANGE,     /* one of several, which can't be told apart */
    BISECT_SCATTERED, /* no single commit shows a difference to its parent */
    BISECT_STATE_COUNT
};

/* What came of one commit, as far as it was measured. */
struct bisect_measured {
    struct trial *trial; /* against good; NULL: not measured. Owned, plan without texts */
    struct reading reading;
    size_t max_pairs;   /* it was given */
    bool is_undecided;  /* after all the pairs that it may have */
    bool is_in_between; /* of the ends as they were then */
    bool is_untestable;
};

struct bisect {
    const struct lineage *lineage;       /* borrowed */
    struct margin margins[METRIC_COUNT]; /* the row's: half of it decides over the ends */
    size_t max_pairs;
    enum bisect_state state;
    struct suspects suspects;
    struct bisect_measured *commits; /* one a commit; that of the ends is the last's */
    struct reading ends;             /* of bad against good */
    double low; /* effect at the ends of the step that is looked for */
    double high;
    bool has_ends;
    enum bisect_ends {
        BISECT_ENDS_FIRST,
        BISECT_ENDS_LONGER, /* they were undecided, and get more pairs */
        BISECT_ENDS_SIZE    /* they differ: pairs to know by how much */
    } ends_phase;
    enum bisect_culprit {
        BISECT_CULPRIT_FIRST, /* does it make more than half of the step? */
        BISECT_CULPRIT_LONGER,
        BISECT_CULPRIT_SMALL /* it does not: does it make any difference? */
    } culprit_phase;
    bool is_again; /* a probe, that of the commit `again`, is to be measured longer */
    size_t again;
    struct trial *culprit;  /* the suspect against its parent; owned */
    struct reading own;     /* what that showed */
    size_t suspect;         /* which one that was */
    bool has_own;           /* it was measured */
    bool is_own_untestable; /* it could not be */
    bool is_confirmed;      /* it makes more than half of the step by itself */
    size_t contradictions;
    size_t undecided; /* commits, since the search last began to look for another step */
};
#define AUTO_BISECT AUTO(bisect_clear)

/* margins are the row's own, METRIC_COUNT of them with one gated, or wall and CPU time,
 * of which the first comparison chooses; copied. */
void bisect_init(struct bisect *bisect,
                 const struct lineage *lineage,
                 const struct margin *margins,
                 size_t max_pairs);
void bisect_clear(struct bisect *bisect);

/* False when it is over: state says how. */
bool bisect_next(struct bisect *bisect, struct bisect_order *order) MUST_CHECK;

/* What was ordered, measured; all pairs of the comparison, those of earlier orders too.
 * NULL, or a trial without pairs that count: it can't be. Copied. */
void bisect_take(struct bisect *bisect,
                 const struct bisect_order *order,
                 const struct trial *trial);

/* The same where both sides run the same bytes: their difference is nothing, unmeasured.
 */
void bisect_take_identical(struct bisect *bisect, const struct bisect_order *order);

/* The threshold between "as fast as good" and "as slow as bad", as a log. */
double bisect_threshold(const struct bisect *bisect);

/* How likely it is that the named commit (with BISECT_FOUND), or one of the named, is the
 * right one: by the answers, the ends and what the suspect did by itself. */
double bisect_probability(const struct bisect *bisect);

/* About how many comparisons are still to come. */
double bisect_left(const struct bisect *bisect);
