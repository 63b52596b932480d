/* Benchmarks that are harnesses of their own: "format" and "results" in pawl.json. */
#include <string.h>

#include "gate/base/error.h"
#include "gate/base/strvec.h"
#include "gate/config/bench.h"
#include "gate/config/changes.h"
#include "tests/unit/config/full_config.h"

#define BENCH(keys)                                                             \
    "{\"version\": 1, \"suites\": [{\"name\": \"s\", \"benchmarks\": [\n{" keys \
    "\"name\": \"b\", \"run\": \"a\"}]}]}"

static void a_benchmark_is_no_harness_unless_it_says_so(void **state)
{
    struct config *config = parse_good(BENCH(""));

    (void)state;
    assert_null(config->suites[0].benchmarks[0].format);
    assert_null(config->suites[0].benchmarks[0].results_path);
    config_free(config);
}

static void names_that_it_prints_are_not_chosen_one_by_one(void **state)
{
    struct config *config = parse_good(BENCH("\"format\": \"go\","));
    struct benches benches = { 0 };
    struct strvec patterns = { 0 };
    struct error err = { 0 };

    (void)state;
    benches_of(config, &benches);
    strvec_push(&patterns, "*Write*");
    assert_int_equal(config_select(&benches, &patterns, &err), -1);
    assert_string_equal(
        err.message,
        "no benchmark matches '*Write*' (there are: b; what a harness prints "
        "is measured as a whole)");
    strvec_clear(&patterns);
    benches_clear(&benches);
    config_free(config);
}

static void format_and_results_are_read(void **state)
{
    struct config *config =
        parse_good(BENCH("\"sizes\": {\"n\": [1]}, \"format\": \"google\", \"results\": "
                         "\"{work}/{n}.json\","));

    (void)state;
    assert_string_equal(config->suites[0].benchmarks[0].format, "google");
    assert_string_equal(config->suites[0].benchmarks[0].results_path, "{work}/{n}.json");
    config_free(config);
}

static void every_format_and_auto_may_be_named(void **state)
{
    static const char *const names[] = { "auto",      "catch2", "criterion",
                                         "csv",       "go",     "google",
                                         "hyperfine", "lines",  "pytest" };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *text = str_format(BENCH("\"format\": \"%s\","), names[i]);
        config_free(parse_good(text));
        free(text);
    }
}

static void a_goal_may_be_for_one_name(void **state)
{
    struct config *config =
        parse_good(BENCH("\"format\": \"go\", \"goals\": [{\"name\": \"BenchmarkA-8\", "
                         "\"wall\": \"1us\"}],"));
    const struct goal *goal = &config->suites[0].benchmarks[0].goals[0];

    (void)state;
    assert_int_equal(goal->where_count, 1);
    assert_string_equal(goal->where[0].name, "name");
    assert_string_equal(goal->where[0].value, "BenchmarkA-8");
    config_free(config);
}

static void assert_run_one(const char *text, const char *want)
{
    struct config *config = parse_good(text);
    char *got = strvec_join(&config->suites[0].benchmarks[0].run_one.words, "|");
    config_free(config);
    assert_string_equal(got, want);
    free(got);
}

static void a_name_alone_is_run_as_the_config_says(void **state)
{
    (void)state;
    assert_run_one(BENCH("\"sizes\": {\"n\": [1]}, \"format\": \"lines\", \"run_one\": "
                         "\"./b {n} '{name} x' {work}\","),
                   "./b|{n}|{name} x|{work}");
    assert_run_one(BENCH("\"shell\": true, \"format\": \"pytest\", \"run_one\": "
                         "\"pytest {name} >x\","),
                   "/bin/sh|-c|pytest {name} >x");
}

#define RUNS(format, run)                                                \
    "{\"version\": 1, \"suites\": [{\"name\": \"s\", \"benchmarks\": [{" \
    "\"name\": \"b\", \"format\": \"" format "\", \"run\": \"" run "\"}]}]}"

static void a_name_alone_is_run_as_the_format_has_it(void **state)
{
    (void)state;
    assert_run_one(RUNS("google", "b/micro -x"), "b/micro|-x|--benchmark_filter={regex}");
    assert_run_one(RUNS("go", "go test -bench ."), "go|test|-bench|.|-bench={regex}");
    assert_run_one(RUNS("go", "./p.test"), "./p.test|-test.bench={regex}");
    assert_run_one(RUNS("criterion", "cargo bench"), "cargo|bench|--|{regex}");
    assert_run_one(RUNS("criterion", "cargo bench -- -n"), "cargo|bench|--|-n|{regex}");
}

static void what_has_no_usual_filter_has_none(void **state)
{
    (void)state;
    assert_run_one(RUNS("lines", "./b"), "");
    assert_run_one(RUNS("auto", "./b"), "");
    assert_run_one(RUNS("google", "./b\", \"shell\": true, \"cwd\": \"x"), "");
    assert_run_one(BENCH(""), "");
}

struct bad {
    const char *text;
    const char *message; /* after "in 'pawl.json', line 2, column " */
};

#define B "suites[0].benchmarks[0]"

static void what_does_not_go_together_is_refused(void **state)
{
    static const struct bad cases[] = {
        { BENCH("\"format\": \"xml\","),
          "2: '" B ".format' must be \"auto\" or one of catch2, criterion, csv, go, "
          "google, hyperfine, lines, pytest, not \"xml\"" },
        { BENCH("\"format\": \"go\", \"same_output\": true,"),
          "2: '" B ".format' can't go with 'same_output': what is printed are "
          "measurements, which differ from run to run" },
        { BENCH("\"format\": \"go\", \"growth\": \"O(n)\", \"sizes\": {\"n\": [1]},"),
          "2: '" B ".format' can't go with 'growth': each name is a row of its own" },
        { BENCH("\"format\": \"go\", \"work\": \"10 cases\","),
          "2: '" B
          ".format' can't go with 'samples' and 'work', which are for what a run "
          "does as a whole" },
        { BENCH("\"format\": \"go\", \"sizes\": {\"name\": [1]},"),
          "2: '" B ".format' can't go with a parameter that is called 'name': in goals "
          "it stands for what is printed" },
        { BENCH("\"format\": \"go\", \"stdout\": \"file\","),
          "2: '" B ".format' reads the standard output itself: it can't go to a "
          "\"file\"" },
        { BENCH("\"format\": \"go\", \"pairing\": \"together\","),
          "1: '" B
          "' can't have \"pairing\": \"together\": it measures by itself, and not for "
          "two on one CPU" },
        { BENCH("\"results\": \"{work}/x\","),
          "1: '" B "' has 'results', but no 'format' to read them by" },
        { BENCH("\"format\": \"go\", \"results\": \"/tmp/x\","),
          "18: '" B ".results' must be a path inside the tree, relative to its top, or "
          "one that begins with {work}, not \"/tmp/x\"" },
        { BENCH("\"run_one\": \"a {name}\","),
          "2: '" B ".run_one' is for a benchmark with a 'format': others have no names" },
        { BENCH("\"format\": \"go\", \"run_one\": \"a {n}\","),
          "18: '" B ".run_one' has an unknown placeholder {n} (known: {work}, {tree}, "
          "{name}, {regex})" },
        { BENCH("\"format\": \"go\", \"run_one\": \"a b\","),
          "18: '" B ".run_one' must say which name to run, by {name} or {regex}: it runs "
          "one alone" },
        { BENCH("\"format\": \"go\", \"run_one\": 3,"),
          "18: '" B ".run_one' must be a command such as \"make -C src\", not 3" },
        { BENCH(
              "\"format\": \"go\", \"sizes\": {\"regex\": [1]}, \"run_one\": \"{name}\","),
          "43: '" B ".run_one' can't go with a parameter that is called 'regex': here it "
          "stands for what matches a name" },
        { BENCH("\"format\": \"go\", \"goals\": [{\"name\": 3, \"wall\": \"1s\"}],"),
          "29: '" B ".goals[0].name' must be a name that the benchmark prints, not 3" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err = { 0 };
        char *want = str_format("in 'pawl.json', line 2, column %s", cases[i].message);
        assert_null(config_parse(cases[i].text, "pawl.json", &err));
        assert_string_equal(err.message, want);
        free(want);
    }
}

static void results_of_its_own_leave_the_output_free(void **state)
{
    (void)state;
    config_free(parse_good(BENCH("\"format\": \"go\", \"results\": \"{work}/x\", "
                                 "\"stdout\": \"file\",")));
}

static void what_head_reads_otherwise_is_told(void **state)
{
    struct config *base = parse_good(BENCH(""));
    struct config *head =
        parse_good(BENCH("\"format\": \"go\", \"results\": \"{work}/x\","));
    struct strvec changes = { 0 };

    (void)state;
    config_gate_changes(base, head, &changes);
    assert_int_equal(changes.count, 2);
    assert_string_equal(changes.items[0], "format of 'b': none on base, 'go' on head");
    assert_string_equal(changes.items[1],
                        "results of 'b': printed on base, '{work}/x' on head");
    strvec_clear(&changes);
    config_free(base);
    config_free(head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_benchmark_is_no_harness_unless_it_says_so),
        cmocka_unit_test(names_that_it_prints_are_not_chosen_one_by_one),
        cmocka_unit_test(format_and_results_are_read),
        cmocka_unit_test(every_format_and_auto_may_be_named),
        cmocka_unit_test(a_goal_may_be_for_one_name),
        cmocka_unit_test(a_name_alone_is_run_as_the_config_says),
        cmocka_unit_test(a_name_alone_is_run_as_the_format_has_it),
        cmocka_unit_test(what_has_no_usual_filter_has_none),
        cmocka_unit_test(what_does_not_go_together_is_refused),
        cmocka_unit_test(results_of_its_own_leave_the_output_free),
        cmocka_unit_test(what_head_reads_otherwise_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
