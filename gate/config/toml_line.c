#include "gate/config/toml_line.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/config/project_kinds.h"

void toml_line_clear(struct toml_line *line)
{
    str_clear(&line->section);
    str_clear(&line->key);
    str_clear(&line->value);
}

static void set(struct str *str, const char *text, size_t length)
{
    AUTO_FREE char *part = xstrndup(text, length);
    AUTO_FREE char *stripped = strip(part);
    str_reset(str);
    str_add(str, stripped);
}

/* The text between quotes at the value's start, else the value up to a comment. */
static void set_value(struct str *str, const char *text)
{
    text += strspn(text, " \t");
    const char *end = *text == '"' || *text == '\'' ? strchr(text + 1, *text) : NULL;
    if (end)
        set(str, text + 1, (size_t)(end - text) - 1);
    else
        set(str, text, strcspn(text, "#"));
}

/* "[package]" is "package", "[[bench]]" is "[bench]". */
static bool take_heading(const char *text, struct toml_line *line)
{
    const char *end = strrchr(text, ']');
    if (*text != '[' || line->key.length || !end || strchr(text, ','))
        return false;
    set(&line->section, text + 1, (size_t)(end - text) - 1);
    return true;
}

static void take(const char *text, struct toml_line *line)
{
    static const char key[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                              "0123456789_-.\"'";
    size_t length = strspn(text, key);
    const char *sign = text + length + strspn(text + length, " \t");
    line->has_key = length && *sign == '=';
    if (line->has_key) {
        set(&line->key, text, length);
        set_value(&line->value, sign + 1);
    } else {
        set(&line->value, text, strlen(text));
    }
}

bool toml_line_next(const char **rest, struct toml_line *line)
{
    AUTO_STR struct str raw = STR_INIT;
    while (take_line(rest, &raw)) {
        AUTO_FREE char *text = strip(raw.data);
        if (!*text || *text == '#')
            continue;
        bool is_heading = *text == '[' && strchr(text, ']') && *raw.data == '[';
        if (is_heading)
            str_reset(&line->key);
        line->has_key = false;
        if (is_heading && take_heading(text, line))
            str_reset(&line->value);
        else
            take(text, line);
        return true;
    }
    return false;
}
