/* Stored sessions, for the commands that hold something against them. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/cli/check.h"
#include "gate/store/machine_class.h"
#include "gate/store/session.h"
#include "gate/store/stored_base.h"

struct error;

/* What is stored of base and of the commits before it. { 0 } is empty. */
struct stored {
    char *title;                        /* of the store */
    struct machine_class machine_class; /* of the machine at hand */
    struct sessions sessions;           /* those that may be compared with */
    struct strvec differences; /* in which these differ from the machine at hand */
    struct stored_base base;   /* borrows from the sessions */
    size_t own_count;          /* of its class */
    size_t other_count;
    struct strvec others; /* a sentence on each other class that has some */
};
#define AUTO_STORED AUTO(stored_clear)
void stored_clear(struct stored *stored);

/* Loads them, by base's config; files that can't be read are said in the check's
 * warnings. Sessions of other machine classes are counted, and let in with
 * --across-machines alone. The toolchain must be known. */
int stored_load(struct check *check, struct stored *out, struct error *err) MUST_CHECK;

/* The class of the machine at hand, as the side's config makes classes. The toolchain
 * must be known. */
void stored_take_class(const struct check *check,
                       enum side side,
                       struct machine_class *out);
/* Pushes the ids of the side and of its first parents, itself first. */
int stored_list_history(struct check *check,
                        enum side side,
                        struct strvec *out,
                        struct error *err) MUST_CHECK;

/* Adds to the result's goals how their figures moved over stored sessions of this class.
 * Without goals nothing is read; what can't be read is said in the check's warnings, and
 * where there is no store there is no trend. */
void stored_add_goal_trends(struct check *check);
/* Sets which of the goals that were judged on head alone base had missed too: those whose
 * nearest and newest stored median is beyond the limit. Where none is stored, or only the
 * tail was, a miss counts as new. */
void stored_hold_goals(const struct stored_base *base, struct result *result);

/* In place of the steps from building on: head is built and measured alone and held
 * against what is stored. The rows have their verdicts then. */
int check_against_stored(struct check *check, struct error *err) MUST_CHECK;

/* Adds to the error of a base that could not be built whether stored sessions would do in
 * its place. Always -1. */
int stored_hint(struct check *check, struct error *err);

/* The stored steps of the rows that crept: between holds the ids of the commits that head
 * has behind it and the anchor has not, head first. */
void stored_add_steps(struct check *check, const struct strvec *between);
