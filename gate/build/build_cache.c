#include "gate/build/build_cache.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/build/build_entry.h"
#include "gate/build/lock.h"
#include "gate/source/worktree.h"

struct kept {
    const char *key; /* borrowed from the list of keys */
    struct build_entry_use use;
};
struct kept_list {
    struct kept *items;
    size_t count;
    size_t capacity;
};

static void kept_clear(struct kept_list *list)
{
    array_clear(list);
}

static void close_directory(DIR **directory)
{
    if (*directory)
        closedir(*directory);
}

static bool is_key(const char *name)
{
    return strlen(name) == SOURCE_ID_SIZE - 1 &&
           strspn(name, "0123456789abcdef") == SOURCE_ID_SIZE - 1;
}

static int list_keys(const char *builds, struct strvec *keys, struct error *err)
{
    AUTO(close_directory) DIR *directory = opendir(builds);
    if (!directory)
        return error_errno(err, "cannot read the directory '%s'", builds);
    for (struct dirent *item = readdir(directory); item; item = readdir(directory)) {
        if (is_key(item->d_name))
            strvec_push(keys, item->d_name);
    }
    strvec_sort(keys);
    return 0;
}

/* Removes the entry unless somebody holds it; with only_leftover unless it is done by
 * now. */
static bool remove_free(const char *builds,
                        const char *key,
                        bool only_leftover,
                        struct source *source)
{
    AUTO_BUILD_ENTRY struct build_entry entry = { 0 };
    AUTO_LOCK struct lock lock = LOCK_INIT;
    struct build_entry_use use;
    struct error err = { 0 };

    build_entry_init(&entry, builds, key);
    if (!lock_try(&lock, entry.lock, LOCK_EXCLUSIVE))
        return false;
    if (only_leftover && build_entry_read_use(&entry, &use))
        return false;
    if (build_entry_remove(&entry, source, &err) < 0) {
        log_detail("cannot remove the build %s from the cache: %s", key, err.message);
        return false;
    }
    lock_retire(&lock);
    return true;
}

static int by_use(const void *a, const void *b)
{
    const struct kept *first = a;
    const struct kept *second = b;
    if (first->use.used_ns != second->use.used_ns)
        return first->use.used_ns < second->use.used_ns ? -1 : 1;
    return strcmp(first->key, second->key);
}

/* Fills list with what is done, oldest use first; removes what is not. Returns the bytes
 * that list takes. */
static int64_t take_stock(const char *builds,
                          const struct strvec *keys,
                          struct kept_list *list,
                          struct source *source)
{
    int64_t total = 0;
    for (size_t i = 0; i < keys->count; i++) {
        AUTO_BUILD_ENTRY struct build_entry entry = { 0 };
        struct build_entry_use use;
        build_entry_init(&entry, builds, keys->items[i]);
        if (!build_entry_read_use(&entry, &use)) {
            if (remove_free(builds, keys->items[i], true, source))
                log_detail("removed the leftover build %s", keys->items[i]);
            continue;
        }
        *array_push(list) = (struct kept){ .key = keys->items[i], .use = use };
        total += use.size_bytes;
    }
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, by_use);
    return total;
}

int build_cache_trim(const char *cache_directory,
                     int64_t limit_bytes,
                     struct source *source,
                     struct error *err)
{
    AUTO_STRVEC struct strvec keys = { 0 };
    AUTO(kept_clear) struct kept_list list = { 0 };
    AUTO_FREE char *builds = build_entries_directory(cache_directory, err);
    if (!builds || list_keys(builds, &keys, err) < 0)
        return -1;

    int64_t total = take_stock(builds, &keys, &list, source);
    bool has_removed = false;
    for (size_t i = 0; i < list.count && total > limit_bytes; i++) {
        if (!remove_free(builds, list.items[i].key, false, source))
            continue;
        log_detail("removed the build %s: the cache is over its limit",
                   list.items[i].key);
        total -= list.items[i].use.size_bytes;
        has_removed = true;
    }
    /* Builds of other repositories are known there, not to this source. */
    return has_removed ? source_sweep(cache_directory, err) : 0;
}
