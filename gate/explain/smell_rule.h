/* What the files of rules share: a row a rule, in the order of worth. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/str.h"
#include "gate/experiment/pair.h"
#include "gate/explain/call_site.h"
#include "gate/explain/smells.h"

/* What a rule found on one side. */
struct smell {
    struct call_site site; /* callee COSTS_NONE: it is about the whole run */
    const char *called;    /* the callee as programs know it; NULL: as the profile does */
    double figure;         /* that the rule is about, on this side */
    double other;          /* on the other */
    double share;          /* of the side's instructions; NAN */
    struct str figures;    /* said where site says nothing, or behind it */
};

struct smell_rule {
    const char *name;
    const char *look_at;
    /* Whether it holds of the side; then *smell, which is empty before, is filled in. */
    bool (*holds)(const struct smell_evidence *evidence,
                  const char *bench_id,
                  enum side side,
                  struct smell *smell);
};

struct smell_rules {
    const struct smell_rule *items;
    size_t count;
};
/* By calls of known functions; by files; by calls at two sizes; by calls against n and
 * base; by the kernel's figures. */
extern const struct smell_rules smell_calls;
extern const struct smell_rules smell_files;
extern const struct smell_rules smell_sizes;
extern const struct smell_rules smell_growth;
extern const struct smell_rules smell_memory;
extern const struct smell_rules smell_kernel;

/* Fills in where the most called of the functions (NULL ends them) is called in a loop;
 * false where none is. */
bool smell_find_loop(const struct smell_evidence *evidence,
                     enum side side,
                     const char *const *names,
                     struct smell *smell);
/* NULL where the side was not profiled. */
const struct costs *smell_costs(const struct smell_evidence *evidence, enum side side);
bool smell_knows_n(const struct smell_evidence *evidence);
/* Whether the benchmark was profiled at two sizes that are far enough apart. */
bool smell_knows_sizes(const struct smell_evidence *evidence);
/* How often the function (of the side's costs) is called at the other size, and k where
 * its calls go like n^k between the two; NAN where that is not known. */
double smell_calls_at_other(const struct smell_evidence *evidence,
                            enum side side,
                            uint32_t function);
double
smell_exponent(const struct smell_evidence *evidence, enum side side, uint32_t function);
/* "40 at n = 40, 400 at n = 400: n^1.0", behind "; " where there is text; nothing where
 * sizes are not known. */
void smell_add_sizes(const struct smell_evidence *evidence,
                     enum side side,
                     uint32_t function,
                     struct str *text);
/* Whether a function of head is the tree's, or one of the C library's that is mostly
 * called by hand. */
bool smell_is_one_to_watch(const struct smell_evidence *evidence, uint32_t function);
/* Whether head executed more: what came with a change that saves is no reason to worry.
 */
bool smell_costs_more(const struct smell_evidence *evidence);
/* The function's part of all instructions, with what it calls. */
double smell_share(const struct costs *costs, uint32_t function);
