#include "gate/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"

static enum log_level current_level = LOG_NORMAL;

void log_set_level(enum log_level level)
{
    current_level = level;
}

enum log_level log_get_level(void)
{
    return current_level;
}

/* Newlines and tabs stay, since an error may carry the tail of a log; every other control
 * character could steer a terminal. Commands that a CI runner would obey ("::command::"
 * at a line's start, "##[command]") are broken by a blank, for the text may hold what the
 * code under test printed. A runner skips any white space in front of a command, that of
 * Unicode too, so bytes beyond ASCII do not end a line's start. */
static void print_text(const char *prefix, const char *text)
{
    AUTO_STR struct str clean = STR_INIT;
    str_add(&clean, prefix);
    bool at_line_start = clean.length == 0;
    for (const char *c = text; *c; c++) {
        bool is_control =
            ((unsigned char)*c < ' ' && *c != '\n' && *c != '\t') || *c == 0x7f;
        if (is_control)
            str_add_char(&clean, '?');
        else
            str_add_char(&clean, *c);
        if ((c[0] == '#' && c[1] == '#') || (at_line_start && c[0] == ':' && c[1] == ':'))
            str_add_char(&clean, ' ');
        bool is_blank = *c == ' ' || *c == '\t' || (unsigned char)*c >= 0x80;
        at_line_start = *c == '\n' || (at_line_start && is_blank);
    }
    fprintf(stderr, "%s\n", clean.data);
}

PRINTF_LIKE(2, 0)
static void print_formatted(const char *prefix, const char *format, va_list args)
{
    AUTO_FREE char *text = NULL;
    if (vasprintf(&text, format, args) < 0) {
        text = NULL;
        return;
    }
    print_text(prefix, text);
}

void log_step(const char *format, ...)
{
    if (current_level < LOG_NORMAL)
        return;
    va_list args;
    va_start(args, format);
    print_formatted("", format, args);
    va_end(args);
}

void log_detail(const char *format, ...)
{
    if (current_level < LOG_VERBOSE)
        return;
    va_list args;
    va_start(args, format);
    print_formatted("", format, args);
    va_end(args);
}

void log_warning(const char *format, ...)
{
    if (current_level < LOG_NORMAL)
        return;
    va_list args;
    va_start(args, format);
    print_formatted("pawl: warning: ", format, args);
    va_end(args);
}

void log_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print_formatted("pawl: ", format, args);
    va_end(args);
}
