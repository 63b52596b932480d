#include "runners/case-tracker/file_kind.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case.h"

int file_kind_of(const char *path, enum file_kind *kind, struct error *err)
{
    static const struct {
        const char *ending;
        enum file_kind kind;
    } kinds[] = {
        { ".json", FILE_JSON },
        { ".db", FILE_SQLITE },
        { ".sqlite", FILE_SQLITE },
        { ".csv", FILE_CSV },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_ends_with(path, kinds[i].ending)) {
            *kind = kinds[i].kind;
            return 0;
        }
    }
    return error_set(err, ERROR_CASES,
                     "cannot tell what '%s' is, its name must end in .json, .db, .sqlite "
                     "or .csv",
                     path);
}

char *file_target(const char *path, struct error *err)
{
    struct stat info;
    char *target = realpath(path, NULL);
    if (!target && errno == ENOENT)
        return xstrdup(path);
    if (!target || stat(target, &info) < 0) {
        error_errno(err, "cannot write '%s'", path);
        free(target);
        return NULL;
    }
    if (!S_ISREG(info.st_mode)) {
        error_set(err, ERROR_CASES, "cannot write '%s': not a regular file", path);
        free(target);
        return NULL;
    }
    return target;
}
