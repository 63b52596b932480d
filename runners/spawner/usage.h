/* What a process has cost, from where the kernel tells it: files in /proc, which are
 * there until an ended process is reaped, and the wait that reaps it. */
#pragma once

#include <stdint.h>
#include <sys/types.h>

#include "runners/spawner/protocol.h"

struct child;

/* Nothing is known yet. */
void usage_init(struct spawner_usage *usage);

/* How long the ended child waited (disk_wait_tick_ns as in means.h), less what it did
 * before it began its program, wall_ns ago. */
void usage_read_waits(const struct child *child,
                      int64_t disk_wait_tick_ns,
                      int64_t wall_ns,
                      struct spawner_usage *usage);

/* Reaps the ended process, and fills in what wait4 tells of it and of the descendants
 * that it waited for. Returns the wait status. */
int usage_reap(pid_t pid, struct spawner_usage *usage);

/* Adds what an orphan has cost: sums, but the peak is the larger one, and waits stay
 * those of the program itself. */
void usage_add(struct spawner_usage *usage, const struct spawner_usage *orphan);
