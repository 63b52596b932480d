#include "gate/github/output.h"

#include <stdio.h>
#include <sys/random.h>

#include "gate/base/error.h"
#include "gate/base/str.h"

int github_delimiter_draw(char delimiter[GITHUB_DELIMITER_SIZE], struct error *err)
{
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return error_errno(err, "cannot draw a delimiter for GITHUB_OUTPUT");
    int length = snprintf(delimiter, GITHUB_DELIMITER_SIZE, "ghadelimiter_");
    for (size_t i = 0; i < sizeof bytes; i++)
        length += snprintf(delimiter + length, (size_t)(GITHUB_DELIMITER_SIZE - length),
                           "%02x", bytes[i]);
    return 0;
}

void github_add_output(struct str *out,
                       const char *name,
                       const char *value,
                       const char *delimiter)
{
    str_addf(out, "%s<<%s\n%s\n%s\n", name, delimiter, value ? value : "", delimiter);
}
