/* Making a process that shares the spawner's memory. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

/* Built with the address sanitizer, the child must not mark the stack that it leaves
 * behind when it executes its program: the next child would trip over the marks. */
#define ON_CHILD_STACK __attribute__((no_sanitize("address")))

/* Makes one that calls function(context), which must not return, on a stack of its own,
 * and shares our memory until it executes a program; until then only one can be made. In
 * the cgroup whose directory that is, -1 for ours; with our file descriptors or a copy of
 * them. -1 with errno where it can't: ENOSYS for cgroups on machines where nobody has
 * written it. */
pid_t clone_process(int (*function)(void *),
                    void *context,
                    int cgroup,
                    bool shares_files);
