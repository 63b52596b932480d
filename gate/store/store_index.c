/* The file: a header, then for each session its id, the length of its bytes, the bytes;
 * sorted by id. All numbers as this machine has them. */
#include "gate/store/store_index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/source/revision.h"
#include "gate/store/session.h"
#include "gate/store/session_pack.h"

#define MAGIC "pawl-idx"

/* Fewer new ones than this, and than a part of all, are not worth writing the file. */
#define FEW_NEW       8
#define SMALL_PART_OF 64

struct header {
    char magic[8];
    uint64_t fingerprint;
    uint64_t checksum; /* of all that follows */
};

struct indexed {
    char id[SOURCE_ID_SIZE];
    bool is_used;
    size_t at; /* in the index's bytes */
    uint32_t length;
};

struct store_index {
    char *path;
    struct str bytes;
    struct {
        struct indexed *items; /* the first sorted_count sorted by id */
        size_t count;
        size_t capacity;
    } known;
    size_t sorted_count;
};

static uint64_t mix_word(uint64_t sum, const char *bytes, size_t length)
{
    uint64_t word = 0;
    memcpy(&word, bytes, length);
    sum = (sum ^ word) * 0x100000001b3U;
    return sum ^ (sum >> 29);
}

/* In the manner of FNV-1a, over words of 8 bytes: it only has to notice accidents. */
static uint64_t sum_up(const char *bytes, size_t length)
{
    uint64_t sum = 0xcbf29ce484222325U ^ length;
    size_t whole = length - length % 8;
    for (size_t i = 0; i < whole; i += 8)
        sum = mix_word(sum, bytes + i, 8);
    return whole < length ? mix_word(sum, bytes + whole, length - whole) : sum;
}

static int read_entry(struct store_index *index, struct packed *packed)
{
    struct indexed entry = { 0 };
    if (packed->left < SOURCE_ID_SIZE + sizeof entry.length)
        return -1;
    memcpy(entry.id, packed->at, SOURCE_ID_SIZE);
    memcpy(&entry.length, packed->at + SOURCE_ID_SIZE, sizeof entry.length);
    packed->at += SOURCE_ID_SIZE + sizeof entry.length;
    packed->left -= SOURCE_ID_SIZE + sizeof entry.length;
    if (packed->left < entry.length || entry.id[SOURCE_ID_SIZE - 1] != '\0')
        return -1;
    entry.at = (size_t)(packed->at - index->bytes.data);
    packed->at += entry.length;
    packed->left -= entry.length;
    *array_push(&index->known) = entry;
    return 0;
}

static int read_entries(struct store_index *index)
{
    struct header header;
    if (index->bytes.length < sizeof header)
        return -1;
    memcpy(&header, index->bytes.data, sizeof header);
    struct packed packed = { index->bytes.data + sizeof header,
                             index->bytes.length - sizeof header };
    if (memcmp(header.magic, MAGIC, sizeof header.magic) != 0 ||
        header.fingerprint != session_pack_fingerprint() ||
        header.checksum != sum_up(packed.at, packed.left))
        return -1;
    while (packed.left > 0) {
        if (read_entry(index, &packed) < 0)
            return -1;
    }
    index->sorted_count = index->known.count;
    return 0;
}

struct store_index *store_index_open(const char *path)
{
    struct error ignored = { 0 };
    struct store_index *index = xcalloc(1, sizeof *index);
    *index = (struct store_index){ .path = xstrdup(path), .bytes = STR_INIT };
    if (file_read(path, &index->bytes, &ignored) < 0 || read_entries(index) < 0) {
        str_reset(&index->bytes);
        array_clear(&index->known);
    }
    return index;
}

void store_index_close(struct store_index *index)
{
    if (!index)
        return;
    free(index->path);
    str_clear(&index->bytes);
    array_clear(&index->known);
    free(index);
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(((const struct indexed *)a)->id, ((const struct indexed *)b)->id);
}

bool store_index_find(struct store_index *index, const char *id, struct session *out)
{
    struct indexed wanted = { 0 };
    if (strlen(id) != SOURCE_ID_SIZE - 1 || index->sorted_count == 0)
        return false;
    memcpy(wanted.id, id, SOURCE_ID_SIZE);
    struct indexed *found = bsearch(&wanted, index->known.items, index->sorted_count,
                                    sizeof wanted, compare_ids);
    if (!found)
        return false;
    struct packed packed = { index->bytes.data + found->at, found->length };
    if (session_unpack(&packed, out) < 0)
        return false;
    found->is_used = true;
    return true;
}

void store_index_add(struct store_index *index,
                     const char *id,
                     const struct session *session)
{
    struct indexed entry = { .is_used = true, .at = index->bytes.length };
    if (strlen(id) != SOURCE_ID_SIZE - 1)
        return;
    memcpy(entry.id, id, SOURCE_ID_SIZE);
    session_pack(session, &index->bytes);
    entry.length = (uint32_t)(index->bytes.length - entry.at);
    *array_push(&index->known) = entry;
}

static void add_text(struct store_index *index, bool is_whole, struct str *out)
{
    const char *last_id = "";
    struct header header = { .magic = MAGIC, .fingerprint = session_pack_fingerprint() };
    str_add_bytes(out, (const char *)&header, sizeof header);
    qsort(index->known.items, index->known.count, sizeof *index->known.items,
          compare_ids);
    for (size_t i = 0; i < index->known.count; i++) {
        const struct indexed *entry = &index->known.items[i];
        if ((is_whole && !entry->is_used) || str_equal(entry->id, last_id))
            continue;
        last_id = entry->id;
        str_add_bytes(out, entry->id, SOURCE_ID_SIZE);
        str_add_bytes(out, (const char *)&entry->length, sizeof entry->length);
        str_add_bytes(out, index->bytes.data + entry->at, entry->length);
    }
    header.checksum = sum_up(out->data + sizeof header, out->length - sizeof header);
    memcpy(out->data, &header, sizeof header);
}

void store_index_save(struct store_index *index, bool is_whole)
{
    AUTO_STR struct str text = STR_INIT;
    struct error problem = { 0 };
    size_t new_count = index->known.count - index->sorted_count;
    if (new_count == 0 ||
        (new_count < FEW_NEW && new_count < index->sorted_count / SMALL_PART_OF))
        return;
    AUTO_FREE char *directory = path_directory(index->path);
    add_text(index, is_whole, &text);
    index->sorted_count = index->known.count;
    if (tree_make(directory, &problem) < 0 ||
        file_write(index->path, text.data, text.length, &problem) < 0)
        log_detail("%s: sessions are read anew each time", problem.message);
}
