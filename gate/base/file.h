/* Whole files: read at once, written whole or not at all. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct error;
struct str;

/* A file descriptor that closes itself; -1 is "none". */
void fd_close(int *fd);
#define AUTO_FD AUTO(fd_close)

/* Hands the descriptor out of an AUTO_FD, which then closes nothing. */
int fd_detach(int *fd) MUST_CHECK;

/* Appends the file's bytes to text. -1 with err where it can't be read. */
int file_read(const char *path, struct str *text, struct error *err) MUST_CHECK;

/* Appends the bytes of a plain file: no link (of the name's last part), pipe or device,
 * and of at most `most` bytes (some MiB). For names and files that somebody else may have
 * made. */
int file_read_plain(const char *path, size_t most, struct str *text, struct error *err)
    MUST_CHECK;

/* At most limit bytes from the end of the file, beginning at a line's start where it was
 * cut. */
int file_read_tail(const char *path, size_t limit, struct str *text, struct error *err)
    MUST_CHECK;

/* Writes to a temporary name beside path, fsyncs, renames: path is either as before or
 * whole. Pipes, devices and /dev/stdout are written to, not replaced. */
int file_write(const char *path, const char *bytes, size_t length, struct error *err)
    MUST_CHECK;

/* The same in steps, for streams. Open, write to fd, then commit; abandon removes what
 * was written. { .fd = -1 } is "nothing open". */
struct file_draft {
    int fd;
    char *path;           /* the final name */
    char *temporary_path; /* beside it */
};
int file_draft_open(struct file_draft *draft, const char *path, struct error *err)
    MUST_CHECK;
int file_draft_commit(struct file_draft *draft, struct error *err) MUST_CHECK;
void file_draft_abandon(struct file_draft *draft);

/* Writes all bytes, whatever the kernel takes at once. path is for the message. */
int fd_write_all(int fd,
                 const void *bytes,
                 size_t length,
                 const char *path,
                 struct error *err) MUST_CHECK;

/* Appends what is left to be read, but at most most bytes. path is for the message. */
int fd_read_most(int fd,
                 size_t most,
                 const char *path,
                 struct str *text,
                 struct error *err) MUST_CHECK;

bool file_exists(const char *path);
bool file_is_directory(const char *path);
/* Same size and same bytes; false also where either can't be read. */
bool file_equal(const char *a, const char *b);
