#include "gate/explain/function_name.h"

#include <stdbool.h>
#include <string.h>

#include "gate/base/str.h"

#define DIGITS "0123456789"

static size_t without_recursion(const char *name, size_t length)
{
    size_t end = length;
    while (end && strchr(DIGITS, name[end - 1]))
        end--;
    return end > 1 && end < length && name[end - 1] == '\'' ? end - 1 : length;
}

/* The suffix that the name, up to length, ends in: ".cold", ".isra.12"; 0: none. */
static size_t suffix_length(const char *name, size_t length)
{
    static const char *const suffixes[] = { ".constprop", ".isra", ".part",      ".cold",
                                            ".lto_priv",  ".llvm", ".localalias" };
    size_t end = length;
    while (end && strchr(DIGITS, name[end - 1]))
        end--;
    if (end < length && end && name[end - 1] == '.')
        end--;
    else
        end = length;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        size_t of_suffix = strlen(suffixes[i]);
        if (end > of_suffix &&
            strncmp(name + end - of_suffix, suffixes[i], of_suffix) == 0)
            return length - end + of_suffix;
    }
    return 0;
}

size_t function_name_length(const char *name)
{
    if (str_starts_with(name, "0x"))
        return 0;
    size_t length = without_recursion(name, strlen(name));
    size_t suffix = 0;
    while ((suffix = suffix_length(name, length)))
        length -= suffix;
    return length;
}
