/* Does a change hold wherever the code happens to lie?
 *
 * Rows are measured again in builds with other layouts (gate/build/layout.h), each drawn
 * at random and the same for both sides. The layout is the block of the test: what its
 * pairs show together, the Hodges-Lehmann estimate, counts once, however many pairs they
 * are, and signed ranks over several looks (gate/stats/sign_walk.h) are asked of these
 * estimates as they are of pairs otherwise. A change holds where "not beyond the margin"
 * is refuted over the layouts at LAYOUTS_ERROR, and fails to where "beyond" is. Five
 * layouts show something only where all agree: 2^-5 is 3.1 %; those that leave a row open
 * are followed by as many again, one by one.
 *
 * This can only take verdicts back: the gate's false-alarm rate is that of the first
 * measurement. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/config/config.h"
#include "gate/experiment/experiment.h"
#include "gate/verdict/result.h"

/* How often a change that over all layouts stays within its margin may be said to hold,
 * and one that does not to fail to; a row. */
#define LAYOUTS_ERROR 0.05

/* Begins result->layouts with the judged rows that a layout can move (times, rates and
 * what the processor counts of its own doing): those that regressed, or all that were
 * measured. NULL stays where there is none. */
void layouts_begin(struct result *result, const struct layout_choice *choice);

/* Adds an empty block, to be filled by the caller. */
struct layout_block *layouts_add(struct result *result);

/* What all blocks together say of each row, once a block has been filled. */
void layouts_update(struct result *result);

/* Whether a row is still to be measured in more layouts. */
bool layouts_wants(const struct layout_study *study, const struct layout_row *row);
/* Whether any is. */
bool layouts_want_more(const struct layout_study *study);

/* How many pairs each open row needs in one layout, so that their estimate is on the
 * right side of the margin 99 times in 100, as far as the noise up to now and the first
 * measurement's interval tell; 8 to 30, and at most max_pairs. */
size_t layouts_pairs(const struct result *result, size_t max_pairs);

/* How the layout of that number is measured: as the gate is, but with coins of its own,
 * and in layouts_pairs pairs a bench, no fewer and whatever they take. */
struct experiment_options layouts_options(const struct result *result,
                                          const struct experiment_options *of_gate,
                                          size_t number);

/* How many times as long head took as base, in the median over the judged rows: of the
 * usual build of one side against one in another layout, to see that it is the same
 * program. 1 where no row tells. */
double layouts_slowdown(const struct rows *rows);

/* Settles the verdicts: a regression that does not hold is layout-sensitive, and so is an
 * improvement, and a row that was ok as built and is worse in other layouts. Where the
 * study was cut short before it told, the verdict stays and the reason says so. */
void judge_layouts(struct result *result);
