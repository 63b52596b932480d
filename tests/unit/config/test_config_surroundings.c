/* Hooks, variables, standard input and working directory in pawl.json. */
#include <string.h>

#include "gate/config/bench.h"
#include "gate/config/changes.h"
#include "tests/unit/config/full_config.h"

#define SUITE(keys)                                                                  \
    "{\"version\": 1, \"suites\": [\n{" keys ", \"name\": \"s\", \"benchmarks\": [{" \
    "\"name\": \"b\", \"run\": \"a\", \"sizes\": {\"n\": [1]}}]}]}"
#define BENCH(keys)                                                             \
    "{\"version\": 1, \"suites\": [{\"name\": \"s\", \"benchmarks\": [\n{" keys \
    ", \"name\": \"b\", \"run\": \"a\", \"sizes\": {\"n\": [1]}}]}]}"

static int full_setup(void **state)
{
    char *text = read_test_file("data/config/full.json");
    *state = parse_good(text);
    free(text);
    return 0;
}

static int full_teardown(void **state)
{
    config_free(*state);
    return 0;
}

static void assert_joined(const struct strvec *texts, const char *want)
{
    char *got = strvec_join(texts, "|");
    assert_string_equal(got, want);
    free(got);
}

static void hooks_are_read(void **state)
{
    const struct config *config = *state;
    const struct suite *suite = &config->suites[0];
    const struct benchmark *import = &suite->benchmarks[1];

    assert_int_equal(suite->hooks[HOOK_SETUP].count, 1);
    assert_joined(&suite->hooks[HOOK_SETUP].items[0].words,
                  "build/case-tracker|lock|{work}");
    assert_int_equal(suite->hooks[HOOK_TEARDOWN].count, 2);
    assert_true(suite->hooks[HOOK_TEARDOWN].items[1].is_shell);
    assert_int_equal(import->teardown.count, 1);
    assert_true(import->teardown.items[0].is_shell);
    assert_int_equal(suite->benchmarks[0].teardown.count, 0);
}

static void surroundings_are_read(void **state)
{
    const struct config *config = *state;
    const struct suite *suite = &config->suites[0];
    const struct benchmark *import = &suite->benchmarks[1];

    assert_string_equal(import->stdin_path, "{work}/cases-{n}.json");
    assert_string_equal(import->directory, "{work}/dir");
    assert_null(suite->benchmarks[0].stdin_path);
    assert_null(suite->benchmarks[0].directory);
    assert_int_equal(suite->benchmarks[0].pairing, PAIRING_APART);
    assert_int_equal(import->pairing, PAIRING_AUTO);
    assert_true(import->is_cold);
    assert_false(suite->benchmarks[0].is_cold);
}

static void variables_of_the_suite_stand_before_the_benchmarks(void **state)
{
    const struct config *config = *state;
    const struct suite *suite = &config->suites[0];

    assert_joined(&suite->environment, "STORE={work}/store|MODE=suite");
    assert_joined(&suite->benchmarks[0].environment, "STORE={work}/store|MODE=suite");
    assert_joined(&suite->benchmarks[1].environment,
                  "STORE={work}/store|MODE=suite|MODE={format}");
    assert_int_equal(config->suites[1].benchmarks[0].environment.count, 0);
}

static void hooks_are_run_for_the_combinations_that_they_mention(void **state)
{
    struct benches benches = { 0 };
    struct hook_sets sets = { 0 };

    benches_of(*state, &benches);
    hook_sets_of(&benches, HOOK_TEARDOWN, &sets);

    /* "unlock" once; "rm" for n = 1000, 10000 and 100000. */
    assert_int_equal(sets.count, 4);
    assert_int_equal(sets.items[0].parameter_count, 0);
    assert_string_equal(sets.items[3].parameters[0].value, "100000");
    hook_sets_clear(&sets);
    benches_clear(&benches);
}

static void texts_are_expanded_without_being_split(void **state)
{
    const struct placeholder values[] = { { "n", "a b" }, { "work", "/w" } };
    struct error err = { 0 };
    (void)state;

    char *text = text_expand("{work}/{n} {{x}}", values, 2, &err);
    assert_string_equal(text, "/w/a b {x}");
    free(text);
    assert_null(text_expand("{tree}", values, 2, &err));
    assert_string_equal(err.message, "'{tree}' has a placeholder {tree} without a value");
}

struct bad {
    const char *text;
    const char *message; /* after "in 'pawl.json', line 2, column " */
};

static void assert_refused(const struct bad *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct error err = { 0 };
        char *want = str_format("in 'pawl.json', line 2, column %s", cases[i].message);
        assert_null(config_parse(cases[i].text, "pawl.json", &err));
        assert_string_equal(err.message, want);
        free(want);
    }
}

static void wrong_keys_of_suites_are_refused(void **state)
{
    static const struct bad cases[] = {
        { SUITE("\"env\": {\"A\": \"{n}\"}"),
          "10: 'suites[0].env.A' has an unknown placeholder {n} (known: {work}, {tree})" },
        { SUITE("\"env\": [\"A=1\"]"),
          "2: 'suites[0].env' must be an object (values of variables by name), not an "
          "array of 1" },
        { SUITE("\"setup\": \"a\""),
          "2: 'suites[0].setup' must be an array of commands, not \"a\"" },
        { SUITE("\"teardown\": [\"a {m}\"]"),
          "15: 'suites[0].teardown[0]' has an unknown placeholder {m} (known: {n}, "
          "{work}, {tree})" },
    };
    (void)state;
    assert_refused(cases, sizeof cases / sizeof cases[0]);
}

#define B "suites[0].benchmarks[0]"

static void wrong_keys_of_benchmarks_are_refused(void **state)
{
    static const struct bad cases[] = {
        { BENCH("\"teardown\": [1]"),
          "15: '" B
          ".teardown[0]' must be a command such as \"make -C src\" or {\"run\": "
          "\"...\", \"shell\": true}, not 1" },
        { BENCH("\"env\": {\"A-B\": \"1\"}"),
          "10: '" B ".env.A-B' is no name of a variable (letters, digits and '_', not "
          "beginning with a digit)" },
        { BENCH("\"env\": {\"PAWL_PADDING\": \"1\"}"),
          "10: '" B ".env.PAWL_PADDING' is a variable of pawl's own, as all that begin "
          "with 'PAWL_'" },
        { BENCH("\"env\": {\"A\": 1}"), "10: '" B ".env.A' must be a string, not 1" },
        { BENCH("\"env\": {\"A\": \"}\"}"),
          "10: '" B ".env.A' has a '}' that belongs to no placeholder such as {n}: write "
          "'}}' for the brace itself" },
        { BENCH("\"stdin\": \"\""),
          "2: '" B ".stdin' must be the path of a file, such as \"{work}/input\" or "
          "\"tests/input.txt\", not \"\"" },
        { BENCH("\"stdin\": \"{m}\""),
          "2: '" B
          ".stdin' has an unknown placeholder {m} (known: {n}, {work}, {tree})" },
        { BENCH("\"cwd\": \"/tmp\""),
          "2: '" B ".cwd' must be a path inside the tree, relative to its top, or one "
          "that begins with {work}, not \"/tmp\"" },
        { BENCH("\"cwd\": \"{work}/../x\""),
          "2: '" B ".cwd' must be a path inside the tree, relative to its top, or one "
          "that begins with {work}, not \"{work}/../x\"" },
        { BENCH("\"cwd\": \"a/..\""),
          "2: '" B ".cwd' must be a path inside the tree, relative to its top, or one "
          "that begins with {work}, not \"a/..\"" },
        { BENCH("\"cache\": true"),
          "2: '" B ".cache' must be \"warm\" or \"cold\", not true" },
        { BENCH("\"pairing\": \"together\", \"cache\": \"cold\""),
          "1: '" B
          "' can't have \"pairing\": \"together\": each side would find in memory "
          "what the other has read" },
        { BENCH("\"pairing\": \"both\""),
          "2: '" B
          ".pairing' must be \"auto\", \"apart\" or \"together\", not \"both\"" },
        { BENCH("\"pairing\": \"together\", \"setup\": [\"a\"]"),
          "1: '" B
          "' can't have \"pairing\": \"together\": its setup and teardown would run "
          "while the other side does" },
        { BENCH("\"pairing\": \"together\", \"stdout\": \"file\""),
          "1: '" B
          "' can't have \"pairing\": \"together\": both sides would write to one "
          "file" },
        { BENCH("\"pairing\": \"together\", \"margins\": {\"cpu\": \"none\"}"),
          "1: '" B
          "' can't have \"pairing\": \"together\": it compares CPU time, which has no "
          "margin here" },
        { BENCH("\"pairing\": \"together\", \"goals\": [{\"wall_p95\": \"1s\"}]"),
          "1: '" B
          "' can't have \"pairing\": \"together\": it has goals of the clock, which "
          "runs that share a CPU can't meet" },
        { BENCH("\"cwd\": null"),
          "2: '" B ".cwd' must be a path inside the tree, relative to its top, or one "
          "that begins with {work}, not null" },
    };
    (void)state;
    assert_refused(cases, sizeof cases / sizeof cases[0]);
}

static void both_places_may_be_named_in_cwd(void **state)
{
    (void)state;
    config_free(parse_good(BENCH("\"cwd\": \"{work}\"")));
    config_free(parse_good(BENCH("\"cwd\": \"{tree}/a/{n}\"")));
    config_free(parse_good(BENCH("\"cwd\": \"{work}/\"")));
    config_free(parse_good(BENCH("\"cwd\": \"a/b\"")));
}

static void assert_changes(const char *base_text, const char *head_text, const char *want)
{
    struct config *base = parse_good(base_text);
    struct config *head = parse_good(head_text);
    struct strvec changes = { 0 };

    config_gate_changes(base, head, &changes);

    assert_joined(&changes, want);
    strvec_clear(&changes);
    config_free(base);
    config_free(head);
}

static void what_head_changes_in_them_is_told(void **state)
{
    (void)state;
    assert_changes(SUITE("\"shell\": false"),
                   SUITE("\"setup\": [\"a\"], \"teardown\": [\"b\"]"),
                   "setup commands of 's': none on base, 'a' on head|"
                   "teardown commands of 's': none on base, 'b' on head");
    assert_changes(BENCH("\"env\": {\"B\": \"1\", \"A\": \"2\"}, \"stdin\": \"x\""),
                   BENCH("\"cwd\": \"{work}\", \"teardown\": [\"b\"]"),
                   "teardown of 'b': none on base, 'b' on head|"
                   "variables of 'b': 'A=2', 'B=1' on base, none on head|"
                   "standard input of 'b': 'x' on base, none on head|"
                   "directory of 'b': the top of the tree on base, '{work}' on head");
    assert_changes(BENCH("\"pairing\": \"together\""), BENCH("\"shell\": false"),
                   "pairing of 'b': together on base, auto on head");
    assert_changes(BENCH("\"cache\": \"cold\""), BENCH("\"cache\": \"warm\""),
                   "page cache of 'b': cold on base, warm on head");
    assert_changes(BENCH("\"env\": {\"B\": \"1\", \"A\": \"2\"}"),
                   BENCH("\"env\": {\"A\": \"2\", \"B\": \"1\"}"), "");
}

#define FULL(name) cmocka_unit_test_setup_teardown(name, full_setup, full_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        FULL(hooks_are_read),
        FULL(surroundings_are_read),
        FULL(variables_of_the_suite_stand_before_the_benchmarks),
        FULL(hooks_are_run_for_the_combinations_that_they_mention),
        cmocka_unit_test(texts_are_expanded_without_being_split),
        cmocka_unit_test(wrong_keys_of_suites_are_refused),
        cmocka_unit_test(wrong_keys_of_benchmarks_are_refused),
        cmocka_unit_test(both_places_may_be_named_in_cwd),
        cmocka_unit_test(what_head_changes_in_them_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
