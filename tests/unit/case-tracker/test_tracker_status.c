#include "gate/base/error.h"
#include "runners/case-tracker/status.h"
#include "tests/support/check.h"

static void every_name_is_found_again(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < STATUS_COUNT; i++) {
        enum status found = STATUS_DRAFT;
        assert_int_equal(status_find(status_name((enum status)i), &found), 0);
        assert_int_equal(found, i);
    }
}

static void nothing_else_is_found(void **state)
{
    static const char *const names[] = { "",       "draft",        "DRAFTS",
                                         "OPENED", "UNDER REVIEW", "SUBMITTEE",
                                         "DRAFX",  "CLOSE" };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        enum status found = STATUS_ESCALATED;
        if (status_find(names[i], &found) == 0 || found != STATUS_ESCALATED)
            fail_msg("'%s'", names[i]);
    }
}

static void unknown_status_is_named_with_those_allowed(void **state)
{
    struct error err = { 0 };
    enum status status = STATUS_DRAFT;
    (void)state;
    assert_int_equal(status_parse("OPEN", &status, &err), -1);
    assert_string_equal(err.message,
                        "unknown status 'OPEN', allowed are DRAFT, SUBMITTED, "
                        "UNDER_REVIEW, ESCALATED and CLOSED");
}

static void check_move(unsigned int from, unsigned int to, bool is_allowed)
{
    if (status_may_become((enum status)from, (enum status)to) != is_allowed)
        fail_msg("%s to %s", status_name((enum status)from),
                 status_name((enum status)to));
}

static void exactly_the_documented_moves_are_allowed(void **state)
{
    /* from the row to the column: D S U E C */
    static const char *const allowed[STATUS_COUNT] = { ".x...", "x.x..", "...xx", "..x.x",
                                                       "....." };
    (void)state;
    for (unsigned int from = 0; from < STATUS_COUNT; from++) {
        for (unsigned int to = 0; to < STATUS_COUNT; to++)
            check_move(from, to, allowed[from][to] == 'x');
    }
}

static void the_moves_in_words_are_the_moves(void **state)
{
    (void)state;
    for (unsigned int from = 0; from < STATUS_COUNT; from++) {
        const char *words = status_next_names((enum status)from);
        for (unsigned int to = 0; to < STATUS_COUNT; to++) {
            if (status_may_become((enum status)from, (enum status)to))
                assert_contains(words, status_name((enum status)to));
            else
                assert_lacks(words, status_name((enum status)to));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_is_found_again),
        cmocka_unit_test(nothing_else_is_found),
        cmocka_unit_test(unknown_status_is_named_with_those_allowed),
        cmocka_unit_test(exactly_the_documented_moves_are_allowed),
        cmocka_unit_test(the_moves_in_words_are_the_moves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
