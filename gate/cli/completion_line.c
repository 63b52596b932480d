#include "gate/cli/completion_line.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/str.h"

void completion_line_clear(struct completion_line *line)
{
    strvec_clear(&line->words);
    free(line->current);
    *line = (struct completion_line){ 0 };
}

/* Reads one word, which may end in the middle of a quotation; where the next begins. */
static const char *read_word(const char *text, struct str *word)
{
    char quote = 0;
    for (; *text && (quote || !strchr(" \t\n", *text)); text++) {
        if (*text == quote)
            quote = 0;
        else if (!quote && (*text == '\'' || *text == '"'))
            quote = *text;
        else if (*text == '\\' && quote != '\'' && text[1])
            str_add_char(word, *++text);
        else
            str_add_char(word, *text);
    }
    return text;
}

void completion_line_read(const char *text, struct completion_line *out)
{
    AUTO_STR struct str word = STR_INIT;
    for (;;) {
        text += strspn(text, " \t\n");
        str_reset(&word);
        text = read_word(text, &word);
        if (!*text)
            break;
        strvec_push(&out->words, word.data);
    }
    out->current = str_detach(&word);
}
