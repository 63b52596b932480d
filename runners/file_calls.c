#include "runners/file_calls.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"

/* Part of a line: not ended by a NUL. */
struct piece {
    const char *begin;
    const char *end;
};

/* One line, taken apart. */
struct traced {
    uint64_t thread;
    struct piece name;
    struct piece arguments; /* and all behind them */
    bool is_begun;          /* "<unfinished ...>" stands at its end */
    bool is_resumed;        /* it is the rest of one that was */
};

void file_calls_clear(struct file_calls *calls)
{
    array_clear(&calls->files);
    array_clear(&calls->pending);
    names_clear(&calls->paths);
    index_clear(&calls->by_path);
    *calls = (struct file_calls){ 0 };
}

static struct piece without(struct piece piece, size_t count)
{
    piece.begin += count;
    return piece;
}

static bool starts(struct piece piece, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(piece.end - piece.begin) >= length &&
           memcmp(piece.begin, word, length) == 0;
}

static bool is_word(struct piece piece, const char *word)
{
    return (size_t)(piece.end - piece.begin) == strlen(word) && starts(piece, word);
}

/* The first place of it, or the last one; NULL where it is not there. */
static const char *find(struct piece piece, const char *word, bool is_last)
{
    const char *found = NULL;
    for (; (piece.begin =
                memchr(piece.begin, *word, (size_t)(piece.end - piece.begin))) != NULL;
         piece.begin++)
        if (starts(piece, word)) {
            found = piece.begin;
            if (!is_last)
                break;
        }
    return found;
}

static struct piece read_thread(struct piece line, uint64_t *thread)
{
    *thread = 0;
    for (; line.begin < line.end && *line.begin >= '0' && *line.begin <= '9';
         line.begin++)
        *thread = *thread * 10 + (uint64_t)(*line.begin - '0');
    while (line.begin < line.end && *line.begin == ' ')
        line.begin++;
    return line;
}

/* "name(arguments...", "<... name resumed>arguments..." */
static bool take_apart(struct piece line, struct traced *traced)
{
    static const char unfinished[] = "<unfinished ...>";
    static const char resumed[] = " resumed>";
    struct piece rest = read_thread(line, &traced->thread);
    traced->is_resumed = starts(rest, "<... ");
    if (traced->is_resumed)
        rest = without(rest, strlen("<... "));
    const char *name_end = find(rest, traced->is_resumed ? resumed : "(", false);
    if (!name_end)
        return false;
    traced->name = (struct piece){ rest.begin, name_end };
    traced->arguments =
        (struct piece){ name_end + (traced->is_resumed ? strlen(resumed) : 1), line.end };
    traced->is_begun = find(traced->arguments, unfinished, true) != NULL;
    return true;
}

static uint32_t file_of(struct file_calls *calls, struct piece path)
{
    const char *text =
        names_intern(&calls->paths, path.begin, (size_t)(path.end - path.begin));
    uint32_t hash = index_hash_bytes(path.begin, (size_t)(path.end - path.begin));
    size_t cursor = index_start(&calls->by_path, hash);
    uint32_t item = INDEX_NONE;
    while ((item = index_next(&calls->by_path, hash, &cursor)) != INDEX_NONE)
        if (calls->files.items[item].path == text)
            return item;
    item = (uint32_t)calls->files.count;
    *array_push(&calls->files) = (struct file_call){ .path = text };
    index_add(&calls->by_path, hash, item);
    return item;
}

/* Of "3</tmp/a>...", whose number may be AT_FDCWD; INDEX_NONE for other arguments, and
 * where what stands in the brackets is no path. */
static uint32_t file_of_descriptor(struct file_calls *calls, struct piece at)
{
    while (at.begin < at.end && *at.begin >= '0' && *at.begin <= '9')
        at.begin++;
    if (!starts(at, "</"))
        return INDEX_NONE;
    at.begin++;
    const char *end = memchr(at.begin, '>', (size_t)(at.end - at.begin));
    return end ? file_of(calls, (struct piece){ at.begin, end }) : INDEX_NONE;
}

/* What stands behind the last " = ". */
static bool find_returned(const struct traced *traced, struct piece *returned)
{
    const char *at = find(traced->arguments, " = ", true);
    if (!at)
        return false;
    *returned = (struct piece){ at + strlen(" = "), traced->arguments.end };
    return true;
}

/* Digits alone; -1 for a failure and for what is no number. */
static int64_t read_number(struct piece at)
{
    int64_t number = 0;
    const char *begin = at.begin;
    for (; at.begin < at.end && *at.begin >= '0' && *at.begin <= '9'; at.begin++)
        if (__builtin_mul_overflow(number, INT64_C(10), &number) ||
            __builtin_add_overflow(number, *at.begin - '0', &number))
            return -1;
    return at.begin > begin ? number : -1;
}

/* "<0.000017>" at the end of the line. */
static double read_seconds(struct piece returned)
{
    char text[32] = "";
    const char *at = find(returned, "<", true);
    size_t length = at ? (size_t)(returned.end - at) : 0;
    if (length < 3 || length >= sizeof text)
        return 0;
    memcpy(text, at + 1, length - 1);
    double seconds = strtod(text, NULL);
    return seconds > 0 ? seconds : 0;
}

static bool is_opening(struct piece name)
{
    return is_word(name, "open") || is_word(name, "openat") || is_word(name, "openat2") ||
           is_word(name, "creat");
}

static bool is_reading(struct piece name)
{
    return is_word(name, "read") || is_word(name, "readv") || is_word(name, "pread64") ||
           is_word(name, "preadv") || is_word(name, "preadv2");
}

static bool is_writing(struct piece name)
{
    return is_word(name, "write") || is_word(name, "writev") ||
           is_word(name, "pwrite64") || is_word(name, "pwritev") ||
           is_word(name, "pwritev2");
}

/* What the call of that name came to. */
static void add_call(struct file_calls *calls,
                     uint32_t file,
                     struct piece name,
                     struct piece returned)
{
    int64_t number = read_number(returned);
    if (is_opening(name))
        file = file_of_descriptor(calls, returned);
    if (file == INDEX_NONE)
        return;
    struct file_call *item = &calls->files.items[file];
    item->seconds += read_seconds(returned);
    if (number < 0)
        return;
    if (is_opening(name)) {
        item->opens++;
    } else if (is_reading(name)) {
        item->reads++;
        item->read_bytes += number;
    } else if (is_writing(name)) {
        item->writes++;
        item->written_bytes += number;
    } else if (is_word(name, "lseek") && number == 0) {
        item->rewinds++;
    }
}

static struct pending_call *pending_of(struct file_calls *calls, uint64_t thread)
{
    for (size_t i = 0; i < calls->pending.count; i++)
        if (calls->pending.items[i].thread == thread)
            return &calls->pending.items[i];
    struct pending_call *pending = array_push(&calls->pending);
    *pending = (struct pending_call){ .thread = thread, .file = INDEX_NONE };
    return pending;
}

static void keep(struct file_calls *calls, const struct traced *traced, uint32_t file)
{
    struct pending_call *pending = pending_of(calls, traced->thread);
    size_t length = (size_t)(traced->name.end - traced->name.begin);
    pending->file = file;
    pending->name[0] = '\0';
    if (length >= sizeof pending->name)
        return;
    memcpy(pending->name, traced->name.begin, length);
    pending->name[length] = '\0';
}

void file_calls_add_line(struct file_calls *calls, const char *line, const char *end)
{
    struct traced traced = { 0 };
    struct piece returned = { NULL, NULL };
    if (!take_apart((struct piece){ line, end }, &traced))
        return;
    if (traced.is_resumed) {
        const struct pending_call *pending = pending_of(calls, traced.thread);
        if (is_word(traced.name, pending->name) && find_returned(&traced, &returned))
            add_call(calls, pending->file, traced.name, returned);
        return;
    }
    uint32_t file = is_opening(traced.name) ? INDEX_NONE
                                            : file_of_descriptor(calls, traced.arguments);
    if (traced.is_begun)
        keep(calls, &traced, file);
    else if (find_returned(&traced, &returned))
        add_call(calls, file, traced.name, returned);
}
