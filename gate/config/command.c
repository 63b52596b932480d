/* Splitting follows the quoting rules of POSIX (Shell Command Language, 2.2): nothing is
 * special in '...'; in "..." a backslash escapes only $ ` " \ and the line end; elsewhere
 * it escapes everything. What a shell would expand or obey is refused rather than passed
 * on as it stands, as a command that means something else than in a terminal is a trap.
 */
#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/config/config.h"

#define BLANKS         " \t"
#define ONLY_SHELL     "|&;<>()$`*?\r\n"
#define ONLY_AT_START  "~#"
#define QUOTE_OR_SHELL "has %s that only a shell obeys: quote it, or set \"shell\": true"

struct splitter {
    const char *next;
    struct str word;
    bool has_word; /* also an empty one, by quotes */
    struct error *err;
};

static int refuse(const struct splitter *split)
{
    char character[4] = { '\'', *split->next, '\'', 0 };
    bool is_line_end = *split->next == '\n' || *split->next == '\r';
    return error_set(split->err, ERROR_CONFIG, QUOTE_OR_SHELL,
                     is_line_end ? "a line end" : character);
}

static int open_quote(const struct splitter *split, char quote)
{
    return error_set(split->err, ERROR_CONFIG, "has an open quote (%c)", quote);
}

static int take_single_quoted(struct splitter *split)
{
    const char *end = strchr(split->next + 1, '\'');
    if (!end)
        return open_quote(split, '\'');
    str_add_bytes(&split->word, split->next + 1, (size_t)(end - split->next - 1));
    split->next = end + 1;
    split->has_word = true;
    return 0;
}

/* The escaped character; nothing for an escaped line end, which goes on with the line. */
static void add_escaped(struct splitter *split)
{
    if (split->next[1] != '\n') {
        str_add_char(&split->word, split->next[1]);
        split->has_word = true;
    }
    split->next += 2;
}

static int take_double_quoted(struct splitter *split)
{
    split->next++;
    split->has_word = true;
    while (*split->next != '"') {
        if (!*split->next)
            return open_quote(split, '"');
        if (*split->next == '$' || *split->next == '`')
            return refuse(split);
        if (*split->next == '\\' && split->next[1] && strchr("$`\"\\\n", split->next[1]))
            add_escaped(split);
        else
            str_add_char(&split->word, *split->next++);
    }
    split->next++;
    return 0;
}

static int take_escaped(struct splitter *split)
{
    if (!split->next[1])
        return error_set(split->err, ERROR_CONFIG, "ends in a backslash");
    add_escaped(split);
    return 0;
}

static int take_part(struct splitter *split)
{
    switch (*split->next) {
    case '\'':
        return take_single_quoted(split);
    case '"':
        return take_double_quoted(split);
    case '\\':
        return take_escaped(split);
    default:
        break;
    }
    if (strchr(ONLY_SHELL, *split->next))
        return refuse(split);
    str_add_char(&split->word, *split->next++);
    split->has_word = true;
    return 0;
}

static int take_word(struct splitter *split)
{
    if (strchr(ONLY_AT_START, *split->next))
        return refuse(split);
    while (*split->next && !strchr(BLANKS, *split->next))
        if (take_part(split) < 0)
            return -1;
    return 0;
}

/* A shell would set NAME and run the rest. */
static bool is_assignment(const char *text)
{
    size_t name = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
                               "0123456789");
    return name && text[name] == '=' && (*text < '0' || *text > '9');
}

static int split_words(struct splitter *split, struct strvec *words)
{
    split->next += strspn(split->next, BLANKS);
    if (is_assignment(split->next))
        return error_set(split->err, ERROR_CONFIG,
                         "begins with an assignment that only a shell obeys: use "
                         "\"env\", or set \"shell\": true");
    while (*split->next) {
        if (take_word(split) < 0)
            return -1;
        if (split->has_word)
            strvec_push_owned(words, str_detach(&split->word));
        split->has_word = false;
        split->next += strspn(split->next, BLANKS);
    }
    if (!words->count || !*words->items[0])
        return error_set(split->err, ERROR_CONFIG, "names no program");
    return 0;
}

int command_split(const char *text, struct strvec *words, struct error *err)
{
    struct splitter split = { .next = text, .word = STR_INIT, .err = err };
    AUTO_STRVEC struct strvec found = { 0 };
    int result = split_words(&split, &found);
    str_clear(&split.word);
    if (result == 0)
        strvec_push_all(words, &found);
    return result;
}

void command_clear(struct command *command)
{
    free(command->text);
    strvec_clear(&command->words);
    *command = (struct command){ 0 };
}

void commands_clear(struct commands *commands)
{
    for (size_t i = 0; i < commands->count; i++)
        command_clear(&commands->items[i]);
    array_clear(commands);
}
