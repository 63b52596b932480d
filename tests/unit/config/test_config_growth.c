/* "growth": of which parameter it speaks, and what it can't speak of. */
#include "gate/base/error.h"
#include "gate/config/config.h"
#include "tests/support/check.h"

#define TEXT(sizes, growth)                                                             \
    "{\"version\": 1, \"suites\": [{\"name\": \"s\", \"benchmarks\": [\n"               \
    "{\"name\": \"b\", \"run\": \"a\",\n\"growth\": \"" growth "\", \"sizes\": {" sizes \
    "}}]}]}"

static void
assert_growth(const char *text, const char *parameter, double power, bool has_log)
{
    struct error err = { 0 };
    struct config *config = config_parse(text, "pawl.json", &err);
    if (!config)
        fail_msg("%s", err.message);
    const struct growth_ceiling *growth = &config->suites[0].benchmarks[0].growth;
    assert_string_equal(growth->parameter, parameter);
    assert_close(growth->power, power, 0);
    assert_int_equal(growth->has_log, has_log);
    config_free(config);
}

static void assert_refused(const char *text, const char *message)
{
    struct error err = { 0 };
    assert_null(config_parse(text, "pawl.json", &err));
    assert_string_equal(err.message, message);
}

static void every_form_is_read(void **state)
{
    (void)state;
    assert_growth(TEXT("\"n\": [1, 2]", "O(1)"), "n", 0, false);
    assert_growth(TEXT("\"n\": [1, 2]", "O(log n)"), "n", 0, true);
    assert_growth(TEXT("\"n\": [1, 2]", "O(n)"), "n", 1, false);
    assert_growth(TEXT("\"n\": [1, 2]", "O(n log n)"), "n", 1, true);
    assert_growth(TEXT("\"n\": [1, 2]", "O(n^2)"), "n", 2, false);
    assert_growth(TEXT("\"n\": [1, 2]", "O(n^3)"), "n", 3, false);
}

static void n_stands_for_the_only_parameter(void **state)
{
    (void)state;
    assert_growth(TEXT("\"rows\": [1, 2]", "O(n^2)"), "rows", 2, false);
    assert_growth(TEXT("\"rows\": [1, 2]", "O(rows^2)"), "rows", 2, false);
    assert_growth(TEXT("\"rows\": [1, 2]", "O(1)"), "rows", 0, false);
}

static void among_several_parameters_it_is_named(void **state)
{
    (void)state;
    assert_growth(TEXT("\"m\": [\"a\"], \"n\": [1, 2]", "O(n)"), "n", 1, false);
    assert_growth(TEXT("\"m\": [1, 2], \"n\": [\"a\"]", "O(m log m)"), "m", 1, true);
    assert_growth(TEXT("\"m\": [\"a\"], \"n\": [1, 2]", "O(1)"), "n", 0, false);
    assert_growth(TEXT("\"log\": [1, 2], \"n\": [1, 2]", "O(log log)"), "log", 0, true);
}

#define PLACE "in 'pawl.json', line 3, column 1: 'suites[0].benchmarks[0].growth' "

static void what_names_no_parameter_is_refused(void **state)
{
    (void)state;
    assert_refused(TEXT("", "O(n)"), PLACE "needs \"sizes\" to speak of");
    assert_refused(TEXT("\"k\": [1, 2]", "n"),
                   PLACE "must be one of \"O(1)\", \"O(log k)\", \"O(k)\", \"O(k log "
                         "k)\", \"O(k^2)\", \"O(k^3)\", not \"n\"");
    assert_refused(TEXT("\"k\": [1, 2]", "O(m)"),
                   PLACE "must be one of \"O(1)\", \"O(log k)\", \"O(k)\", \"O(k log "
                         "k)\", \"O(k^2)\", \"O(k^3)\", not \"O(m)\"");
    assert_refused(TEXT("\"k\": [1], \"m\": [1]", "O(1)"),
                   PLACE "must be one of \"O(1)\", \"O(log n)\", \"O(n)\", \"O(n log "
                         "n)\", \"O(n^2)\", \"O(n^3)\" with one of the parameters (k, m) "
                         "for n, not \"O(1)\"");
}

static void sizes_that_are_no_numbers_are_refused(void **state)
{
    (void)state;
    assert_refused(TEXT("\"n\": [1, \"many\"]", "O(n)"),
                   PLACE "needs values of 'n' that are numbers above 0, not 'many'");
    assert_refused(TEXT("\"n\": [1, 0]", "O(n)"),
                   PLACE "needs values of 'n' that are numbers above 0, not '0'");
    assert_refused(TEXT("\"n\": [10, \"1e1\"]", "O(n)"),
                   PLACE "needs different sizes, not 10 and 1e1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_read),
        cmocka_unit_test(n_stands_for_the_only_parameter),
        cmocka_unit_test(among_several_parameters_it_is_named),
        cmocka_unit_test(what_names_no_parameter_is_refused),
        cmocka_unit_test(sizes_that_are_no_numbers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
