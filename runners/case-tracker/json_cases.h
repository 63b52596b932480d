/* Cases from a JSON text: an array of objects with id, title, status and, where wanted,
 * notes.
 *
 * The array's elements are parsed one at a time by jansson, so that the tree of a whole
 * store is never in memory (a third of the peak, and faster; the suite's load-tree is the
 * other way). */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

struct case_index;
struct case_list;
struct error;

/* Appends the cases of text (length bytes, then NUL) to cases and enters them into index.
 * -1 with "in 'name', line L, column C: ..." for anything that is wrong: JSON, keys,
 * values, a number that is there twice. */
int json_cases_read(const char *text,
                    size_t length,
                    const char *name,
                    struct case_list *cases,
                    struct case_index *index,
                    struct error *err) MUST_CHECK;
