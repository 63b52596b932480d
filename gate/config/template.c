#include "gate/config/template.h"

#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"

static size_t name_length(const char *text)
{
    if (*text < 'a' || *text > 'z')
        return 0;
    return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
}

bool template_is_name(const char *text)
{
    size_t length = name_length(text);
    return length && !text[length];
}

static struct piece take(const char **text, enum piece_kind kind, size_t length)
{
    struct piece piece = { kind, *text, length };
    *text += length;
    return piece;
}

struct piece template_next(const char **text)
{
    const char *at = *text;
    if (!*at)
        return take(text, PIECE_END, 0);
    if (*at != '{' && *at != '}')
        return take(text, PIECE_TEXT, strcspn(at, "{}"));
    if (at[1] == at[0]) {
        ++*text;
        return take(text, PIECE_TEXT, 1);
    }
    size_t length = name_length(at + 1);
    if (*at == '}' || !length || at[1 + length] != '}')
        return take(text, PIECE_BAD, 1);
    ++*text;
    struct piece name = take(text, PIECE_NAME, length);
    ++*text;
    return name;
}

static const char *const places[] = { "work", "tree" };
#define PLACE_COUNT (sizeof places / sizeof places[0])

bool template_is_place(const char *name)
{
    for (size_t i = 0; i < PLACE_COUNT; i++)
        if (str_equal(name, places[i]))
            return true;
    return false;
}

void template_add_places(struct strvec *names)
{
    for (size_t i = 0; i < PLACE_COUNT; i++)
        strvec_push(names, places[i]);
}

size_t template_count_places(const struct strvec *names)
{
    size_t count = 0;
    for (size_t i = 0; i < names->count; i++)
        count += template_is_place(names->items[i]);
    return count;
}

bool strings_have(const struct strvec *strings, const char *text)
{
    for (size_t i = 0; i < strings->count; i++)
        if (str_equal(strings->items[i], text))
            return true;
    return false;
}

int template_text_names(const char *text, struct strvec *names, struct error *err)
{
    struct piece piece = template_next(&text);
    for (; piece.kind != PIECE_END; piece = template_next(&text)) {
        if (piece.kind == PIECE_BAD)
            return error_set(err, ERROR_CONFIG,
                             "has a '%c' that belongs to no placeholder such as {n}: "
                             "write '%c%c' for the brace itself",
                             *piece.start, *piece.start, *piece.start);
        if (piece.kind != PIECE_NAME)
            continue;
        AUTO_FREE char *name = xstrndup(piece.start, piece.length);
        if (!strings_have(names, name))
            strvec_push(names, name);
    }
    return 0;
}

int template_names(const struct command *command, struct strvec *names, struct error *err)
{
    for (size_t i = 0; i < command->words.count; i++)
        if (template_text_names(command->words.items[i], names, err) < 0)
            return -1;
    return 0;
}
