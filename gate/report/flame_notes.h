/* What the lines at the top of a flame graph say of how it came about. */
#pragma once

#include <stddef.h>

struct flame_tree;
struct str;

#define FLAME_NOTES 3

/* One of these lines, from 0; plain text. */
void flame_add_note(struct str *out, const struct flame_tree *tree, size_t line);

/* "instructions", or "samples" */
const char *flame_unit(const struct flame_tree *tree);
