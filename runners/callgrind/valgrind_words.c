#include "runners/callgrind/valgrind_words.h"

#include "gate/base/str.h"
#include "gate/base/strvec.h"

void valgrind_words_begin(struct strvec *words, const char *tool)
{
    strvec_clear(words);
    strvec_push(words, "valgrind");
    strvec_pushf(words, "--tool=%s", tool);
    strvec_push(words, "--quiet");
    strvec_push(words, "--command-line-only=yes");
    strvec_push(words, "--vgdb=no");
    strvec_push(words, "--trace-children=yes");
}

/* In valgrind's names of files '%' begins a placeholder. */
void valgrind_words_push_file(struct strvec *words,
                              const char *option,
                              const char *directory,
                              const char *prefix)
{
    struct str word = STR_INIT;
    str_add(&word, option);
    for (const char *c = directory; *c; c++)
        str_add(&word, *c == '%' ? "%%" : (char[]){ *c, '\0' });
    str_addf(&word, "/%s%%p", prefix);
    strvec_push_owned(words, str_detach(&word));
}
