/* Which of the commits made something slower: how likely each is, from noisy answers to
 * "is this one slow already?", and which commit to ask about next. Pure.
 *
 * At first each commit is as likely as any other to be the one from which on its
 * descendants are slow. An answer about commit c that is wrong with the probability p
 * multiplies the weight of each commit by 1 - p where the answer is what that culprit
 * would make of c (slow, where the culprit is c or an ancestor of it), and by p where it
 * is not; a commit's probability is its share of all weights. This is Bayes' rule with
 * the likelihoods 1 - p and p, of which p is the larger error: where p is the error rate
 * at which a test decided, the true likelihood of a wrong answer is p or less, so that
 * what is said for the culprit is rather too little.
 *
 * Asked next is the commit that halves the probability, of all that can be asked; with
 * answers that are sure this is what git bisect does. One that can't be asked (it can't
 * be built, say) leaves the next best, its neighbour on a line; where several in a row
 * can't be, the search jumps farther and farther away, for what breaks one commit mostly
 * breaks those beside it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/experiment/lineage.h"

/* A commit is asked about only where each side of the split has so much probability. */
#define SUSPECTS_LEAST_SPLIT 0.1
/* Those named in the end have at least so much together, if one alone has not. */
#define SUSPECTS_NAMED 0.8

enum suspect_answer {
    SUSPECT_UNASKED, /* or asked without learning anything */
    SUSPECT_FAST,    /* as fast as before: the culprit comes later */
    SUSPECT_SLOW     /* slow already: the culprit, or a descendant of it */
};

struct suspects {
    const struct lineage *lineage; /* borrowed */
    struct suspect {
        double probability;
        enum suspect_answer answer;
        double p_wrong; /* of the answer */
        double odds;    /* of its own, beside the answers; 1: nothing speaks for or
                           against it */
        bool is_closed; /* not to be asked, or not once more */
    } * items;          /* one a commit */
    size_t misses;      /* that could not be asked, since the last answer */
};
#define AUTO_SUSPECTS AUTO(suspects_clear)

/* The lineage has at least one commit. */
void suspects_init(struct suspects *suspects, const struct lineage *lineage);
void suspects_clear(struct suspects *suspects);

/* An answer; replaces one that there was. p_wrong is at most 1/2. */
void suspects_answer(struct suspects *suspects,
                     size_t commit,
                     enum suspect_answer answer,
                     double p_wrong);

/* The commit is not to be asked any more; its answer, where it has one, stays. */
void suspects_close(struct suspects *suspects, size_t commit);
/* The same for one that could not be asked at all. */
void suspects_miss(struct suspects *suspects, size_t commit);

/* What is known of the commit itself: odds of being the culprit, against any other. */
void suspects_weigh(struct suspects *suspects, size_t commit, double odds);

/* The commit to ask about next. False where none is left that would tell much. */
bool suspects_next(const struct suspects *suspects, size_t *commit) MUST_CHECK;

size_t suspects_likeliest(const struct suspects *suspects);

/* Sets named (one a commit) of the likeliest commits, as few as have SUSPECTS_NAMED
 * together, and of those that are as likely as the last of them (within a half). Returns
 * how many. */
size_t suspects_name(const struct suspects *suspects, bool *named);

/* About how many answers are still needed: the entropy of the probabilities, in bits. */
double suspects_bits(const struct suspects *suspects);
