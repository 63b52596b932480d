#include "gate/base/error.h"
#include "gate/cli/fail_on.h"
#include "tests/support/check.h"

static struct fail_on read(const char *text)
{
    struct fail_on fail_on = { 0 };
    struct error err = { 0 };
    if (text && fail_on_read(text, &fail_on, &err) < 0)
        fail_msg("%s", err.message);
    return fail_on;
}

/* What judge_gate makes of the words is tested there; here, the exit code in the end. */
static void each_word_fails_on_what_it_says(void **state)
{
    static const struct {
        const char *text;
        int pass, regressed, not_measured, inconclusive;
    } cases[] = {
        { NULL, 0, 1, 3, 4 },           { "regression", 0, 1, 3, 4 },
        { "inconclusive", 0, 1, 3, 4 }, { "layout,inconclusive", 0, 1, 3, 4 },
        { "error", 0, 0, 3, 0 },        { "never", 0, 0, 0, 0 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fail_on fail_on = read(cases[i].text);
        assert_int_equal(fail_on_exit(&fail_on, GATE_PASS), cases[i].pass);
        assert_int_equal(fail_on_exit(&fail_on, GATE_REGRESSED), cases[i].regressed);
        assert_int_equal(fail_on_exit(&fail_on, GATE_NOT_MEASURED),
                         cases[i].not_measured);
        assert_int_equal(fail_on_exit(&fail_on, GATE_INCONCLUSIVE),
                         cases[i].inconclusive);
    }
}

static void words_add_up(void **state)
{
    struct fail_on both = read("layout,regression,inconclusive");
    struct fail_on one = read("layout");
    (void)state;

    assert_true(both.layout && both.inconclusive && !both.only_errors && !both.nothing);
    assert_true(one.layout && !one.inconclusive);
}

static void check_refused(const char *text, const char *message)
{
    struct fail_on fail_on = { .layout = true };
    struct error err = { 0 };
    assert_int_equal(fail_on_read(text, &fail_on, &err), -1);
    assert_int_equal(err.code, ERROR_USAGE);
    assert_string_equal(err.message, message);
    assert_true(fail_on.layout && !fail_on.inconclusive);
}

#define ALLOWED                                                                      \
    "--fail-on must be 'regression', 'inconclusive', 'layout', 'error' or 'never', " \
    "not "

static void other_words_are_refused(void **state)
{
    (void)state;
    check_refused("", ALLOWED "''");
    check_refused("errors", ALLOWED "'errors'");
    check_refused("inconclusive,", ALLOWED "''");
    check_refused("inconclusive,never", "--fail-on 'never' stands alone");
    check_refused("error,layout", "--fail-on 'error' stands alone");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_word_fails_on_what_it_says),
        cmocka_unit_test(words_add_up),
        cmocka_unit_test(other_words_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
