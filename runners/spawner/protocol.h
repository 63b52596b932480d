/* What pawl and its spawner say to each other over a stream socket, file descriptor
 * SPAWNER_SOCKET on the spawner's side; beside it may be the directory of a cgroup for
 * what it runs, SPAWNER_CGROUP. Both are built together and run on one machine:
 * structs go over as they are.
 *
 * The spawner begins with one struct spawner_hello. Then pawl sends requests, each a
 * struct spawner_request and `length` bytes of text, and gets a struct spawner_reply for
 * each SPAWNER_RUN. SPAWNER_CANCEL has no text and no reply of its own: it makes the run
 * that is under way end soon, and is ignored where none is. When the socket ends, the
 * spawner kills what it runs, and ends too. */
#pragma once

#include <stdint.h>

#define SPAWNER_SOCKET  3
#define SPAWNER_CGROUP  4
#define SPAWNER_VERSION UINT32_C(0x70776c04) /* "pwl" 4: counted up with each change */

/* More than this no kernel takes as arguments and environment (6 MiB, 128 KiB each). */
#define SPAWNER_MAX_TEXT  (8u << 20)
#define SPAWNER_MAX_WORDS (1u << 20)

/* Hardware counters that a run may tell: instructions, cycles, branch misses, cache
 * misses. */
enum {
    SPAWNER_COUNTERS = 4
};

/* What the spawner has found out about the machine. */
struct spawner_hello {
    uint32_t version;
    uint32_t counters;         /* bits of those that it has */
    int32_t counters_errno;    /* why one is missing, or 0 */
    uint32_t counts_disk_wait; /* whether the kernel counts waits for disks: 0 or 1 */
    uint32_t has_cgroup;       /* whether runs live in SPAWNER_CGROUP: 0 or 1 */
    int32_t cgroup_errno;      /* why not, or 0 */
    uint32_t priority;         /* enum spawner_priority */
    int32_t priority_errno;    /* why it is no more, or 0 */
    int32_t nice;              /* the nice value that the spawner was started with */
};

/* How runs that ask for it are put before the machine's other work. */
enum spawner_priority {
    SPAWNER_PRIORITY_USUAL,   /* not at all */
    SPAWNER_PRIORITY_PROCESS, /* by their nice value */
    SPAWNER_PRIORITY_SESSION, /* by that and their session's */
};

enum spawner_request_kind {
    SPAWNER_RUN = 1,
    SPAWNER_CANCEL = 2,
};

/* Which of the optional paths stand in the text. */
enum spawner_path {
    SPAWNER_HAS_DIRECTORY = 1,
    SPAWNER_HAS_STDIN = 2,
    SPAWNER_HAS_STDOUT = 4,
    SPAWNER_HAS_STDERR = 8,
};

/* The text: NUL-terminated strings, argument_count arguments, environment_count
 * variables, then the paths that `paths` names, in the order of enum spawner_path. */
struct spawner_request {
    uint32_t kind;
    uint32_t length;
    uint32_t argument_count;
    uint32_t environment_count;
    uint32_t paths;
    int32_t cpu;         /* -1 for any */
    uint32_t is_raised;  /* comes before the machine's other work: 0 or 1 */
    uint32_t has_no_use; /* 0: padding that is set */
    int64_t timeout_ns;  /* 0 for none */
};

enum spawner_outcome {
    SPAWNER_ENDED,       /* wait_status says how */
    SPAWNER_TIMED_OUT,   /* killed for the time-out */
    SPAWNER_CANCELLED,   /* killed for SPAWNER_CANCEL */
    SPAWNER_NOT_STARTED, /* start_errno and start_step say why */
    SPAWNER_STUCK,       /* something that it left behind could not be killed */
};

/* What the child was doing when it failed to start; also in process.h's words. */
enum spawner_step {
    SPAWNER_STEP_NONE,
    SPAWNER_STEP_PROCESS, /* making a process */
    SPAWNER_STEP_CPU,     /* pinning it */
    SPAWNER_STEP_STDIN,   /* opening its files */
    SPAWNER_STEP_STDOUT,
    SPAWNER_STEP_STDERR,
    SPAWNER_STEP_DIRECTORY, /* entering its directory */
    SPAWNER_STEP_PROGRAM,   /* finding or executing its program */
};

/* What is counted but could not be told. */
#define SPAWNER_UNKNOWN (-1)

/* What processes cost (process.h says what each field holds). Those after the switches
 * may be SPAWNER_UNKNOWN. */
struct spawner_usage {
    int64_t user_ns;
    int64_t system_ns;
    int64_t peak_rss_bytes;
    int64_t minor_faults;
    int64_t major_faults;
    int64_t voluntary_switches;
    int64_t involuntary_switches;
    int64_t run_queue_wait_ns;
    int64_t io_wait_ns;
    int64_t read_bytes;
    int64_t written_bytes;
    int64_t read_calls;
    int64_t write_calls;
    int64_t disk_read_bytes;
    int64_t disk_written_bytes;
};

struct spawner_reply {
    uint32_t outcome;
    int32_t wait_status; /* as wait gives it */
    int32_t start_errno;
    uint32_t start_step;
    int64_t wall_ns;
    struct spawner_usage usage;
    int64_t counters[SPAWNER_COUNTERS]; /* SPAWNER_UNKNOWN where not counted */
};
