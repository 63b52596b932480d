#include <stdlib.h>
#include <string.h>

#include "../report/sample.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/github/comment.h"
#include "gate/github/links.h"
#include "tests/support/check.h"

static char *comment_on(struct result *result, const struct github_comment *comment)
{
    struct str out = STR_INIT;
    github_add_comment(&out, result, comment);
    return str_detach(&out);
}

static void a_comment_begins_with_its_marker_and_links_what_is_ours(void **state)
{
    struct result result = { 0 };
    const struct github_comment comment = { "ubuntu-24.04", "https://h/o/r/commit/",
                                            "https://h/o/r/actions/runs/7" };
    (void)state;
    sample_regression(&result);
    char *text = comment_on(&result, &comment);

    assert_true(str_starts_with(text, "<!-- pawl:v1 key=ubuntu-24.04 -->\n**No: 3 of 8"));
    assert_contains(text, "- base [`4f1c2a9be0`](https://h/o/r/commit/"
                          "4f1c2a9be07d55a3c1b0e9d8f7a6b5c4d3e2f1a0) `store:");
    assert_true(str_ends_with(
        text, "\n[The run that measured this](https://h/o/r/actions/runs/7)\n"));
    free(text);
    result_clear(&result);
}

static void a_commit_that_is_no_id_is_no_link(void **state)
{
    static const char *const ids[] = { "", "4f1c2a9be0", "main)[x](http://e",
                                       "4F1C2A9BE07D55A3C1B0E9D8F7A6B5C4D3E2F1A0",
                                       "4f1c2a9be07d55a3c1b0e9d8f7a6b5c4d3e2f1a)" };
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct result result = { 0 };
        sample_pass(&result);
        sample_set(&result.base.commit, ids[i]);
        sample_set(&result.head.commit, ids[i]);
        char *text =
            comment_on(&result, &(struct github_comment){ "k", "https://h/", NULL });
        assert_lacks(text, "](https://h/");
        assert_lacks(text, "The run that measured");
        free(text);
        result_clear(&result);
    }
}

static void five_thousand_rows_stay_below_the_limit(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_large(&result, 5000);
    char *text = comment_on(&result, &(struct github_comment){ "k", NULL, NULL });
    char *again = comment_on(&result, &(struct github_comment){ "k", NULL, NULL });

    assert_in_range(strlen(text), 50000, GITHUB_COMMENT_BYTES);
    assert_contains(text, " rows more, left out here for size");
    assert_string_equal(text, again);
    free(again);
    free(text);
    result_clear(&result);
}

static void check_key(const char *key, int want)
{
    struct error err = { 0 };
    assert_int_equal(github_comment_check_key(key, &err), want);
}

static void keys_are_plain_words(void **state)
{
    char long_key[102];
    (void)state;
    memset(long_key, 'a', sizeof long_key - 1);
    long_key[101] = '\0';
    check_key("default", 0);
    check_key("ubuntu-24.04_x86", 0);
    check_key(long_key + 1, 0);
    check_key(long_key, -1);
    check_key("", -1);
    check_key("a b", -1);
    check_key("x --><b>", -1);
    check_key("a\n", -1);
}

static void check_url(const char *server, const char *repository, const char *want)
{
    char *url = github_commit_url(server, repository);
    if (want)
        assert_string_equal(url, want);
    else
        assert_null(url);
    free(url);
}

static void links_are_made_of_servers_and_repositories_alone(void **state)
{
    (void)state;
    check_url("https://github.com", "o/r", "https://github.com/o/r/commit/");
    check_url("https://ghe.example:8443", "my-org/a.b_c",
              "https://ghe.example:8443/my-org/a.b_c/commit/");
    check_url(NULL, "o/r", NULL);
    check_url("https://github.com", NULL, NULL);
    check_url("javascript:alert(1)", "o/r", NULL);
    check_url("https://", "o/r", NULL);
    check_url("https://e/)[x](y", "o/r", NULL);
    check_url("https://github.com", "o", NULL);
    check_url("https://github.com", "/r", NULL);
    check_url("https://github.com", "o/r/x", NULL);
    check_url("https://github.com", "o/r)", NULL);
}

static void a_run_is_a_number(void **state)
{
    char *url = github_run_url("https://github.com", "o/r", "123");
    (void)state;
    assert_string_equal(url, "https://github.com/o/r/actions/runs/123");
    free(url);
    assert_null(github_run_url("https://github.com", "o/r", NULL));
    assert_null(github_run_url("https://github.com", "o/r", ""));
    assert_null(github_run_url("https://github.com", "o/r", "1)x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_comment_begins_with_its_marker_and_links_what_is_ours),
        cmocka_unit_test(a_commit_that_is_no_id_is_no_link),
        cmocka_unit_test(five_thousand_rows_stay_below_the_limit),
        cmocka_unit_test(keys_are_plain_words),
        cmocka_unit_test(links_are_made_of_servers_and_repositories_alone),
        cmocka_unit_test(a_run_is_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
