#include "gate/config/one_name.h"

#include <string.h>

#include "gate/base/str.h"

#define GO_PREFIX "Benchmark"

/* ']' and '}' mean nothing by themselves, and POSIX does not know them escaped. */
static void add_escaped(struct str *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (strchr("\\^$.[|()?*+{", text[i]))
            str_add_char(out, '\\');
        str_add_char(out, text[i]);
    }
}

/* "-8" at the end; 0 where there is none. */
static size_t length_of_procs(const char *text, size_t length)
{
    size_t at = length;
    while (at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9')
        at--;
    return at > 0 && at < length && text[at - 1] == '-' ? length - at + 1 : 0;
}

static void add_go_part(struct str *out, const char *text, size_t length, bool is_last)
{
    size_t procs = is_last ? length_of_procs(text, length) : 0;
    str_add_char(out, '^');
    add_escaped(out, text, length - procs);
    if (procs) {
        str_add_char(out, '(');
        str_add_bytes(out, text + length - procs, procs);
        str_add(out, ")?");
    }
    str_add_char(out, '$');
}

/* Go splits the expression at slashes, and holds each part against one of the name. */
static void add_go(struct str *out, const char *name)
{
    const char *in_package = strstr(name, "." GO_PREFIX);
    const char *part = in_package ? in_package + 1 : name;
    while (part) {
        const char *slash = strchr(part, '/');
        size_t length = slash ? (size_t)(slash - part) : strlen(part);
        add_go_part(out, part, length, !slash);
        str_add(out, slash ? "/" : "");
        part = slash ? slash + 1 : NULL;
    }
}

char *one_name_regex(const char *format, const char *name)
{
    struct str out = STR_INIT;
    if (format && str_equal(format, "go")) {
        add_go(&out, name);
        return str_detach(&out);
    }
    str_add_char(&out, '^');
    add_escaped(&out, name, strlen(name));
    str_add_char(&out, '$');
    return str_detach(&out);
}
