/* The lexical rules are those of https://mesonbuild.com/Syntax.html: "#" comments, '...'
 * with "\" escapes, '''...''' without, lists, keywords before a colon. */
#include "gate/config/meson_call.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"

#define BLANKS " \t\r\n\\"

static void clear_arguments(struct meson_call *call)
{
    for (size_t i = 0; i < call->count; i++) {
        free(call->items[i].keyword);
        free(call->items[i].text);
        free(call->items[i].function);
    }
    call->count = 0;
}

void meson_call_clear(struct meson_call *call)
{
    clear_arguments(call);
    array_clear(call);
    str_clear(&call->variable);
    str_clear(&call->name);
}

static bool is_part_of_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* From the opening quote to behind the closing one; what is between goes to text, which
 * may be NULL. One that is never closed reaches to the end. */
static const char *take_string(const char *c, struct str *text)
{
    bool is_long = strncmp(c, "'''", 3) == 0;
    for (c += is_long ? 3 : 1; *c; c++) {
        if (is_long ? strncmp(c, "'''", 3) == 0 : *c == '\'')
            return c + (is_long ? 3 : 1);
        if (!is_long && *c == '\\' && c[1])
            c++;
        if (text)
            str_add_char(text, *c);
    }
    return c;
}

static const char *skip_blanks(const char *c)
{
    for (;; c += strcspn(c, "\n")) {
        c += strspn(c, BLANKS);
        if (*c != '#')
            return c;
    }
}

/* From behind an opening bracket to behind the one that closes it; the first string on
 * the way goes to first, which may be NULL. */
static const char *skip_brackets(const char *c, struct str *first)
{
    for (size_t depth = 1; *c && depth;) {
        c = skip_blanks(c);
        if (*c == '\'') {
            c = take_string(c, first);
            first = NULL;
        } else if (*c) {
            depth += *c == '(' || *c == '[' || *c == '{';
            depth -= *c == ')' || *c == ']' || *c == '}';
            c++;
        }
    }
    return c;
}

/* The rest of an expression, up to what ends an argument. */
static const char *skip_expression(const char *c)
{
    while (*(c = skip_blanks(c)) && !strchr(",)]", *c)) {
        if (*c == '\'')
            c = take_string(c, NULL);
        else if (*c == '(' || *c == '[' || *c == '{')
            c = skip_brackets(c + 1, NULL);
        else
            c++;
    }
    return c;
}

/* A name, or a call by that name. */
static const char *take_name(const char *c, struct meson_argument *argument)
{
    AUTO_STR struct str text = STR_INIT;
    for (; is_part_of_name(*c); c++)
        str_add_char(&text, *c);
    argument->kind = MESON_NAME;
    if (*(c = skip_blanks(c)) == '(') {
        argument->kind = MESON_CALL;
        argument->function = str_detach(&text);
        text = STR_INIT;
        c = skip_brackets(c + 1, &text);
    }
    argument->text = str_detach(&text);
    return c;
}

/* The value of an argument, up to what ends it. */
static const char *take_value(const char *c, struct meson_argument *argument)
{
    if (*c == '\'') {
        AUTO_STR struct str text = STR_INIT;
        c = take_string(c, &text);
        argument->kind = MESON_STRING;
        argument->text = str_detach(&text);
    } else if (is_part_of_name(*c)) {
        c = take_name(c, argument);
    }
    c = skip_blanks(c);
    if (argument->text && (!*c || strchr(",)]", *c)))
        return c;
    argument->kind = MESON_OTHER;
    free(argument->text);
    argument->text = xstrdup("");
    return skip_expression(c);
}

/* The word before a colon, behind which the value begins; NULL where there is none. */
static char *take_keyword(const char **c)
{
    const char *end = *c;
    while (is_part_of_name(*end))
        end++;
    const char *colon = skip_blanks(end);
    if (end == *c || *colon != ':')
        return NULL;
    char *keyword = xstrndup(*c, (size_t)(end - *c));
    *c = skip_blanks(colon + 1);
    return keyword;
}

/* One argument, up to what ends it, or up to the list that it is. *keyword is that of the
 * list that it stands in, and becomes its own where it stands in none. */
static const char *
take_argument(const char *c, bool is_in_list, char **keyword, struct meson_call *call)
{
    if (!is_in_list) {
        free(*keyword);
        *keyword = take_keyword(&c);
        if (*c == '[')
            return c;
    }
    struct meson_argument argument = { .keyword = *keyword ? xstrdup(*keyword) : NULL };
    c = take_value(c, &argument);
    *array_push(call) = argument;
    return c;
}

/* From behind the opening parenthesis to behind the one that closes it. */
static const char *take_arguments(const char *c, struct meson_call *call)
{
    AUTO_FREE char *keyword = NULL;
    size_t depth = 0; /* of lists */
    while (*(c = skip_blanks(c)) && *c != ')') {
        if (strchr("[],", *c)) {
            depth += *c == '[';
            depth -= *c == ']' && depth;
            c++;
        } else {
            c = take_argument(c, depth > 0, &keyword, call);
        }
    }
    return *c ? c + 1 : c;
}

/* "name = ": what follows is assigned. */
static bool is_assignment(const char *c)
{
    return *c == '=' && c[1] != '=';
}

bool meson_call_next(const char **rest, struct meson_call *call)
{
    const char *c = *rest;
    bool is_method = false;
    str_reset(&call->variable);
    clear_arguments(call);
    while (*(c = skip_blanks(c))) {
        if (*c == '\'' || !is_part_of_name(*c)) {
            is_method = *c == '.';
            if (!strchr("=[", *c))
                str_reset(&call->variable);
            c = *c == '\'' ? take_string(c, NULL) : c + 1;
            continue;
        }
        str_reset(&call->name);
        str_add(&call->name, is_method ? "." : "");
        for (; is_part_of_name(*c); c++)
            str_add_char(&call->name, *c);
        c = skip_blanks(c);
        if (*c == '(') {
            *rest = take_arguments(c + 1, call);
            return true;
        }
        str_reset(&call->variable);
        if (is_assignment(c))
            str_add(&call->variable, call->name.data);
        is_method = false;
    }
    *rest = c;
    return false;
}

const struct meson_argument *meson_call_at(const struct meson_call *call, size_t place)
{
    for (size_t i = 0; i < call->count; i++)
        if (!call->items[i].keyword && place-- == 0)
            return &call->items[i];
    return NULL;
}

const struct meson_argument *meson_call_keyword(const struct meson_call *call,
                                                const char *keyword)
{
    for (size_t i = 0; i < call->count; i++)
        if (call->items[i].keyword && str_equal(call->items[i].keyword, keyword))
            return &call->items[i];
    return NULL;
}
