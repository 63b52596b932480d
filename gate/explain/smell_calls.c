/* Rules over calls of functions that everybody knows. */
#include <math.h>

#include "gate/base/array.h"
#include "gate/base/units.h"
#include "gate/explain/smell_rule.h"

/* docs/explain.md says why these. Shares are of all instructions. */
#define LEAST_REGEXES      10
#define LEAST_REGEX_SHARE  0.01
#define LEAST_QUERIES      100
#define LEAST_QUERIES_OF_N 20
#define PART_OF_N          0.5
#define LEAST_QUERY_SHARE  0.05
#define LEAST_EXPONENT     0.7
#define LEAST_WORK         100
#define MORE_WORK          10
#define LEAST_WORK_SHARE   0.05
#define LEAST_INDENT       0.05

static enum side other_of(enum side side)
{
    return side == SIDE_HEAD ? SIDE_BASE : SIDE_HEAD;
}

/* Calls that are the tree's own where most of them are: libraries use their own functions
 * too. */
static double calls_of(const struct costs *costs, uint32_t function, bool by_tree)
{
    return by_tree ? (double)call_site_from_tree(costs, function)
                   : (double)costs->functions.items[function].calls;
}

bool smell_find_loop(const struct smell_evidence *evidence,
                     enum side side,
                     const char *const *names,
                     struct smell *smell)
{
    const struct costs *costs = smell_costs(evidence, side);
    const struct costs *other = smell_costs(evidence, other_of(side));
    if (!costs || !other)
        return false;
    uint32_t callee = call_site_most_called(costs, names);
    if (callee == COSTS_NONE)
        return false;
    const struct costs_function *function = &costs->functions.items[callee];
    const char *const same[] = { function->name, NULL };
    uint32_t before = call_site_most_called(other, same);
    bool by_tree = 2 * call_site_from_tree(costs, callee) >= function->calls;
    smell->site = call_site_of(costs, callee, by_tree);
    smell->figure = calls_of(costs, callee, by_tree);
    smell->other = before == COSTS_NONE ? 0 : calls_of(other, before, by_tree);
    smell->share = smell_share(costs, callee);
    return smell->site.loop != COSTS_NONE;
}

static bool compiles_regexes(const struct smell_evidence *evidence,
                             const char *bench_id,
                             enum side side,
                             struct smell *smell)
{
    static const char *const names[] = {
        "regcomp",      "pcre2_compile_8", "pcre2_compile_16", "pcre2_compile_32",
        "pcre_compile", "pcre_compile2",   "pcre16_compile",   "re_compile_pattern",
        "hs_compile",   "onig_new",        "g_regex_new",      NULL
    };
    (void)bench_id;
    return smell_find_loop(evidence, side, names, smell) &&
           smell->figure >= LEAST_REGEXES && smell->share >= LEAST_REGEX_SHARE;
}

/* At two sizes, what is run for each row grows with n. */
static bool is_often(const struct smell_evidence *evidence,
                     enum side side,
                     uint32_t function,
                     double queries)
{
    double exponent = smell_exponent(evidence, side, function);
    if (isfinite(exponent))
        return exponent >= LEAST_EXPONENT && queries >= LEAST_QUERIES_OF_N;
    return queries >= LEAST_QUERIES ||
           (smell_knows_n(evidence) && queries >= LEAST_QUERIES_OF_N &&
            queries >= PART_OF_N * evidence->n);
}

static void
add_n(const struct smell_evidence *evidence, enum side side, struct smell *smell)
{
    if (smell_knows_sizes(evidence)) {
        smell_add_sizes(evidence, side, smell->site.callee, &smell->figures);
        return;
    }
    if (!smell_knows_n(evidence))
        return;
    str_add(&smell->figures, "n is ");
    units_add_count(&smell->figures, evidence->n);
}

/* Compiled anew for each row: the text of a query is parsed and planned each time. */
static bool compiles_queries(const struct smell_evidence *evidence,
                             const char *bench_id,
                             enum side side,
                             struct smell *smell)
{
    static const char *const names[] = { "sqlite3_prepare_v2",
                                         "sqlite3_prepare_v3",
                                         "sqlite3_prepare",
                                         "sqlite3_prepare16_v2",
                                         "sqlite3_exec",
                                         "sqlite3_get_table",
                                         "PQexec",
                                         "PQexecParams",
                                         "PQprepare",
                                         "mysql_query",
                                         "mysql_real_query",
                                         NULL };
    (void)bench_id;
    if (!smell_find_loop(evidence, side, names, smell) ||
        !is_often(evidence, side, smell->site.callee, smell->figure) ||
        smell->share < LEAST_QUERY_SHARE)
        return false;
    add_n(evidence, side, smell);
    return true;
}

/* One query, run anew for each row, by what also reads its results: what only writes has
 * to. */
static bool repeats_queries(const struct smell_evidence *evidence,
                            const char *bench_id,
                            enum side side,
                            struct smell *smell)
{
    static const char *const again[] = { "sqlite3_reset", NULL };
    static const char *const reads[] = { "sqlite3_column_*", NULL };
    static const char *const steps[] = { "sqlite3_step", NULL };
    struct smell read = { .figures = STR_INIT };
    (void)bench_id;
    if (!smell_find_loop(evidence, side, again, smell) ||
        !is_often(evidence, side, smell->site.callee, smell->figure) ||
        !smell_find_loop(evidence, side, reads, &read) || read.figure < smell->figure ||
        (read.site.caller != smell->site.caller && read.site.loop != smell->site.loop))
        return false;
    const struct costs *costs = smell_costs(evidence, side);
    uint32_t step = call_site_most_called(costs, steps);
    smell->share = step == COSTS_NONE ? (double)NAN : smell_share(costs, step);
    add_n(evidence, side, smell);
    return smell->share >= LEAST_QUERY_SHARE;
}

/* What is better done once than for each row, where base did it far less often. */
static bool works_in_a_loop(const struct smell_evidence *evidence,
                            const char *bench_id,
                            enum side side,
                            struct smell *smell)
{
    static const char *const names[] = { "json_loads", "json_loadb", "json_load_file",
                                         "json_loadf", "qsort",      "qsort_r",
                                         "strlen",     NULL };
    (void)bench_id;
    for (size_t i = 0; names[i] && smell_costs_more(evidence); i++) {
        const char *const one[] = { names[i], NULL };
        if (smell_find_loop(evidence, side, one, smell) && smell->figure >= LEAST_WORK &&
            smell->figure >= MORE_WORK * smell->other && smell->share >= LEAST_WORK_SHARE)
            return true;
    }
    return false;
}

/* jansson's, which is called for every value and only costs where JSON is indented. */
static bool indents(const struct smell_evidence *evidence,
                    const char *bench_id,
                    enum side side,
                    struct smell *smell)
{
    static const char *const names[] = { "dump_indent", NULL };
    (void)bench_id;
    return smell_find_loop(evidence, side, names, smell) && smell->share >= LEAST_INDENT;
}

static const struct smell_rule rules[] = {
    { "regex compiled in a loop", "compile it once, before the loop, and keep it",
      compiles_regexes },
    { "a query a row",
      "ask for all rows by one query (a join, or 'in'), outside the loop",
      compiles_queries },
    { "a query a row",
      "ask for all rows by one query (a join, or 'in'), outside the loop",
      repeats_queries },
    { "done for each row",
      "do it once, before the loop or after it, and keep what it came "
      "to",
      works_in_a_loop },
    { "pretty output of much data",
      "leave the indentation to those who read it: "
      "JSON_COMPACT",
      indents },
};
const struct smell_rules smell_calls = { rules, sizeof rules / sizeof *rules };
