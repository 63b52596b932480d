#include "runners/preload.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "runners/installed.h"

static const char variable[] = "LD_PRELOAD=";

char *preload_find(const char *name, struct error *err)
{
    AUTO_FREE char *path = installed_find(name, R_OK, err);
    char *absolute = path ? realpath(path, NULL) : NULL;
    if (!path)
        return NULL;
    if (absolute && !strpbrk(absolute, " :"))
        return absolute;
    error_set(
        err, ERROR_SYSTEM,
        "cannot preload '%s': the dynamic linker takes no names with blanks or colons",
        absolute ? absolute : path);
    free(absolute);
    return NULL;
}

void preload_add(struct strvec *environment, const char *library)
{
    for (size_t i = 0; i < environment->count; i++) {
        char *entry = environment->items[i];
        if (!str_starts_with(entry, variable))
            continue;
        environment->items[i] =
            str_format("%s%s:%s", variable, library, entry + strlen(variable));
        free(entry);
        return;
    }
    strvec_pushf(environment, "%s%s", variable, library);
}
