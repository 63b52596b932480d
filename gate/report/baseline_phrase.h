/* What reports say of stored sessions in base's place. Plain text, not yet escaped. */
#pragma once

#include <stddef.h>

#include "gate/verdict/result.h"

struct str;

/* "7 stored sessions of machine class vm-2c-3f9a12 in baselines: of base or up to 12
 * commits before it, recorded 2.0 h to 20 days ago, 2 of them stale" */
void baseline_add_summary(struct str *out, const struct baseline *baseline);

/* "base itself, 2.0 h ago, by pawl run: NAME" */
void baseline_add_session(struct str *out, const struct baseline_session *session);

/* "list[n=1000] cpu: 7 sessions, 2 of them stale, that differ by 1.2 %; none from before
 * 0123456789, which changed it" */
void baseline_add_row(struct str *out, const struct baseline_row *row);

/* The warning that goes into every format: "compared across machines: kernel_major: ...";
 * nothing where only one class was used. */
void baseline_add_across(struct str *out, const struct baseline *baseline);

/* Instead of what pairs are judged by. */
void baseline_add_error_rates(struct str *out, const struct result *result);
