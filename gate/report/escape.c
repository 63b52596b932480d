#include "gate/report/escape.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "gate/base/str.h"
#include "gate/base/text.h"

#define JOINER "\xe2\x81\xa0" /* U+2060: no width, no break */

static bool has_run(const char *text, size_t wanted)
{
    size_t run = 0;
    for (;; text++) {
        if (*text == '`') {
            run++;
            continue;
        }
        if (run == wanted)
            return true;
        if (!*text)
            return false;
        run = 0;
    }
}

static void add_backticks(struct str *out, size_t count)
{
    while (count--)
        str_add_char(out, '`');
}

/* The blanks that keep a backtick apart from the fence are taken off again by readers; so
 * is one blank at each end of text that begins and ends with one. */
static bool needs_padding(const struct str *text)
{
    char first = text->data[0];
    char last = text->data[text->length - 1];
    return first == '`' || last == '`' || (first == ' ' && last == ' ');
}

static void add_span(struct str *out, const char *text, bool is_cell)
{
    AUTO_STR struct str clean = STR_INIT;
    text_add_clean(&clean, text, SHOWN_NAME);
    if (!clean.length)
        return;

    size_t fence = 1;
    while (has_run(clean.data, fence))
        fence++;
    const char *padding = needs_padding(&clean) ? " " : "";
    add_backticks(out, fence);
    str_add(out, padding);
    for (const char *c = clean.data; *c; c++) {
        if (is_cell && *c == '|')
            str_add(out, c > clean.data && c[-1] == '\\' ? JOINER "\\" : "\\");
        str_add_char(out, *c);
    }
    str_add(out, padding);
    add_backticks(out, fence);
}

void markdown_add_code(struct str *out, const char *text)
{
    add_span(out, text, false);
}

void markdown_add_code_cell(struct str *out, const char *text)
{
    add_span(out, text, true);
}

/* Where the characters before and after would make a link of this one. */
static bool begins_link(const char *text, const char *c)
{
    unsigned char next = (unsigned char)c[1];
    if (*c == '@' || *c == '#')
        return isalnum(next) || next == '_';
    if (*c == '-')
        return isdigit(next) && c >= text + 2 && strncasecmp(c - 2, "GH", 2) == 0;
    if (*c == '.')
        return c >= text + 3 && strncasecmp(c - 3, "www", 3) == 0;
    return *c == ':' && (isalpha(next) || (next && strchr("/+-", next)));
}

static void add_prose(struct str *out, const char *text, const char *from)
{
    for (const char *c = from; *c; c++) {
        if (strchr("\\`*_[]<>#|~$&!", *c))
            str_add_char(out, '\\');
        if (*c == '.' && begins_link(text, c))
            str_add(out, JOINER);
        str_add_char(out, *c);
        if (*c != '.' && begins_link(text, c))
            str_add(out, JOINER);
    }
}

void markdown_add_prose(struct str *out, const char *text)
{
    AUTO_STR struct str clean = STR_INIT;
    text_add_clean(&clean, text, SHOWN_SENTENCE);
    add_prose(out, clean.data, clean.data);
}

/* "- x", "+ x", "1. x", "1) x" and "---" mean something at the beginning only. */
void markdown_add_item(struct str *out, const char *text)
{
    AUTO_STR struct str clean = STR_INIT;
    text_add_clean(&clean, text, SHOWN_SENTENCE);
    const char *start = clean.data + strspn(clean.data, " ");
    size_t digits = strspn(start, "0123456789");
    str_add(out, "- ");
    str_add_bytes(out, start, digits);
    if (start[digits] && strchr(digits ? ".)" : "-+=", start[digits]))
        str_add_char(out, '\\');
    add_prose(out, clean.data, start + digits);
    str_add_char(out, '\n');
}

void markdown_add_block(struct str *out, const char *text)
{
    AUTO_STR struct str clean = STR_INIT;
    text_add_clean(&clean, text, SHOWN_COMMAND);
    size_t fence = 3;
    for (const char *c = clean.data; *c; c++) {
        size_t run = strspn(c, "`");
        if (run >= fence)
            fence = run + 1;
    }
    add_backticks(out, fence);
    str_addf(out, "sh\n%s\n", clean.data);
    add_backticks(out, fence);
    str_add_char(out, '\n');
}

void xml_add_text(struct str *out, const char *text)
{
    AUTO_STR struct str clean = STR_INIT;
    text_add_clean(&clean, text, SHOWN_SENTENCE);
    for (const char *c = clean.data; *c; c++) {
        switch (*c) {
        case '&':
            str_add(out, "&amp;");
            break;
        case '<':
            str_add(out, "&lt;");
            break;
        case '>':
            str_add(out, "&gt;");
            break;
        case '"':
            str_add(out, "&quot;");
            break;
        default:
            str_add_char(out, *c);
        }
    }
}
