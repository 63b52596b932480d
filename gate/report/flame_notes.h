/* What the lines at the top of a flame graph say of how it came about. */
#pragma once

#include <stddef.h>

struct flame_tree;
struct str;

#define FLAME_NOTES 3

/* One of these lines, from 0; plain text. */
void flame_add_note(struct str *out, const struct flame_tree *tree, size_t line);

/* "1,234 instructions", "56 samples", "1.20 us an operation"; and the figure alone. */
void flame_add_costs(struct str *out, const struct flame_tree *tree, double costs);
void flame_add_number(struct str *out, const struct flame_tree *tree, double costs);

/* What is drawn in all: "run", or "operation". */
const char *flame_whole(const struct flame_tree *tree);
