#include "gate/github/command.h"

#include <stdbool.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/text.h"

#define ELLIPSIS "\xe2\x80\xa6" /* U+2026 */

/* Each line cleaned by itself, the line breaks kept. */
static void add_clean_lines(struct str *out, const char *text)
{
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        AUTO_FREE char *part = xstrndup(line, length);
        text_add_clean(out, part, length);
        line += length;
        if (*line == '\n') {
            str_add_char(out, '\n');
            line++;
        }
    }
}

/* At most limit bytes, no character torn. */
static void cut(struct str *text, size_t limit)
{
    if (text->length <= limit)
        return;
    size_t length = limit - strlen(ELLIPSIS);
    while (length && ((unsigned char)text->data[length] & 0xc0) == 0x80)
        length--;
    str_truncate(text, length);
    str_add(text, ELLIPSIS);
}

static void add_escaped(struct str *out, const char *text, bool is_property)
{
    for (const char *c = text; *c; c++) {
        if (*c == '%')
            str_add(out, "%25");
        else if (*c == '\r')
            str_add(out, "%0D");
        else if (*c == '\n')
            str_add(out, "%0A");
        else if (*c == ':' && is_property)
            str_add(out, "%3A");
        else if (*c == ',' && is_property)
            str_add(out, "%2C");
        else
            str_add_char(out, *c);
    }
}

static void add_property(struct str *out, const struct github_property *property)
{
    AUTO_STR struct str clean = STR_INIT;
    text_add_clean(&clean, property->value, strlen(property->value));
    str_addf(out, "%s=", property->name);
    add_escaped(out, clean.data, true);
}

void github_add_command(struct str *out,
                        const char *name,
                        const struct github_property *properties,
                        size_t count,
                        const char *message)
{
    AUTO_STR struct str clean = STR_INIT;
    const char *separator = " ";
    add_clean_lines(&clean, message);
    cut(&clean, GITHUB_MESSAGE_BYTES);
    str_addf(out, "::%s", name);
    for (size_t i = 0; i < count; i++) {
        if (!properties[i].value)
            continue;
        str_add(out, separator);
        add_property(out, &properties[i]);
        separator = ",";
    }
    str_add(out, "::");
    add_escaped(out, clean.data, false);
    str_add_char(out, '\n');
}
