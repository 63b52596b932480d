/* What makes a flame graph answer: its style sheet and its script, which has no text of
 * the profile in it. */
#pragma once

struct str;

void flame_add_style(struct str *out);
void flame_add_script(struct str *out);
