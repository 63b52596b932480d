#include "gate/build/step_log.h"

#include <fcntl.h>
#include <unistd.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/base/units.h"

int step_log_shorten(const char *path, off_t from, struct error *err)
{
    AUTO_STR struct str end = STR_INIT;
    AUTO_FD int fd = open(path, O_RDWR | O_APPEND | O_CLOEXEC);
    off_t length = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
    if (length < 0)
        return error_errno(err, "cannot read the log '%s'", path);
    off_t left_out = length - from - 2 * (off_t)STEP_LOG_KEPT_BYTES;
    if (left_out <= 0)
        return 0;
    str_add(&end, "\n[... ");
    units_add_size(&end, (double)left_out);
    str_add(&end, " left out ...]\n");
    if (lseek(fd, length - STEP_LOG_KEPT_BYTES, SEEK_SET) < 0 ||
        fd_read_most(fd, STEP_LOG_KEPT_BYTES, path, &end, err) < 0)
        return error_prefix(err, "shortening the log: ");
    if (ftruncate(fd, from + STEP_LOG_KEPT_BYTES) < 0)
        return error_errno(err, "cannot shorten the log '%s'", path);
    return fd_write_all(fd, end.data, end.length, path, err);
}
