#include "gate/build/last_words.h"

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/build/printable.h"

enum {
    WORDS_BYTES = 600
};

/* On one line, and blanks that only indent or part lines as one. */
static void join_lines(const struct str *text, struct str *out)
{
    for (size_t i = 0; i < text->length; i++) {
        char c = text->data[i];
        if ((unsigned char)c < ' ')
            c = ' ';
        if (c != ' ' || (out->length && out->data[out->length - 1] != ' '))
            str_add_char(out, c);
    }
    if (out->length && out->data[out->length - 1] == ' ')
        str_truncate(out, out->length - 1);
}

void last_words_add(struct str *out, const char *path)
{
    AUTO_STR struct str text = STR_INIT;
    struct error ignored = { 0 };
    if (file_read_tail(path, WORDS_BYTES, &text, &ignored) < 0)
        return;
    AUTO_STR struct str words = STR_INIT;
    join_lines(&text, &words);
    if (!words.length)
        return;
    str_add(out, ": ");
    printable_add(out, words.data, words.length, "", WORDS_BYTES);
}
