#include "gate/base/str.h"
#include "gate/report/report.h"
#include "tests/support/check.h"

static void
check_progress(struct report_progress progress, size_t width, const char *wanted)
{
    struct str out = STR_INIT;
    report_progress_line(&progress, width, &out);
    assert_string_equal(out.data, wanted);
    str_clear(&out);
}

static void the_line_says_how_far_it_is(void **state)
{
    (void)state;
    check_progress((struct report_progress){ 12, 40, 310, 118000000000, "list[n=1000]" },
                   100,
                   "12 of 40 rows decided · 310 pairs · about 2 min left · list[n=1000]");
    check_progress((struct report_progress){ 0, 1, 1, 41200000000, "" }, 100,
                   "0 of 1 row decided · 1 pair · about 42 s left");
}

static void what_is_unknown_is_left_out(void **state)
{
    (void)state;
    check_progress((struct report_progress){ 0, 4, 0, -1, NULL }, 100,
                   "0 of 4 rows decided · 0 pairs");
}

static void the_line_is_cut_to_the_terminal(void **state)
{
    (void)state;
    check_progress((struct report_progress){ 12, 40, 310, -1, "list" }, 24,
                   "12 of 40 rows decided ·…");
}

static void names_cannot_move_the_cursor(void **state)
{
    (void)state;
    check_progress((struct report_progress){ 0, 1, 0, -1, "a\r\n\033[2Jb" }, 100,
                   "0 of 1 row decided · 0 pairs · a  \uFFFD[2Jb");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_says_how_far_it_is),
        cmocka_unit_test(what_is_unknown_is_left_out),
        cmocka_unit_test(the_line_is_cut_to_the_terminal),
        cmocka_unit_test(names_cannot_move_the_cursor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
