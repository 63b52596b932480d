/* The program that `pawl selftest` slows down: its source, the numbers in it that say how
 * much work it does, and the pawl.json that measures it. Text only. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"

/* How much of each kind of work a commit's program does. The numbers become constants in
 * work.h: two programs differ in nothing else, and the loop's change is exact. */
struct selftest_work {
    int64_t turns;      /* of the loop that `work cpu` runs */
    int64_t memory_kib; /* touched by `work memory` */
    int64_t wait_us;    /* waited by `work wait` */
};

/* work.c, the same in every commit. */
extern const char selftest_program_text[];
/* How work is made of work.c and work.h; for a shell. */
extern const char selftest_build_command[];

/* work.h; the remark, of letters, digits and blanks, becomes a comment. The caller's. */
char *selftest_work_text(const struct selftest_work *work, const char *remark) MUST_CHECK;

/* pawl.json, with a bench for each kind of work, judged by what it does and by its
 * memory. The margin is a percentage as pawl.json has it. The caller's. */
char *selftest_config_text(const char *cpu_margin) MUST_CHECK;
