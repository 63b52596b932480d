/* What was done with a file, in a few words. */
#pragma once

#include "gate/experiment/pair.h"

struct explained_file;
struct str;

/* "'data/list.txt' is opened 1,000 times where it was 1", "'list.txt' is opened 1 time
 * and read from its beginning 999 times more, where it was 1 in all". */
void file_phrase_add_begun(struct str *out,
                           const struct explained_file *file,
                           enum side side);

/* "'out.log' (opened 1 time as before, written 1,000 times where it was 2)". */
void file_phrase_add_use(struct str *out, const struct explained_file *file);
