/* One row, growth or goal and the waiver that is for it. Pure; internal to verdict. */
#pragma once

#include "gate/config/config.h"
#include "gate/verdict/result.h"

/* own: the row's margin without the waiver, where it was judged by the waived one; NULL:
 * it was judged by its own. */
enum waiver_outcome waiver_settle_row(const struct waiver_result *waiver,
                                      const struct margin *own,
                                      struct row *row);

/* up_to: what head's exponent may be above base's. */
enum waiver_outcome waiver_settle_growth(const struct waiver_result *waiver,
                                         double up_to,
                                         struct growth_result *growth);

/* limit: the accepted one. */
enum waiver_outcome waiver_settle_goal(const struct waiver_result *waiver,
                                       double limit,
                                       struct goal_result *goal);
