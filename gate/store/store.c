#include "gate/store/store.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/source/hash.h"
#include "gate/store/session_json.h"
#include "gate/store/store_index.h"
#include "gate/store/store_place.h"
#include "gate/store/store_ref.h"

struct store {
    struct store_place *place;
    char *title;
    char *index_path; /* NULL: there is none */
};

struct store *store_new(struct store_place *place, const char *title)
{
    struct store *store = xcalloc(1, sizeof *store);
    *store = (struct store){ .place = place, .title = xstrdup(title) };
    source_hash_begin();
    return store;
}

struct store *store_open_directory(const char *root)
{
    return store_new(store_place_directory(root), root);
}

struct store *store_open(const char *where, const char *top, struct error *err)
{
    const char *ref = store_ref_of(where);
    if (ref)
        return store_open_ref(top ? top : ".", ref, err);
    if (!top && !path_is_absolute(where)) {
        error_set(err, ERROR_USAGE,
                  "the sessions are kept in '%s' of the work tree, and a bare repository "
                  "has none: name another place with --store",
                  where);
        return NULL;
    }
    AUTO_FREE char *root =
        path_is_absolute(where) ? xstrdup(where) : path_join(top, where);
    return store_new(store_place_directory(root), where);
}

void store_use_index(struct store *store, const char *path)
{
    free(store->index_path);
    store->index_path = xstrdup(path);
}

void store_close(struct store *store)
{
    if (!store)
        return;
    source_hash_end();
    store->place->close(store->place);
    free(store->title);
    free(store->index_path);
    free(store);
}

void store_release(struct store **store)
{
    store_close(*store);
    *store = NULL;
}

const char *store_title(const struct store *store)
{
    return store->title;
}

int store_probe(struct store *store, struct error *err)
{
    return store->place->probe ? store->place->probe(store->place, err) : 0;
}

/* What can't be read again must not be stored. */
static int check_text(const struct str *text, struct error *err)
{
    AUTO_SESSION struct session again = { 0 };
    if (session_json_read(text->data, text->length, "the new session", &again, err) == 0)
        return 0;
    return error_prefix(err, "cannot store a session: ");
}

/* A session's file as it will be, with its name and bytes. */
struct written {
    char *name;
    struct str text;
};

static void written_clear(struct written *written)
{
    free(written->name);
    str_clear(&written->text);
}

static int write_session(const struct session *session,
                         struct written *out,
                         struct store_file *file,
                         struct error *err)
{
    session_json_text(session, &out->text);
    if (check_text(&out->text, err) < 0)
        return -1;
    out->name = session_entry_name(session, out->text.data, out->text.length);
    *file = (struct store_file){ out->name, out->text.data, out->text.length };
    return 0;
}

int store_add(struct store *store,
              const struct session *session,
              char **name,
              struct error *err)
{
    AUTO(written_clear) struct written written = { .text = STR_INIT };
    struct store_file file = { 0 };
    if (write_session(session, &written, &file, err) < 0 ||
        store->place->put(store->place, &file, 1, err) < 0)
        return -1;
    if (name)
        *name = xstrdup(written.name);
    return 0;
}

int store_add_all(struct store *store, const struct sessions *sessions, struct error *err)
{
    size_t count = sessions->count;
    AUTO_FREE struct written *written = xcalloc(count + 1, sizeof *written);
    AUTO_FREE struct store_file *files = xcalloc(count + 1, sizeof *files);
    int result = 0;
    for (size_t i = 0; i < count; i++)
        written[i].text = STR_INIT;
    for (size_t i = 0; result == 0 && i < count; i++)
        result = write_session(&sessions->items[i], &written[i], &files[i], err);
    if (result == 0)
        result = store->place->put(store->place, files, count, err);
    for (size_t i = 0; i < count; i++)
        written_clear(&written[i]);
    return result;
}

static bool is_among(const struct strvec *commits, const char *commit)
{
    for (size_t i = 0; i < commits->count; i++) {
        const char *wanted = commits->items[i];
        if (str_starts_with(wanted, commit) || str_starts_with(commit, wanted))
            return true;
    }
    return false;
}

static bool is_wanted(const struct store_filter *filter,
                      const struct session_entry *entry)
{
    if (filter->class_name && !str_equal(filter->class_name, entry->class_name))
        return false;
    return !filter->commits || is_among(filter->commits, entry->commit);
}

static int compare_entries(const void *a, const void *b)
{
    const struct session_entry *first = a;
    const struct session_entry *second = b;
    return strcmp(first->name, second->name);
}

static void
warn_of_stranger(const struct store *store, const char *name, struct strvec *warnings)
{
    AUTO_STR struct str shown = STR_INIT;
    text_add_clean(&shown, name, 200);
    strvec_pushf(warnings,
                 "in %s, '%s' has no name of a session, which reads "
                 "<class>/<yyyy-mm>/<commit>-<hash>.json: not read",
                 store->title, shown.data);
}

int store_list(struct store *store,
               const struct store_filter *filter,
               struct session_entries *out,
               struct strvec *warnings,
               struct error *err)
{
    AUTO_STRVEC struct strvec names = { 0 };
    struct session_entries entries = { 0 };
    if (store->place->list(store->place, &names, warnings, err) < 0)
        return -1;
    for (size_t i = 0; i < names.count; i++) {
        struct session_entry entry;
        if (!session_entry_parse(names.items[i], &entry))
            warn_of_stranger(store, names.items[i], warnings);
        else if (is_wanted(filter, &entry))
            *array_push(&entries) = entry;
        else
            session_entry_clear(&entry);
    }
    if (entries.count > 1)
        qsort(entries.items, entries.count, sizeof *entries.items, compare_entries);
    *out = entries;
    return 0;
}

/* What the name says has to be what the file says. */
static int check_name(const struct session_entry *entry,
                      const struct session *session,
                      struct error *err)
{
    if (str_equal(entry->class_name, session->machine_class.name) &&
        str_starts_with(session->recorded_at, entry->month) &&
        str_starts_with(session->head.commit, entry->commit))
        return 0;
    return error_set(
        err, ERROR_USAGE,
        "in '%s': it is the session of '%s', recorded at %s in the class '%s': "
        "not what its name says",
        entry->name, session->head.commit, session->recorded_at,
        session->machine_class.name);
}

static int read_text(const struct session_entry *entry,
                     const struct str *text,
                     struct session *out,
                     struct error *err)
{
    AUTO_SESSION struct session session = { 0 };
    if (session_json_read(text->data, text->length, entry->name, &session, err) < 0)
        return -1;
    if (!session_entry_fits(entry, text->data, text->length))
        return error_set(err, ERROR_USAGE,
                         "in '%s': it was changed after it was recorded: its bytes don't "
                         "give the hash %s that its name ends with",
                         entry->name, entry->hash);
    if (check_name(entry, &session, err) < 0)
        return -1;
    session.name = xstrdup(entry->name);
    *out = session;
    session = (struct session){ 0 };
    return 0;
}

int store_read(struct store *store,
               const struct session_entry *entry,
               struct session *out,
               struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (store->place->get(store->place, entry->name, &text, err) < 0 ||
        read_text(entry, &text, out, err) < 0)
        return error_prefix(err, "%s: ", store->title);
    return 0;
}

/* Only where the bytes are those that the name was made for: others are read, and found
 * wanting. */
static bool find_indexed(struct store_index *index,
                         const struct session_entry *entry,
                         const char *id,
                         struct session *out)
{
    AUTO_SESSION struct session session = { 0 };
    struct error ignored = { 0 };
    if (!str_starts_with(id, entry->hash) || !store_index_find(index, id, &session) ||
        check_name(entry, &session, &ignored) < 0)
        return false;
    session.name = xstrdup(entry->name);
    *out = session;
    session = (struct session){ 0 };
    return true;
}

/* index may be NULL. */
static int read_indexed(struct store *store,
                        struct store_index *index,
                        const struct session_entry *entry,
                        struct session *out,
                        struct error *err)
{
    char id[SOURCE_ID_SIZE];
    if (!index || !store->place->identify ||
        !store->place->identify(store->place, entry->name, id))
        return store_read(store, entry, out, err);
    if (find_indexed(index, entry, id, out))
        return 0;
    if (store_read(store, entry, out, err) < 0)
        return -1;
    store_index_add(index, id, out);
    return 0;
}

static int compare_sessions(const void *a, const void *b)
{
    const struct session *first = a;
    const struct session *second = b;
    int order = strcmp(first->recorded_at, second->recorded_at);
    return order ? order : strcmp(first->name, second->name);
}

static bool measured_one_of(const struct session *session, const struct strvec *commits)
{
    if (!commits || is_among(commits, session->head.commit))
        return true;
    return session->base && is_among(commits, session->base->commit);
}

static void index_release(struct store_index **index)
{
    store_index_close(*index);
}

int store_load(struct store *store,
               const struct store_filter *filter,
               struct sessions *out,
               struct strvec *warnings,
               struct error *err)
{
    AUTO_SESSION_ENTRIES struct session_entries entries = { 0 };
    struct store_filter by_name = { .class_name = filter->class_name };
    struct sessions loaded = { 0 };
    if (store_list(store, &by_name, &entries, warnings, err) < 0)
        return -1;
    AUTO(index_release)
    struct store_index *index =
        store->index_path ? store_index_open(store->index_path) : NULL;
    for (size_t i = 0; i < entries.count; i++) {
        struct session session = { 0 };
        struct error problem = { 0 };
        if (read_indexed(store, index, &entries.items[i], &session, &problem) < 0) {
            strvec_pushf(warnings, "%s: not read", problem.message);
        } else if (measured_one_of(&session, filter->commits)) {
            if (filter->bench_id)
                session_keep_bench(&session, filter->bench_id);
            *array_push(&loaded) = session;
        } else {
            session_clear(&session);
        }
    }
    if (index)
        store_index_save(index, !filter->class_name);
    if (loaded.count > 1)
        qsort(loaded.items, loaded.count, sizeof *loaded.items, compare_sessions);
    *out = loaded;
    return 0;
}

int store_remove(struct store *store, const struct strvec *names, struct error *err)
{
    struct session_entry entry;
    for (size_t i = 0; i < names->count; i++) {
        if (!session_entry_parse(names->items[i], &entry))
            return error_set(err, ERROR_USAGE, "%s: '%s' is not the name of a session",
                             store->title, names->items[i]);
        session_entry_clear(&entry);
    }
    return store->place->remove(store->place, names, err);
}
