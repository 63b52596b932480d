#include "gate/cli/selftest_case.h"

#include <fnmatch.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/build/printable.h"
#include "gate/cli/exit_code.h"

enum {
    REASON_CHARACTERS = 80
};

/* At a margin of 2 % for CPU time. Changes up to the margin itself may stay undecided;
 * the wait's is large because its margin is, and because a sleeper on a busy machine is
 * woken late. */
const struct selftest_case selftest_cases[] = {
    { "cpu", METRIC_CPU, 0, false },         { "cpu", METRIC_CPU, 1, false },
    { "cpu", METRIC_CPU, 2, false },         { "cpu", METRIC_CPU, 5, true },
    { "cpu", METRIC_CPU, 10, true },         { "memory", METRIC_PEAK_RSS, 0, false },
    { "memory", METRIC_PEAK_RSS, 20, true }, { "wait", METRIC_WALL, 0, false },
    { "wait", METRIC_WALL, 50, true },
};
const size_t selftest_case_count = sizeof selftest_cases / sizeof *selftest_cases;

char *selftest_case_name(const struct selftest_case *what)
{
    if (!what->change_pct)
        return str_format("%s no change", what->bench);
    return str_format("%s +%d %%", what->bench, what->change_pct);
}

char *selftest_case_branch(const struct selftest_case *what)
{
    return str_format("%s-%d", what->bench, what->change_pct);
}

bool selftest_case_matches(const struct selftest_case *what, const char *pattern)
{
    AUTO_FREE char *branch = selftest_case_branch(what);
    return fnmatch(pattern, what->bench, 0) == 0 || fnmatch(pattern, branch, 0) == 0;
}

static void grow(int64_t *amount, int change_pct)
{
    *amount += *amount * change_pct / 100;
}

struct selftest_work selftest_case_work(const struct selftest_case *what,
                                        const struct selftest_work *base)
{
    struct selftest_work work = *base;
    if (what->metric == METRIC_CPU)
        grow(&work.turns, what->change_pct);
    else if (what->metric == METRIC_PEAK_RSS)
        grow(&work.memory_kib, what->change_pct);
    else
        grow(&work.wait_us, what->change_pct);
    return work;
}

static bool is_watched(const struct selftest_case *what, const struct row *row)
{
    return row->is_judged && row->metric == what->metric &&
           str_equal(row->bench_id, what->bench);
}

static const struct row *find_row(const struct selftest_case *what,
                                  const struct result *result)
{
    for (size_t i = 0; i < result->rows.count; i++) {
        if (is_watched(what, &result->rows.items[i]))
            return &result->rows.items[i];
    }
    return NULL;
}

/* Any judged row that changed, in the gate's opinion, though nothing was done to it. */
static const struct row *find_cry(const struct selftest_case *what,
                                  const struct result *result)
{
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        bool may_fire = what->must_fire && is_watched(what, row);
        if (row->is_judged && ((row->verdict == VERDICT_REGRESSED && !may_fire) ||
                               row->verdict == VERDICT_IMPROVED))
            return row;
    }
    return NULL;
}

static bool was_measured(const struct row *row)
{
    return row && row->pair_count &&
           (row->verdict == VERDICT_OK || row->verdict == VERDICT_IMPROVED ||
            row->verdict == VERDICT_INCONCLUSIVE || row->verdict == VERDICT_REGRESSED);
}

enum selftest_finding selftest_case_judge(const struct selftest_case *what,
                                          int exit_code,
                                          const struct result *result)
{
    const struct row *row = find_row(what, result);
    if (!was_measured(row) || (exit_code != EXIT_PASS && exit_code != EXIT_REGRESSION))
        return SELFTEST_UNMEASURED;
    if (find_cry(what, result))
        return SELFTEST_CRYING;
    if (what->must_fire)
        return row->verdict == VERDICT_REGRESSED && exit_code == EXIT_REGRESSION
                   ? SELFTEST_RIGHT
                   : SELFTEST_DEAF;
    return exit_code == EXIT_PASS ? SELFTEST_RIGHT : SELFTEST_CRYING;
}

static const char *words_of(enum verdict verdict)
{
    return verdict == VERDICT_INCONCLUSIVE ? "not decided" : verdict_name(verdict);
}

static void
add_said(const struct selftest_case *what, const struct result *result, struct str *out)
{
    const struct row *row = find_row(what, result);
    const struct row *cry = find_cry(what, result);
    if (!row) {
        str_add(out, "nothing");
        return;
    }
    str_addf(out, "%s (", words_of(row->verdict));
    if (row->pair_count)
        units_add_change_pct(out, row->change);
    else
        printable_add(out, row->reason, strlen(row->reason), "", REASON_CHARACTERS);
    str_addf(out, ", %zu pairs)", row->pair_count);
    if (cry && cry != row)
        str_addf(out, ", %s %s", metric_info(cry->metric)->name, words_of(cry->verdict));
}

static const char *const finding_words[SELFTEST_FINDING_COUNT] = {
    [SELFTEST_RIGHT] = "as it should",
    [SELFTEST_DEAF] = "WRONG: deaf",
    [SELFTEST_CRYING] = "WRONG: cries",
    [SELFTEST_UNMEASURED] = "WRONG: not measured",
};

void selftest_case_add_line(const struct selftest_case *what,
                            const struct result *result,
                            enum selftest_finding finding,
                            struct str *out)
{
    const struct row *row = find_row(what, result);
    AUTO_FREE char *name = selftest_case_name(what);
    AUTO_FREE char *margin =
        row ? str_format("margin %.3g %%", row->margin * 100) : xstrdup("");
    AUTO_STR struct str said = STR_INIT;
    add_said(what, result, &said);
    str_addf(out, "%-17s  %-13s  expected %-13s  said %-34s  %s\n", name, margin,
             what->must_fire ? "regressed" : "not regressed", said.data,
             finding_words[finding]);
}
