/* Why pairs: how the speed of one unchanged program drifts, and how little of it is left
 * between neighbours, as an SVG file that needs nothing else. */
#pragma once

#include "gate/base/attributes.h"
#include "tests/bench/replay/deal.h"

struct error;

int plot_drift(const char *path,
               const char *title,
               const struct view *view,
               struct error *err) MUST_CHECK;
