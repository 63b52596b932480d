/* The table of "explanations" in "pawl-result/1". */
#pragma once

#include "gate/base/fields.h"

/* struct explanations */
extern const struct field_table explanations_fields;
