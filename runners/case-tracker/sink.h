/* Bytes on their way to a file descriptor, gathered into blocks. Append to text, then
 * drain: it writes once enough has come together. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/str.h"

struct error;

struct sink {
    int fd;            /* borrowed */
    const char *name;  /* borrowed; for messages */
    struct str text;   /* not yet written */
    size_t block_size; /* drain writes from here on */
};
#define SINK_BLOCK_SIZE 65536
/* For a sink that gathers everything until sink_flush. */
#define SINK_WHOLE SIZE_MAX

void sink_init(struct sink *sink, int fd, const char *name, size_t block_size);
int sink_drain(struct sink *sink, struct error *err) MUST_CHECK;
int sink_flush(struct sink *sink, struct error *err) MUST_CHECK;
void sink_clear(struct sink *sink);
#define AUTO_SINK AUTO(sink_clear)
