#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/config/bench.h"
#include "gate/config/template.h"

struct expansion {
    const char *text; /* the whole, for messages */
    bool is_shell;
    const struct placeholder *placeholders;
    size_t count;
};

static const char *find_value(const struct expansion *expansion, const char *name)
{
    for (size_t i = 0; i < expansion->count; i++)
        if (str_equal(expansion->placeholders[i].name, name))
            return expansion->placeholders[i].value;
    return NULL;
}

static bool is_plain(const char *value)
{
    return *value && !value[strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                          "abcdefghijklmnopqrstuvwxyz0123456789_./-")];
}

/* Nothing is special to a shell in '...' but the quote that ends it. */
static void add_quoted(struct str *out, const char *value)
{
    str_add_char(out, '\'');
    for (; *value; value++) {
        if (*value == '\'')
            str_add(out, "'\\''");
        else
            str_add_char(out, *value);
    }
    str_add_char(out, '\'');
}

static int add_value(const struct expansion *expansion,
                     const struct piece *piece,
                     struct str *out,
                     struct error *err)
{
    AUTO_FREE char *name = xstrndup(piece->start, piece->length);
    const char *value = find_value(expansion, name);
    if (!value)
        return error_set(err, ERROR_CONFIG, "'%s' has a placeholder {%s} without a value",
                         expansion->text, name);
    if (expansion->is_shell && !is_plain(value))
        add_quoted(out, value);
    else
        str_add(out, value);
    return 0;
}

static int expand_word(const struct expansion *expansion,
                       const char *word,
                       struct str *out,
                       struct error *err)
{
    struct piece piece = template_next(&word);
    for (; piece.kind != PIECE_END; piece = template_next(&word)) {
        if (piece.kind != PIECE_NAME)
            str_add_bytes(out, piece.start, piece.length);
        else if (add_value(expansion, &piece, out, err) < 0)
            return -1;
    }
    return 0;
}

int command_expand(const struct command *command,
                   const struct placeholder *placeholders,
                   size_t count,
                   struct strvec *words,
                   struct error *err)
{
    struct expansion expansion = { command->text, command->is_shell, placeholders,
                                   count };
    AUTO_STRVEC struct strvec expanded = { 0 };
    for (size_t i = 0; i < command->words.count; i++) {
        AUTO_STR struct str word = STR_INIT;
        if (expand_word(&expansion, command->words.items[i], &word, err) < 0)
            return -1;
        strvec_push(&expanded, word.data);
    }
    strvec_push_all(words, &expanded);
    return 0;
}

char *text_expand(const char *text,
                  const struct placeholder *placeholders,
                  size_t count,
                  struct error *err)
{
    struct expansion expansion = { text, false, placeholders, count };
    AUTO_STR struct str expanded = STR_INIT;
    if (expand_word(&expansion, text, &expanded, err) < 0)
        return NULL;
    return str_detach(&expanded);
}
