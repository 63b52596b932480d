#include "gate/base/shell_word.h"

#include <string.h>

#include "gate/base/str.h"

void shell_word_add(struct str *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+=:,";
    if (*word && !word[strspn(word, plain)]) {
        str_add(out, word);
        return;
    }
    str_add_char(out, '\'');
    for (const char *c = word; *c; c++) {
        if (*c == '\'')
            str_add(out, "'\\'");
        str_add_char(out, *c);
    }
    str_add_char(out, '\'');
}
