#include "gate/source/commit_order.h"

#include "gate/base/error.h"
#include "gate/source/git_error.h"
#include "gate/source/id_places.h"
#include "gate/source/internal.h"
#include "gate/source/source.h"

/* The wanted commits. */
struct search {
    struct id_places places;
    size_t left; /* not yet found */
    size_t *positions;
};

static void search_clear(struct search *search)
{
    id_places_clear(&search->places);
}

static int
search_init(struct search *search, const struct strvec *wanted, size_t *positions)
{
    *search = (struct search){ .left = wanted->count, .positions = positions };
    for (size_t i = 0; i < wanted->count; i++) {
        if (!id_places_add(&search->places, wanted->items[i], i))
            return -1;
        positions[i] = COMMIT_NOT_THERE;
    }
    id_places_sort(&search->places);
    return 0;
}

/* The same commit may be wanted more than once. */
static void note(struct search *search, const git_oid *id, size_t position)
{
    size_t count = 0;
    const struct id_place *found = id_places_find(&search->places, id, &count);
    for (size_t i = 0; i < count; i++)
        search->positions[found[i].place] = position;
    search->left -= count;
}

static int follow_first_parents(struct source *source,
                                const struct revision *from,
                                struct search *search,
                                struct error *err)
{
    AUTO_COMMIT git_commit *commit = NULL;
    if (commit_from_id(&commit, source, from->commit, err) < 0)
        return -1;
    for (size_t position = 0; search->left; position++) {
        note(search, git_commit_id(commit), position);
        if (!commit_step_back(&commit))
            return 0;
    }
    return 0;
}

static int walk_all(struct source *source,
                    const struct revision *from,
                    struct search *search,
                    struct error *err)
{
    AUTO_WALK git_revwalk *walk = NULL;
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
