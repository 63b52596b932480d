/* What the parts of check_explain share. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/cli/check.h"
#include "gate/explain/costs.h"

struct error;

/* A bench that is to be explained, for its row that changed most. */
struct chosen {
    const struct bench *bench; /* the gate's */
    const struct row *row;     /* the result's */
    const struct growth_result
        *growth; /* that got worse, where it is explained for that */
    bool is_improvement;
    double severity; /* how much it changed */
};
struct chosen_list {
    struct chosen *items; /* regressed ones first, the worst first */
    size_t count;
    size_t capacity;
};
#define AUTO_CHOSEN AUTO(chosen_clear)
void chosen_clear(struct chosen_list *chosen);

/* One size of each benchmark, and a few in all; says what it leaves out. */
void explain_choose(const struct check *check,
                    enum explain_scope scope,
                    struct chosen_list *chosen,
                    struct strvec *left_out);

/* While benches are explained. */
struct explaining {
    struct check *check;
    const struct chosen_list *chosen;
    int64_t started_ns;
    const char *without_lines; /* why profiles have no source lines; NULL: they may */
    char *why_no_profile;      /* a clause; NULL where profiles can be had. Owned */
    struct strvec known[SIDE_COUNT]; /* files of the trees, sorted */
};
void explaining_clear(struct explaining *explaining);
#define AUTO_EXPLAINING AUTO(explaining_clear)

/* Fills in the trees of check->explain: builds with debug information where there was
 * none and the recipe makes the same program with it; else the gate's own. */
int explain_build(struct explaining *explaining, struct error *err) MUST_CHECK;

/* Profiles the bench of check->explain on both sides, and tells what that says. */
int explain_profile(struct explaining *explaining,
                    const struct bench *bench,
                    struct explanation *explanation,
                    struct error *err) MUST_CHECK;

/* The same benchmark at another size, for how calls grow. { 0 } is of none. */
struct other_size {
    struct costs costs[SIDE_COUNT]; /* finished, where it is profiled */
    double n;
    bool is_profiled;
};
void other_size_clear(struct other_size *other);
#define AUTO_OTHER_SIZE AUTO(other_size_clear)

/* How much a run of the bench does, by its config; NAN where that is not known. */
double explain_size_of(const struct bench *bench);

/* The smallest size of the gate's bench of that name, or the largest where it is the
 * smallest itself, the other parameters being the same; NULL where it has one size. */
const struct bench *explain_other_size(const struct check *check, const char *bench_id);

/* What is left of the time for explanations. */
double explain_seconds_left(const struct explaining *explaining);
/* Whether it suffices for both sides under callgrind. */
bool explain_fits(const struct explaining *explaining, const char *bench_id);

/* One side's run of the bench under callgrind, added to costs: 1, or 0 where that is left
 * out, or -1 for trouble of ours. */
int explain_profile_side(struct explaining *explaining,
                         const struct bench *bench,
                         enum side side,
                         struct costs *costs,
                         struct error *err) MUST_CHECK;

/* Profiles both sides of the other size of the bench, where it has one, was profiled
 * itself and time is left. */
int explain_profile_other(struct explaining *explaining,
                          const struct bench *bench,
                          struct other_size *other,
                          struct error *err) MUST_CHECK;

/* Likewise by samples, for what callgrind would take too long for. */
int explain_sample(struct explaining *explaining,
                   const struct bench *bench,
                   struct explanation *explanation,
                   struct error *err) MUST_CHECK;

/* One side's run of the bench sampled, as check->counter.sampling says, and added to
 * the pair's costs and paths: 1, or 0 with why_not (the caller's), or -1 for trouble of
 * ours. */
int explain_sample_side(struct explaining *explaining,
                        const struct bench *bench,
                        enum side side,
                        struct profile_pair *pair,
                        char **why_not,
                        struct error *err) MUST_CHECK;

/* The name of a harness, run alone: where one of its operations takes longer. */
int explain_harness(struct explaining *explaining,
                    const struct bench *bench,
                    struct explanation *explanation,
                    struct error *err) MUST_CHECK;

/* One of check->profiles, empty. */
struct profile_pair *explain_new_pair(struct check *check, const struct bench *bench);

/* Counts the system calls of one run a side, and what they do to which files; the table
 * of calls stays empty unless keeps_calls. */
int explain_syscalls(struct explaining *explaining,
                     const struct bench *bench,
                     bool keeps_calls,
                     struct explanation *explanation,
                     struct error *err) MUST_CHECK;

/* Whether the files are worth a run, by what the profiles show. */
bool explain_wants_files(const struct explaining *explaining,
                         const struct explanation *explanation);

/* Fills in what the profiles and the rows smell of: last, when all is known. */
int explain_smells(struct explaining *explaining,
                   const struct bench *bench,
                   const struct other_size *other,
                   struct explanation *explanation,
                   struct error *err) MUST_CHECK;

/* One run of the bench while counting. *failure is the caller's: why nothing was counted;
 * NULL where it was. */
int explain_run(struct explaining *explaining,
                const struct bench *bench,
                enum side side,
                enum counting counting,
                char **failure,
                struct error *err) MUST_CHECK;

/* Notes that something was not explained. */
void explain_leave_out(struct explaining *explaining, const char *format, ...)
    PRINTF_LIKE(2, 3);
