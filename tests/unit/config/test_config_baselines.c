/* "baselines" and "machine_class". */
#include "gate/base/str.h"
#include "runners/machine_fact.h"
#include "tests/unit/config/full_config.h"

#define TEXT(keys)                                                               \
    "{\"version\": 1,\n" keys "\"suites\": [{\"name\": \"s\", \"benchmarks\": [" \
    "{\"name\": \"b\", \"run\": \"a\"}]}]}"

static void assert_refused(const char *text, const char *message)
{
    struct error err = { 0 };
    assert_null(config_parse(text, "pawl.json", &err));
    assert_contains(err.message, message);
}

static void defaults_are_filled_in(void **state)
{
    (void)state;
    struct config *config = parse_good(TEXT(""));
    assert_string_equal(config->baselines, "baselines");
    assert_true(config->machine_facts == machine_facts_default());
    config_free(config);
}

static void directory_and_facts_are_read(void **state)
{
    (void)state;
    struct config *config =
        parse_good(TEXT("\"baselines\": \"perf/sessions\",\n"
                        "\"machine_class\": [\"libc\", \"boost\"],\n"));
    assert_string_equal(config->baselines, "perf/sessions");
    assert_true(config->machine_facts == (MACHINE_FACT_BIT(MACHINE_FACT_LIBC) |
                                          MACHINE_FACT_BIT(MACHINE_FACT_BOOST)));
    config_free(config);
}

static void directories_outside_are_refused(void **state)
{
    (void)state;
    assert_refused(TEXT("\"baselines\": \"../elsewhere\",\n"),
                   "in 'pawl.json', line 2, column 1: 'baselines' must be a directory "
                   "inside the repository, relative to its top, or \"ref\" or "
                   "\"ref:refs/pawl/NAME\", not \"../elsewhere\"");
    assert_refused(TEXT("\"baselines\": \"/etc\",\n"), "'baselines' must be a directory");
    assert_refused(TEXT("\"baselines\": \"\",\n"), "'baselines' must be a directory");
    assert_refused(TEXT("\"baselines\": 5,\n"), "'baselines' must be a directory");
}

static void a_ref_of_pawls_is_read_and_no_branch(void **state)
{
    (void)state;
    struct config *config = parse_good(TEXT("\"baselines\": \"ref\",\n"));
    assert_string_equal(config->baselines, "ref");
    config_free(config);
    config = parse_good(TEXT("\"baselines\": \"ref:refs/pawl/nightly\",\n"));
    assert_string_equal(config->baselines, "ref:refs/pawl/nightly");
    config_free(config);
    assert_refused(TEXT("\"baselines\": \"ref:refs/heads/main\",\n"),
                   "'baselines' must be a directory");
    assert_refused(TEXT("\"baselines\": \"ref:refs/pawl/\",\n"),
                   "'baselines' must be a directory");
}

static void facts_that_there_are_not_are_refused(void **state)
{
    (void)state;
    assert_refused(TEXT("\"machine_class\": [\"hostname\"],\n"),
                   "'machine_class[0]' must be one of \"cpu_model\", \"microcode\", ");
    assert_refused(TEXT("\"machine_class\": [\"libc\", \"libc\"],\n"),
                   "'machine_class[1]' names 'libc' twice");
    assert_refused(TEXT("\"machine_class\": [],\n"), "machine_class");
    assert_refused(TEXT("\"machine_class\": \"libc\",\n"), "machine_class");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_filled_in),
        cmocka_unit_test(directory_and_facts_are_read),
        cmocka_unit_test(directories_outside_are_refused),
        cmocka_unit_test(a_ref_of_pawls_is_read_and_no_branch),
        cmocka_unit_test(facts_that_there_are_not_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
