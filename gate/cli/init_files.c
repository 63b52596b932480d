#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/cli/init.h"
#include "gate/source/tracked.h"

enum {
    MOST_BYTES = 1 << 20
};

/* What can't be read (gone, a pipe, not ours) tells nothing. */
static void read_text(const char *path, struct str *text)
{
    struct error ignored = { 0 };
    struct stat info;
    AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &info) < 0 || !S_ISREG(info.st_mode) ||
        fd_read_most(fd, MOST_BYTES, path, text, &ignored) < 0)
        str_reset(text);
}

static bool is_valid(const char *name)
{
    AUTO_STR struct str valid = STR_INIT;
    text_add_valid(&valid, name);
    return str_equal(valid.data, name);
}

int init_read_project(const char *top, struct project *project, struct error *err)
{
    AUTO_STRVEC struct strvec names = { 0 };
    if (source_list_tracked(top, &names, err) < 0)
        return -1;
    for (size_t i = 0; i < names.count; i++) {
        AUTO_FREE char *path = path_join(top, names.items[i]);
        AUTO_STR struct str raw = STR_INIT;
        AUTO_STR struct str text = STR_INIT;
        if (!is_valid(names.items[i]))
            continue;
        if (project_reads(names.items[i]))
            read_text(path, &raw);
        text_add_valid(&text, raw.data);
        project_add(project, names.items[i], text.data);
    }
    return 0;
}

int init_write_new(const char *path, const char *text, struct error *err)
{
    AUTO_FD int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST)
        return error_set(err, ERROR_USAGE,
                         "'%s' is there already and stays as it is; --stdout shows what "
                         "would be written",
                         path);
    if (fd < 0)
        return error_errno(err, "cannot write '%s'", path);
    int result = fd_write_all(fd, text, strlen(text), path, err);
    if (result == 0 && fsync(fd) < 0)
        result = error_errno(err, "cannot write '%s'", path);
    if (result < 0)
        unlink(path);
    return result;
}
