/* Head against the anchor in every report. */
#include <stdlib.h>

#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/report/report.h"
#include "golden.h"
#include "sample_creep.h"
#include "tests/support/check.h"

static void creep_is_shown_in_every_report(void **state)
{
    (void)state;
    assert_renders(sample_creep, "markdown", "report_creep.md");
    assert_renders(sample_creep, "terminal", "report_creep.txt");
    assert_renders(sample_creep, "junit", "report_creep.xml");
    assert_renders(sample_creep, "tsv", "report_creep.tsv");
    assert_renders(sample_creep_trouble, "markdown", "report_creep_trouble.md");
    assert_renders(sample_creep_trouble, "terminal", "report_creep_trouble.txt");
    assert_renders(sample_creep_trouble, "junit", "report_creep_trouble.xml");
}

static void read_back_it_is_written_the_same(void **state)
{
    struct result result = { 0 };
    (void)state;
    assert_reads_back(sample_creep, &result);
    assert_string_equal(result.creep->steps.items[0].subject, "list: sorted by name");
    assert_int_equal(result.creep->commit_count, 10);
    result_clear(&result);
}

static void foreign_text_commands_nobody(void **state)
{
    static const char *const formats[] = { "markdown", "terminal", "junit", "tsv" };
    (void)state;

    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        char *text = render(sample_creep_hostile, formats[i]);
        assert_commands_nobody(text);
        assert_lacks(text, "@everyone</");
        free(text);
    }
    char *markdown = render(sample_creep_hostile, "markdown");
    char *xml = render(sample_creep_hostile, "junit");
    assert_lacks(markdown, "\n</details> <script>");
    assert_lacks(xml, "<script>");
    free(markdown);
    free(xml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(creep_is_shown_in_every_report),
        cmocka_unit_test(read_back_it_is_written_the_same),
        cmocka_unit_test(foreign_text_commands_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
