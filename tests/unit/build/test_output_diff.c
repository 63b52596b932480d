#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/build/output_diff.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static struct output_diff
diff_bytes(struct sandbox *sandbox, const struct str *base, const struct str *head)
{
    struct error err = { 0 };
    struct output_diff diff = { 0 };
    const char *base_path = sandbox_file(sandbox, "base");
    const char *head_path = sandbox_file(sandbox, "head");
    if (file_write(base_path, base->data, base->length, &err) < 0 ||
        file_write(head_path, head->data, head->length, &err) < 0 ||
        output_diff(base_path, head_path, &diff, &err) < 0)
        fail_msg("%s", err.message);
    return diff;
}

static struct output_diff
diff_texts(struct sandbox *sandbox, const char *base_text, const char *head_text)
{
    AUTO_STR struct str base = STR_INIT;
    AUTO_STR struct str head = STR_INIT;
    str_add(&base, base_text);
    str_add(&head, head_text);
    return diff_bytes(sandbox, &base, &head);
}

static void equal_files_are_equal(void **state)
{
    static const char *const texts[] = { "", "a", "a\n", "a\nb\n" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        AUTO_OUTPUT_DIFF struct output_diff diff = diff_texts(*state, texts[i], texts[i]);
        assert_true(diff.is_equal);
        assert_int_equal(diff.line, 0);
        assert_null(diff.text);
        assert_int_equal(diff.base_bytes, strlen(texts[i]));
    }
}

static void first_difference_is_told(void **state)
{
    static const struct {
        const char *base;
        const char *head;
        const char *want;
    } cases[] = {
        { "a\nb\nx\nc\n", "a\nb\ny\nc\n",
          "line 3: base printed 'x', head printed 'y' (8 and 8 bytes in all)" },
        { "a\nb\n", "a\n",
          "line 2: base printed 'b', head printed nothing more (4 and 2 bytes in all)" },
        { "", "a\n",
          "line 1: base printed nothing more, head printed 'a' (0 and 2 bytes in all)" },
        { "a", "a\n",
          "line 1: base printed 'a' without a line end, head printed 'a' (1 and 2 bytes "
          "in all)" },
        { "a\n\x1b[2J\n", "a\n\n",
          "line 2: base printed '?[2J', head printed '' (7 and 3 bytes in all)" },
        { "one\ntwo three\n", "one\ntwo four\n",
          "line 2: base printed 'two three', head printed 'two four' (14 and 13 bytes in "
          "all)" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        AUTO_OUTPUT_DIFF struct output_diff diff =
            diff_texts(*state, cases[i].base, cases[i].head);
        assert_false(diff.is_equal);
        assert_string_equal(diff.text, cases[i].want);
    }
}

static void nul_bytes_are_compared_and_shown(void **state)
{
    AUTO_STR struct str base = STR_INIT;
    AUTO_STR struct str head = STR_INIT;
    str_add_bytes(&base, "a\0b\n", 4);
    str_add_bytes(&head, "a\0c\n", 4);

    AUTO_OUTPUT_DIFF struct output_diff diff = diff_bytes(*state, &base, &head);

    assert_contains(diff.text, "line 1: base printed 'a?b', head printed 'a?c'");
}

/* Longer than one block, so that lines and offsets are carried over. */
static void difference_far_into_big_files_is_found(void **state)
{
    enum {
        LINES = 100000
    };
    AUTO_STR struct str base = STR_INIT;
    AUTO_STR struct str head = STR_INIT;
    for (int i = 1; i <= LINES; i++) {
        str_addf(&base, "number %d\n", i);
        str_addf(&head, "number %d\n", i == LINES - 1 ? 0 : i);
    }

    AUTO_OUTPUT_DIFF struct output_diff diff = diff_bytes(*state, &base, &head);

    assert_int_equal(diff.line, LINES - 1);
    assert_contains(diff.text, "base printed 'number 99999', head printed 'number 0'");
}

static void difference_at_a_block_border_is_found(void **state)
{
    enum {
        BLOCK = 64 * 1024
    };
    for (int at = BLOCK - 1; at <= BLOCK + 1; at++) {
        AUTO_STR struct str base = STR_INIT;
        AUTO_STR struct str head = STR_INIT;
        for (int i = 0; i < at; i++) {
            str_add_char(&base, i == at - 1 ? '\n' : 'a');
            str_add_char(&head, i == at - 1 ? '\n' : 'a');
        }
        str_add(&base, "x\n");
        str_add(&head, "y\n");

        AUTO_OUTPUT_DIFF struct output_diff diff = diff_bytes(*state, &base, &head);

        assert_int_equal(diff.line, 2);
        assert_contains(diff.text, "base printed 'x', head printed 'y'");
    }
}

static void long_line_is_cut_to_where_it_differs(void **state)
{
    AUTO_STR struct str base = STR_INIT;
    AUTO_STR struct str head = STR_INIT;
    for (int i = 0; i < 5000; i++) {
        str_add(&base, i == 3000 ? "LEFT" : "é");
        str_add(&head, i == 3000 ? "RIGHT" : "é");
    }

    AUTO_OUTPUT_DIFF struct output_diff diff = diff_bytes(*state, &base, &head);

    assert_contains(diff.text, "base printed '...é");
    assert_contains(diff.text, "éLEFTé");
    assert_contains(diff.text, "éRIGHTé");
    assert_contains(diff.text, "é...'");
    assert_lacks(diff.text, "?");
    assert_true(strlen(diff.text) < 500);
}

static void missing_file_is_an_error(void **state)
{
    struct error err = { 0 };
    struct output_diff diff = { 0 };
    sandbox_write(*state, "base", "a");

    assert_int_equal(output_diff(sandbox_file(*state, "base"),
                                 sandbox_file(*state, "gone"), &diff, &err),
                     -1);

    assert_contains(err.message, "cannot open the output");
    assert_contains(err.message, "gone");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(equal_files_are_equal, sandbox_setup,
                                        sandbox_teardown),
        cmocka_unit_test_setup_teardown(first_difference_is_told, sandbox_setup,
                                        sandbox_teardown),
        cmocka_unit_test_setup_teardown(nul_bytes_are_compared_and_shown, sandbox_setup,
                                        sandbox_teardown),
        cmocka_unit_test_setup_teardown(difference_far_into_big_files_is_found,
                                        sandbox_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(difference_at_a_block_border_is_found,
                                        sandbox_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(long_line_is_cut_to_where_it_differs,
                                        sandbox_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(missing_file_is_an_error, sandbox_setup,
                                        sandbox_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
