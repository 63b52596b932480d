/* Writes cases to a new file, one at a time, in the form that the name's ending asks for.
 * The file appears under its name when all is written and synced; before, and when
 * anything goes wrong, whatever stood there stays. */
#pragma once

#include "gate/base/attributes.h"

struct case_format;
struct case_list;
struct case_record;
struct error;

struct case_writer;

struct case_writer *case_writer_open(const char *path, struct error *err) MUST_CHECK;
/* The same in a text format of the caller's choice. */
struct case_writer *case_writer_open_as(const char *path,
                                        const struct case_format *format,
                                        struct error *err) MUST_CHECK;
int case_writer_add(struct case_writer *writer,
                    const struct case_record *record,
                    struct error *err) MUST_CHECK;
int case_writer_commit(struct case_writer *writer, struct error *err) MUST_CHECK;
/* Ends the writer; removes what was written unless it was committed. NULL is fine. */
void case_writer_close(struct case_writer *writer);
void case_writer_release(struct case_writer **writer);
#define AUTO_CASE_WRITER AUTO(case_writer_release)

/* All of a list: open, add each, commit. format NULL: by the name's ending. */
int case_writer_write(const char *path,
                      const struct case_format *format,
                      const struct case_list *cases,
                      struct error *err) MUST_CHECK;
