/* When two titles say the same. */
#pragma once

struct str;

/* Appends title in the form that is compared: ASCII letters small, each run of blanks and
 * ASCII punctuation one blank, none at the ends. A title that is nothing but those stays
 * as it is. */
void title_add_normal(struct str *text, const char *title);
