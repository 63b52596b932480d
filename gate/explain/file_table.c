#include "gate/explain/file_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/verdict/explanation.h"
#include "runners/file_calls.h"

#define MOST_FILES 8

/* What stands behind the directory, or NULL. */
static const char *below(const char *path, const char *directory)
{
    size_t length = directory ? strlen(directory) : 0;
    bool is_below =
        length && strncmp(path, directory, length) == 0 && path[length] == '/';
    return is_below ? path + length + 1 : NULL;
}

static char *name_of(const struct file_places *places, const char *path)
{
    const char *in_scratch = below(path, places->scratch);
    const char *in_tree = below(path, places->tree);
    if (in_scratch)
        return str_format("{work}/%s", in_scratch);
    return xstrdup(in_tree ? in_tree : path);
}

static struct explained_file *find_or_add(struct explanation *explanation, char *name)
{
    for (size_t i = 0; i < explanation->files.count; i++)
        if (str_equal(explanation->files.items[i].name, name)) {
            free(name);
            return &explanation->files.items[i];
        }
    struct explained_file *file = array_push(&explanation->files);
    *file = (struct explained_file){ .name = name };
    return file;
}

static void take(const struct file_call *of, struct explained_file_use *to)
{
    to->opens += of->opens;
    to->rewinds += of->rewinds;
    to->reads += of->reads;
    to->read_bytes += of->read_bytes;
    to->writes += of->writes;
    to->written_bytes += of->written_bytes;
    to->seconds += of->seconds;
}

static double calls_of(const struct explained_file_use *use)
{
    return (double)use->opens + (double)use->rewinds + (double)use->reads +
           (double)use->writes;
}

static double calls_differ(const struct explained_file *file)
{
    return fabs(calls_of(&file->sides[SIDE_HEAD]) - calls_of(&file->sides[SIDE_BASE]));
}

static double seconds_differ(const struct explained_file *file)
{
    return fabs(file->sides[SIDE_HEAD].seconds - file->sides[SIDE_BASE].seconds);
}

/* Calls repeat, and times do not: files that are called alike come last. */
static int compare(const void *a, const void *b)
{
    const struct explained_file *x = a;
    const struct explained_file *y = b;
    double of_x = calls_differ(x) > 0 ? seconds_differ(x) : -1;
    double of_y = calls_differ(y) > 0 ? seconds_differ(y) : -1;
    if (of_x > of_y || of_x < of_y)
        return of_x > of_y ? -1 : 1;
    return strcmp(x->name, y->name);
}

static void keep_first(struct explanation *explanation, size_t most)
{
    struct explained_file *items = explanation->files.items;
    size_t count = explanation->files.count;
    while (count && (count > most || calls_differ(&items[count - 1]) < 0.5))
        free(items[--count].name);
    explanation->files.count = count;
}

void file_table_join(const struct file_calls *const calls[SIDE_COUNT],
                     const struct file_places places[SIDE_COUNT],
                     struct explanation *explanation)
{
    for (enum side side = 0; side < SIDE_COUNT; side++)
        for (size_t i = 0; i < calls[side]->files.count; i++) {
            const struct file_call *of = &calls[side]->files.items[i];
            struct explained_file *file =
                find_or_add(explanation, name_of(&places[side], of->path));
            take(of, &file->sides[side]);
        }
    if (explanation->files.count)
        qsort(explanation->files.items, explanation->files.count,
              sizeof *explanation->files.items, compare);
    keep_first(explanation, MOST_FILES);
}
