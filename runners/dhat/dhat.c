#include "runners/dhat/dhat.h"

#include <stdbool.h>
#include <sys/stat.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/base/tree.h"
#include "runners/callgrind/valgrind_words.h"
#include "runners/dhat/heap_left.h"

/* Each process writes what it leaves to "heap.<pid>", when it ends. */
static const char heap_prefix[] = "heap.";
static const char log_prefix[] = "log.";

int dhat_begin(const char *directory, struct error *err)
{
    return tree_remove(directory, err) < 0 ? -1 : tree_make(directory, err);
}

void dhat_wrap(const struct strvec *argv, const char *directory, struct strvec *words)
{
    /* Whole names of files, and stacks deep enough to get out of libraries. */
    valgrind_words_begin(words, "dhat");
    strvec_push(words, "--fullpath-after=");
    strvec_push(words, "--num-callers=40");
    valgrind_words_push_file(words, "--dhat-out-file=", directory, heap_prefix);
    valgrind_words_push_file(words, "--log-file=", directory, log_prefix);
    strvec_push(words, "--");
    strvec_push_all(words, argv);
}

/* While the directory is gone through. */
struct reading {
    const char *directory;
    struct heap_left *left; /* of the process with most so far */
    bool has_any;
};

static int
read_process(void *context, const char *name, const struct stat *info, struct error *err)
{
    struct reading *reading = context;
    AUTO_HEAP_LEFT struct heap_left found = { 0 };
    if (!S_ISREG(info->st_mode) || !str_starts_with(name, heap_prefix))
        return 0;
    AUTO_FREE char *path = path_join(reading->directory, name);
    if (heap_left_read(path, &found, err) < 0)
        return -1;
    if (!reading->has_any || found.bytes > reading->left->bytes) {
        struct heap_left less = *reading->left;
        *reading->left = found;
        found = less;
    }
    reading->has_any = true;
    return 0;
}

int dhat_read(const char *directory, struct heap_left *left, struct error *err)
{
    struct reading reading = { .directory = directory, .left = left };
    if (tree_walk(directory, read_process, &reading, err) < 0)
        return -1;
    return reading.has_any ? 0
                           : error_set(err, ERROR_BENCHMARK,
                                       "no process came to its end under valgrind");
}
