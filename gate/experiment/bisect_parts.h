/* What the files of bisect share. Private to them. */
#pragma once

#include "gate/experiment/bisect.h"

/* The pairs of a comparison that stays undecided, in terms of what one may have. */
#define BISECT_LONGER 2

/* What readings need of a trial; its plan's texts belong to somebody else. The caller's.
 */
struct trial *bisect_copy_trial(const struct trial *trial);
void bisect_free_trial(struct trial *trial); /* NULL is fine */

/* Half of the row's margin: what is below that is no difference. */
void bisect_halve_margins(const struct bisect *bisect, struct margin *margins);

/* Margins of the row's metric that lie at that effect. */
void bisect_set_margins(const struct bisect *bisect,
                        double effect,
                        struct margin *margins);

/* Half of the step that is looked for: a culprit must make that by itself. */
double bisect_half_step(const struct bisect *bisect);

/* Else the time ended before its pairs did: more of them are out of reach. */
bool bisect_had_its_pairs(const struct bisect_order *order,
                          const struct reading *reading);

void bisect_order_ends(const struct bisect *bisect, struct bisect_order *order);
void bisect_take_ends(struct bisect *bisect,
                      const struct bisect_order *order,
                      const struct trial *trial);

void bisect_order_probe(const struct bisect *bisect,
                        size_t commit,
                        struct bisect_order *order);
void bisect_take_probe(struct bisect *bisect,
                       const struct bisect_order *order,
                       const struct trial *trial);
void bisect_take_untestable(struct bisect *bisect, size_t commit);

void bisect_order_culprit(const struct bisect *bisect, struct bisect_order *order);
void bisect_take_culprit(struct bisect *bisect,
                         const struct bisect_order *order,
                         const struct trial *trial);
/* Nothing of the step is seen where it was said to be. */
void bisect_contradict(struct bisect *bisect);
