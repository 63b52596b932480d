/* What the benchmark found, as Markdown on standard output. */
#pragma once

#include "tests/bench/replay/confirm.h"
#include "tests/bench/replay/designs.h"
#include "tests/bench/replay/gates.h"
#include "tests/bench/replay/growths.h"
#include "tests/bench/replay/pawl_rule.h"
#include "tests/bench/replay/power.h"

/* A share as a cell: ".006", "1.00". */
void table_share(double share);

/* Rules by true change. */
void table_power(const char *title, const struct power *power);

/* pawl's verdicts for a margin and so many rows. */
void table_verdicts(const char *title,
                    const struct view *view,
                    const struct pawl_rule *rule,
                    size_t replays);

/* Gates of each of the row counts, without a change, and with one row 5 % slower. */
void table_gates(const char *title,
                 const struct view *view,
                 const size_t *rows,
                 size_t count,
                 size_t gates);

/* Growth: exponents of base and head by what is said of them. */
void table_growths(const char *title, const struct view *view, size_t replays);

/* What --confirm does, by true change and layout effect, in gates of 1 and 20 rows. */
void table_confirm(const char *title, const struct view *view, size_t gates);

/* How precise the estimated change is, by design. */
void table_designs(const char *title, const struct view *view, size_t n, size_t replays);
