/* Child processes: measured runs, and everything else that pawl starts (build recipes,
 * verify commands), all through one small process of its own, the spawner.
 *
 * Why a spawner: the kernel carries a parent's peak memory over into the child that it
 * starts (ru_maxrss survives exec), so a program started by pawl itself would be charged
 * with pawl's size. The spawner is a separate, tiny, static program; what it can't see is
 * memory below its own peak (spawner_floor_rss_bytes).
 *
 * Between the two clock readings of a run stands execve to exit alone: the spawner
 * prepares the child (own process group, directory, files, CPU, signals back to default),
 * reads CLOCK_MONOTONIC as the last thing before execve, and again as the first thing
 * once the child has ended. What it has cost is read after that, before it is reaped. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "runners/metric.h"

struct accounting;
struct priority;
struct error;

/* What to run. Borrowed pointers; they must stay valid during process_run. "Ours" is the
 * directory that pawl was in at spawner_open; relative paths of files start from there.
 */
struct process_spec {
    const struct strvec *argv; /* at least one; argv[0] is looked up in environment's
                                * PATH, or relative to directory when it holds a '/' */
    const struct strvec *environment; /* the child's whole environment, NAME=value each */
    const char *directory;            /* working directory; NULL: ours */
    const char *stdin_path;           /* NULL: /dev/null */
    const char *stdout_path;          /* appended to; made if missing; NULL: /dev/null */
    const char *stderr_path;          /* the same; may equal stdout_path */
    int64_t timeout_ns;               /* 0: no limit */
    int cpu;         /* run on this CPU only; PROCESS_ANY_CPU for no pinning */
    bool is_raised;  /* before the machine's other work, with all that it starts, where
                      * that is permitted (priority.h) */
    bool is_cleanup; /* run although a signal has asked us to end */
};
#define PROCESS_ANY_CPU (-1)

enum process_end {
    PROCESS_EXITED,      /* exit_code says how */
    PROCESS_SIGNALLED,   /* signal_number says by which signal */
    PROCESS_TIMED_OUT,   /* it and its process group were killed */
    PROCESS_NOT_STARTED, /* start_errno says why: no such program, no such directory... */
};

/* What failed where a run could not be started. */
enum process_step {
    PROCESS_STEP_PROCESS, /* making a process */
    PROCESS_STEP_CPU,     /* pinning it to spec's CPU */
    PROCESS_STEP_STDIN,   /* opening one of its files */
    PROCESS_STEP_STDOUT,
    PROCESS_STEP_STDERR,
    PROCESS_STEP_DIRECTORY, /* entering its directory */
    PROCESS_STEP_PROGRAM,   /* finding or executing the program */
};

/* What one run did. Times in nanoseconds. Only the field of its end is set of the four
 * after end; where it was not started, nothing else is.
 *
 * Whose figures they are: the program's with all its threads, those of the descendants
 * that were waited for, and those of what it left behind, up to when that was killed. A
 * child that nobody waits for, as its parent ignores SIGCHLD, is missing, but for its CPU
 * time where runs have a cgroup of their own (accounting.h), and for what hardware
 * counters see. Peak memory is that of the largest process among them. The two waits are
 * those of the program's main thread alone, for the kernel keeps no sum of them; a
 * program that works in other threads or processes waits longer than they say. */
struct process_result {
    enum process_end end;
    int exit_code;
    int signal_number;
    int start_errno;
    enum process_step start_step; /* with start_errno */
    int64_t wall_ns;              /* exec to exit */
    int64_t user_ns;
    int64_t system_ns;
    int64_t peak_rss_bytes;
    int64_t minor_faults;
    int64_t major_faults;
    int64_t voluntary_switches;
    int64_t involuntary_switches;

    uint64_t told; /* METRIC_BIT of those of the following that this machine counts; the
                    * others are 0 */
    int64_t run_queue_wait_ns; /* could have run, but had no CPU; a part of wall_ns */
    int64_t io_wait_ns; /* stood still for a disk; in steps of 10 ms, and only where the
                         * kernel counts it (sysctl kernel.task_delayacct=1) */
    /* By calls like read and write, from and to whatever: files, pipes, terminals; the
     * loading of programs is in it, mapped memory is not. */
    int64_t read_bytes;
    int64_t written_bytes;
    int64_t read_calls;
    int64_t write_calls;
    /* What had to be read from a disk, and what will have to be written to one, in whole
     * pages; nothing for file systems in memory. */
    int64_t disk_read_bytes;
    int64_t disk_written_bytes;
    /* In user mode, from the program's first instruction on. Told where the event counted
     * all the time; an estimate, where it had to share the hardware, is not told. */
    int64_t instructions;
    int64_t cycles;
    int64_t branch_misses;
    int64_t cache_misses;
};

/* The spawner's process and the socket to it. Opaque. */
struct spawner;

/* Starts the spawner program "pawl-spawner", looked for beside the running executable,
 * then in ../libexec/pawl from there; $PAWL_SPAWNER overrides (tests). NULL with
 * ERROR_SYSTEM. */
struct spawner *spawner_open(struct error *err) MUST_CHECK;
/* Ends the spawner and with it whatever it still runs. NULL is fine. */
void spawner_close(struct spawner *spawner);
void spawner_release(struct spawner **spawner);
#define AUTO_SPAWNER AUTO(spawner_release)

/* How runs are counted here. Borrowed. */
const struct accounting *spawner_accounting(const struct spawner *spawner);

/* Whether runs can be put before other work. Borrowed. */
const struct priority *spawner_priority(const struct spawner *spawner);

/* Peak memory of the spawner itself: no run can show less. */
int64_t spawner_floor_rss_bytes(const struct spawner *spawner);

/* CPU time of the spawner and of everything that it ran and waited for so far; in ticks
 * of mostly 10 ms. */
int64_t spawner_cpu_ns(const struct spawner *spawner);

/* Runs spec to its end. However the run ends is a result, not an error; afterwards
 * nothing of its process group is left, nor any orphan of it. -1 with ERROR_SYSTEM for
 * trouble with the spawner, with ERROR_INTERRUPTED when a signal asked us to end (the run
 * is killed first). */
int process_run(struct spawner *spawner,
                const struct process_spec *spec,
                struct process_result *result,
                struct error *err) MUST_CHECK;

/* The two halves of process_run, for runs that are to be under way at the same time: each
 * needs a spawner of its own. Between them the spec and what it points at must stay as
 * they are. Every run that was started has to be finished, or abandoned. */
int process_start(struct spawner *spawner,
                  const struct process_spec *spec,
                  struct error *err) MUST_CHECK;
int process_finish(struct spawner *spawner,
                   const struct process_spec *spec,
                   struct process_result *result,
                   struct error *err) MUST_CHECK;
/* Ends a run that was started and whose result nobody wants. */
void process_abandon(struct spawner *spawner);

/* Two runs at the same time, from their beginning; the first is started first. Where
 * something goes wrong with one of them, neither is left running. */
struct process_one {
    struct spawner *spawner; /* another one for each */
    const struct process_spec *spec;
    struct process_result *result;
};
int process_run_together(const struct process_one *first,
                         const struct process_one *second,
                         struct error *err) MUST_CHECK;

/* True for exit code 0. */
bool process_succeeded(const struct process_result *result);
/* "exited with 3", "was killed by SIGSEGV", "took longer than 2.00 s", "could not be
 * started: cannot run 'x': No such file or directory". Of the spec, its time limit is
 * read, and where the process was not started, all that it names. The caller's. */
char *process_describe(const struct process_spec *spec,
                       const struct process_result *result) MUST_CHECK;
