#include "runners/syscalls.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"

void syscall_counts_clear(struct syscall_counts *counts)
{
    for (size_t i = 0; i < counts->count; i++)
        free(counts->items[i].name);
    array_clear(counts);
}

void syscalls_wrap(const struct strvec *argv, const char *path, struct strvec *words)
{
    static const char *const options[] = { "strace", "-f", "-c", "-w", "-o" };
    strvec_clear(words);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        strvec_push(words, options[i]);
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

int syscalls_read(const char *path, struct syscall_counts *counts, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (file_read(path, &text, err) < 0)
        return -1;
    char *rest = NULL;
    for (char *line = text.length ? strtok_r(text.data, "\n", &rest) : NULL; line;
         line = strtok_r(NULL, "\n", &rest))
        read_line(line, counts);
    if (!counts->count)
        return error_set(err, ERROR_BENCHMARK, "strace left no table in '%s'", path);
    qsort(counts->items, counts->count, sizeof *counts->items, compare_names);
    return 0;
}
