/* The table of "sharding" in "pawl-result/1". */
#pragma once

#include "gate/base/fields.h"

/* struct sharding */
extern const struct field_table sharding_fields;
