/* The lexical rules are those of cmake-language(7): "#" and "#[[ ]]" comments, "..." with
 * "\" escapes, [[ ]] texts, parentheses that nest. */
#include "gate/config/cmake_call.h"

#include <ctype.h>
#include <string.h>

#include "gate/base/alloc.h"

void cmake_call_clear(struct cmake_call *call)
{
    str_clear(&call->name);
    strvec_clear(&call->words);
}

/* The length of a bracket text at c ("[==[...]==]") whose inside is *inside; 0 where c is
 * none. One that is never closed reaches to the end. */
static size_t bracket_length(const char *c, const char **inside, size_t *inside_length)
{
    size_t equals = *c == '[' ? strspn(c + 1, "=") : 0;
    if (*c != '[' || c[1 + equals] != '[')
        return 0;
    *inside = c + equals + 2;
    for (const char *end = *inside; *end; end++) {
        if (*end == ']' && strspn(end + 1, "=") == equals && end[1 + equals] == ']') {
            *inside_length = (size_t)(end - *inside);
            return (size_t)(end - c) + equals + 2;
        }
    }
    *inside_length = strlen(*inside);
    return strlen(c);
}

static const char *skip_comment(const char *c)
{
    const char *inside = NULL;
    size_t inside_length = 0;
    size_t length = bracket_length(c + 1, &inside, &inside_length);
    return length ? c + 1 + length : c + strcspn(c, "\n");
}

static const char *take_quoted(const char *c, struct str *word)
{
    for (c++; *c && *c != '"'; c++) {
        if (*c == '\\' && c[1])
            c++;
        str_add_char(word, *c);
    }
    return *c ? c + 1 : c;
}

static const char *take_bare(const char *c, struct str *word)
{
    for (; *c && !strchr(" \t\r\n()#\";", *c); c++) {
        if (*c == '\\' && c[1])
            c++;
        str_add_char(word, *c);
    }
    return c;
}

static const char *take_word(const char *c, struct cmake_call *call)
{
    AUTO_STR struct str word = STR_INIT;
    const char *inside = NULL;
    size_t inside_length = 0;
    size_t bracket = bracket_length(c, &inside, &inside_length);
    if (bracket) {
        str_add_bytes(&word, inside, inside_length);
        c += bracket;
    } else {
        c = *c == '"' ? take_quoted(c, &word) : take_bare(c, &word);
    }
    strvec_push_owned(&call->words, str_detach(&word));
    return c;
}

/* From behind the opening parenthesis to behind the one that closes it. */
static const char *take_words(const char *c, struct cmake_call *call)
{
    for (size_t depth = 1; *c && depth;) {
        if (*c == '#') {
            c = skip_comment(c);
        } else if (*c == '(' || *c == ')') {
            depth = *c == '(' ? depth + 1 : depth - 1;
            c++;
        } else if (strchr(" \t\r\n;", *c)) {
            c++;
        } else {
            c = take_word(c, call);
        }
    }
    return c;
}

static bool is_part_of_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

bool cmake_call_next(const char **rest, struct cmake_call *call)
{
    str_reset(&call->name);
    strvec_clear(&call->words);
    for (const char *c = *rest; *c;) {
        if (*c == '#') {
            c = skip_comment(c);
            continue;
        }
        if (!is_part_of_name(*c)) {
            c++;
            continue;
        }
        str_reset(&call->name);
        for (; is_part_of_name(*c); c++)
            str_add_char(&call->name, (char)tolower((unsigned char)*c));
        c += strspn(c, " \t");
        if (*c == '(') {
            *rest = take_words(c + 1, call);
            return true;
        }
    }
    *rest += strlen(*rest);
    return false;
}
