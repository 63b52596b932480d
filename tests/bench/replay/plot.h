/* Power against effect as an SVG file that needs nothing else. */
#pragma once

#include "gate/base/attributes.h"
#include "tests/bench/replay/power.h"

struct error;

int plot_power(const char *path,
               const char *title,
               const struct power *power,
               struct error *err) MUST_CHECK;
