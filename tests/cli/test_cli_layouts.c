/* Other layouts of the code: what does not hold there is not the change's doing.
 *
 * How fast code is where it lies is up to the machine, so the programs here are told by
 * their recipe whether they are built in another layout, and print a time by it. That
 * real code is moved, and real accidents told from changes, tests/bench/layouts.sh shows.
 */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define CHECK "check --pairs 40 --json ../result.json"

/* A recipe that passes the flags on and tells the program: MOVED is 1 in other layouts.
 */
#define HONOURS                                                                           \
    "cc -O1 $PAWL_LAYOUT_CFLAGS -DMOVED=$(test -z \\\"$PAWL_LAYOUT_CFLAGS\\\"; echo $?) " \
    "-o bench bench.c $PAWL_LAYOUT_LDFLAGS"

/* What operations take is printed by the program: numbers, and no times. */
#define MARGINS GATE_NO_TIME ", \"p50\": \"20%\", \"p95\": \"none\", \"p99\": \"none\""

static void write_config(struct sandbox *sandbox, const char *top, const char *recipe)
{
    AUTO_FREE char *text =
        str_format("{ \"version\": 1, %s\n"
                   "  \"build\": { \"shell\": true, \"run\": [\"%s\"] },\n"
                   "  \"margins\": { %s },\n"
                   "  \"suites\": [{ \"name\": \"suite\", \"benchmarks\": [\n"
                   "    { \"name\": \"spin\", \"run\": \"./bench\",\n"
                   "      \"samples\": \"stdout\" }] }] }\n",
                   top, recipe, MARGINS);
    sandbox_write(sandbox, "project/pawl.json", text);
}

static void commit(struct sandbox *sandbox, const char *us, const char *message)
{
    AUTO_FREE char *statement = str_format("printf(\"%%ld\\n\", (%s) * 1000L);", us);
    gate_write_bench(sandbox, statement, 1);
    repository_commit_all(sandbox, "project", message, NULL);
}

/* Two commits whose operation takes so many microseconds: expressions of MOVED. */
static void make_project(struct sandbox *sandbox,
                         const char *recipe,
                         const char *base,
                         const char *head)
{
    repository_make(sandbox, "project");
    write_config(sandbox, "", recipe);
    commit(sandbox, base, "base");
    commit(sandbox, head, "head");
}

static size_t count_parts(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        count++;
    return count;
}

static void accident_of_the_usual_layout_is_layout_sensitive(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, HONOURS, "4000", "MOVED ? 4001 : 10000");

    struct outcome outcome = pawl_exits(sandbox, 1, CHECK " --fail-on layout");
    AUTO_FREE char *result = sandbox_read(sandbox, "result.json");

    assert_contains(outcome.out, "No: 1 of 1 row is layout-sensitive.");
    assert_contains(outcome.out, "layout-sensitive  spin p50");
    assert_contains(outcome.err, "layout 1: -falign-functions=");
    assert_contains(outcome.err, "building base in another layout (");
    assert_contains(result, "\"verdict\": \"layout-sensitive\"");
    assert_true(count_parts(result, "\"compile_flags\": \"-falign-functions=") >= 5);
    outcome_clear(&outcome);
}

static void change_that_holds_is_regressed(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, HONOURS, "4000", "10000");

    struct outcome outcome = pawl_exits(sandbox, 1, CHECK " --markdown ../report.md");
    AUTO_FREE char *report = sandbox_read(sandbox, "report.md");

    assert_contains(outcome.out, "No: 1 of 1 row got slower.");
    assert_contains(outcome.out, "holds wherever the code lies: +");
    assert_contains(report, "### Other layouts of the code");
    assert_contains(report, "| worse in 5 of 5 |");
    /* the usual two and two of each layout, in the cache */
    assert_int_equal(count_entries(sandbox, "cache/builds") / 2, 2 + 2 * 5);
    outcome_clear(&outcome);
}

static void recipe_that_ignores_the_flags_is_noticed(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, "cc -O1 -DMOVED=0 -o bench bench.c; date >built.log", "4000",
                 "10000");

    struct outcome outcome = pawl_exits(sandbox, 1, CHECK);
    AUTO_FREE char *result = sandbox_read(sandbox, "result.json");

    assert_contains(outcome.out, "No: 1 of 1 row got slower.");
    assert_contains(outcome.out,
                    "warning: layouts could not be tried: the recipe ignores "
                    "PAWL_LAYOUT_CFLAGS");
    assert_contains(result, "\"blocks\": []");
    assert_int_equal(count_parts(outcome.err, "in another layout"), 1);
    outcome_clear(&outcome);
}

/* cmake and many makefiles take CFLAGS from the environment; so does this, and does not
 * lose its own by that. Builds outside the cache are gone afterwards. */
static void flags_come_by_cflags_too(void **state)
{
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "project");
    write_config(sandbox, "", "make");
    sandbox_write(sandbox, "project/Makefile",
                  "CFLAGS ?= -O1 -DMOVED=1\n"
                  "bench: bench.c\n"
                  "\tcc $(CFLAGS) -o bench bench.c\n");
    commit(sandbox, "4000", "base");
    commit(sandbox, "10000", "head");

    struct outcome outcome = pawl_exits(sandbox, 1, CHECK " --no-cache");

    assert_contains(outcome.out, "holds wherever the code lies: +");
    assert_int_equal(count_entries(sandbox, "cache/builds"), 0);
    assert_int_equal(count_entries(sandbox, "cache/sessions"), 0);
    outcome_clear(&outcome);
}

static void recipe_that_loses_its_own_flags_is_noticed(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, HONOURS, "MOVED ? 24000 : 4000", "MOVED ? 24000 : 10000");

    struct outcome outcome = pawl_exits(sandbox, 1, CHECK);

    assert_contains(outcome.out, "No: 1 of 1 row got slower.");
    assert_contains(outcome.out, "warning: layouts could not be tried to the end: base "
                                 "takes ");
    outcome_clear(&outcome);
}

/* Six compilations take too long for five layouts within a second. */
static void lost_flags_are_the_reason_also_where_time_runs_out(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, "for i in 1 2 3 4 5 6; do " HONOURS " || exit 1; done",
                 "MOVED ? 24000 : 4000", "MOVED ? 24000 : 10000");

    struct outcome outcome = pawl_exits(sandbox, 1, CHECK " --budget 1s");

    assert_contains(outcome.out, "warning: layouts could not be tried to the end: base "
                                 "takes 6.0 times as long");
    outcome_clear(&outcome);
}

static void build_that_fails_with_the_flags_takes_nothing_back(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, "[ -z \\\"$PAWL_LAYOUT_CFLAGS\\\" ] && cc -O1 -o bench bench.c",
                 "4000", "10000");

    struct outcome outcome = pawl_exits(sandbox, 1, CHECK);

    assert_contains(outcome.out, "No: 1 of 1 row got slower.");
    assert_contains(outcome.out,
                    "layouts could not be tried: with PAWL_LAYOUT_CFLAGS='-");
    assert_contains(outcome.err, "building base in another layout failed");
    outcome_clear(&outcome);
}

static void crash_in_another_layout_takes_nothing_back(void **state)
{
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "project");
    write_config(sandbox, "", HONOURS);
    commit(sandbox, "4000", "base");
    gate_write_bench(sandbox, "if (MOVED) return 7; puts(\"10000000\");", 1);
    repository_commit_all(sandbox, "project", "head", NULL);

    struct outcome outcome = pawl_exits(sandbox, 1, CHECK);
    AUTO_FREE char *result = sandbox_read(sandbox, "result.json");

    assert_contains(outcome.out, "No: 1 of 1 row got slower.");
    assert_contains(result, "'spin' failed: head exited with 7");
    outcome_clear(&outcome);
}

static void nothing_is_tried_where_nothing_regressed_or_it_is_switched_off(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, HONOURS, "4000", "4001");
    struct outcome same = pawl_exits(sandbox, 0, CHECK);
    commit(sandbox, "10000", "slow");
    struct outcome off = pawl_exits(sandbox, 1, CHECK " --layouts off");
    AUTO_FREE char *result = sandbox_read(sandbox, "result.json");

    assert_lacks(same.err, "layout");
    assert_lacks(off.err, "layout");
    assert_lacks(result, "\"layouts\"");
    outcome_clear(&same);
    outcome_clear(&off);
}

static void every_row_is_tried_where_base_asks_for_it(void **state)
{
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "project");
    write_config(sandbox, "\"layouts\": 5,", HONOURS);
    commit(sandbox, "4000", "base");
    write_config(sandbox, "\"layouts\": \"off\",", HONOURS);
    commit(sandbox, "MOVED ? 10000 : 4001", "head");

    struct outcome outcome = pawl_exits(sandbox, 0, CHECK);

    assert_contains(outcome.out, "Yes, but 1 of 1 row is layout-sensitive.");
    assert_contains(outcome.out, "ok with ");
    assert_contains(outcome.out, "changed rule: layouts: every row in 5 layouts on base, "
                                 "off on head");
    outcome_clear(&outcome);
}

static void interrupted_study_is_gone_on_with(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, HONOURS, "4000", "10000");
    pawl_must_exit(sandbox, 5, "check --pairs 40 --json /dev/full");

    struct outcome outcome = pawl_exits(sandbox, 1, CHECK " --resume");

    assert_contains(outcome.err, "base in another layout: found in the cache");
    assert_lacks(outcome.err, "in another layout (");
    assert_contains(outcome.out, "holds wherever the code lies: +");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(accident_of_the_usual_layout_is_layout_sensitive),
        T(change_that_holds_is_regressed),
        T(recipe_that_ignores_the_flags_is_noticed),
        T(flags_come_by_cflags_too),
        T(recipe_that_loses_its_own_flags_is_noticed),
        T(lost_flags_are_the_reason_also_where_time_runs_out),
        T(build_that_fails_with_the_flags_takes_nothing_back),
        T(crash_in_another_layout_takes_nothing_back),
        T(nothing_is_tried_where_nothing_regressed_or_it_is_switched_off),
        T(every_row_is_tried_where_base_asks_for_it),
        T(interrupted_study_is_gone_on_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
