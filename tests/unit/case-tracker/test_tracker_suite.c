/* The benchmark programs: both variants of each pair agree, runs change no input. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "gate/base/alloc.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static void every_pair_of_variants_agrees(void **state)
{
    struct outcome outcome = sandbox_run(*state, "%s self-check", CASE_SUITE);
    assert_string_equal(outcome.err, "");
    assert_int_equal(outcome.exit_code, 0);
    assert_contains(outcome.out, "lookups-index = lookups-scan\n");
    assert_contains(outcome.out, "insert-one-transaction = insert-many-transactions\n");
    outcome_clear(&outcome);
}

static void runs_are_repeatable_and_leave_their_input(void **state)
{
    static const char *const runs[] = {
        "load c.json",
        "lookups-index c.json 1000",
        "duplicates-hash c.db",
        "notes-index c.json 100 out.json",
        "transition-one-load c.json CASE-000002 SUBMITTED out.json",
        "save-pretty c.db 2 out.json",
        "count-copies c.db 3",
        "notes-batched c.db",
        "insert-many-transactions 20 out.db",
        "make-ids 50 200 ids.txt",
        "find-times c.db 300 times.jsonl",
    };
    sandbox_must(*state, "%s generate --count 200 --output c.json", CASE_TRACKER);
    sandbox_must(*state, "%s generate --count 200 --output c.db", CASE_TRACKER);
    sandbox_must(*state, "cksum c.json c.db > before");
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        struct outcome first = sandbox_run(*state, "%s %s", CASE_SUITE, runs[i]);
        struct outcome second = sandbox_run(*state, "%s %s", CASE_SUITE, runs[i]);
        assert_int_equal(first.exit_code, 0);
        assert_string_equal(first.out, second.out);
        assert_true(strlen(first.out) > 0);
        outcome_clear(&first);
        outcome_clear(&second);
    }
    sandbox_must(*state, "cksum c.json c.db | cmp - before");
}

/* Each look-up is one of the samples. */
static void times_are_those_of_single_operations(void **state)
{
    sandbox_must(*state, "%s generate --count 50 --output c.db", CASE_TRACKER);
    sandbox_must(*state, "%s find-times c.db 300 times.jsonl", CASE_SUITE);
    AUTO_FREE char *text = sandbox_read(*state, "times.jsonl");
    json_t *line = json_loads(text, 0, NULL);
    json_int_t all = 0;
    assert_non_null(line);
    json_t *counts = json_object_get(line, "counts");
    for (size_t i = 0; i < json_array_size(counts); i++)
        all += json_integer_value(json_array_get(counts, i));
    assert_int_equal(all, 300);
    assert_int_equal(json_integer_value(json_object_get(line, "iterations")), 1);
    json_decref(line);
}

static void wrong_use_is_refused(void **state)
{
    static const struct {
        const char *arguments;
        int exit_code;
        const char *message;
    } table[] = {
        { "", 2, "case-suite: no such variant ''; see --help\n" },
        { "fly", 2, "case-suite: no such variant 'fly'; see --help\n" },
        { "load", 2, "case-suite: usage: case-suite load STORE\n" },
        { "id-check-hand 0", 2,
          "case-suite: LOOPS must be a whole number from 1 to 1000000000, not '0'\n" },
        { "load none.json", 1,
          "case-suite: cannot open 'none.json': No such file or directory\n" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct outcome outcome =
            sandbox_run(*state, "%s %s", CASE_SUITE, table[i].arguments);
        assert_int_equal(outcome.exit_code, table[i].exit_code);
        assert_string_equal(outcome.err, table[i].message);
        outcome_clear(&outcome);
    }
}

static void micro_benchmarks_print_lines_of_json(void **state)
{
    struct outcome outcome = sandbox_run(*state, "%s 1", CASE_BENCH);
    size_t count = 0;
    assert_int_equal(outcome.exit_code, 0);
    for (char *line = outcome.out; *line; count++) {
        char *end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        json_t *value = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
        assert_string_equal(json_string_value(json_object_get(value, "unit")), "ns");
        assert_int_equal(json_array_size(json_object_get(value, "samples")), 25);
        json_decref(value);
        line = end + 1;
    }
    assert_int_equal(count, 5);
    outcome_clear(&outcome);
}

#define IN_SANDBOX(test) \
    cmocka_unit_test_setup_teardown(test, sandbox_setup, sandbox_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(every_pair_of_variants_agrees),
        IN_SANDBOX(times_are_those_of_single_operations),
        IN_SANDBOX(runs_are_repeatable_and_leave_their_input),
        IN_SANDBOX(wrong_use_is_refused),
        IN_SANDBOX(micro_benchmarks_print_lines_of_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
