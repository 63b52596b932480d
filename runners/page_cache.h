/* Files put out of the page cache, so that the next run has to read them from the disk.
 *
 * Only the files' own pages are dropped (posix_fadvise), which needs no rights and leaves
 * the rest of the machine alone; that they have really gone is looked up (mincore). What
 * the kernel knows of names and sizes stays in memory, and so do programs and libraries
 * elsewhere. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"

struct error;

struct page_cache_rest {
    int64_t bytes; /* that stayed in memory */
    char *path;    /* of the first file that they belong to; NULL for none. Owned */
};
#define AUTO_PAGE_CACHE_REST AUTO(page_cache_rest_clear)
void page_cache_rest_clear(struct page_cache_rest *rest);

/* Drops a file, or everything below a directory; adds to rest what would not go: files on
 * a file system that has no disk, files that can't be read, pages that another program
 * has mapped. A path that is not there is nothing to drop. -1 where a directory can't be
 * read. */
int page_cache_drop(const char *path, struct page_cache_rest *rest, struct error *err)
    MUST_CHECK;
