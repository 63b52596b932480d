#include "runners/syscalls.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "runners/callgrind/input.h"
#include "runners/file_calls.h"

void syscall_counts_clear(struct syscall_counts *counts)
{
    for (size_t i = 0; i < counts->count; i++)
        free(counts->items[i].name);
    array_clear(counts);
}

void syscalls_wrap(const struct strvec *argv,
                   const char *path,
                   bool names_files,
                   struct strvec *words)
{
    /* Without the bytes that are read and written, and without what says who came and
     * went.
     */
    static const char *const options[] = { "-C", "-T", "-y", "-s", "0", "-qq" };
    strvec_clear(words);
    strvec_push(words, "strace");
    strvec_push(words, "-f");
    strvec_push(words, "-w");
    if (!names_files)
        strvec_push(words, "-c");
    for (size_t i = 0; names_files && i < sizeof options / sizeof *options; i++)
        strvec_push(words, options[i]);
    strvec_push(words, "-o");
    strvec_push(words, path);
    strvec_push(words, "--");
    strvec_push_all(words, argv);
}

/* "98.20    0.065407       65407         1           clock_nanosleep": share, seconds,
 * microseconds a call, calls, errors (or nothing), name. */
#define MOST_COLUMNS 6
struct columns {
    char *items[MOST_COLUMNS];
    size_t count;
};

static struct columns split(char *line)
{
    struct columns columns = { .count = 0 };
    char *rest = NULL;
    for (char *word = strtok_r(line, " \t", &rest); word && columns.count < MOST_COLUMNS;
         word = strtok_r(NULL, " \t", &rest))
        columns.items[columns.count++] = word;
    return columns;
}

/* Rulers, the heading and the sum are no calls. */
static void read_line(char *line, struct syscall_counts *counts)
{
    struct columns columns = split(line);
    char *end = NULL;
    if (columns.count < MOST_COLUMNS - 1)
        return;
    double seconds = strtod(columns.items[1], &end);
    if (*end || end == columns.items[1])
        return;
    int64_t calls = strtoll(columns.items[3], &end, 10);
    const char *name = columns.items[columns.count - 1];
    if (*end || calls < 0 || str_equal(name, "total"))
        return;
    *array_push(counts) = (struct syscall_count){ .name = xstrdup(name),
                                                  .calls = calls,
                                                  .seconds = seconds };
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct syscall_count *)a)->name,
                  ((const struct syscall_count *)b)->name);
}

/* Lines of the table are short, and have no brackets. */
static void
read_table_line(const char *line, const char *end, struct syscall_counts *counts)
{
    char text[256];
    size_t length = (size_t)(end - line);
    if (length >= sizeof text)
        return;
    memcpy(text, line, length);
    text[length] = '\0';
    read_line(text, counts);
}

static void read_block(const char *begin,
                       const char *end,
                       struct syscall_counts *counts,
                       struct file_calls *files)
{
    while (begin < end) {
        const char *line = begin;
        const char *line_end = memchr(line, '\n', (size_t)(end - line));
        begin = line_end + 1;
        if (!memchr(line, '(', (size_t)(line_end - line)) &&
            !memchr(line, '<', (size_t)(line_end - line)))
            read_table_line(line, line_end, counts);
        else if (files)
            file_calls_add_line(files, line, line_end);
    }
}

int syscalls_read(const char *path,
                  struct syscall_counts *counts,
                  struct file_calls *files,
                  struct error *err)
{
    AUTO_INPUT struct input input = { .fd = -1 };
    const char *begin = NULL;
    const char *end = NULL;
    int got = 0;
    if (input_open(&input, path, err) < 0)
        return -1;
    while ((got = input_next(&input, &begin, &end, err)) > 0)
        read_block(begin, end, counts, files);
    if (got < 0)
        return -1;
    if (!counts->count)
        return error_set(err, ERROR_BENCHMARK, "strace left no table in '%s'", path);
    qsort(counts->items, counts->count, sizeof *counts->items, compare_names);
    return 0;
}
