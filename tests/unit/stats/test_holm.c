#include <string.h>

#include "gate/stats/holm.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"

static void adjusted_p_values_are_those_of_p_adjust(void **state)
{
    struct expected e;
    double adjusted[60];

    (void)state;
    expected_open(&e, "functions.txt");
    while (expected_next(&e, "holm")) {
        size_t n = e.values.count / 2;
        holm_adjust(e.values.items, n, adjusted);
        for (size_t i = 0; i < n; i++)
            expected_check(&e, n + i, adjusted[i], 1e-13);
    }
    assert_true(e.matched >= 28);
    expected_close(&e);
}

static void the_array_may_be_adjusted_in_place(void **state)
{
    double p[] = { 0.04, 0.01, 0.03 };

    (void)state;
    holm_adjust(p, 3, p);
    assert_close(p[0], 0.06, 1e-15);
    assert_close(p[1], 0.03, 1e-15);
    assert_close(p[2], 0.06, 1e-15);
}

static void no_rows_are_fine(void **state)
{
    double none[1] = { 0.5 };

    (void)state;
    holm_adjust(none, 0, none);
    assert_close(none[0], 0.5, 0);
}

static void a_row_at_the_bonferroni_threshold_survives_holm(void **state)
{
    double p[20];

    (void)state;
    for (size_t i = 0; i < 20; i++)
        p[i] = 1;
    p[7] = holm_bonferroni_threshold(0.01, 20);
    holm_adjust(p, 20, p);
    assert_close(p[7], 0.01, 1e-17);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adjusted_p_values_are_those_of_p_adjust),
        cmocka_unit_test(the_array_may_be_adjusted_in_place),
        cmocka_unit_test(no_rows_are_fine),
        cmocka_unit_test(a_row_at_the_bonferroni_threshold_survives_holm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
