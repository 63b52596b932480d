#include "gate/store/session_entry.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/source/hash.h"
#include "gate/store/session.h"

#define ENDING ".json"

void session_entry_clear(struct session_entry *entry)
{
    free(entry->name);
    free(entry->class_name);
    *entry = (struct session_entry){ 0 };
}

void session_entries_clear(struct session_entries *entries)
{
    for (size_t i = 0; i < entries->count; i++)
        session_entry_clear(&entries->items[i]);
    array_clear(entries);
}

/* Moves *at past text of a form: 'd' a digit, 'x' a hex digit, anything else itself. */
static bool take(const char **at, const char *form, char *copy)
{
    size_t i = 0;
    for (; form[i]; i++) {
        char c = (*at)[i];
        bool is_digit = c >= '0' && c <= '9';
        bool is_hex = is_digit || (c >= 'a' && c <= 'f');
        bool fits = form[i] == 'd' ? is_digit : form[i] == 'x' ? is_hex : form[i] == c;
        if (!fits)
            return false;
        if (copy)
            copy[i] = c;
    }
    if (copy)
        copy[i] = '\0';
    *at += i;
    return true;
}

bool session_entry_parse(const char *name, struct session_entry *out)
{
    struct session_entry entry = { 0 };
    size_t length = strcspn(name, "/");
    const char *at = name + length;
    if (!take(&at, "/", NULL) || !take(&at, "dddd-dd", entry.month) ||
        !take(&at, "/", NULL) || !take(&at, "xxxxxxxxxxxx", entry.commit) ||
        !take(&at, "-", NULL) || !take(&at, "xxxxxxxxxxxxxxxx", entry.hash) ||
        !str_equal(at, ENDING))
        return false;
    entry.class_name = xstrndup(name, length);
    if (!machine_class_name_is_valid(entry.class_name)) {
        free(entry.class_name);
        return false;
    }
    entry.name = xstrdup(name);
    *out = entry;
    return true;
}

char *session_entry_name(const struct session *session, const char *bytes, size_t length)
{
    char hash[SOURCE_ID_SIZE];
    source_hash_text(bytes, length, hash);
    return str_format("%s/%.7s/%.*s-%.*s" ENDING, session->machine_class.name,
                      session->recorded_at, SESSION_COMMIT_DIGITS, session->head.commit,
                      SESSION_HASH_DIGITS, hash);
}

bool session_entry_fits(const struct session_entry *entry,
                        const char *bytes,
                        size_t length)
{
    char hash[SOURCE_ID_SIZE];
    source_hash_text(bytes, length, hash);
    return strncmp(hash, entry->hash, SESSION_HASH_DIGITS) == 0;
}
