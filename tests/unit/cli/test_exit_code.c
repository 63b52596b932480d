#include "gate/cli/exit_code.h"
#include "tests/support/check.h"

static void every_kind_of_error_has_its_documented_exit_code(void **state)
{
    static const struct {
        enum error_code code;
        int want;
    } cases[] = {
        { ERROR_NONE, 0 },   { ERROR_USAGE, 2 },         { ERROR_CONFIG, 2 },
        { ERROR_GIT, 2 },    { ERROR_BUILD, 3 },         { ERROR_BENCHMARK, 3 },
        { ERROR_SYSTEM, 5 }, { ERROR_INTERRUPTED, 130 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err = { .code = cases[i].code };
        assert_int_equal(exit_code_of(&err), cases[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_error_has_its_documented_exit_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
