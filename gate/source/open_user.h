/* Opening the user's repository, with a sentence for each way it can fail. Private to
 * gate/source. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"

struct error;

/* Lets libgit2 read repositories whose extensions don't matter to a reader; once after
 * each git_libgit2_init. */
void allow_harmless_extensions(void);

/* flags as for git_repository_open_ext: 0 to search upwards, NO_SEARCH for exactly
 * directory. The caller's repository. */
int open_user_repository(git_repository **out,
                         const char *directory,
                         unsigned flags,
                         struct error *err) MUST_CHECK;
