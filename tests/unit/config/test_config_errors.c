/* What is wrong at the top of a config: keys, recipes, settings. */
#include "tests/unit/config/config_errors.h"

static void what_is_not_json_is_refused(void **state)
{
    static const struct bad cases[] = {
        { "", "1, column 0: '[' or '{' expected near end of file" },
        { "{\"version\": 1,}", "1, column 15: string or '}' expected near '}'" },
        { "{\"version\": 1} x", "1, column 16: end of file expected near 'x'" },
        { "{\"version\": 1,\n \"version\": 1}",
          "2, column 10: duplicate object key near '\"version\"'" },
    };
    (void)state;
    assert_refused(cases);
}

static void keys_are_checked_at_the_top(void **state)
{
    static const struct bad cases[] = {
        { "[1]", "1, column 1: the top level must be an object (a configuration), not an "
                 "array of 1" },
        { "{}", "1, column 1: the top level lacks the key 'version'" },
        { "\n {\"version\": 1}", "2, column 2: the top level lacks the key 'suites'" },
        { TOP("\"bugdet\": {}"),
          "3, column 3: unknown key 'bugdet' in the top level, did you mean 'budget'? "
          "(allowed: $schema, version, build, verify, env, pass_env, paths, margins, anchor, "
          "creep_margins, errors, budget, layouts, debug, baselines, machine_class, stale, suites, waivers, removed, renamed)" },
        { TOP("\"x\\n\\u001b\": {}"),
          "3, column 3: unknown key 'x?\?' in the top level (allowed: $schema, version, "
          "build, verify, env, pass_env, paths, margins, anchor, creep_margins, errors, budget, "
          "layouts, debug, baselines, machine_class, stale, suites, waivers, removed, renamed)" },
        { TOP("\"$schema\": 1"), "3, column 3: '$schema' must be a string, not 1" },
        { "{\"versoin\": 1,\n \"version\": 2}",
          "2, column 2: 'version' must be 1, not 2" },
        { "{\"version\": \"1\"}", "1, column 2: 'version' must be 1, not \"1\"" },
        { "{\"version\": 1, \"suites\": []}",
          "1, column 16: 'suites' must be an array of suites (at least one), not an array "
          "of 0" },
    };
    (void)state;
    assert_refused(cases);
}

static void recipes_are_checked(void **state)
{
    static const struct bad cases[] = {
        { TOP("\"build\": [\"make\"]"),
          "3, column 3: 'build' must be an object (commands and their time limit), not an "
          "array of 1" },
        { TOP("\"build\": {}"), "3, column 3: 'build' lacks the key 'run'" },
        { TOP("\"build\": {\"run\": \"make\"}"),
          "3, column 13: 'build.run' must be an array of commands, not \"make\"" },
        { TOP("\"build\": {\"run\": [\n7]}"),
          "4, column 1: 'build.run[0]' must be a command such as \"make -C src\" or "
          "{\"run\": \"...\", \"shell\": true}, not 7" },
        { TOP("\"build\": {\"run\": [\"a\", \"a | b\"]}"),
          "3, column 26: 'build.run[1]' has '|' that only a shell obeys: quote it, or set "
          "\"shell\": true" },
        { TOP("\"build\": {\"run\": [\"a {n}\"]}"),
          "3, column 21: 'build.run[0]' has an unknown placeholder {n} (commands have none "
          "here)" },
        { TOP("\"build\": {\"run\": [\" \"], \"shell\": true}"),
          "3, column 21: 'build.run[0]' names no program" },
        { TOP("\"build\": {\"run\": [{\"run\": \"a\", \"sell\": true}]}"),
          "3, column 34: unknown key 'sell' in 'build.run[0]', did you mean 'shell'? "
          "(allowed: run, shell)" },
        { TOP("\"verify\": {\"run\": [], \"shell\": 1}"),
          "3, column 25: 'verify.shell' must be true or false, not 1" },
        { TOP("\"verify\": {\"run\": [], \"timeout\": 60}"),
          "3, column 25: 'verify.timeout' must be a duration such as \"500ms\", \"2s\" or "
          "\"5m\", not 60" },
        { TOP("\"verify\": {\"run\": [], \"timeout\": \"8d\"}"),
          "3, column 25: 'verify.timeout' must be at least 1s and at most 7d, not \"8d\"" },
    };
    (void)state;
    assert_refused(cases);
}

#define LAYOUTS_ARE                                                                       \
    "3, column 3: 'layouts' must be \"regressed\", \"off\" or a whole number of layouts " \
    "from 5 to 20, not "

static void settings_are_checked(void **state)
{
    static const struct bad cases[] = {
        { TOP("\"env\": [\"A=1\"]"),
          "3, column 3: 'env' must be an object (values of variables by name), not an array "
          "of 1" },
        { TOP("\"env\": {\"A=\": \"1\"}"),
          "3, column 11: 'env.A=' is no name of a variable (letters, digits and '_', not "
          "beginning with a digit)" },
        { TOP("\"env\": {\"A\": 1}"), "3, column 11: 'env.A' must be a string, not 1" },
        { TOP("\"pass_env\": [\"1A\"]"),
          "3, column 16: 'pass_env[0]' must be the name of a variable (letters, digits and "
          "'_', not beginning with a digit), not \"1A\"" },
        { TOP("\"pass_env\": [\"A\", \"GITHUB_TOKEN\"]"),
          "3, column 21: 'pass_env[1]' names 'GITHUB_TOKEN': GITHUB_*, GH_* and ACTIONS_* "
          "are the CI's own and not given to code under test" },
        { TOP("\"pass_env\": [\"A\"], \"env\": {\"A\": \"1\"}"),
          "3, column 16: 'pass_env[0]' passes on 'A', which \"env\" sets" },
        { TOP("\"errors\": {\"miss\": 0.05}"),
          "3, column 14: 'errors.miss' must be a percentage such as \"2%\" or \"0.5%\", not "
          "0.05" },
        { TOP("\"errors\": {\"false_alarm\": \"0%\"}"),
          "3, column 14: 'errors.false_alarm' must be more than 0% and at most 20%, not "
          "\"0%\"" },
        { TOP("\"errors\": {\"false_alarm\": \"21%\"}"),
          "3, column 14: 'errors.false_alarm' must be more than 0% and at most 20%, not "
          "\"21%\"" },
        { TOP("\"errors\": {\"false-alarm\": \"1%\"}"),
          "3, column 14: unknown key 'false-alarm' in 'errors', did you mean "
          "'false_alarm'? (allowed: false_alarm, miss)" },
        { TOP("\"budget\": {\"pairs\": 7}"),
          "3, column 14: 'budget.pairs' must be a whole number of at least 8 and at most "
          "100000, not 7" },
        { TOP("\"budget\": {\"pairs\": 8.5}"),
          "3, column 14: 'budget.pairs' must be a whole number of at least 8 and at most "
          "100000, not 8.5" },
        { TOP("\"budget\": {\"warmup\": -1}"),
          "3, column 14: 'budget.warmup' must be a whole number of at least 0 and at most "
          "100, not -1" },
        { TOP("\"budget\": {\"time\": \"5 minutes\"}"),
          "3, column 14: 'budget.time' must be a duration such as \"500ms\", \"2s\" or "
          "\"5m\", not \"5 minutes\"" },
        { TOP("\"budget\": {\"time\": \"0s\"}"),
          "3, column 14: 'budget.time' must be at least 1s and at most 7d, not \"0s\"" },
        { TOP("\"layouts\": 4"), LAYOUTS_ARE "4" },
        { TOP("\"layouts\": 21"), LAYOUTS_ARE "21" },
        { TOP("\"layouts\": 5.5"), LAYOUTS_ARE "5.5" },
        { TOP("\"layouts\": \"5\""), LAYOUTS_ARE "\"5\"" },
        { TOP("\"layouts\": \"on\""), LAYOUTS_ARE "\"on\"" },
        { TOP("\"layouts\": false"), LAYOUTS_ARE "false" },
    };
    (void)state;
    assert_refused(cases);
}

static void long_values_are_cut_at_a_character(void **state)
{
    struct error err = { 0 };
    (void)state;

    assert_null(
        config_parse("{\"version\": \"1234567890123456789012345678901234567890123456"
                     "789012345678éééééé\"}",
                     "pawl.json", &err));

    assert_string_equal(
        err.message, "in 'pawl.json', line 1, column 2: 'version' must be 1, not "
                     "\"1234567890123456789012345678901234567890123456789012345678...");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_json_is_refused),
        cmocka_unit_test(keys_are_checked_at_the_top),
        cmocka_unit_test(recipes_are_checked),
        cmocka_unit_test(settings_are_checked),
        cmocka_unit_test(long_values_are_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
