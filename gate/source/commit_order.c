#include "gate/source/commit_order.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/source/git_error.h"
#include "gate/source/internal.h"
#include "gate/source/source.h"

/* The wanted commits, sorted by id. */
struct place {
    git_oid id;
    size_t index; /* in wanted */
};
struct search {
    struct place *places;
    size_t count;
    size_t left; /* not yet found */
    size_t *positions;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *one = a;
    const struct place *two = b;
    return git_oid_cmp(&one->id, &two->id);
}

static void search_clear(struct search *search)
{
    free(search->places);
}

static int
search_init(struct search *search, const struct strvec *wanted, size_t *positions)
{
    *search = (struct search){ .count = wanted->count,
                               .left = wanted->count,
                               .positions = positions,
                               .places = xcalloc(wanted->count, sizeof *search->places) };
    for (size_t i = 0; i < wanted->count; i++) {
        search->places[i].index = i;
        if (git_oid_fromstr(&search->places[i].id, wanted->items[i]) < 0)
            return -1;
        positions[i] = COMMIT_NOT_THERE;
    }
    qsort(search->places, search->count, sizeof *search->places, compare_places);
    return 0;
}

/* The same commit may be wanted more than once. */
static void note(struct search *search, const git_oid *id, size_t position)
{
    const struct place key = { .id = *id };
    const struct place *found =
        search->count
            ? bsearch(&key, search->places, search->count, sizeof key, compare_places)
            : NULL;
    if (!found)
        return;
    const struct place *end = search->places + search->count;
    while (found > search->places && git_oid_equal(&found[-1].id, id))
        found--;
    for (; found < end && git_oid_equal(&found->id, id); found++) {
        search->positions[found->index] = position;
        search->left--;
    }
}

/* The first commit has no parent, and that of a shallow clone's last is not there. */
static int follow_first_parents(struct source *source,
                                const struct revision *from,
                                struct search *search,
                                struct error *err)
{
    AUTO_COMMIT git_commit *commit = NULL;
    if (commit_from_id(&commit, source, from->commit, err) < 0)
        return -1;
    for (size_t position = 0; search->left; position++) {
        git_commit *parent = NULL;
        note(search, git_commit_id(commit), position);
        if (git_commit_parentcount(commit) == 0 ||
            git_commit_parent(&parent, commit, 0) < 0)
            return 0;
        git_commit_free(commit);
        commit = parent;
    }
    return 0;
}

static void release_walk(git_revwalk **walk)
{
    git_revwalk_free(*walk);
}

static int walk_all(struct source *source,
                    const struct revision *from,
                    struct search *search,
                    struct error *err)
{
    AUTO(release_walk) git_revwalk *walk = NULL;
    git_oid id;
    if (git_oid_fromstr(&id, from->commit) < 0 ||
        git_revwalk_new(&walk, source->own) < 0 ||
        git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME) < 0 ||
        git_revwalk_push(walk, &id) < 0)
        return git_failed(err, "cannot walk the history of commit %.10s", from->commit);
    for (size_t position = 0; search->left && git_revwalk_next(&id, walk) == 0;
         position++)
        note(search, &id, position);
    return 0;
}

int source_order_commits(struct source *source,
                         const struct revision *from,
                         bool first_parents,
                         const struct strvec *wanted,
                         size_t *positions,
                         struct error *err)
{
    AUTO(search_clear) struct search search;
    if (search_init(&search, wanted, positions) < 0)
        return git_failed(err, "cannot order commits by their history");
    bool follows = first_parents || source_is_shallow(source);
    return follows ? follow_first_parents(source, from, &search, err)
                   : walk_all(source, from, &search, err);
}
