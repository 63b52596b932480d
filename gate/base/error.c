#include "gate/base/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

PRINTF_LIKE(3, 0)
static void
set_message(struct error *err, enum error_code code, const char *format, va_list args)
{
    if (!err || err->code != ERROR_NONE)
        return;
    err->code = code;
    vsnprintf(err->message, sizeof err->message, format, args);
}

int error_set(struct error *err, enum error_code code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set_message(err, code, format, args);
    va_end(args);
    return -1;
}

int error_errno(struct error *err, const char *format, ...)
{
    int saved = errno;
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return error_set(err, ERROR_SYSTEM, "%s: %s", text, strerror(saved));
}

int error_prefix(struct error *err, const char *format, ...)
{
    if (!err)
        return -1;
    char prefix[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(prefix, sizeof prefix, format, args);
    va_end(args);

    char message[sizeof err->message];
    memcpy(message, err->message, sizeof message);
    size_t used = strlen(prefix);
    size_t room = sizeof err->message - used - 1;
    memcpy(err->message, prefix, used);
    size_t rest = strnlen(message, room);
    memcpy(err->message + used, message, rest);
    err->message[used + rest] = '\0';
    return -1;
}

void error_clear(struct error *err)
{
    err->code = ERROR_NONE;
    err->message[0] = '\0';
}
