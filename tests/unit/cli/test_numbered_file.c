#include <stdlib.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/numbered_file.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static void check_slug(const char *title, const char *want)
{
    struct str slug = STR_INIT;
    numbered_file_add_slug(&slug, title);
    assert_string_equal(slug.data, want);
    str_clear(&slug);
}

static void a_slug_is_small_letters_and_digits_with_single_dashes(void **state)
{
    (void)state;
    check_slug("store: SQLite does not lock", "store-sqlite-does-not-lock");
    check_slug("../../etc/passwd", "etc-passwd");
    check_slug("  2 % faster!  ", "2-faster");
    check_slug("Ünïcode", "n-code");
    check_slug("…", "untitled");
    check_slug("", "untitled");
}

static void a_long_slug_ends_with_a_whole_word(void **state)
{
    (void)state;
    check_slug("JSON strings are written by runs that are found eight bytes at a time",
               "json-strings-are-written-by-runs-that-are-found-eight-bytes");
}

static void check_written(struct sandbox *sandbox, const char *title, const char *want)
{
    struct error err = { 0 };
    struct str text = STR_INIT;
    str_add(&text, title);
    char *path = numbered_file_write(sandbox_file(sandbox, "kept"), title, &text, &err);
    if (!path)
        fail_msg("%s", err.message);
    assert_string_equal(path, sandbox_file(sandbox, want));
    char *written = sandbox_read(sandbox, want);
    assert_string_equal(written, title);
    free(written);
    free(path);
    str_clear(&text);
}

static void numbers_go_on_after_the_largest(void **state)
{
    struct sandbox *sandbox = *state;
    check_written(sandbox, "First", "kept/0001-first.md");
    check_written(sandbox, "First", "kept/0002-first.md");
    sandbox_write(sandbox, "kept/0041-x.md", "");
    sandbox_write(sandbox, "kept/README.md", "");
    sandbox_write(sandbox, "kept/12345-x.md", "");
    check_written(sandbox, "Next", "kept/0042-next.md");
}

static void after_the_last_number_there_is_none(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    struct str text = STR_INIT;
    sandbox_write(sandbox, "kept/9999-x.md", "");
    const char *directory = sandbox_file(sandbox, "kept");
    assert_null(numbered_file_write(directory, "y", &text, &err));
    assert_contains(err.message, "has a file numbered 9999");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slug_is_small_letters_and_digits_with_single_dashes),
        cmocka_unit_test(a_long_slug_ends_with_a_whole_word),
        cmocka_unit_test_setup_teardown(numbers_go_on_after_the_largest, sandbox_setup,
                                        sandbox_teardown),
        cmocka_unit_test_setup_teardown(after_the_last_number_there_is_none,
                                        sandbox_setup, sandbox_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
