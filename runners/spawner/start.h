/* Starting a child: all between a request and its program's first instruction. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "runners/spawner/request.h"

struct means;

/* The child writes these fields itself until it executes its program. Before it has
 * ended, only pid and started_ns are to be read. */
struct child {
    pid_t pid;                  /* also its process group */
    _Atomic int64_t started_ns; /* 0 until it has come that far */
    int start_errno;            /* 0, or why it did not start */
    enum spawner_step start_step;
    int counters[SPAWNER_COUNTERS]; /* files of ours, to be read in the end; -1: none */
    char schedstat[64]; /* its /proc/PID/schedstat just before it started; "" unknown */
    int64_t own_reads;  /* calls of read that it made itself until then */
    int64_t own_read_bytes;
};

/* Starts the request's program, to be counted by these means. False where there is no
 * process at all (start_errno says why); else there is one to wait for, even where it
 * fails to execute its program. Until it has ended, nothing that the request points at
 * may change. */
bool child_start(const struct run_request *request,
                 const struct means *means,
                 struct child *child);

/* CLOCK_MONOTONIC. */
int64_t clock_now_ns(void);
