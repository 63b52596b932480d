#include "runners/spawner/number.h"

#include <string.h>

#include "runners/spawner/protocol.h"

int64_t number_next(const char **text)
{
    const char *at = *text + strcspn(*text, "0123456789");
    int64_t number = *at ? 0 : SPAWNER_UNKNOWN;
    for (; *at >= '0' && *at <= '9'; at++)
        number = number * 10 + (*at - '0');
    *text = at;
    return number;
}
