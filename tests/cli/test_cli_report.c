/* pawl report --kind optimization: the golden result, of commits that this test makes. */
#include <stdlib.h>

#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define OPTIMIZATION "report --kind optimization "

/* Two commits, of which head adds two lines to a file and takes one out, and result.json
 * with their trees. */
static int setup(void **state)
{
    if (gate_setup(state) != 0)
        return -1;
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/list.c", "a\nb\nc\n");
    repository_commit_all(sandbox, "project", "base", NULL);
    sandbox_write(sandbox, "project/list.c", "a\nB1\nB2\nc\n");
    repository_commit_all(sandbox, "project", "head", NULL);
    sandbox_must(sandbox,
                 "cd project && sed"
                 " -e s/aa11bb22cc33dd44ee55ff66aa77bb88cc99dd00/$(git rev-parse "
                 "HEAD~1^{tree})/"
                 " -e s/0011223344556677889900aabbccddeeff001122/$(git rev-parse "
                 "HEAD^{tree})/"
                 " \"$PAWL_TEST_DATA\"/golden/result_improved.json >../r.json");
    return 0;
}

static void the_change_is_counted_in_lines(void **state)
{
    struct outcome outcome = pawl_exits(*state, 0, OPTIMIZATION "../r.json");

    assert_contains(outcome.out, "# list: read the store once instead of twice\n");
    assert_contains(outcome.out, "| `list.c` | +2 | -1 |\n");
    outcome_clear(&outcome);
}

static void elsewhere_the_lines_are_not_known(void **state)
{
    struct outcome outcome = pawl_exits(*state, 0, OPTIMIZATION "-C / ../r.json");

    assert_contains(outcome.out, "Which lines changed is not known: ");
    outcome_clear(&outcome);
}

static void saved_reports_are_numbered_and_never_replaced(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_write(sandbox, "project/docs/optimizations/0007-old.md", "old\n");
    sandbox_write(sandbox, "notes.md", "## Problem\n\nIt was slow.\n");

    struct outcome first =
        pawl_exits(sandbox, 0,
                   OPTIMIZATION "--save --title 'Read: ONCE/../' --notes ../notes.md "
                                "../r.json");
    assert_contains(first.out, "/project/docs/optimizations/0008-read-once.md\n");
    struct outcome second = pawl_exits(
        sandbox, 0,
        OPTIMIZATION "--save --notes docs/optimizations/0008-read-once.md ../r.json");
    assert_contains(second.out, "/project/docs/optimizations/0009-read-once.md\n");

    sandbox_must(sandbox,
                 "cd project/docs/optimizations && cmp 0008-* 0009-* &&"
                 " grep -qx 'It was slow.' 0009-* && test \"$(ls -A)\" = "
                 "\"$(printf '0007-old.md\\n0008-read-once.md\\n0009-read-once.md')\"");
    outcome_clear(&first);
    outcome_clear(&second);
}

static void what_is_asked_wrongly_is_refused(void **state)
{
    static const struct {
        const char *arguments;
        const char *message;
    } cases[] = {
        { "report --kind poem ../r.json",
          "--kind must be one of gate, optimization, not 'poem'" },
        { "report --save ../r.json",
          "--save, --title and --notes go with --kind optimization" },
        { OPTIMIZATION "--format json ../r.json",
          "the report on an optimization is markdown, not 'json'" },
        { OPTIMIZATION "--notes ../nothing ../r.json",
          "--notes: cannot open '../nothing': No such file or directory" },
        { OPTIMIZATION "--notes list.c ../r.json",
          "in 'list.c', line 1: text before the first section; sections begin "
          "with headings such as 'Problem'" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        pawl_refuses(*state, 2, cases[i].message, cases[i].arguments);
}

static void a_place_that_is_no_directory_is_named(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_write(sandbox, "project/docs/optimizations", "a file\n");

    struct outcome outcome = pawl_exits(sandbox, 5, OPTIMIZATION "--save ../r.json");
    assert_contains(outcome.err, "docs/optimizations'");
    assert_string_equal(outcome.out, "");
    outcome_clear(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_change_is_counted_in_lines, setup,
                                        gate_teardown),
        cmocka_unit_test_setup_teardown(elsewhere_the_lines_are_not_known, setup,
                                        gate_teardown),
        cmocka_unit_test_setup_teardown(saved_reports_are_numbered_and_never_replaced,
                                        setup, gate_teardown),
        cmocka_unit_test_setup_teardown(what_is_asked_wrongly_is_refused, setup,
                                        gate_teardown),
        cmocka_unit_test_setup_teardown(a_place_that_is_no_directory_is_named, setup,
                                        gate_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
