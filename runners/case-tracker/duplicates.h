/* Cases with the same normalised title. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

struct case_list;
struct str;

/* For each case the position of the first case with its title (its own for most). The
 * caller's. One look into a hash table a case: time and memory grow with the number of
 * cases; the suite's duplicates-pairs compares each with each. */
size_t *duplicates_first(const struct case_list *cases) MUST_CHECK;

/* first turned round: the groups of two cases or more, in the order of their first case,
 * and their members in the list's order. */
struct duplicates {
    size_t *members; /* positions, group after group */
    size_t *starts;  /* group g is members[starts[g]] .. members[starts[g + 1] - 1] */
    size_t count;    /* groups */
};
void duplicates_group(struct duplicates *duplicates, const size_t *first, size_t count);
void duplicates_clear(struct duplicates *duplicates);
#define AUTO_DUPLICATES AUTO(duplicates_clear)

/* Appends one line a group: the title, then the ids. */
void duplicates_add_text(struct str *text,
                         const struct duplicates *duplicates,
                         const struct case_list *cases);
/* Appends an array of { "title", "ids" }, one group a line. */
void duplicates_add_json(struct str *text,
                         const struct duplicates *duplicates,
                         const struct case_list *cases);
