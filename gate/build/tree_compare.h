/* Two built trees compared by what of them can matter when programs run. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct error;
struct str;

/* *are_equal is true where every program, shared object and file that may be data
 * (file_role.h) is in both trees under the same name and equal but for the place; why
 * then stays as it was, else it gets a sentence about the first that is not. Object
 * files, archives, sources and notes of build tools are passed over. */
int tree_compare(const char *base_tree,
                 const char *head_tree,
                 bool *are_equal,
                 struct str *why,
                 struct error *err) MUST_CHECK;
