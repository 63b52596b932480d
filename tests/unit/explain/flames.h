/* What the tests of flame graphs' trees share. */
#pragma once

#include "gate/explain/flame_tree.h"

/* The frame that the names lead to from the first one; fails the test where there is
 * none. path ends with NULL. */
const struct flame_frame *flame_at(const struct flame_tree *tree, const char **path);
#define FLAME_AT(tree, ...) flame_at((tree), (const char *[]){ __VA_ARGS__, NULL })

/* Each frame costs what it and those right below it do; below stands behind above. */
void flame_assert_sums(const struct flame_tree *tree);
