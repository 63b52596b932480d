#include "runners/case-tracker/title.h"

#include <stdbool.h>

#include "gate/base/str.h"

/* What a byte becomes: itself, small, or a blank. Bytes of UTF-8 sequences stay. */
static char normal(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    bool stays = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    return (char)(stays ? c : ' ');
}

/* Byte by byte into a buffer, which then is appended as a whole. */
void title_add_normal(struct str *text, const char *title)
{
    char buffer[256];
    size_t used = 0;
    size_t length_before = text->length;
    bool is_gap = false;
    for (const char *c = title; *c; c++) {
        char becomes = normal(*c);
        if (becomes == ' ') {
            is_gap = true;
            continue;
        }
        if (used >= sizeof buffer - 1) {
            str_add_bytes(text, buffer, used);
            used = 0;
        }
        if (is_gap && (used || text->length > length_before))
            buffer[used++] = ' ';
        buffer[used++] = becomes;
        is_gap = false;
    }
    str_add_bytes(text, buffer, used);
    if (text->length == length_before)
        str_add(text, title);
}
