#include "gate/base/alloc.h"
#include "gate/config/toml_line.h"
#include "tests/support/check.h"

/* Each line as "section/key=value", without the "=" where it has no key of its own. */
static void assert_lines(const char *text, const char *want)
{
    AUTO_STR struct str all = STR_INIT;
    AUTO_TOML_LINE struct toml_line line = TOML_LINE_INIT;
    while (toml_line_next(&text, &line))
        str_addf(&all, "%s/%s%s%s\n", line.section.data, line.key.data,
                 line.has_key ? "=" : " ", line.value.data);
    assert_string_equal(all.data, want);
}

static void keys_are_those_of_their_section(void **state)
{
    (void)state;
    assert_lines("a = 1 # one\n\n# no\n[package]\r\nname = \"x # y\"\r\n[[bench]]\n"
                 "name='z'\n",
                 "/a=1\npackage/ \npackage/name=x # y\n[bench]/ \n[bench]/name=z\n");
}

static void a_list_goes_on_under_its_key(void **state)
{
    (void)state;
    assert_lines("[extras]\ndev = [\n  \"a\",\n  [\"b\"],\n]\nnext = []\n",
                 "extras/ \nextras/dev=[\nextras/dev \"a\",\nextras/dev [\"b\"],\n"
                 "extras/dev ]\nextras/next=[]\n");
}

static void what_is_no_toml_does_no_harm(void **state)
{
    (void)state;
    assert_lines("[\n]\n=\n\"\n[]\nx = \"open\n", "/ [\n/ ]\n/ =\n/ \"\n/ \n/x=\"open\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_those_of_their_section),
        cmocka_unit_test(a_list_goes_on_under_its_key),
        cmocka_unit_test(what_is_no_toml_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
