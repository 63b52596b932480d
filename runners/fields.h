/* What of this layer stands in JSON files: the tables for gate/base/fields.h. */
#pragma once

#include "gate/base/fields.h"

/* struct machine */
extern const struct field_table machine_fields;
/* enum metric */
extern const struct field_choice metric_choice;
