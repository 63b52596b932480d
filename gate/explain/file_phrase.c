#include "gate/explain/file_phrase.h"

#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/verdict/explanation.h"

static void add_times(struct str *out, int64_t count)
{
    units_add_count(out, (double)count);
    str_add(out, count == 1 ? " time" : " times");
}

void file_phrase_add_begun(struct str *out,
                           const struct explained_file *file,
                           enum side side)
{
    const struct explained_file_use *use = &file->sides[side];
    const struct explained_file_use *other =
        &file->sides[side == SIDE_HEAD ? SIDE_BASE : SIDE_HEAD];
    str_addf(out, "'%s' is opened ", file->name);
    add_times(out, use->opens);
    if (use->rewinds) {
        str_add(out, " and read from its beginning ");
        add_times(out, use->rewinds);
        str_add(out, " more,");
    }
    str_add(out, " where it was ");
    units_add_count(out, (double)(other->opens + other->rewinds));
    str_add(out, use->rewinds ? " in all" : "");
}

static void
add_part(struct str *out, const char *what, int64_t base, int64_t head, const char **link)
{
    if (!base && !head)
        return;
    str_addf(out, "%s%s ", *link, what);
    add_times(out, head);
    *link = ", ";
    if (base == head) {
        str_add(out, " as before");
        return;
    }
    str_add(out, " where it was ");
    units_add_count(out, (double)base);
}

void file_phrase_add_use(struct str *out, const struct explained_file *file)
{
    const struct explained_file_use *base = &file->sides[SIDE_BASE];
    const struct explained_file_use *head = &file->sides[SIDE_HEAD];
    const char *link = "";
    str_addf(out, "'%s' (", file->name);
    add_part(out, "opened", base->opens, head->opens, &link);
    add_part(out, "read", base->reads, head->reads, &link);
    add_part(out, "written", base->writes, head->writes, &link);
    str_add(out, ")");
}
