/* What is still on the heap when a program ends, and who allocated it: by valgrind's tool
 * DHAT, which is there wherever callgrind is. About as slow as that, and more for
 * programs that use their memory much. A run is a process_run of other words:
 *
 *     dhat_begin(directory, err);
 *     dhat_wrap(&argv, directory, &words);
 *     ... process_run of words ...
 *     dhat_read(directory, &left, err);
 *
 * Of all processes the one counts that leaves most: a forked child has its parent's
 * memory, too. */
#pragma once

#include "gate/base/attributes.h"

struct error;
struct heap_left;
struct strvec;

/* Makes directory, which must be absolute, empty. */
int dhat_begin(const char *directory, struct error *err) MUST_CHECK;

/* Replaces words by the command line that runs argv under DHAT. */
void dhat_wrap(const struct strvec *argv, const char *directory, struct strvec *words);

/* After a run; left is empty before. -1 with ERROR_BENCHMARK saying why nothing is known:
 * no process came to its end, or DHAT wrote what this does not know. */
int dhat_read(const char *directory, struct heap_left *left, struct error *err)
    MUST_CHECK;
