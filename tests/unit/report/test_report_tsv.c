#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/report/report.h"
#include "golden.h"
#include "sample.h"
#include "tests/support/check.h"

static void reports_read_as_agreed(void **state)
{
    (void)state;
    assert_renders(sample_regression, "tsv", "report_regression.tsv");
    assert_renders(sample_trouble, "tsv", "report_trouble.tsv");
}

/* Every line has the fields of the first, whatever the ids hold. */
static void every_line_has_all_fields(void **state)
{
    AUTO_FREE char *text = render(sample_hostile, "tsv");
    size_t tabs = 0;

    (void)state;
    for (const char *c = text; *c; c++) {
        if (*c == '\t')
            tabs++;
        if (*c != '\n')
            continue;
        assert_int_equal(tabs, 10);
        tabs = 0;
    }
    assert_lacks(text, "\033");
    assert_lacks(text, "##[");
}

static void numbers_that_are_not_known_are_empty(void **state)
{
    AUTO_FREE char *text = render(sample_trouble, "tsv");

    (void)state;
    assert_lacks(text, "nan");
    assert_lacks(text, "inf");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_read_as_agreed),
        cmocka_unit_test(every_line_has_all_fields),
        cmocka_unit_test(numbers_that_are_not_known_are_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
