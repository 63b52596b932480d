#include "gate/build/build_entry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/json.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/build/manifest.h"
#include "gate/source/worktree.h"

#define DONE_SCHEMA "pawl-build/1"

char *build_entries_directory(const char *cache_directory, struct error *err)
{
    AUTO_FREE char *builds = path_join(cache_directory, "builds");
    if (tree_make(builds, err) < 0)
        return NULL;
    char *real = realpath(builds, NULL);
    if (!real)
        error_errno(err, "cannot find '%s'", builds);
    return real;
}

void build_entry_init(struct build_entry *entry, const char *builds, const char *key)
{
    *entry = (struct build_entry){
        .directory = path_join(builds, key),
        .lock = str_format("%s/%s.lock", builds, key),
    };
    entry->tree = path_join(entry->directory, "tree");
    entry->log = path_join(entry->directory, "log");
    entry->verify_log = path_join(entry->directory, "verify.log");
    entry->verify_lock = path_join(entry->directory, "verify.lock");
    entry->files = path_join(entry->directory, "files");
    entry->done = path_join(entry->directory, "done");
}

void build_entry_clear(struct build_entry *entry)
{
    free(entry->directory);
    free(entry->tree);
    free(entry->log);
    free(entry->verify_log);
    free(entry->verify_lock);
    free(entry->files);
    free(entry->done);
    free(entry->lock);
    *entry = (struct build_entry){ 0 };
}

int build_entry_seal(const struct build_entry *entry,
                     const char *tool_version,
                     const char *commit,
                     struct error *err)
{
    char hash[SOURCE_ID_SIZE];
    if (manifest_write(entry->tree, entry->files, hash, err) < 0)
        return -1;
    AUTO_JSON json_t *done =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I}", "schema", DONE_SCHEMA, "tool",
                  tool_version, "commit", commit, "path", entry->tree, "files_hash", hash,
                  "built_time_s", (json_int_t)time(NULL), "size_bytes",
                  (json_int_t)tree_size_bytes(entry->directory));
    if (!done)
        return error_set(err, ERROR_SYSTEM, "the name '%s' is not valid UTF-8",
                         entry->tree);
    return json_write_file(entry->done, done, err);
}

/* What done says, or NULL where it is missing or says nothing of use. */
static json_t *read_done(const struct build_entry *entry)
{
    struct error ignored = { 0 };
    if (!file_exists(entry->done))
        return NULL;
    json_t *done = json_read_file(entry->done, ERROR_SYSTEM, &ignored);
    const char *schema = json_string_value(json_object_get(done, "schema"));
    if (schema && str_equal(schema, DONE_SCHEMA))
        return done;
    json_decref(done);
    return NULL;
}

bool build_entry_is_whole(const struct build_entry *entry, struct str *why)
{
    AUTO_JSON json_t *done = read_done(entry);
    const char *path = json_string_value(json_object_get(done, "path"));
    const char *hash = json_string_value(json_object_get(done, "files_hash"));
    if (!done) {
        if (file_exists(entry->directory))
            str_add(why, "it is the leftover of a build that did not end");
        return false;
    }
    if (!path || !hash || !str_equal(path, entry->tree)) {
        str_add(why, "it was built at another place");
        return false;
    }
    return manifest_holds(entry->tree, entry->files, hash, why);
}

bool build_entry_read_use(const struct build_entry *entry, struct build_entry_use *use)
{
    AUTO_JSON json_t *done = read_done(entry);
    struct stat info;
    if (!done || stat(entry->done, &info) < 0)
        return false;
    use->size_bytes = json_integer_value(json_object_get(done, "size_bytes"));
    use->used_ns = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    return true;
}

void build_entry_touch(const struct build_entry *entry)
{
    (void)utimensat(AT_FDCWD, entry->done, NULL, 0);
}

int build_entry_remove(const struct build_entry *entry,
                       struct source *source,
                       struct error *err)
{
    if (unlink(entry->done) < 0 && errno != ENOENT && errno != ENOTDIR)
        return error_errno(err, "cannot remove '%s'", entry->done);
    if (source_remove_worktree(source, entry->tree, err) < 0)
        return -1;
    return tree_remove(entry->directory, err);
}
