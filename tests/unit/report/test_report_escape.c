#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "tests/support/check.h"

typedef void escape(struct str *out, const char *text);

static void check_escape(escape *add, const char *text, const char *wanted)
{
    struct str out = STR_INIT;
    add(&out, text);
    assert_string_equal(out.data, wanted);
    str_clear(&out);
}

static void code_is_fenced_by_a_run_that_it_lacks(void **state)
{
    (void)state;
    check_escape(markdown_add_code, "list[n=1]", "`list[n=1]`");
    check_escape(markdown_add_code, "a`b", "``a`b``");
    check_escape(markdown_add_code, "a``b", "`a``b`");
    check_escape(markdown_add_code, "a`b``c", "```a`b``c```");
    check_escape(markdown_add_code, "`", "`` ` ``");
    check_escape(markdown_add_code, " a ", "`  a  `");
    check_escape(markdown_add_code, "", "");
    check_escape(markdown_add_code, "a|b", "`a|b`");
    check_escape(markdown_add_code_cell, "a|b", "`a\\|b`");
    check_escape(markdown_add_code_cell, "a\\|b|", "`a\\\u2060\\|b\\|`");
}

static void prose_is_no_markup(void **state)
{
    (void)state;
    check_escape(markdown_add_prose, "plain, (words) 1.5 % - x",
                 "plain, (words) 1.5 % - x");
    check_escape(markdown_add_prose, "<b>*_`[x]|", "\\<b\\>\\*\\_\\`\\[x\\]\\|");
    check_escape(markdown_add_prose, "\\ ~ $ & !", "\\\\ \\~ \\$ \\& \\!");
}

static void prose_makes_no_links(void **state)
{
    (void)state;
    check_escape(markdown_add_prose, "@octo", "@\u2060octo");
    check_escape(markdown_add_prose, "a@b.c", "a@\u2060b.c");
    check_escape(markdown_add_prose, "2.0 @ 3 GHz", "2.0 @ 3 GHz");
    check_escape(markdown_add_prose, "x#12", "x\\#\u206012");
    check_escape(markdown_add_prose, "GH-12 gh-1 X-1", "GH-\u206012 gh-\u20601 X-1");
    check_escape(markdown_add_prose, "http://e", "http:\u2060//e");
    check_escape(markdown_add_prose, "mailto:x", "mailto:\u2060x");
    check_escape(markdown_add_prose, "www.e.com", "www\u2060.e.com");
    check_escape(markdown_add_prose,
                 ":tada: :+1: :-1:", ":\u2060tada: :\u2060+1: :\u2060-1:");
    check_escape(markdown_add_prose, "10:20 a: b", "10:20 a: b");
}

static void items_begin_no_other_block(void **state)
{
    (void)state;
    check_escape(markdown_add_item, "plain", "- plain\n");
    check_escape(markdown_add_item, "- x", "- \\- x\n");
    check_escape(markdown_add_item, "  + x", "- \\+ x\n");
    check_escape(markdown_add_item, "12. x", "- 12\\. x\n");
    check_escape(markdown_add_item, "1) x", "- 1\\) x\n");
    check_escape(markdown_add_item, "12 x", "- 12 x\n");
    check_escape(markdown_add_item, "12", "- 12\n");
    check_escape(markdown_add_item, "# x", "- \\# x\n");
    check_escape(markdown_add_item, "a\n\nb", "- a  b\n");
}

static void blocks_cannot_be_left(void **state)
{
    (void)state;
    check_escape(markdown_add_block, "pawl check", "```sh\npawl check\n```\n");
    check_escape(markdown_add_block, "a\n```\nb", "````sh\na ``` b\n````\n");
    check_escape(markdown_add_block, "a `````", "``````sh\na `````\n``````\n");
}

static void xml_keeps_its_elements(void **state)
{
    (void)state;
    check_escape(xml_add_text, "a<b>&\"'\x01", "a&lt;b&gt;&amp;&quot;'\uFFFD");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_is_fenced_by_a_run_that_it_lacks),
        cmocka_unit_test(prose_is_no_markup),
        cmocka_unit_test(prose_makes_no_links),
        cmocka_unit_test(items_begin_no_other_block),
        cmocka_unit_test(blocks_cannot_be_left),
        cmocka_unit_test(xml_keeps_its_elements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
