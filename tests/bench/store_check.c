/* store_check DIRECTORY: reads every session of a store. Its standard input has the names
 * that must be there, one a line. Prints what it found; exits with 1 where a file can't
 * be read or a name is missing. */
#include <stdio.h>
#include <string.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/store/store.h"

static bool has_name(const struct sessions *sessions, const char *name)
{
    for (size_t i = 0; i < sessions->count; i++)
        if (str_equal(sessions->items[i].name, name))
            return true;
    return false;
}

int main(int argc, char **argv)
{
    AUTO_STORE struct store *store = store_open_directory(argc > 1 ? argv[1] : ".");
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    struct store_filter all = { 0 };
    struct error err = { 0 };
    char name[512];
    size_t wanted = 0;
    size_t missing = 0;
    if (store_load(store, &all, &sessions, &warnings, &err) < 0) {
        fprintf(stderr, "store_check: %s\n", err.message);
        return 1;
    }
    while (fgets(name, sizeof name, stdin)) {
        name[strcspn(name, "\n")] = '\0';
        wanted++;
        if (has_name(&sessions, name))
            continue;
        missing++;
        printf("missing: %s\n", name);
    }
    for (size_t i = 0; i < warnings.count; i++)
        printf("warning: %s\n", warnings.items[i]);
    printf("%zu sessions read, %zu warnings; %zu names wanted, %zu missing\n",
           sessions.count, warnings.count, wanted, missing);
    return warnings.count || missing ? 1 : 0;
}
