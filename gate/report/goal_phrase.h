/* What reports say of how goals moved and how far it is to them. Plain text, not yet
 * escaped. */
#pragma once

#include "gate/verdict/result.h"

struct str;

/* "612 ms in the first of 14 sessions (2026-08-02), 540 ms now, 40 ms to go", or why no
 * trend is claimed. Nothing where the goal has no trend. */
void goal_add_trend(struct str *out, const struct goal_result *goal);

/* What is said below a goal: its reason (waivers, machines), then its trend; may be
 * nothing. */
void goal_add_note(struct str *out, const struct goal_result *goal);

/* The room as a share of the limit; 0 for a limit of 0. */
double goal_room_share(const struct goal_result *goal);

/* "the least room: 60.0 ms (12 %) at list[n=1000] wall" */
void goal_add_tightest(struct str *out, const struct goal_result *goal);
