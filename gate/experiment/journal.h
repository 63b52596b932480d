/* The journal: every pair as it ends, a line of JSON each, so that a killed run loses one
 * pair at most and --resume goes on where it stopped.
 *
 * The first line says what is being compared; a journal of another comparison is never
 * resumed. A last line that was cut short is left out. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/experiment/pair.h"

struct error;

/* { .fd = -1 } is a valid closed journal. */
struct journal {
    int fd;
    char *path;
    int64_t elapsed_ns;  /* measuring time that its pairs took in the earlier runs */
    int64_t replayed_ns; /* the same, up to the pair that journal_replay gave last */
    const char *replayed_failure; /* of that pair */
    struct {
        struct journal_entry {
            char *bench_id;
            struct pair pair;
            char *failure;      /* why it failed; NULL where its runs' ends tell it */
            int64_t elapsed_ns; /* measuring time when it had ended */
            size_t offset;      /* of its line in the file */
        } * items;
        size_t count;
        size_t capacity;
    } entries;   /* read back by journal_resume, in the order they ran */
    size_t next; /* the entry that journal_replay gives next */
};
#define JOURNAL_CLOSED ((struct journal){ .fd = -1 })

/* Begins a new journal at path (overwriting one that is there; beside it, under another
 * name, while another run of the comparison is writing there) for the comparison named by
 * key, with the seed of its random draws. On failure the journal is left closed. */
int journal_begin(struct journal *journal,
                  const char *path,
                  const char *key,
                  uint64_t seed,
                  struct error *err) MUST_CHECK;

/* Opens the journal at path to go on with: reads its pairs and its seed, cuts off a
 * half-written last line. -1 with ERROR_USAGE where there is none, where it is damaged or
 * belongs to another comparison, and while another run is writing it; the journal is then
 * left closed, the file and *seed as they were. */
int journal_resume(struct journal *journal,
                   const char *path,
                   const char *key,
                   uint64_t *seed,
                   struct error *err) MUST_CHECK;

/* Whether so many pairs are left of the record of an interrupted run. A rest that is
 * shorter was cut off in the middle of a group, and is dropped, from the file too. */
bool journal_holds(struct journal *journal, size_t count);

/* The next recorded pair of an interrupted run, if it is the one that was ordered (same
 * bench, number and order); fills sides and discard, and sets replayed_failure and
 * replayed_ns, which is the time to give to experiment_next: the budget then ends where
 * it would have ended. False when the record is at its end; at the first pair that does
 * not fit the rest of the record is dropped, from the file too. */
bool journal_replay(struct journal *journal, const char *bench_id, struct pair *ordered);

/* Adds a pair. */
struct journal_record {
    const char *bench_id;
    const struct pair *pair;
    const char *failure; /* as of an entry */
    int64_t elapsed_ns;  /* the measuring time so far, all runs together */
};
int journal_append(struct journal *journal,
                   const struct journal_record *record,
                   struct error *err) MUST_CHECK;

/* Closes; with is_done the file is removed, since its result has been written. */
void journal_close(struct journal *journal, bool is_done);
