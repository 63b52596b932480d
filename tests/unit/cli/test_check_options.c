#include <string.h>

#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/check_options.h"
#include "tests/support/check.h"

#define AUTO_OPTIONS AUTO(check_options_clear)

/* Reads words (NULL at their end) as they stand after "check". */
static int read_words(struct check_options *options, char **words, struct error *err)
{
    int count = 0;
    while (words[count])
        count++;
    return check_options_read(options, count, words, err);
}
#define WORDS(...) ((char *[]){ __VA_ARGS__, NULL })

static void nothing_given_is_the_usual_check(void **state)
{
    struct error err = { 0 };
    AUTO_OPTIONS struct check_options options;

    (void)state;
    assert_int_equal(check_options_read(&options, 0, WORDS(NULL), &err), 0);
    assert_string_equal(options.directory, ".");
    assert_string_equal(options.head, "HEAD");
    assert_null(options.base);
    assert_false(options.head_is_work_tree);
    assert_int_equal(options.budget_ns, 0);
    assert_int_equal(options.max_pairs, 0);
    assert_false(options.has_seed);
    assert_true(options.skips_identical);
    assert_true(options.may_pin);
    assert_true(options.may_raise);
    assert_true(options.uses_build_cache);
    assert_false(options.resumes);
    assert_false(options.fail_on.inconclusive);
    assert_false(options.confirms);
    assert_false(options.controls);
    assert_false(options.fail_on.layout);
    assert_null(options.layouts);
}

static char b[] = "-b", main_branch[] = "main", c_[] = "-C", there[] = "there",
            budget[] = "--budget=90s", pairs[] = "--pairs", eight[] = "8",
            seed[] = "--seed=0", no_identical[] = "--no-identical", no_pin[] = "--no-pin",
            no_priority[] = "--no-priority", no_cache[] = "--no-cache",
            resume[] = "--resume", fail_on[] = "--fail-on=inconclusive",
            config[] = "--config", file[] = "a b", list[] = "list", note[] = "no'te-*";

static void everything_given_is_read(void **state)
{
    struct error err = { 0 };
    AUTO_OPTIONS struct check_options options;
    char **words =
        WORDS(b, main_branch, c_, there, budget, pairs, eight, seed, no_identical, no_pin,
              no_priority, no_cache, resume, fail_on, list, note);

    (void)state;
    assert_int_equal(read_words(&options, words, &err), 0);
    assert_string_equal(options.base, "main");
    assert_string_equal(options.directory, "there");
    assert_true(options.budget_ns == INT64_C(90000000000));
    assert_int_equal(options.max_pairs, 8);
    assert_true(options.has_seed);
    assert_int_equal(options.seed, 0);
    assert_false(options.skips_identical);
    assert_false(options.may_pin);
    assert_false(options.may_raise);
    assert_false(options.uses_build_cache);
    assert_true(options.resumes);
    assert_true(options.fail_on.inconclusive);
    assert_int_equal(options.patterns.count, 2);
    assert_string_equal(options.patterns.items[1], "no'te-*");
}

static void repeated_options_are_those_that_decide_what_is_measured(void **state)
{
    struct error err = { 0 };
    AUTO_OPTIONS struct check_options options;
    AUTO_STR struct str text = STR_INIT;
    char **words = WORDS(b, main_branch, config, file, budget, pairs, eight, seed,
                         no_identical, no_pin, no_priority, fail_on, list, note);

    (void)state;
    assert_int_equal(read_words(&options, words, &err), 0);
    check_options_add_repeat(&options, &text);
    assert_string_equal(text.data,
                        " --config 'a b' --budget 90000ms --pairs 8 "
                        "--no-identical --no-pin --no-priority list 'no'\\''te-*'");
}

static void second_looks_are_asked_for_and_repeated(void **state)
{
    struct error err = { 0 };
    AUTO_OPTIONS struct check_options options;
    AUTO_STR struct str text = STR_INIT;
    char confirm[] = "--confirm";
    char control[] = "--control";

    (void)state;
    assert_int_equal(read_words(&options, WORDS(confirm, control), &err), 0);
    check_options_add_repeat(&options, &text);
    assert_true(options.confirms && options.controls);
    assert_string_equal(text.data, " --control --confirm");
}

static void layouts_are_chosen_and_repeated(void **state)
{
    struct error err = { 0 };
    AUTO_OPTIONS struct check_options options;
    AUTO_STR struct str text = STR_INIT;
    char layouts[] = "--layouts=7";

    (void)state;
    assert_int_equal(read_words(&options, WORDS(layouts), &err), 0);
    check_options_add_repeat(&options, &text);
    assert_string_equal(options.layouts, "7");
    assert_string_equal(text.data, " --layouts 7");
}

static void anchor_is_the_configs_unless_it_is_named(void **state)
{
    struct error err = { 0 };
    AUTO_OPTIONS struct check_options options;
    AUTO_OPTIONS struct check_options named;
    AUTO_STR struct str text = STR_INIT;
    char bare[] = "--anchor";
    char bench[] = "list";
    char anchor[] = "--anchor=v1.0";

    (void)state;
    assert_int_equal(read_words(&options, WORDS(bare, bench), &err), 0);
    assert_string_equal(options.anchor, "");
    assert_string_equal(options.patterns.items[0], "list");
    check_options_add_repeat(&options, &text);
    assert_int_equal(read_words(&named, WORDS(anchor), &err), 0);
    check_options_add_repeat(&named, &text);
    assert_string_equal(text.data, " --anchor list --anchor=v1.0");
}

static void stored_sessions_stand_in_for_nothing_that_needs_a_base(void **state)
{
    struct error err = { 0 };
    AUTO_OPTIONS struct check_options options;
    AUTO_OPTIONS struct check_options refused;
    AUTO_OPTIONS struct check_options alone;
    AUTO_STR struct str text = STR_INIT;
    char baseline[] = "--baseline";
    char across[] = "--across-machines";
    char control[] = "--control";

    (void)state;
    assert_int_equal(read_words(&options, WORDS(baseline, across), &err), 0);
    check_options_add_repeat(&options, &text);
    assert_string_equal(text.data, " --baseline --across-machines");
    assert_int_equal(read_words(&refused, WORDS(baseline, control), &err), -1);
    assert_string_equal(err.message, "--baseline measures head alone, against sessions "
                                     "that are stored already: leave --control out");
    error_clear(&err);
    assert_int_equal(read_words(&alone, WORDS(across), &err), -1);
    assert_string_equal(err.message,
                        "--across-machines is for --baseline: give that too");
}

static void several_kinds_of_rows_may_fail_the_gate(void **state)
{
    struct error err = { 0 };
    AUTO_OPTIONS struct check_options options;
    AUTO_OPTIONS struct check_options others;
    char both[] = "--fail-on=layout,regression,inconclusive";
    char layout[] = "--fail-on=layout";

    (void)state;
    assert_int_equal(read_words(&options, WORDS(both), &err), 0);
    assert_true(options.fail_on.layout && options.fail_on.inconclusive);
    assert_int_equal(read_words(&others, WORDS(layout), &err), 0);
    assert_true(others.fail_on.layout && !others.fail_on.inconclusive);
}

static void short_budget_is_repeated_exactly(void **state)
{
    const struct check_options options = {
        .budget_ns = 1500001, .skips_identical = true, .may_pin = true, .may_raise = true
    };
    AUTO_STR struct str text = STR_INIT;

    (void)state;
    check_options_add_repeat(&options, &text);
    assert_string_equal(text.data, " --budget 1500001ns");
}

static void usual_check_repeats_nothing(void **state)
{
    struct error err = { 0 };
    AUTO_OPTIONS struct check_options options;
    AUTO_STR struct str text = STR_INIT;

    (void)state;
    assert_int_equal(check_options_read(&options, 0, WORDS(NULL), &err), 0);
    check_options_add_repeat(&options, &text);
    assert_string_equal(text.data, "");
}

static void quiet_and_verbose_set_the_level_of_the_log(void **state)
{
    struct error err = { 0 };
    AUTO_OPTIONS struct check_options options;
    AUTO_OPTIONS struct check_options others;
    char quiet[] = "-q";
    char verbose[] = "--verbose";

    (void)state;
    assert_int_equal(read_words(&options, WORDS(quiet), &err), 0);
    assert_int_equal(log_get_level(), LOG_QUIET);
    assert_int_equal(read_words(&others, WORDS(verbose), &err), 0);
    assert_int_equal(log_get_level(), LOG_VERBOSE);
    log_set_level(LOG_NORMAL);
}

static void help_forgives_what_does_not_fit_together(void **state)
{
    struct error err = { 0 };
    AUTO_OPTIONS struct check_options options;
    char few[] = "--pairs=1";
    char help[] = "--help";

    (void)state;
    assert_int_equal(read_words(&options, WORDS(few, help), &err), 0);
    assert_true(options.wants_help);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_given_is_the_usual_check),
        cmocka_unit_test(everything_given_is_read),
        cmocka_unit_test(repeated_options_are_those_that_decide_what_is_measured),
        cmocka_unit_test(second_looks_are_asked_for_and_repeated),
        cmocka_unit_test(layouts_are_chosen_and_repeated),
        cmocka_unit_test(anchor_is_the_configs_unless_it_is_named),
        cmocka_unit_test(stored_sessions_stand_in_for_nothing_that_needs_a_base),
        cmocka_unit_test(several_kinds_of_rows_may_fail_the_gate),
        cmocka_unit_test(short_budget_is_repeated_exactly),
        cmocka_unit_test(usual_check_repeats_nothing),
        cmocka_unit_test(quiet_and_verbose_set_the_level_of_the_log),
        cmocka_unit_test(help_forgives_what_does_not_fit_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
