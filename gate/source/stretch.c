#include "gate/source/stretch.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/source/base_rule.h"
#include "gate/source/id_places.h"
#include "gate/source/internal.h"
#include "gate/source/missing_object.h"

void stretch_clear(struct stretch *stretch)
{
    for (size_t i = 0; i < stretch->count; i++)
        free(stretch->items[i].parents);
    array_clear(stretch);
}

static int
list_places(const struct stretch *stretch, struct id_places *places, struct error *err)
{
    for (size_t i = 0; i < stretch->count; i++) {
        const char *id = stretch->items[i].revision.commit;
        if (!id_places_add(places, id, i))
            return error_set(err, ERROR_GIT, "'%s' is not a full commit id", id);
    }
    id_places_sort(places);
    return 0;
}

static int link_parents(struct source *source,
                        const struct id_places *places,
                        bool first_parents,
                        struct stretch_commit *of,
                        struct error *err)
{
    AUTO_COMMIT git_commit *commit = NULL;
    if (commit_from_id(&commit, source, of->revision.commit, err) < 0)
        return -1;
    unsigned count = git_commit_parentcount(commit);
    of->is_merge = count > 1;
    of->parents = xcalloc(count, sizeof *of->parents);
    for (unsigned i = 0; i < count && !(first_parents && i); i++) {
        size_t found = 0;
        const struct id_place *place =
            id_places_find(places, git_commit_parent_id(commit, i), &found);
        if (place)
            of->parents[of->parent_count++] = place->place;
    }
    return 0;
}

static int link_all(struct source *source,
                    bool first_parents,
                    struct stretch *stretch,
                    struct error *err)
{
    AUTO_ID_PLACES struct id_places places = { 0 };
    if (list_places(stretch, &places, err) < 0)
        return -1;
    for (size_t i = 0; i < stretch->count; i++) {
        if (link_parents(source, &places, first_parents, &stretch->items[i], err) < 0)
            return -1;
    }
    return 0;
}

static int begin_walk(git_revwalk **walk,
                      struct source *source,
                      const struct revision *from,
                      const struct revision *to)
{
    git_oid hidden = { 0 };
    git_oid pushed = { 0 };
    git_oid_fromstr(&hidden, from->commit);
    git_oid_fromstr(&pushed, to->commit);
    int result = git_revwalk_new(walk, source->own);
    if (result == 0)
        result = git_revwalk_sorting(*walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_REVERSE);
    if (result == 0)
        result = git_revwalk_push(*walk, &pushed);
    return result == 0 ? git_revwalk_hide(*walk, &hidden) : result;
}

static int list_commits(struct source *source,
                        const struct revision *from,
                        const struct revision *to,
                        struct stretch *stretch,
                        struct error *err)
{
    AUTO_WALK git_revwalk *walk = NULL;
    git_oid id = { 0 };
    int result = begin_walk(&walk, source, from, to);
    while (result == 0 && (result = git_revwalk_next(&id, walk)) == 0) {
        AUTO_COMMIT git_commit *commit = NULL;
        if (commit_from_id(&commit, source, git_oid_tostr_s(&id), err) < 0)
            return -1;
        revision_from_commit(&array_push(stretch)->revision, commit);
    }
    if (result != GIT_ITEROVER)
        return say_missing_or_failed(err, source, result,
                                     "cannot walk the history from %.10s to %.10s",
                                     from->commit, to->commit);
    return 0;
}

/* The line of first parents that ends in the last commit, links and all. */
static void keep_line(struct stretch *stretch)
{
    struct stretch line = { 0 };
    size_t length = 1;
    size_t at = stretch->count - 1;
    for (; stretch->items[at].parent_count; at = stretch->items[at].parents[0])
        length++;
    for (size_t i = 0; i < length; i++)
        (void)array_push(&line);
    at = stretch->count - 1;
    for (size_t left = length; left--;) {
        struct stretch_commit *kept = &stretch->items[at];
        at = kept->parent_count ? kept->parents[0] : 0;
        line.items[left] = *kept;
        kept->parents = NULL;
        if (left)
            line.items[left].parents[0] = left - 1;
    }
    stretch_clear(stretch);
    *stretch = line;
}

static int see_that_it_leads_there(struct source *source,
                                   const struct revision *from,
                                   const struct revision *to,
                                   struct error *err)
{
    struct revision base = { 0 };
    if (str_equal(from->commit, to->commit))
        return error_set(err, ERROR_USAGE,
                         "there is no commit between %.10s and itself: name two "
                         "different ones",
                         from->commit);
    if (source_merge_base(source, from, to, &base, err) < 0)
        return -1;
    if (str_equal(base.commit, from->commit))
        return 0;
    if (str_equal(base.commit, to->commit))
        return error_set(err, ERROR_USAGE,
                         "%.10s comes after %.10s, not before it: are they exchanged?",
                         from->commit, to->commit);
    return error_set(err, ERROR_USAGE,
                     "%.10s is not among the ancestors of %.10s; their merge base, "
                     "%.10s, is",
                     from->commit, to->commit, base.commit);
}

int source_stretch(struct source *source,
                   const struct revision *from,
                   const struct revision *to,
                   bool first_parents,
                   struct stretch *out,
                   struct error *err)
{
    AUTO_STRETCH struct stretch stretch = { 0 };
    if (see_that_it_leads_there(source, from, to, err) < 0 ||
        list_commits(source, from, to, &stretch, err) < 0 ||
        link_all(source, first_parents, &stretch, err) < 0)
        return -1;
    if (first_parents && stretch.count)
        keep_line(&stretch);
    *out = stretch;
    stretch = (struct stretch){ 0 };
    return 0;
}
