/* Locks among processes of pawl that work on one repository's refs. Private to
 * gate/source.
 *
 * git guards a ref by a file "<ref>.lock" beside it, and one that a killed process leaves
 * behind stops every later writer until a person removes it. So whoever is about to move
 * a ref holds a lock of the kernel's first, which ends with the process, and writes down
 * that it is at it: the next one then knows that a lock file it finds may be a dead
 * pawl's. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"

struct error;

/* Waits for the lock of that name ("update", "sync") of the repository, linked worktrees
 * included, and returns a descriptor that holds it until closed; -1 with err. */
int ref_lock_take(git_repository *repository, const char *name, struct error *err)
    MUST_CHECK;

/* To be called with the lock "update" in fd: removes ref's lock file where the last
 * holder died while it moved a ref and nobody else has touched the file for half a
 * second; then notes that this process is at it. */
int ref_lock_begin(int fd, git_repository *repository, const char *ref, struct error *err)
    MUST_CHECK;
/* The ref was moved, or not: nothing is under way any more. */
void ref_lock_end(int fd);
