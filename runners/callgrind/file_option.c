#include "runners/callgrind/file_option.h"

#include "gate/base/str.h"
#include "gate/base/strvec.h"

/* In valgrind's names of files '%' begins a placeholder. */
void file_option_push(struct strvec *words,
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
