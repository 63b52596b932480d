/* What reports say of the comparison with the anchor. Plain text, not yet escaped;
 * nothing where there was none. */
#pragma once

#include "gate/verdict/result.h"

struct str;

/* The anchor as the user named it: "v1.0". */
const char *creep_anchor(const struct creep *creep);
/* "crept", "ok", "not decided" */
const char *creep_outcome(enum verdict verdict);
bool creep_has_trouble(const struct creep *creep);                   /* NULL is fine */
size_t creep_count(const struct creep *creep, enum verdict verdict); /* NULL is fine */

/* "10 commits": how far it is to head; nothing where that is not known. */
void creep_add_distance(struct str *out, const struct creep *creep);

/* "2 of 8 rows judged: ... 1 crept since v1.0 beyond its creep margin." in one sentence
 * or two. */
void creep_add_summary(struct str *out, const struct creep *creep);

/* "+1.0 % (+0.9 .. +1.1) abcdef0123 its subject", the session's name last. */
void creep_add_step(struct str *out, const struct creep_step *step);
