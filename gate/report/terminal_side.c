#include "gate/report/terminal_side.h"

#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"
#include "gate/report/phrase.h"

void terminal_add_side(const char *side,
                       const struct revision_info *revision,
                       const char *rule,
                       size_t width,
                       struct str *out)
{
    AUTO_STR struct str line = STR_INIT;
    AUTO_FREE char *commit =
        xstrndup(revision->commit ? revision->commit : "", SHOWN_COMMIT);
    text_add_clean(&line, commit, SHOWN_COMMIT);
    str_add(&line, revision->is_dirty ? PHRASE_DIRTY " " : " ");
    text_add_clean(&line, revision->subject, SHOWN_NAME);
    if (rule && *rule) {
        /* The rule is kept whole, the subject is cut for it. */
        AUTO_STR struct str ending = STR_INIT;
        text_add_clean(&ending, rule, SHOWN_NAME);
        size_t beside = text_width(line.data) + strlen("base  ()");
        size_t room = width > beside ? width - beside : 0;
        text_cut(&ending, room > width / 2 ? room : width / 2);
        text_cut(&line, width - 8 - text_width(ending.data));
        str_addf(&line, " (%s)", ending.data);
    }
    text_cut(&line, width - 5);
    while (line.length && line.data[line.length - 1] == ' ')
        str_truncate(&line, line.length - 1);
    str_addf(out, "%s %s\n", side, line.data);
}
