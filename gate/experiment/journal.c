#include "gate/experiment/journal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/json.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/experiment/pair_json.h"

#define SCHEMA "pawl-journal/1"

static int append_line(struct journal *journal, const json_t *value, struct error *err)
{
    AUTO_FREE char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
    AUTO_STR struct str line = STR_INIT;
    str_addf(&line, "%s\n", text);
    return fd_write_all(journal->fd, line.data, line.length, journal->path, err);
}

static int
open_file(struct journal *journal, const char *path, int flags, struct error *err)
{
    int fd = open(path, flags | O_WRONLY | O_APPEND | O_CLOEXEC, 0666);
    if (fd < 0)
        return error_errno(err, "cannot open the journal '%s'", path);
    journal->fd = fd;
    journal->path = xstrdup(path);
    return 0;
}

/* Whoever writes a journal holds its lock, so that two runs of one comparison at once
 * don't write into each other's. */
static bool is_taken(const struct journal *journal)
{
    return flock(journal->fd, LOCK_EX | LOCK_NB) < 0;
}

/* Opens path, or a name of its own where another run is writing there; such a journal
 * protects nothing but this run, and --resume does not look for it. */
static int open_new(struct journal *journal, const char *path, struct error *err)
{
    if (open_file(journal, path, O_CREAT, err) < 0)
        return -1;
    if (is_taken(journal)) {
        journal_close(journal, false);
        AUTO_FREE char *own_path = str_format("%s.%d", path, getpid());
        if (open_file(journal, own_path, O_CREAT, err) < 0)
            return -1;
    }
    if (ftruncate(journal->fd, 0) < 0)
        return error_errno(err, "cannot empty the journal '%s'", journal->path);
    return 0;
}

static int begin(struct journal *journal,
                 const char *path,
                 const char *key,
                 uint64_t seed,
                 struct error *err)
{
    AUTO_FREE char *directory = path_directory(path);
    if (tree_make(directory, err) < 0 || open_new(journal, path, err) < 0)
        return -1;
    AUTO_JSON json_t *header =
        json_pack("{ss, ss, sI}", "schema", SCHEMA, "key", key, "seed", (json_int_t)seed);
    return append_line(journal, header, err);
}

int journal_begin(struct journal *journal,
                  const char *path,
                  const char *key,
                  uint64_t seed,
                  struct error *err)
{
    struct journal begun = JOURNAL_CLOSED;
    if (begin(&begun, path, key, seed, err) < 0) {
        journal_close(&begun, false);
        return -1;
    }
    *journal = begun;
    return 0;
}

/* The length of the text up to the end of its last whole line. */
static size_t whole_lines(const struct str *text)
{
    const char *end = memrchr(text->data, '\n', text->length);
    return end ? (size_t)(end + 1 - text->data) : 0;
}

static int read_header(const json_t *header,
                       const char *path,
                       const char *key,
                       uint64_t *seed,
                       struct error *err)
{
    const char *schema = json_string_value(json_object_get(header, "schema"));
    const char *its_key = json_string_value(json_object_get(header, "key"));
    const json_t *its_seed = json_object_get(header, "seed");
    if (!schema || !str_equal(schema, SCHEMA) || !its_key || !json_is_integer(its_seed))
        return error_set(err, ERROR_USAGE, "cannot resume: '%s' is not a journal", path);
    if (!str_equal(its_key, key))
        return error_set(err, ERROR_USAGE,
                         "cannot resume: '%s' belongs to another comparison", path);
    *seed = (uint64_t)json_integer_value(its_seed);
    return 0;
}

static int
read_entry(struct journal *journal, const json_t *line, size_t offset, struct error *err)
{
    const char *bench_id = json_string_value(json_object_get(line, "bench"));
    const json_t *elapsed = json_object_get(line, "elapsed_ns");
    const char *failure = json_string_value(json_object_get(line, "failure"));
    struct pair pair;
    if (!bench_id || !json_is_integer(elapsed))
        return error_set(err, ERROR_USAGE, "no 'bench' or no 'elapsed_ns'");
    if (pair_from_json(json_object_get(line, "pair"), &pair, err) < 0)
        return -1;
    journal->elapsed_ns = json_integer_value(elapsed);
    *array_push(&journal->entries) = (struct journal_entry){
        .bench_id = xstrdup(bench_id),
        .pair = pair,
        .failure = failure ? xstrdup(failure) : NULL,
        .elapsed_ns = journal->elapsed_ns,
        .offset = offset,
    };
    return 0;
}

/* The lines after the header; each ends with a line feed. */
static int read_entries(struct journal *journal,
                        const struct str *text,
                        size_t offset,
                        struct error *err)
{
    for (size_t number = 2; offset < text->length; number++) {
        const char *line = text->data + offset;
        const char *end = memchr(line, '\n', text->length - offset);
        size_t length = (size_t)(end - line);
        AUTO_JSON json_t *value = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
        int read = value ? read_entry(journal, value, offset, err)
                         : error_set(err, ERROR_USAGE, "not JSON");
        if (read < 0)
            return error_prefix(err, "cannot resume: in '%s', line %zu: ", journal->path,
                                number);
        offset += length + 1;
    }
    return 0;
}

static int read_text(struct journal *journal,
                     const struct str *text,
                     const char *key,
                     uint64_t *seed,
                     struct error *err)
{
    const char *end = memchr(text->data, '\n', text->length);
    if (!end)
        return error_set(err, ERROR_USAGE, "cannot resume: '%s' is empty", journal->path);
    size_t length = (size_t)(end - text->data);
    AUTO_JSON json_t *header =
        json_loadb(text->data, length, JSON_REJECT_DUPLICATES, NULL);
    if (read_header(header, journal->path, key, seed, err) < 0)
        return -1;
    return read_entries(journal, text, length + 1, err);
}

static int cut_file(const struct journal *journal, size_t length, struct error *err)
{
    if (ftruncate(journal->fd, (off_t)length) < 0)
        return error_errno(err, "cannot cut the journal '%s'", journal->path);
    return 0;
}

static int resume(struct journal *journal,
                  const char *path,
                  const char *key,
                  uint64_t *seed,
                  struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (!file_exists(path))
        return error_set(err, ERROR_USAGE,
                         "nothing to resume: no interrupted run of this comparison");
    if (open_file(journal, path, 0, err) < 0)
        return -1;
    if (is_taken(journal))
        return error_set(err, ERROR_USAGE,
                         "cannot resume: another run of this comparison is under way");
    if (file_read(path, &text, err) < 0)
        return -1;
    str_truncate(&text, whole_lines(&text));
    if (read_text(journal, &text, key, seed, err) < 0)
        return -1;
    return cut_file(journal, text.length, err);
}

int journal_resume(struct journal *journal,
                   const char *path,
                   const char *key,
                   uint64_t *seed,
                   struct error *err)
{
    struct journal resumed = JOURNAL_CLOSED;
    uint64_t its_seed = 0;
    if (resume(&resumed, path, key, &its_seed, err) < 0) {
        journal_close(&resumed, false);
        return -1;
    }
    *journal = resumed;
    *seed = its_seed;
    return 0;
}

/* Later pairs would stand behind the ones that did not fit, and be dropped with them by
 * the next resumption; where the file can't be cut, that is all that is lost. */
static void drop_rest(struct journal *journal)
{
    struct error ignored = { 0 };
    cut_file(journal, journal->entries.items[journal->next].offset, &ignored);
    journal->next = journal->entries.count;
}

bool journal_holds(struct journal *journal, size_t count)
{
    size_t left = journal->entries.count - journal->next;
    if (left && left < count)
        drop_rest(journal);
    return left >= count;
}

bool journal_replay(struct journal *journal, const char *bench_id, struct pair *ordered)
{
    if (journal->next >= journal->entries.count)
        return false;
    const struct journal_entry *entry = &journal->entries.items[journal->next];
    const struct pair *recorded = &entry->pair;
    if (!str_equal(entry->bench_id, bench_id) || recorded->number != ordered->number ||
        recorded->head_ran_first != ordered->head_ran_first ||
        recorded->is_warmup != ordered->is_warmup) {
        drop_rest(journal);
        return false;
    }
    journal->next++;
    journal->replayed_ns = entry->elapsed_ns;
    journal->replayed_failure = entry->failure;
    *ordered = *recorded;
    return true;
}

int journal_append(struct journal *journal,
                   const struct journal_record *record,
                   struct error *err)
{
    AUTO_JSON json_t *line =
        json_pack("{ss, sI, so}", "bench", record->bench_id, "elapsed_ns",
                  (json_int_t)record->elapsed_ns, "pair", pair_to_json(record->pair));
    if (record->failure)
        json_object_set_new(line, "failure", json_string(record->failure));
    return append_line(journal, line, err);
}

void journal_close(struct journal *journal, bool is_done)
{
    if (is_done && journal->path)
        unlink(journal->path);
    fd_close(&journal->fd);
    free(journal->path);
    for (size_t i = 0; i < journal->entries.count; i++) {
        free(journal->entries.items[i].bench_id);
        free(journal->entries.items[i].failure);
    }
    array_clear(&journal->entries);
    *journal = JOURNAL_CLOSED;
}
