#include <string.h>

#include "gate/config/bench.h"
#include "tests/unit/config/full_config.h"

/* A config of one suite with these keys besides its name. */
static struct config *parse_suite(const char *keys)
{
    char *text = str_format(
        "{\"version\": 1, \"suites\": [{\"name\": \"s\", %s}, {\"name\": \"t\", "
        "\"benchmarks\": [{\"name\": \"start\", \"run\": \"true\"}]}]}",
        keys);
    struct config *config = parse_good(text);
    free(text);
    return config;
}

#define TWO_SWEEPS                                                                            \
    "\"benchmarks\": [{\"name\": \"x\", \"run\": \"a {n} {m}\", \"sizes\": {\"n\": [10, 5], " \
    "\"m\": [2, 3]}}, {\"name\": \"list\", \"run\": \"b {n}\", \"sizes\": {\"n\": [5, 7]}}]"

static int config_setup(void **state)
{
    *state = parse_suite(
        "\"prepare\": [\"once\", \"gen {n} {work}\", \"both {n} {m}\"], " TWO_SWEEPS);
    return 0;
}

static int config_teardown(void **state)
{
    config_free(*state);
    return 0;
}

static void assert_ids(const struct benches *benches, const char *joined)
{
    struct strvec ids = { 0 };
    for (size_t i = 0; i < benches->count; i++)
        strvec_push(&ids, benches->items[i].id);
    char *got = strvec_join(&ids, " ");
    assert_string_equal(got, joined);
    free(got);
    strvec_clear(&ids);
}

#define ALL_IDS "x[m=2,n=10] x[m=2,n=5] x[m=3,n=10] x[m=3,n=5] list[n=5] list[n=7] start"

static void benches_are_all_combinations_in_order(void **state)
{
    struct benches benches = { 0 };

    benches_of(*state, &benches);

    assert_ids(&benches, ALL_IDS);
    assert_string_equal(benches.items[1].suite->name, "s");
    assert_string_equal(benches.items[1].benchmark->name, "x");
    assert_int_equal(benches.items[1].parameter_count, 2);
    assert_string_equal(benches.items[1].parameters[0].name, "m");
    assert_string_equal(benches.items[1].parameters[0].value, "2");
    assert_string_equal(benches.items[1].parameters[1].name, "n");
    assert_string_equal(benches.items[1].parameters[1].value, "5");
    assert_int_equal(benches.items[6].parameter_count, 0);
    benches_clear(&benches);
}

static void
assert_selects(const struct config *config, const char *patterns, const char *ids)
{
    struct benches benches = { 0 };
    struct strvec wanted = { 0 };
    struct error err = { 0 };
    assert_int_equal(command_split(patterns, &wanted, &err), 0);
    benches_of(config, &benches);

    assert_int_equal(config_select(&benches, &wanted, &err), 0);

    assert_ids(&benches, ids);
    benches_clear(&benches);
    strvec_clear(&wanted);
}

static void patterns_select_by_id_or_name(void **state)
{
    assert_selects(*state, "list", "list[n=5] list[n=7]");
    assert_selects(*state, "'list[n=7]'", "list[n=7]");
    assert_selects(*state, "'x[m=2,*]'", "x[m=2,n=10] x[m=2,n=5]");
    assert_selects(*state, "'*n=5]'", "x[m=2,n=5] x[m=3,n=5] list[n=5]");
    assert_selects(*state, "'?'", "x[m=2,n=10] x[m=2,n=5] x[m=3,n=10] x[m=3,n=5]");
    assert_selects(*state, "start 'list[n=5]'", "list[n=5] start");
    assert_selects(*state, "'*'", ALL_IDS);
}

static void no_patterns_select_all(void **state)
{
    struct benches benches = { 0 };
    struct error err = { 0 };
    benches_of(*state, &benches);

    assert_int_equal(config_select(&benches, &(struct strvec){ 0 }, &err), 0);

    assert_int_equal(benches.count, 7);
    benches_clear(&benches);
}

static void assert_selects_nothing(const struct config *config,
                                   const char *pattern,
                                   const char *message)
{
    struct benches benches = { 0 };
    struct strvec patterns = { 0 };
    struct error err = { 0 };
    benches_of(config, &benches);
    strvec_push(&patterns, "x");
    strvec_push(&patterns, pattern);

    assert_int_equal(config_select(&benches, &patterns, &err), -1);

    assert_string_equal(err.message, message);
    assert_int_equal(err.code, ERROR_USAGE);
    assert_ids(&benches, ALL_IDS);
    benches_clear(&benches);
    strvec_clear(&patterns);
}

static void a_pattern_that_matches_nothing_is_an_error(void **state)
{
    assert_selects_nothing(*state, "lsit",
                           "no benchmark matches 'lsit', did you mean 'list'?");
    assert_selects_nothing(*state, "list[n=8]",
                           "no benchmark matches 'list[n=8]', did you mean 'list[n=5]'?");
    assert_selects_nothing(
        *state, "s[a-z]art",
        "no benchmark matches 's[a-z]art' (there are: x[m=2,n=10], "
        "x[m=2,n=5], x[m=3,n=10], x[m=3,n=5], list[n=5], list[n=7], start)");
}

static char *describe_set(const struct hook_set *set)
{
    struct str text = STR_INIT;
    str_add(&text, set->command->words.items[0]);
    for (size_t i = 0; i < set->parameter_count; i++)
        str_addf(&text, " %s=%s", set->parameters[i].name, set->parameters[i].value);
    return str_detach(&text);
}

static void assert_sets(const struct benches *benches, const char *joined)
{
    struct hook_sets sets = { 0 };
    struct strvec texts = { 0 };

    hook_sets_of(benches, HOOK_PREPARE, &sets);

    for (size_t i = 0; i < sets.count; i++)
        strvec_push_owned(&texts, describe_set(&sets.items[i]));
    char *got = strvec_join(&texts, "; ");
    assert_string_equal(got, joined);
    free(got);
    strvec_clear(&texts);
    hook_sets_clear(&sets);
}

static void prepare_runs_once_for_each_combination_that_it_mentions(void **state)
{
    struct benches benches = { 0 };
    benches_of(*state, &benches);

    assert_sets(&benches,
                "once; gen n=10; gen n=5; gen n=7; both m=2 n=10; both m=2 n=5; "
                "both m=3 n=10; both m=3 n=5");
    benches_clear(&benches);
}

static void prepare_runs_only_for_what_is_selected(void **state)
{
    struct benches benches = { 0 };
    struct strvec patterns = { 0 };
    struct error err = { 0 };
    benches_of(*state, &benches);
    strvec_push(&patterns, "list[n=7]");
    assert_int_equal(config_select(&benches, &patterns, &err), 0);

    assert_sets(&benches, "once; gen n=7");
    benches_clear(&benches);
    strvec_clear(&patterns);
}

static void nothing_is_prepared_for_a_suite_without_selected_benches(void **state)
{
    struct benches benches = { 0 };
    struct strvec patterns = { 0 };
    struct error err = { 0 };
    benches_of(*state, &benches);
    strvec_push(&patterns, "start");
    assert_int_equal(config_select(&benches, &patterns, &err), 0);

    assert_sets(&benches, "");
    benches_clear(&benches);
    strvec_clear(&patterns);
}

/* The words of benchmark "b" with this run command, {n} and {work} filled in. */
static void assert_expands(const char *keys, const char *value, const char *joined)
{
    char *suite = str_format(
        "\"benchmarks\": [{\"name\": \"b\", \"sizes\": {\"n\": [1]}, %s}]", keys);
    struct config *config = parse_suite(suite);
    const struct placeholder placeholders[] = { { "n", value }, { "work", "/tmp/w" } };
    struct strvec words = { 0 };
    struct error err = { 0 };

    assert_int_equal(command_expand(&config->suites[0].benchmarks[0].run, placeholders, 2,
                                    &words, &err),
                     0);

    char *got = strvec_join(&words, "|");
    assert_string_equal(got, joined);
    free(got);
    strvec_clear(&words);
    config_free(config);
    free(suite);
}

static void values_fill_in_without_being_split(void **state)
{
    (void)state;
    assert_expands("\"run\": \"a {n} {work}/x-{n}.json\"", "10", "a|10|/tmp/w/x-10.json");
    assert_expands("\"run\": \"a {n}\"", "b c 'd", "a|b c 'd");
    assert_expands("\"run\": \"a '{n}' \\\"{n}{n}\\\"\"", "b", "a|b|bb");
    assert_expands("\"run\": \"a {n}\"", "{work}", "a|{work}");
    assert_expands("\"run\": \"a {n}\"", "", "a|");
}

static void doubled_braces_are_braces(void **state)
{
    (void)state;
    assert_expands("\"run\": \"awk '{{ print }}'\"", "1", "awk|{ print }");
    assert_expands("\"run\": \"a {{n}} {{{n}}} {{}}\"", "1", "a|{n}|{1}|{}");
}

static void values_in_a_script_are_quoted_where_they_need_it(void **state)
{
    (void)state;
    assert_expands("\"shell\": true, \"run\": \"a {n} | b\"", "x_Y-0.9/z",
                   "/bin/sh|-c|a x_Y-0.9/z | b");
    assert_expands("\"shell\": true, \"run\": \"a {n} | b\"", "b c",
                   "/bin/sh|-c|a 'b c' | b");
    assert_expands("\"shell\": true, \"run\": \"a {n}\"", "$(x)'`;",
                   "/bin/sh|-c|a '$(x)'\\''`;'");
    assert_expands("\"shell\": true, \"run\": \"a {n}\"", "", "/bin/sh|-c|a ''");
    assert_expands("\"shell\": true, \"run\": \"f() {{ a ${{HOME}} {n}; }}\"", "1",
                   "/bin/sh|-c|f() { a ${HOME} 1; }");
}

static void a_placeholder_without_value_is_an_error(void **state)
{
    const struct config *config = *state;
    const struct placeholder n = { "n", "1" };
    struct strvec words = { 0 };
    struct error err = { 0 };

    assert_int_equal(
        command_expand(&config->suites[0].benchmarks[0].run, &n, 1, &words, &err), -1);

    assert_string_equal(err.message, "'a {n} {m}' has a placeholder {m} without a value");
    assert_int_equal(words.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(benches_are_all_combinations_in_order),
        cmocka_unit_test(patterns_select_by_id_or_name),
        cmocka_unit_test(no_patterns_select_all),
        cmocka_unit_test(a_pattern_that_matches_nothing_is_an_error),
        cmocka_unit_test(prepare_runs_once_for_each_combination_that_it_mentions),
        cmocka_unit_test(prepare_runs_only_for_what_is_selected),
        cmocka_unit_test(nothing_is_prepared_for_a_suite_without_selected_benches),
        cmocka_unit_test(values_fill_in_without_being_split),
        cmocka_unit_test(doubled_braces_are_braces),
        cmocka_unit_test(values_in_a_script_are_quoted_where_they_need_it),
        cmocka_unit_test(a_placeholder_without_value_is_an_error),
    };
    return cmocka_run_group_tests(tests, config_setup, config_teardown);
}
