#include "gate/explain/function_note.h"

#include <stdlib.h>

#include "gate/base/str.h"
#include "gate/explain/profile_diff.h"

static void add(struct str *note, const char *text)
{
    str_addf(note, "%s%s", note->length ? "; " : "", text);
}

static void add_fate(struct str *note, const struct function_diff *item)
{
    switch (item->fate) {
    case FUNCTION_MOVED:
        add(note, "moved here from '");
        str_addf(note, "%s'", item->was);
        return;
    case FUNCTION_RENAMED:
        add(note, "in the place of '");
        str_addf(note, "%s'", item->was);
        return;
    case FUNCTION_NEW:
        add(note, "new");
        return;
    case FUNCTION_GONE:
        add(note, "gone");
        return;
    case FUNCTION_KEPT:
    case FUNCTION_INLINED:
        return;
    }
    abort();
}

/* Those that are counted with it, the first by name. */
static void add_inlined(struct str *note, const struct profile_diff *diff, uint32_t host)
{
    const struct function_diff *item = &diff->functions.items[host];
    for (size_t i = diff->shown_count; i < diff->functions.count; i++) {
        if (diff->functions.items[i].into != host)
            continue;
        add(note, "with '");
        str_addf(note, "%s'", diff->functions.items[i].name);
        break;
    }
    if (item->with_count > 1) {
        str_add(note, " and ");
        str_add_counted(note, item->with_count - 1, "other");
    }
    if (item->with_count)
        str_add(note, ", which one side inlined");
}

char *function_note(const struct profile_diff *diff, uint32_t index)
{
    const struct function_diff *item = &diff->functions.items[index];
    struct str note = STR_INIT;
    add_fate(&note, item);
    add_inlined(&note, diff, index);
    if (function_is_in_cycle(diff, item))
        add(&note, "one of a circle of calls");
    return str_detach(&note);
}
