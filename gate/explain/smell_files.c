/* Files that are opened, or read from their beginning, again and again. */
#include <math.h>

#include "gate/base/units.h"
#include "gate/explain/file_phrase.h"
#include "gate/explain/smell_rule.h"
#include "gate/verdict/explanation.h"

/* docs/explain.md says why these. */
#define LEAST_OPENS 50
#define MORE_OPENS  2
#define PART        0.5 /* of the opens, that one file must have to be named */

static const char *const openers[] = { "fopen",  "fopen64",  "open", "open64",
                                       "openat", "openat64", NULL };
static const char *const rewinders[] = { "rewind",   "fseek",   "fseeko",  "lseek",
                                         "fseeko64", "lseek64", "fsetpos", NULL };

static double begun(const struct explained_file *file, enum side side)
{
    return (double)file->sides[side].opens + (double)file->sides[side].rewinds;
}

/* The file that the side begins most often; NULL where no files are known. */
static const struct explained_file *most_begun(const struct smell_evidence *evidence,
                                               enum side side)
{
    const struct explained_file *most = NULL;
    for (size_t i = 0; evidence->told && i < evidence->told->files.count; i++) {
        const struct explained_file *file = &evidence->told->files.items[i];
        if (!most || begun(file, side) > begun(most, side))
            most = file;
    }
    return most;
}

static bool is_too_often(double figure, double other)
{
    return figure >= LEAST_OPENS && figure >= MORE_OPENS * other;
}

/* Where the profile does not show it, files may: those of programs without valgrind, and
 * those that are read from their beginning and opened once. */
static bool
holds_by_files(const struct explained_file *file, enum side side, struct smell *smell)
{
    enum side other = side == SIDE_HEAD ? SIDE_BASE : SIDE_HEAD;
    smell->site = (struct call_site){ .callee = COSTS_NONE,
                                      .caller = COSTS_NONE,
                                      .loop = COSTS_NONE };
    smell->share = (double)NAN;
    smell->figure = file ? begun(file, side) : 0;
    smell->other = file ? begun(file, other) : 0;
    if (!is_too_often(smell->figure, smell->other))
        return false;
    file_phrase_add_begun(&smell->figures, file, side);
    return true;
}

static bool opens_again(const struct smell_evidence *evidence,
                        const char *bench_id,
                        enum side side,
                        struct smell *smell)
{
    const struct explained_file *file = most_begun(evidence, side);
    (void)bench_id;
    if (!smell_find_loop(evidence, side, openers, smell) ||
        !is_too_often(smell->figure, smell->other))
        return holds_by_files(file, side, smell);
    if (file && (double)file->sides[side].opens >= PART * smell->figure)
        file_phrase_add_begun(&smell->figures, file, side);
    return true;
}

static bool calls_more(const struct smell_evidence *evidence, const char *const *names)
{
    const struct costs *base = smell_costs(evidence, SIDE_BASE);
    const struct costs *head = smell_costs(evidence, SIDE_HEAD);
    uint32_t of_head = head ? call_site_most_called(head, names) : COSTS_NONE;
    uint32_t of_base = base ? call_site_most_called(base, names) : COSTS_NONE;
    if (of_head == COSTS_NONE)
        return false;
    return is_too_often(
        (double)head->functions.items[of_head].calls,
        of_base == COSTS_NONE ? 0 : (double)base->functions.items[of_base].calls);
}

bool smell_wants_files(const struct smell_evidence *evidence)
{
    return calls_more(evidence, openers) || calls_more(evidence, rewinders);
}

static const struct smell_rule rules[] = {
    { "opened again and again",
      "open and read it once, before the loop, where it is the "
      "same file",
      opens_again },
};
const struct smell_rules smell_files = { rules, sizeof rules / sizeof *rules };
