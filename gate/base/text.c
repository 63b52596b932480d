#include "gate/base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "gate/base/str.h"

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */
#define ELLIPSIS    "\xe2\x80\xa6" /* U+2026 */
#define NOT_UTF8    UINT32_MAX

struct range {
    uint32_t first;
    uint32_t last;
};

/* Controls, and characters that nobody sees but that change what is seen. */
static const struct range unseen[] = {
    { 0x00, 0x1f },     { 0x7f, 0x9f },     { 0xad, 0xad },      { 0x61c, 0x61c },
    { 0x180e, 0x180e }, { 0x200b, 0x200f }, { 0x2028, 0x202e },  { 0x2060, 0x206f },
    { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0xe0000, 0xe0fff }
};
/* The main blocks of combining marks, and of characters that take two columns. */
static const struct range combining[] = { { 0x300, 0x36f },   { 0x483, 0x489 },
                                          { 0x591, 0x5bd },   { 0x610, 0x61a },
                                          { 0x64b, 0x65f },   { 0x1ab0, 0x1aff },
                                          { 0x1dc0, 0x1dff }, { 0x20d0, 0x20ff },
                                          { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f } };
static const struct range wide[] = {
    { 0x1100, 0x115f },   { 0x231a, 0x231b },   { 0x23e9, 0x23ec },  { 0x2e80, 0x303e },
    { 0x3041, 0xa4cf },   { 0xa960, 0xa97c },   { 0xac00, 0xd7a3 },  { 0xf900, 0xfaff },
    { 0xfe30, 0xfe6f },   { 0xff00, 0xff60 },   { 0xffe0, 0xffe6 },  { 0x1f300, 0x1f64f },
    { 0x1f680, 0x1f6ff }, { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd }
};

/* Blanks other than ' ': a CI log skips them in front of a command. */
static const struct range blank[] = { { 0xa0, 0xa0 },     { 0x1680, 0x1680 },
                                      { 0x2000, 0x200a }, { 0x202f, 0x202f },
                                      { 0x205f, 0x205f }, { 0x3000, 0x3000 } };

static bool is_in(const struct range *ranges, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}
#define IS_IN(ranges, c) is_in((ranges), sizeof(ranges) / sizeof(ranges)[0], (c))

/* How many bytes a character has that begins with this byte; 0 for none that may. */
static size_t sequence_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead < 0xc2 || lead > 0xf4)
        return 0;
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* The character at text and how many bytes it has; NOT_UTF8 and 1 where it is none
 * (overlong forms and surrogates included). */
static uint32_t decode(const char *text, size_t *length)
{
    static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
    unsigned char lead = (unsigned char)*text;
    size_t wanted = sequence_length(lead);
    *length = 1;
    if (wanted == 1)
        return lead;
    if (!wanted)
        return NOT_UTF8;

    uint32_t c = lead & (0xffU >> (wanted + 1));
    for (size_t i = 1; i < wanted; i++) {
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return NOT_UTF8;
        c = c << 6 | ((unsigned char)text[i] & 0x3fU);
    }
    if (c < smallest[wanted] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return NOT_UTF8;
    *length = wanted;
    return c;
}

void text_add_valid(struct str *out, const char *text)
{
    size_t length = 0;
    for (const char *c = text ? text : ""; *c; c += length) {
        if (decode(c, &length) == NOT_UTF8)
            str_add(out, REPLACEMENT);
        else
            str_add_bytes(out, c, length);
    }
}

static void
add_clean_character(struct str *out, const char *at, uint32_t c, size_t length)
{
    if (c == '\n' || c == '\r' || c == '\t' || IS_IN(blank, c))
        str_add_char(out, ' ');
    else if (c == NOT_UTF8 || IS_IN(unseen, c))
        str_add(out, REPLACEMENT);
    else if (c == '#' && str_starts_with(at, "##["))
        str_add(out, "# ");
    else
        str_add_bytes(out, at, length);
}

void text_add_clean(struct str *out, const char *text, size_t limit)
{
    size_t length = 0;
    size_t count = 0;
    for (const char *c = text ? text : ""; *c; c += length) {
        if (count++ == limit) {
            str_add(out, ELLIPSIS);
            return;
        }
        uint32_t character = decode(c, &length);
        add_clean_character(out, c, character, length);
    }
}

static size_t character_width(uint32_t c)
{
    if (c == NOT_UTF8)
        return 1;
    return IS_IN(combining, c) ? 0 : IS_IN(wide, c) ? 2 : 1;
}

/* The longest part of text (in bytes) that takes at most width columns. */
static size_t fitting(const char *text, size_t width)
{
    size_t length = 0;
    const char *c = text;
    while (*c) {
        size_t columns = character_width(decode(c, &length));
        if (columns > width)
            break;
        width -= columns;
        c += length;
    }
    return (size_t)(c - text);
}

size_t text_width(const char *text)
{
    size_t width = 0;
    size_t length = 0;
    for (const char *c = text; *c; c += length)
        width += character_width(decode(c, &length));
    return width;
}

void text_cut(struct str *text, size_t width)
{
    if (text_width(text->data) <= width)
        return;
    str_truncate(text, width ? fitting(text->data, width - 1) : 0);
    if (width)
        str_add(text, ELLIPSIS);
}

static void add_blanks(struct str *out, const char *text, size_t width)
{
    for (size_t i = text_width(text); i < width; i++)
        str_add_char(out, ' ');
}

void text_add_left(struct str *out, const char *text, size_t width)
{
    str_add(out, text);
    add_blanks(out, text, width);
}

void text_add_right(struct str *out, const char *text, size_t width)
{
    add_blanks(out, text, width);
    str_add(out, text);
}

/* How many bytes of text go on one line: up to its last blank that fits, or as many as
 * fit where there is none. */
static size_t line_length(const char *text, size_t width)
{
    size_t most = fitting(text, width);
    if (!text[most] || text[most] == ' ')
        return most;
    size_t length = most;
    while (length && text[length - 1] != ' ')
        length--;
    if (length)
        return length;
    /* A word longer than the line; the first character at least, however wide. */
    return most ? most : 1;
}

void text_add_wrapped(struct str *out, const char *text, size_t indent, size_t width)
{
    size_t room = width > indent + 10 ? width - indent : 10;
    text += strspn(text, " ");
    while (*text) {
        add_blanks(out, "", indent);
        if (str_starts_with(text, "::")) {
            str_add(out, ": ");
            text++;
        }
        size_t length = line_length(text, room);
        size_t shown = length;
        while (shown && text[shown - 1] == ' ')
            shown--;
        str_add_bytes(out, text, shown);
        str_add_char(out, '\n');
        text += length;
        text += strspn(text, " ");
    }
}
