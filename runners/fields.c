#include "runners/fields.h"

#include "runners/machine.h"
#include "runners/metric.h"

_Static_assert(sizeof(enum metric) == sizeof(unsigned), "enums are read as unsigned");

static const char *name_of_metric(unsigned value)
{
    return metric_name((enum metric)value);
}
static const char *name_of_boost(unsigned value)
{
    return machine_boost_name((enum machine_boost)value);
}
const struct field_choice metric_choice = { METRIC_COUNT, name_of_metric };
static const struct field_choice boosts = { MACHINE_BOOST_ON + 1, name_of_boost };

static const struct field machine_members[] = {
    FIELD("cpu_model", FIELD_TEXT, struct machine, cpu_model),
    FIELD("cpus_online", FIELD_INT, struct machine, cpus_online),
    FIELD("microcode", FIELD_TEXT, struct machine, microcode),
    FIELD("kernel", FIELD_TEXT, struct machine, kernel),
    FIELD("governor", FIELD_TEXT, struct machine, governor),
    FIELD_OF_CHOICE("boost", struct machine, boost, boosts),
    FIELD("memory_bytes", FIELD_INT64, struct machine, memory_bytes),
    FIELD("virtualisation", FIELD_TEXT, struct machine, virtualisation),
    FIELD("image", FIELD_TEXT, struct machine, image),
    FIELD("libc", FIELD_TEXT_OPTION, struct machine, libc), /* results were without */
};
const struct field_table machine_fields = FIELD_TABLE(machine_members, struct machine);
