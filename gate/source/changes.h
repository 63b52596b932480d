/* What differs between two commits, file by file. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

struct error;
struct source;

enum change_status {
    CHANGE_ADDED = 'A',
    CHANGE_MODIFIED = 'M', /* content, mode or kind */
    CHANGE_DELETED = 'D',
    CHANGE_RENAMED = 'R', /* perhaps modified as well */
};

struct change {
    enum change_status status;
    char *old_path; /* NULL for added */
    char *new_path; /* NULL for deleted; else the same as old_path unless renamed */
};

/* Ordered by path. */
struct changes {
    struct change *items;
    size_t count;
    size_t capacity;
};

void changes_clear(struct changes *changes);
#define AUTO_CHANGES AUTO(changes_clear)

/* The files in which two trees or commits (full ids) differ; *out must be empty. */
int source_list_changes(struct source *source,
                        const char *old_id,
                        const char *new_id,
                        struct changes *out,
                        struct error *err) MUST_CHECK;
