#include "gate/store/store_ref.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/base/text.h"
#include "gate/source/hash.h"
#include "gate/source/ref_files.h"
#include "gate/store/session_entry.h"
#include "gate/store/session_json.h"
#include "gate/store/store.h"
#include "gate/store/store_place.h"

struct ref_place {
    struct store_place place;
    struct ref_files *files;
    struct ref_file_list known; /* as last listed; sorted by path */
};

static struct ref_place *ref_of(struct store_place *self)
{
    return (struct ref_place *)self;
}

/* "Record 0123456789ab on xeon-2c-kvm-gcc12-3f9a12bc", or how many. */
static char *describe(const struct store_file *files, size_t count, const char *verb)
{
    struct session_entry entry = { 0 };
    if (count != 1)
        return str_format("%s %zu sessions\n", verb, count);
    if (!session_entry_parse(files[0].name, &entry))
        return str_format("%s '%s'\n", verb, files[0].name);
    char *message = str_format("%s %s on %s\n", verb, entry.commit, entry.class_name);
    session_entry_clear(&entry);
    return message;
}

static int put(struct store_place *self,
               const struct store_file *files,
               size_t count,
               struct error *err)
{
    AUTO_FREE struct ref_addition *added = xcalloc(count + 1, sizeof *added);
    AUTO_FREE char *message = describe(files, count, "Record");
    for (size_t i = 0; i < count; i++)
        added[i] =
            (struct ref_addition){ files[i].name, files[i].bytes, files[i].length };
    struct ref_change change = {
        .added = added,
        .added_count = count,
        .message = message,
    };
    return ref_files_commit(ref_of(self)->files, &change, err);
}

static int
remove_files(struct store_place *self, const struct strvec *names, struct error *err)
{
    AUTO_FREE const char **removed = xcalloc(names->count + 1, sizeof *removed);
    struct store_file first = { .name = names->count ? names->items[0] : "" };
    AUTO_FREE char *message = describe(&first, names->count, "Remove");
    for (size_t i = 0; i < names->count; i++)
        removed[i] = names->items[i];
    struct ref_change change = {
        .removed = removed,
        .removed_count = names->count,
        .message = message,
    };
    return ref_files_commit(ref_of(self)->files, &change, err);
}

static int refresh(struct ref_place *place, struct error *err)
{
    return ref_files_list(place->files, NULL, &place->known, err);
}

static int list(struct store_place *self,
                struct strvec *names,
                struct strvec *warnings,
                struct error *err)
{
    struct ref_place *place = ref_of(self);
    if (refresh(place, err) < 0)
        return -1;
    for (size_t i = 0; i < place->known.count; i++) {
        const struct ref_file *file = &place->known.items[i];
        if (!str_ends_with(file->path, ".json"))
            continue;
        if (file->is_regular) {
            strvec_push(names, file->path);
            continue;
        }
        AUTO_STR struct str shown = STR_INIT;
        text_add_clean(&shown, file->path, 200);
        strvec_pushf(warnings, "%s: '%s' is a link or a submodule: not read",
                     ref_files_name(place->files), shown.data);
    }
    return 0;
}

static int compare_to_path(const void *path, const void *file)
{
    return strcmp(path, ((const struct ref_file *)file)->path);
}

static const struct ref_file *find_known(const struct ref_place *place, const char *name)
{
    if (place->known.count == 0)
        return NULL;
    return bsearch(name, place->known.items, place->known.count,
                   sizeof *place->known.items, compare_to_path);
}

static int
get(struct store_place *self, const char *name, struct str *bytes, struct error *err)
{
    struct ref_place *place = ref_of(self);
    const struct ref_file *file = find_known(place, name);
    if (!file && refresh(place, err) < 0)
        return -1;
    if (!file)
        file = find_known(place, name);
    if (!file)
        return error_set(err, ERROR_USAGE, "there is no '%s' in '%s'", name,
                         ref_files_name(place->files));
    return ref_files_read(place->files, file, SESSION_BYTES_MOST, bytes, err);
}

/* As last listed. */
static bool identify(struct store_place *self, const char *name, char id[SOURCE_ID_SIZE])
{
    const struct ref_file *file = find_known(ref_of(self), name);
    if (file)
        memcpy(id, file->blob, SOURCE_ID_SIZE);
    return file != NULL;
}

static void close_ref(struct store_place *self)
{
    struct ref_place *place = ref_of(self);
    ref_file_list_clear(&place->known);
    ref_files_close(place->files);
    free(place);
}

struct store_place *
store_place_ref(const char *directory, const char *ref, struct error *err)
{
    struct ref_files *files = ref_files_open(directory, ref, err);
    if (!files)
        return NULL;
    struct ref_place *place = xcalloc(1, sizeof *place);
    *place = (struct ref_place){
        .place = { .put = put,
                   .list = list,
                   .get = get,
                   .remove = remove_files,
                   .identify = identify,
                   .close = close_ref },
        .files = files,
    };
    return &place->place;
}

/* One index a ref of a repository; NULL where there is no cache. */
static char *index_path(const struct ref_files *files, const char *ref)
{
    struct error ignored = { 0 };
    char hash[SOURCE_ID_SIZE];
    AUTO_FREE char *cache = path_cache_dir(&ignored);
    if (!cache)
        return NULL;
    AUTO_FREE char *what = str_format("%s\n%s", ref_files_directory(files), ref);
    source_hash_text(what, strlen(what), hash);
    return str_format("%s/baselines/%.16s.index", cache, hash);
}

struct store *store_open_ref(const char *directory, const char *ref, struct error *err)
{
    struct store_place *place = store_place_ref(directory, ref, err);
    if (!place)
        return NULL;
    struct store *store = store_new(place, ref);
    AUTO_FREE char *path = index_path(ref_of(place)->files, ref);
    if (path)
        store_use_index(store, path);
    return store;
}

const char *store_ref_of(const char *where)
{
    if (str_equal(where, "ref"))
        return STORE_REF_DEFAULT;
    return str_starts_with(where, "ref:") ? where + strlen("ref:") : NULL;
}
