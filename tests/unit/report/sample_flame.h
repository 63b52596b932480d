/* Trees of frames made by hand, for pictures of them. */
#pragma once

#include <stddef.h>

#include "gate/explain/flame_tree.h"

/* main calls find (costlier in head), print (cheaper) and, in base alone, old; and a few
 * others. Their files are of the project but for print's. */
void sample_flame(struct flame_tree *tree);
/* The same calls by samples: what find has on both sides chance alone can't make, what
 * the others have it can. */
void sample_flame_sampled(struct flame_tree *tree);
/* Of one operation of a harness, by samples. */
void sample_flame_operation(struct flame_tree *tree);
/* A function whose name and file try to be markup and script, and one that is nameless
 * but for control characters. */
void sample_flame_hostile(struct flame_tree *tree);
/* So many functions called f0, f1 …, in stacks of ten; each tenth got costlier. */
void sample_flame_wide(struct flame_tree *tree, size_t count);

/* The picture; free() it. */
char *sample_flame_svg(void (*fill)(struct flame_tree *));
