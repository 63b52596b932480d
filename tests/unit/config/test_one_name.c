/* One name of a harness, as filters want it. */
#include <stdlib.h>

#include "gate/config/one_name.h"
#include "tests/support/check.h"

static void assert_regex(const char *format, const char *name, const char *want)
{
    char *got = one_name_regex(format, name);
    assert_string_equal(got, want);
    free(got);
}

static void a_name_stands_for_itself(void **state)
{
    (void)state;
    assert_regex("google", "BM_parse/1000/real_time", "^BM_parse/1000/real_time$");
    assert_regex(NULL, "two words", "^two words$");
    assert_regex("google", "BM_x<std::pair<int, int>>", "^BM_x<std::pair<int, int>>$");
}

static void what_means_something_else_is_escaped(void **state)
{
    (void)state;
    assert_regex("criterion", "a.b*c[1]{2}(3)|^$?+\\",
                 "^a\\.b\\*c\\[1]\\{2}\\(3\\)\\|\\^\\$\\?\\+\\\\$");
}

/* Go holds each part between slashes against one of the name's, and puts the number of
 * CPUs behind the last one. */
static void go_has_its_parts_apart(void **state)
{
    (void)state;
    assert_regex("go", "example.org/parser.BenchmarkParse-8", "^BenchmarkParse(-8)?$");
    assert_regex("go", "BenchmarkParse", "^BenchmarkParse$");
    assert_regex("go", "p.BenchmarkParse/size=10/a.b-16",
                 "^BenchmarkParse$/^size=10$/^a\\.b(-16)?$");
    assert_regex("go", "BenchmarkX/a-b", "^BenchmarkX$/^a-b$");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_stands_for_itself),
        cmocka_unit_test(what_means_something_else_is_escaped),
        cmocka_unit_test(go_has_its_parts_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
