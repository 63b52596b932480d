/* What `pawl selftest` injects, what the gate should say to it, and whether it did. Pure.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/cli/selftest_program.h"
#include "gate/verdict/result.h"

struct str;

/* A change of one kind of work by a known share, measured on its own. */
struct selftest_case {
    const char *bench; /* "cpu", "memory" or "wait" */
    enum metric metric;
    int change_pct; /* 5: 5 % more of it; 0: no change, but measured */
    bool must_fire;
};

extern const struct selftest_case selftest_cases[];
extern const size_t selftest_case_count;

/* "cpu +5 %", "wait no change", and for a branch and a folder "cpu-5". The caller's. */
char *selftest_case_name(const struct selftest_case *what) MUST_CHECK;
char *selftest_case_branch(const struct selftest_case *what) MUST_CHECK;

/* Whether the pattern (with * ? of file names) is about the case: by its bench, "memory",
 * or by its branch, "cpu-5". */
bool selftest_case_matches(const struct selftest_case *what, const char *pattern);

/* The base's work with the case's change in it; work that is a multiple of 100 is changed
 * exactly. */
struct selftest_work selftest_case_work(const struct selftest_case *what,
                                        const struct selftest_work *base);

enum selftest_finding {
    SELFTEST_RIGHT,
    SELFTEST_DEAF,       /* silent where it had to fire */
    SELFTEST_CRYING,     /* fired, or saw an improvement, where nothing of it was */
    SELFTEST_UNMEASURED, /* neither: no pairs, or no verdict */
    SELFTEST_FINDING_COUNT
};

/* exit_code is that of `pawl check`, which has to fit, too. */
enum selftest_finding selftest_case_judge(const struct selftest_case *what,
                                          int exit_code,
                                          const struct result *result);

/* One line: what was injected, what was to be said, what was said. */
void selftest_case_add_line(const struct selftest_case *what,
                            const struct result *result,
                            enum selftest_finding finding,
                            struct str *out);
