/* The counting inside the preloaded library: this process's slot of the file of counts.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Maps the file that ALLOC_FILE_VARIABLE names and takes a slot. Where that is not set or
 * can't be, nothing is counted. Allocates nothing. */
void tally_open(void);

/* Makes forked children count for themselves. */
void tally_watch_forks(void);

/* The program's malloc is not the library's. */
void tally_own_malloc(void);

/* Memory was given. */
void tally_give(void *memory, size_t size);

/* Memory is about to be given back; before the allocator can hand it to another thread.
 */
void tally_take(void *memory);

/* What was known of a block. */
struct tally_block {
    size_t size;
    bool is_known;
};

/* A realloc: forget before it, then one of the three others by what it did. */
struct tally_block tally_forget(void *memory);
void tally_regive(struct tally_block old,
                  void *memory,
                  size_t size);           /* it moved or grew */
void tally_freed(struct tally_block old); /* to 0 bytes: it was freed */
void tally_restore(struct tally_block old,
                   void *memory); /* it failed: all is as before */
