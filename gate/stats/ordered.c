#include "gate/stats/ordered.h"

#include <string.h>

uint64_t ordered_from(double value)
{
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

double ordered_value(uint64_t order)
{
    uint64_t bits = order >> 63 ? order & ~(UINT64_C(1) << 63) : ~order;
    double value = 0;
    memcpy(&value, &bits, sizeof value);
    return value;
}
