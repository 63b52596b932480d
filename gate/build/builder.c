#include "gate/build/builder.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/interrupt.h"
#include "gate/base/log.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/build/build_cache.h"
#include "gate/build/build_key.h"
#include "gate/build/recipe.h"
#include "gate/build/steps.h"
#include "gate/config/config.h"
#include "gate/source/worktree.h"

/* A build outside the cache gets a name that no other has, of the usual length. */
static int make_key(const struct builder *builder,
                    const struct build_request *request,
                    char *key,
                    struct error *err)
{
    AUTO_FREE char *lane = xstrdup(request->lane ? request->lane : "");
    if (builder->is_cache_off) {
        uint64_t seed = 0;
        if (random_seed(&seed, err) < 0)
            return -1;
        free(lane);
        lane = str_format("%s/%ld/%" PRIu64, request->lane ? request->lane : "",
                          (long)getpid(), seed);
    }
    const struct build_inputs inputs = {
        .tree = request->revision->tree,
        .recipe = request->recipe,
        .environment =
            builder->key_environment ? builder->key_environment : builder->environment,
        .toolchain = builder->toolchain,
        .lane = lane,
    };
    build_key(&inputs, key);
    return 0;
}

static int run_recipe(const struct builder *builder,
                      const struct build_request *request,
                      const struct build_entry *entry,
                      struct error *err)
{
    const struct workplace place = {
        .spawner = builder->spawner,
        .environment = builder->environment,
        .directory = entry->tree,
        .log_path = entry->log,
        .timeout_ns = request->recipe->timeout_ns,
    };
    AUTO_FREE char *doing = str_format("building %s", request->side);
    return recipe_run(&place, request->recipe, ERROR_BUILD, doing, err);
}

/* The tree goes, the log stays: the message speaks of it. */
static void remove_failed(const struct builder *builder, const struct build_entry *entry)
{
    struct error err = { 0 };
    if (source_remove_worktree(builder->source, entry->tree, &err) < 0)
        log_warning("%s", err.message);
}

static int build_anew(const struct builder *builder,
                      const struct build_request *request,
                      const struct build_entry *entry,
                      struct error *err)
{
    log_step("building %s (%.12s)", request->side, request->revision->commit);
    if (build_entry_remove(entry, builder->source, err) < 0 ||
        tree_make(entry->directory, err) < 0)
        return -1;
    if (source_add_worktree(builder->source, request->revision->commit, entry->tree,
                            err) < 0)
        return error_prefix(err, "checking out %s: ", request->side);
    if (run_recipe(builder, request, entry, err) == 0 &&
        (builder->is_cache_off || build_entry_seal(entry, builder->tool_version,
                                                   request->revision->commit, err) == 0))
        return 0;
    remove_failed(builder, entry);
    return -1;
}

/* True with the lock shared where the entry can be used as it is. */
static bool is_usable(const struct build_request *request,
                      const struct build_entry *entry)
{
    AUTO_STR struct str why = STR_INIT;
    if (build_entry_is_whole(entry, &why))
        return true;
    if (why.length > 0)
        log_detail("the build of %s in the cache can't be used: %s", request->side,
                   why.data);
    return false;
}

/* Takes the lock alone and builds, unless another process has done so while we waited. */
static int build_locked(const struct builder *builder,
                        const struct build_request *request,
                        const struct build_entry *entry,
                        struct lock *lock,
                        struct error *err)
{
    AUTO_FREE char *doing = str_format("uses the same build of %s", request->side);
    if (lock_take(lock, entry->lock, LOCK_EXCLUSIVE, doing, err) < 0)
        return -1;
    if (!builder->is_cache_off && is_usable(request, entry))
        return 0;
    return build_anew(builder, request, entry, err);
}

/* Ends with the lock shared and the entry whole. Between the exclusive lock and the
 * shared one anybody may take the entry away, so it is looked at again each time; after a
 * build of our own only for being there, since what its programs do to the tree is
 * theirs.
 */
static int find_or_build(const struct builder *builder,
                         const struct build_request *request,
                         struct built_side *side,
                         struct error *err)
{
    AUTO_FREE char *doing = str_format("builds the same as %s", request->side);
    bool is_ours = false;
    for (;;) {
        if (lock_take(&side->lock, side->entry.lock, LOCK_SHARED, doing, err) < 0)
            return -1;
        if (is_ours ? file_exists(side->entry.done) : is_usable(request, &side->entry))
            break;
        lock_drop(&side->lock);
        AUTO_LOCK struct lock alone = LOCK_INIT;
        if (build_locked(builder, request, &side->entry, &alone, err) < 0)
            return -1;
        is_ours = true;
    }
    side->is_from_cache = !is_ours;
    build_entry_touch(&side->entry);
    return 0;
}

static int make_side(const struct builder *builder,
                     const struct build_request *request,
                     struct built_side *side,
                     struct error *err)
{
    AUTO_FREE char *builds = build_entries_directory(builder->cache_directory, err);
    if (!builds || make_key(builder, request, side->key, err) < 0)
        return -1;
    build_entry_init(&side->entry, builds, side->key);
    if (builder->is_cache_off)
        return build_locked(builder, request, &side->entry, &side->lock, err);
    side->is_kept = true;
    return find_or_build(builder, request, side, err);
}

static void tidy_cache(const struct builder *builder)
{
    struct error err = { 0 };
    int64_t limit_bytes =
        builder->cache_limit_bytes ? builder->cache_limit_bytes : BUILD_CACHE_LIMIT_BYTES;
    if (build_cache_trim(builder->cache_directory, limit_bytes, builder->source, &err) <
        0)
        log_warning("the build cache could not be tidied up: %s", err.message);
}

int builder_build(const struct builder *builder,
                  const struct build_request *request,
                  struct built_side *out,
                  struct error *err)
{
    struct built_side side = BUILT_SIDE_INIT;
    side.source = builder->source;
    snprintf(side.commit, sizeof side.commit, "%s", request->revision->commit);
    if (make_side(builder, request, &side, err) < 0) {
        side.is_kept = true; /* nothing but the log is there, and it is spoken of */
        built_side_release(&side);
        return -1;
    }
    if (side.is_from_cache)
        log_step("building %s: found in the cache", request->side);
    else
        tidy_cache(builder);
    *out = side;
    return 0;
}

static void remove_side(struct built_side *side)
{
    struct error err = { 0 };
    if (build_entry_remove(&side->entry, side->source, &err) < 0)
        log_warning("cannot remove the build at '%s': %s", side->entry.directory,
                    err.message);
    lock_retire(&side->lock);
}

void built_side_release(struct built_side *side)
{
    if (side->entry.directory && !side->is_kept)
        remove_side(side);
    lock_drop(&side->lock);
    build_entry_clear(&side->entry);
    *side = BUILT_SIDE_INIT;
}
