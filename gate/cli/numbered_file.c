#include "gate/cli/numbered_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"

enum {
    SLUG_BYTES = 60,
    DIGITS = 4,
    LARGEST = 9999
};

/* The byte in a slug; 0 for none. */
static char slug_byte(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return (char)((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0);
}

static void cut_at_dash(struct str *slug)
{
    str_truncate(slug, SLUG_BYTES);
    const char *dash = strrchr(slug->data, '-');
    if (dash)
        str_truncate(slug, (size_t)(dash - slug->data));
}

void numbered_file_add_slug(struct str *out, const char *title)
{
    AUTO_STR struct str slug = STR_INIT;
    bool is_gap = false;
    for (; *title; title++) {
        char byte = slug_byte(*title);
        if (byte && is_gap && slug.length)
            str_add_char(&slug, '-');
        if (byte)
            str_add_char(&slug, byte);
        is_gap = !byte;
    }
    if (slug.length > SLUG_BYTES)
        cut_at_dash(&slug);
    str_add(out, slug.length ? slug.data : "untitled");
}

/* The number that a name begins with; 0 for none. */
static int number_of(const char *name)
{
    int number = 0;
    for (int i = 0; i < DIGITS; i++) {
        if (name[i] < '0' || name[i] > '9')
            return 0;
        number = number * 10 + (name[i] - '0');
    }
    return name[DIGITS] == '-' ? number : 0;
}

static void close_listing(DIR **listing)
{
    if (*listing)
        closedir(*listing);
}

/* The number after the largest in the directory, or -1. */
static int next_number(const char *directory, struct error *err)
{
    AUTO(close_listing) DIR *listing = opendir(directory);
    if (!listing)
        return error_errno(err, "cannot read '%s'", directory);
    int largest = 0;
    for (const struct dirent *entry = readdir(listing); entry; entry = readdir(listing)) {
        int number = number_of(entry->d_name);
        largest = number > largest ? number : largest;
    }
    return largest < LARGEST ? largest + 1
                             : error_set(err, ERROR_USAGE, "'%s' has a file numbered %d",
                                         directory, LARGEST);
}

/* A link fails where the name is taken; a rename would not. */
static int write_new(const char *path, const struct str *text, struct error *err)
{
    struct file_draft draft = { .fd = -1 };
    if (file_draft_open(&draft, path, err) < 0)
        return -1;
    int result = fd_write_all(draft.fd, text->data, text->length, path, err);
    if (result == 0 && (fsync(draft.fd) < 0 || link(draft.temporary_path, path) < 0))
        result = error_errno(err, "cannot write '%s'", path);
    file_draft_abandon(&draft);
    return result;
}

/* The lock keeps other writers from taking the same number. */
static int lock_directory(const char *directory, struct error *err)
{
    AUTO_FD int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (fd >= 0 && flock(fd, LOCK_EX) < 0)
        if (errno != EINTR)
            return error_errno(err, "cannot lock '%s'", directory);
    if (fd < 0)
        return error_errno(err, "cannot open '%s'", directory);
    return fd_detach(&fd);
}

char *numbered_file_write(const char *directory,
                          const char *title,
                          const struct str *text,
                          struct error *err)
{
    if (tree_make(directory, err) < 0)
        return NULL;
    AUTO_FD int lock = lock_directory(directory, err);
    int number = lock < 0 ? -1 : next_number(directory, err);
    if (number < 0)
        return NULL;
    AUTO_STR struct str name = STR_INIT;
    str_addf(&name, "%04d-", number);
    numbered_file_add_slug(&name, title);
    str_add(&name, ".md");
    AUTO_FREE char *path = path_join(directory, name.data);
    return write_new(path, text, err) < 0 ? NULL : xstrdup(path);
}
