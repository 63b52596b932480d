#include "gate/build/output_diff.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/build/printable.h"

enum {
    BLOCK_BYTES = 64 * 1024,
    SHOWN_CHARACTERS = 80,
    /* A difference that lies further to the right is shown with this much before it. */
    CONTEXT_BYTES = 40,
};

/* One of the two files. */
struct output {
    const char *path;
    int fd;
    int64_t size;
    char *block;
    size_t length; /* bytes in block */
};
#define AUTO_OUTPUT AUTO(output_close)

static void output_close(struct output *output)
{
    fd_close(&output->fd);
    free(output->block);
}

static int output_open(struct output *output, const char *path, struct error *err)
{
    struct stat info;
    output->path = path;
    output->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (output->fd < 0 || fstat(output->fd, &info) < 0)
        return error_errno(err, "cannot open the output '%s'", path);
    output->size = info.st_size;
    output->block = xcalloc(BLOCK_BYTES, 1);
    return 0;
}

/* Fills block with the bytes at offset: all of it but at the file's end. */
static int output_read(struct output *output, int64_t offset, struct error *err)
{
    output->length = 0;
    while (output->length < BLOCK_BYTES) {
        ssize_t got =
            pread(output->fd, output->block + output->length,
                  BLOCK_BYTES - output->length, offset + (int64_t)output->length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_errno(err, "cannot read the output '%s'", output->path);
        if (got == 0)
            break;
        output->length += (size_t)got;
    }
    return 0;
}

static size_t common_length(const struct output *base, const struct output *head)
{
    size_t shorter = base->length < head->length ? base->length : head->length;
    size_t common = 0;
    if (shorter > 0 && memcmp(base->block, head->block, shorter) == 0)
        return shorter;
    while (common < shorter && base->block[common] == head->block[common])
        common++;
    return common;
}

/* Where the first difference is. */
struct place {
    int64_t offset;
    int64_t line;       /* from 1 */
    int64_t line_start; /* offset */
};

static void pass_lines(struct place *place, const char *bytes, size_t length)
{
    const char *rest = bytes;
    const char *end = bytes + length;
    while (rest < end) {
        const char *newline = memchr(rest, '\n', (size_t)(end - rest));
        if (!newline)
            break;
        place->line++;
        rest = newline + 1;
        place->line_start = place->offset + (rest - bytes);
    }
    place->offset += (int64_t)length;
}

/* 1 with *place where they differ, 0 where not. */
static int find_difference(struct output *base,
                           struct output *head,
                           struct place *place,
                           struct error *err)
{
    *place = (struct place){ .line = 1 };
    for (;;) {
        if (output_read(base, place->offset, err) < 0 ||
            output_read(head, place->offset, err) < 0)
            return -1;
        size_t common = common_length(base, head);
        pass_lines(place, base->block, common);
        if (common < base->length || common < head->length)
            return 1;
        if (common == 0)
            return 0;
    }
}

/* Appends how the line at place goes on in this output: "head printed 'x'". */
static int add_line(struct str *text,
                    const char *side,
                    struct output *output,
                    const struct place *place,
                    struct error *err)
{
    bool is_cut = place->offset - place->line_start > SHOWN_CHARACTERS - CONTEXT_BYTES;
    int64_t from = is_cut ? place->offset - CONTEXT_BYTES : place->line_start;
    if (output_read(output, from, err) < 0)
        return -1;
    if (output->length == 0) {
        str_addf(text, "%s printed nothing more", side);
        return 0;
    }
    const char *line = output->block;
    const char *newline = memchr(line, '\n', output->length);
    size_t length = newline ? (size_t)(newline - line) : output->length;
    /* Don't begin in the middle of a character. */
    size_t skipped = 0;
    while (is_cut && skipped < 3 && skipped < length &&
           ((unsigned char)line[skipped] & 0xc0) == 0x80)
        skipped++;

    str_addf(text, "%s printed '%s", side, is_cut ? "..." : "");
    size_t shown =
        printable_add(text, line + skipped, length - skipped, "\t", SHOWN_CHARACTERS);
    bool goes_on = shown < length - skipped;
    str_addf(text, "%s'%s", goes_on ? "..." : "",
             newline || goes_on ? "" : " without a line end");
    return 0;
}

static int describe(struct output *base,
                    struct output *head,
                    const struct place *place,
                    struct str *text,
                    struct error *err)
{
    str_addf(text, "line %lld: ", (long long)place->line);
    if (add_line(text, "base", base, place, err) < 0)
        return -1;
    str_add(text, ", ");
    if (add_line(text, "head", head, place, err) < 0)
        return -1;
    str_addf(text, " (%lld and %lld bytes in all)", (long long)base->size,
             (long long)head->size);
    return 0;
}

int output_diff(const char *base_path,
                const char *head_path,
                struct output_diff *out,
                struct error *err)
{
    AUTO_OUTPUT struct output base = { .fd = -1 };
    AUTO_OUTPUT struct output head = { .fd = -1 };
    AUTO_STR struct str text = STR_INIT;
    struct place place;

    if (output_open(&base, base_path, err) < 0 || output_open(&head, head_path, err) < 0)
        return -1;
    int differs = find_difference(&base, &head, &place, err);
    if (differs < 0 || (differs && describe(&base, &head, &place, &text, err) < 0))
        return -1;
    *out = (struct output_diff){
        .is_equal = !differs,
        .base_bytes = base.size,
        .head_bytes = head.size,
        .line = differs ? place.line : 0,
        .text = differs ? str_detach(&text) : NULL,
    };
    return 0;
}

void output_diff_clear(struct output_diff *diff)
{
    free(diff->text);
    *diff = (struct output_diff){ 0 };
}
