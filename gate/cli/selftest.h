/* The parts of `pawl selftest`: a place for it, the commits in it, a check of each. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/build/scratch.h"
#include "gate/cli/selftest_case.h"
#include "gate/cli/selftest_program.h"

struct error;

struct selftest_options {
    char *const *patterns;  /* of the cases that are tried; borrowed */
    size_t pattern_count;   /* 0: all are */
    const char *cpu_margin; /* a percentage, as typed */
    uint64_t seed;
    bool keeps;
    bool is_verbose;
};

/* A directory of its own in the user's cache, with a repository, reports, and a cache of
 * its own. Gone with selftest_place_clear, or kept but for that cache. */
struct selftest_place {
    char *directory;
    char *repository;
    char *reports;
    char *cache;
    bool is_kept;
    struct scratch scratch; /* where it is not kept: swept also after a kill */
};
#define SELFTEST_PLACE_INIT ((struct selftest_place){ .scratch = SCRATCH_INIT })
#define AUTO_SELFTEST_PLACE AUTO(selftest_place_clear)

/* place must be SELFTEST_PLACE_INIT. From here on this process has its cache in it, too,
 * and knows nothing of the CI that it runs in. */
int selftest_place_open(struct selftest_place *place, bool is_kept, struct error *err)
    MUST_CHECK;
void selftest_place_clear(struct selftest_place *place);

/* What a run of the base's loop should take: enough for start-up to be a few percent of
 * it only, and little enough for hundreds of pairs. */
#define SELFTEST_CPU_NS INT64_C(15000000)

/* How much work the base does: builds the program in the place and runs it, so that the
 * loop takes about SELFTEST_CPU_NS here. ERROR_BUILD where there is no compiler. */
int selftest_calibrate(const struct selftest_place *place,
                       struct selftest_work *work,
                       struct error *err) MUST_CHECK;

/* The repository: a branch "base", and one a case on top of it. */
int selftest_commit(const struct selftest_place *place,
                    const struct selftest_work *work,
                    const char *cpu_margin,
                    struct error *err) MUST_CHECK;

/* Runs `pawl check` on the case; its exit code, or -1. Its report goes to a folder of the
 * case's. result must be { 0 }, and is the caller's to clear. */
int selftest_check(const struct selftest_place *place,
                   const struct selftest_case *what,
                   const struct selftest_options *options,
                   struct result *result,
                   struct error *err) MUST_CHECK;
