#include "gate/build/last_words.h"

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/build/printable.h"

enum {
    WORDS_BYTES = 300
};

static void join_lines(struct str *text)
{
    for (char *c = text->data; *c; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    while (text->length && text->data[text->length - 1] == ' ')
        str_truncate(text, text->length - 1);
}

void last_words_add(struct str *out, const char *path)
{
    AUTO_STR struct str text = STR_INIT;
    struct error ignored = { 0 };
    if (file_read_tail(path, WORDS_BYTES, &text, &ignored) < 0)
        return;
    join_lines(&text);
    if (!text.length)
        return;
    str_add(out, ": ");
    printable_add(out, text.data, text.length, "", WORDS_BYTES);
}
