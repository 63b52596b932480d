/* The order in which a flame graph's frames stand. */
#pragma once

struct flame_tree;

/* Puts frames, each of which stands after the one above it, in the order that
 * flame_tree.h promises. */
void flame_order(struct flame_tree *tree);
