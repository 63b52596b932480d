/* The gate tried out by itself, by cases whose answer no busy machine can change: memory,
 * times that are off by a factor, and a margin that is too wide. All nine, many times
 * over, are in docs/benchmarks.md. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

static void gate_fires_where_it_should_and_nowhere_else(void **state)
{
    struct outcome outcome = pawl_exits(*state, 0, "selftest memory");

    assert_contains(outcome.out, "2 of 2 cases as they should be");
    assert_contains(outcome.out, "The gate fires where it should, and nowhere else");
    assert_lacks(outcome.out, "WRONG");
    assert_string_equal(outcome.err, "");
    assert_int_equal(count_entries(*state, "cache"), 1);
    assert_int_equal(count_entries(*state, "cache/sessions"), 0);
    outcome_clear(&outcome);
}

static void gate_with_too_wide_a_margin_is_found_deaf(void **state)
{
    struct outcome outcome =
        pawl_exits(*state, 3, "selftest --margin 20%% --seed 7 --keep '*-10' cpu-5");

    assert_contains(outcome.out, "The gate is deaf: it should have fired, but did not, "
                                 "at: cpu +5 %, cpu +10 %. Don't trust it here.");
    assert_contains(outcome.out, "0 of 2 cases");
    outcome_clear(&outcome);

    /* What is kept can be looked at, and judged again. */
    sandbox_must(*state, "test -s cache/selftest-*/reports/cpu-10/result.json");
    sandbox_must(*state, "test -s cache/selftest-*/reports/cpu-10/summary.txt");
    sandbox_must(*state, "git -C cache/selftest-*/repository fsck --strict");
    sandbox_must(*state, "test ! -e cache/selftest-*/cache");
    pawl_must_exit(*state, 0,
                   "check --directory ../cache/selftest-*/repository --base base --head "
                   "cpu-5 --no-identical --pairs 8 --quiet cpu");
}

static void write_compiler(struct sandbox *sandbox, const char *script)
{
    AUTO_FREE char *text = str_format("#!/bin/sh\n%s\n", script);
    sandbox_write(sandbox, "compiler", text);
    sandbox_must(sandbox, "chmod +x compiler");
}

/* A compiler that builds other work than the source says: a loop three times as long
 * and a wait that is none where there should be no change, a crash in place of more
 * memory.
 */
static void what_the_gate_gets_wrong_is_named_by_its_kind(void **state)
{
    write_compiler(*state,
                   "if grep -q 'no change' work.h; then\n"
                   "    sed -i 's,TURNS  *\\(.*\\)L,TURNS (\\1L * 3),' work.h\n"
                   "    sed -i 's,WAIT_US .*,WAIT_US 1L,' work.h\n"
                   "elif grep -q 'memory +20' work.h; then\n"
                   "    sed -i 's,MEMORY_KIB .*,MEMORY_KIB 900000000000000L,' work.h\n"
                   "fi\n"
                   "exec cc \"$@\"");
    struct outcome outcome = sandbox_run(*state, "CC=%s %s selftest '*-0' memory-20",
                                         sandbox_file(*state, "compiler"), PAWL_PROGRAM);

    assert_int_equal(outcome.exit_code, 3);
    assert_contains(outcome.out, "The gate cries: it said what is not so at: cpu no "
                                 "change, wait no change. Don't trust it here.");
    assert_contains(outcome.out, "The gate could not measure: memory +20 %. Don't trust");
    assert_contains(outcome.out, "said failed (head exited with 1, 0 pairs)");
    assert_contains(outcome.out, "1 of 4 cases");
    assert_lacks(outcome.out, "deaf");
    outcome_clear(&outcome);
}

static struct outcome run_with_compiler(struct sandbox *sandbox, const char *compiler)
{
    struct outcome outcome =
        sandbox_run(sandbox, "CC=%s %s selftest", compiler, PAWL_PROGRAM);
    assert_string_equal(outcome.out, "");
    assert_int_equal(outcome.exit_code, 3);
    assert_int_equal(count_entries(sandbox, "cache/sessions"), 0);
    return outcome;
}

static void missing_compiler_is_told_with_what_to_install(void **state)
{
    struct outcome outcome = run_with_compiler(*state, "no-such-compiler");

    assert_contains(outcome.err,
                    "pawl: there is no C compiler, which the selftest needs");
    assert_contains(outcome.err, "no-such-compiler: not found");
    assert_contains(outcome.err, "apt-get install gcc libc6-dev");
    outcome_clear(&outcome);
}

static void compiler_that_fails_is_no_missing_one(void **state)
{
    struct outcome outcome = run_with_compiler(*state, "false");

    assert_contains(outcome.err, "the C compiler does not work");
    assert_contains(outcome.err, "exited with 1: it said nothing");
    outcome_clear(&outcome);
}

static void program_that_does_not_run_is_the_compilers_fault(void **state)
{
    write_compiler(*state, "echo 'int main;' >work && chmod +x work");
    struct outcome outcome = run_with_compiler(*state, sandbox_file(*state, "compiler"));

    assert_contains(outcome.err, "what the C compiler made does not run: './work cpu'");
    assert_contains(outcome.err, "name a compiler for this machine in CC");
    outcome_clear(&outcome);
}

static void wrong_options_are_refused(void **state)
{
    static const char bad[] = "--margin must be a percentage such as \"2%\" or \"0.5%\", "
                              "at least 0.01% and less than 100%, not '";
    pawl_refuses(*state, 2, bad, "selftest --margin 2");
    pawl_refuses(*state, 2, bad, "selftest --margin 0%");
    pawl_refuses(*state, 2, bad, "selftest --margin 100%");
    pawl_refuses(*state, 2, bad, "selftest --margin '2%\"'");
    pawl_refuses(*state, 2, "no case matches 'cpu-3' (there are cpu-0, cpu-1, cpu-2, ",
                 "selftest memory cpu-3");
    pawl_refuses(*state, 2, "'pawl selftest' runs no command", "selftest -- cpu");
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(gate_fires_where_it_should_and_nowhere_else),
        T(gate_with_too_wide_a_margin_is_found_deaf),
        T(what_the_gate_gets_wrong_is_named_by_its_kind),
        T(missing_compiler_is_told_with_what_to_install),
        T(compiler_that_fails_is_no_missing_one),
        T(program_that_does_not_run_is_the_compilers_fault),
        T(wrong_options_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
