/* pawl compare: recorded results, of pawl and of other harnesses. */
#include <jansson.h>

#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define DATA "\"$PAWL_TEST_DATA\"/data/formats/"

/* Pairs with head so many percent above base, with noise of about one percent that has no
 * trend. */
static void write_pairs(struct sandbox *sandbox, const char *file, double change_pct)
{
    sandbox_must(sandbox,
                 "awk 'BEGIN { print \"base,head\"; for (i = 0; i < 30; i++) {"
                 " b = 10 + i %% 7 / 3; n = (i * 37 %% 11 - 5) / 500;"
                 " printf \"%%.6f,%%.6f\\n\", b, b * (1 + %f / 100) * (1 + n) } }' "
                 ">project/%s",
                 change_pct, file);
}

static int setup(void **state)
{
    if (gate_setup(state) != 0)
        return -1;
    sandbox_must(*state, "mkdir -p project");
    return 0;
}

static void recorded_regressions_exit_with_1(void **state)
{
    static const char *const files[][3] = {
        { "hyperfine-base.json", "hyperfine-head.json", "regressed  count " },
        { "google-base.json", "google-head.json", "regressed  BM_sum/8000 " },
        { "go-base.txt", "go-head.txt",
          "regressed    example.org/parser.BenchmarkParse-8" },
    };

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct outcome outcome = pawl_exits(*state, 1, "compare " DATA "%s " DATA "%s",
                                            files[i][0], files[i][1]);
        assert_contains(outcome.out, "No: ");
        assert_contains(outcome.out, files[i][2]);
        assert_contains(outcome.out, "warning: the two files are separate sessions");
        outcome_clear(&outcome);
    }
}

static void recorded_improvement_passes(void **state)
{
    struct outcome outcome = pawl_exits(
        *state, 0, "compare " DATA "pytest-base.json " DATA "pytest-head.json");

    assert_contains(outcome.out,
                    "Yes, but 1 of 2 rows could not be decided. 1 row improved");
    assert_contains(outcome.out, "improved     tests/test_parse.py::test_parse");
    assert_contains(outcome.out, "not decided  tests/test_parse.py::test_dump[small]");
    outcome_clear(&outcome);
}

/* 9 runs a side; the slow one does about a tenth fewer cases a second. */
static void a_lower_rate_is_a_regression(void **state)
{
    struct sandbox *sandbox = *state;

    sandbox_must(sandbox, "for i in 1 2 3 4 5 6 7 8 9; do"
                          " echo \"load 10$i cases/s\" >>project/fast.txt;"
                          " echo \"load 9$i cases/s\" >>project/slow.txt; done");
    struct outcome outcome = pawl_exits(sandbox, 1, "compare fast.txt slow.txt");
    assert_contains(outcome.out, "regressed  load  throughput  105 /s  95.0 /s  -9.5 %");
    outcome_clear(&outcome);
    outcome = pawl_exits(sandbox, 0, "compare slow.txt fast.txt");
    assert_contains(outcome.out, "improved  load  throughput  95.0 /s  105 /s  +10.5 %");
    outcome_clear(&outcome);
    outcome = pawl_exits(sandbox, 1, "compare --format json fast.txt slow.txt");
    assert_contains(outcome.out, "\"unit\": \"1/s\"");
    outcome_clear(&outcome);
}

static void files_of_one_run_are_read_but_decide_nothing(void **state)
{
    static const char *const files[] = { "catch2.xml", "criterion-text.txt" };

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct outcome outcome =
            pawl_in_project(*state, "compare " DATA "%s " DATA "%s", files[i], files[i]);
        assert_contains(outcome.out, "1 and 1 values are too few to show any regression");
        outcome_clear(&outcome);
    }
}

static void a_failed_benchmark_is_no_pass(void **state)
{
    struct outcome outcome = pawl_exits(
        *state, 3, "compare " DATA "google-base.json " DATA "google-error.json");

    assert_contains(outcome.out, "head: no input");
    outcome_clear(&outcome);
}

static void a_missing_name_is_no_pass_and_a_new_one_is(void **state)
{
    struct sandbox *sandbox = *state;

    sandbox_write(sandbox, "project/two.csv",
                  "name,ms\na,1\na,1.01\na,1.02\na,1\na,1.01\nb,7\n");
    sandbox_write(sandbox, "project/one.csv",
                  "name,ms\na,1\na,1.01\na,1.02\na,1\na,1.01\n");
    struct outcome outcome = pawl_exits(sandbox, 3, "compare two.csv one.csv");
    assert_contains(outcome.out, "Could not compare 1 of 2 rows: 1 missing in head.");
    assert_contains(outcome.out, "not in 'one.csv'");
    outcome_clear(&outcome);

    outcome = pawl_exits(sandbox, 0, "compare -m 10%% one.csv two.csv");
    assert_contains(outcome.out, "new  b ");
    assert_contains(outcome.out, "ok   a ");
    outcome_clear(&outcome);
}

static void too_few_values_decide_nothing(void **state)
{
    struct sandbox *sandbox = *state;

    sandbox_write(sandbox, "project/a.csv", "ms\n1\n");
    sandbox_write(sandbox, "project/b.csv", "ms\n9\n");
    struct outcome outcome = pawl_exits(sandbox, 0, "compare a.csv b.csv");
    assert_contains(outcome.out, "Yes, but 1 of 1 row could not be decided.");
    assert_contains(outcome.out, "1 and 1 values are too few to show any regression");
    outcome_clear(&outcome);
    outcome = pawl_exits(sandbox, 4, "compare --fail-on inconclusive a.csv b.csv");
    assert_contains(outcome.out, "Not yet: ");
    outcome_clear(&outcome);
}

static void pairs_are_judged_by_their_margin(void **state)
{
    struct sandbox *sandbox = *state;

    write_pairs(sandbox, "slower.csv", 8);
    write_pairs(sandbox, "same.csv", 0);
    write_pairs(sandbox, "faster.csv", -8);
    write_pairs(sandbox, "near.csv", 2);
    struct outcome outcome = pawl_exits(sandbox, 1, "compare --paired slower.csv");
    assert_contains(outcome.out, "regressed  pairs  value ");
    assert_contains(outcome.out, "30 pairs");
    assert_lacks(outcome.out, "separate sessions");
    outcome_clear(&outcome);
    pawl_must_exit(sandbox, 0, "compare --paired slower.csv --margin 15%%");
    pawl_must_exit(sandbox, 0, "compare --paired same.csv --fail-on inconclusive");
    pawl_must_exit(sandbox, 4, "compare --paired near.csv --fail-on inconclusive");
    outcome = pawl_exits(sandbox, 0, "compare --paired faster.csv");
    assert_contains(outcome.out, "improved  pairs ");
    outcome_clear(&outcome);
}

/* 8 pairs, all slower: p = 1/256, enough for one row, not for three. */
static void rows_share_the_error_rate(void **state)
{
    struct sandbox *sandbox = *state;

    sandbox_must(sandbox, "printf 'base,head\\n' >project/one.csv;"
                          "printf 'name,base,head\\n' >project/three.csv;"
                          "for i in 1 2 3 4 5 6 7 8; do"
                          " echo 100,12$i >>project/one.csv;"
                          " for n in a b c; do"
                          " [ $n = a ] && echo a,100,12$i || echo $n,100,10$i; done"
                          " >>project/three.csv; done");
    pawl_must_exit(sandbox, 1, "compare --paired one.csv");
    struct outcome outcome = pawl_exits(sandbox, 0, "compare --paired three.csv");
    assert_contains(outcome.out, "not decided  a ");
    outcome_clear(&outcome);
}

static void rows_come_as_json_tsv_and_markdown(void **state)
{
    struct sandbox *sandbox = *state;

    write_pairs(sandbox, "slower.csv", 8);
    struct outcome outcome =
        pawl_exits(sandbox, 1, "compare --paired slower.csv --format json");
    json_t *json = json_loads(outcome.out, 0, NULL);
    const json_t *row = json_array_get(json_object_get(json, "rows"), 0);
    assert_string_equal(json_string_value(json_object_get(json, "schema")),
                        "pawl-comparison/1");
    assert_string_equal(json_string_value(json_object_get(json, "exit")), "regressed");
    assert_close(json_number_value(json_object_get(row, "change")), 0.08, 0.01);
    json_decref(json);
    outcome_clear(&outcome);

    outcome = pawl_exits(sandbox, 1, "compare --paired slower.csv --format tsv");
    assert_contains(outcome.out, "name\tquantity\tverdict\t");
    assert_contains(outcome.out, "\npairs\tvalue\tregressed\t30\t30\t");
    outcome_clear(&outcome);

    outcome = pawl_exits(sandbox, 1, "compare --paired slower.csv --format markdown");
    assert_contains(outcome.out, "**No: 1 of 1 row got worse by more than 2 %.**\n");
    assert_contains(outcome.out, "| `pairs value` | regressed | ");
    outcome_clear(&outcome);
}

static void results_of_pawl_are_compared_by_bench(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 6000, 6001);
    pawl_must_exit(sandbox, 0, "check --base HEAD~ -o first");
    struct outcome outcome =
        pawl_exits(sandbox, 0, "compare first/result.json first/result.json");
    assert_contains(outcome.out, "  spin  written_bytes ");
    outcome_clear(&outcome);

    sandbox_must(sandbox,
                 "cd project && sed 's/\"spin\"/\"turn\"/' first/result.json >x");
    pawl_must_exit(sandbox, 3, "compare first/result.json x");
}

static void bad_input_is_refused_with_its_line(void **state)
{
    struct sandbox *sandbox = *state;

    write_pairs(sandbox, "pairs.csv", 0);
    sandbox_must(sandbox, "sed '17s/.*/10.5,fast/' project/pairs.csv >project/bad.csv");
    pawl_refuses(sandbox, 2,
                 "in 'bad.csv', line 17: 'head' must be a number above 0, not 'fast'",
                 "compare --paired bad.csv");
    sandbox_write(sandbox, "project/empty", "");
    pawl_refuses(sandbox, 2, "in 'empty': nothing in it", "compare empty empty");
    sandbox_write(sandbox, "project/words", "hello\nworld\n");
    pawl_refuses(sandbox, 2,
                 "in 'words', line 1: not one of the formats that pawl reads (catch2, "
                 "criterion, csv, go, google, hyperfine, lines, pawl, pytest): 'hello'",
                 "compare words words");
    sandbox_write(sandbox, "project/schema", "{\"schema\": \"pawl-result/1\"}");
    pawl_refuses(sandbox, 2, "in 'schema': in the result, ", "compare schema schema");
    sandbox_write(sandbox, "project/s.csv", "ms\n1\n2\n");
    sandbox_write(sandbox, "project/b.csv", "bytes\n1\n2\n");
    pawl_refuses(sandbox, 2,
                 "'all' is measured by 'wall' in 's.csv' and by 'bytes' in 'b.csv': "
                 "nothing to compare",
                 "compare s.csv b.csv");
}

static void bad_options_are_refused(void **state)
{
    static const char *const cases[][2] = {
        { "compare", "'pawl compare' takes two files, base and head, not 0" },
        { "compare a", "'pawl compare' takes two files, base and head, not 1" },
        { "compare a b c", "'pawl compare' takes two files, base and head, not 3" },
        { "compare --paired a b", "--paired is the one file to read; what is 'b'?" },
        { "compare --paired a --from go", "--paired reads CSV alone, not --from 'go'" },
        { "compare -m 2 a b", "--margin must be a percentage" },
        { "compare --format xml a b",
          "--format must be one of json, markdown, terminal" },
        { "compare -q --format json a b",
          "--quiet prints the answer alone: leave it or --format 'json' out" },
        { "compare --fail-on x a b",
          "--fail-on must be 'regression' or 'inconclusive', not 'x'" },
        { "compare none none", "cannot" },
        { "compare a b -- c", "'pawl compare' runs no command" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        pawl_refuses(*state, 2, cases[i][1], cases[i][0]);
    sandbox_write(*state, "project/a", "ms\n1\n");
    pawl_refuses(
        *state, 2,
        "--from must be one of catch2, criterion, csv, go, google, hyperfine, lines, pawl, pytest, not "
        "'xml'",
        "compare --from xml a a");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(recorded_regressions_exit_with_1),
        T(recorded_improvement_passes),
        T(a_lower_rate_is_a_regression),
        T(files_of_one_run_are_read_but_decide_nothing),
        T(a_failed_benchmark_is_no_pass),
        T(a_missing_name_is_no_pass_and_a_new_one_is),
        T(too_few_values_decide_nothing),
        T(pairs_are_judged_by_their_margin),
        T(rows_share_the_error_rate),
        T(rows_come_as_json_tsv_and_markdown),
        T(results_of_pawl_are_compared_by_bench),
        T(bad_input_is_refused_with_its_line),
        T(bad_options_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
