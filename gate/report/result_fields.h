/* The tables of "pawl-result/1": which key holds which member. */
#pragma once

#include "gate/base/fields.h"

/* struct result; the key "schema" is beside it. */
extern const struct field_table result_fields;
/* struct revision_info */
extern const struct field_table revision_fields;
