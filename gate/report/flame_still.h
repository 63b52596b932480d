/* Flame graphs as files have them, for pages that let no script run but their own. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct str;

/* Appends to still what flame_svg made of the same tree without its script. false, and
 * nothing is appended, where the bytes don't begin and end as flame_svg's do. That makes
 * nothing safe: what stands between may be anybody's, and is shown in a frame that may do
 * nothing (html_flame.c). */
bool flame_still(const char *svg, size_t length, struct str *still);

/* Whether the picture says that it is of that bench. */
bool flame_is_of(const char *svg, const char *bench_id);
