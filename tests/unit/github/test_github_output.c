#include <stdlib.h>
#include <string.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/github/output.h"
#include "runner.h"
#include "tests/support/check.h"
#include "tests/support/hostile.h"

static void draw(char delimiter[GITHUB_DELIMITER_SIZE])
{
    struct error err = { 0 };
    assert_int_equal(github_delimiter_draw(delimiter, &err), 0);
}

static void each_delimiter_has_128_bits_of_its_own(void **state)
{
    char first[GITHUB_DELIMITER_SIZE];
    char second[GITHUB_DELIMITER_SIZE];
    (void)state;
    draw(first);
    draw(second);

    assert_int_equal(strlen(first), strlen("ghadelimiter_") + 32);
    assert_int_equal(strspn(first + strlen("ghadelimiter_"), "0123456789abcdef"), 32);
    assert_string_not_equal(first, second);
}

/* The value between two others: all three come back. */
static void check_comes_back(const char *value)
{
    char delimiter[GITHUB_DELIMITER_SIZE];
    struct str file = STR_INIT;
    draw(delimiter);
    github_add_output(&file, "verdict", "regression", delimiter);
    github_add_output(&file, "report-path", value, delimiter);
    github_add_output(&file, "base-sha", "abc", delimiter);
    char *verdict = runner_output(file.data, "verdict");
    char *path = runner_output(file.data, "report-path");
    assert_int_equal(runner_count_outputs(file.data), 3);
    assert_string_equal(verdict, "regression");
    assert_string_equal(path, value);
    free(path);
    free(verdict);
    str_clear(&file);
}

static void values_come_back_byte_for_byte(void **state)
{
    (void)state;
    check_comes_back("");
    check_comes_back("\n");
    check_comes_back("a\nb\n\n");
    check_comes_back("EOF\nx<<EOF\n=\n");
    check_comes_back("\xff\x01");
}

static void hostile_strings_come_back(void **state)
{
    struct hostile_texts texts = hostile_load();
    (void)state;
    for (size_t i = 0; i < texts.count; i++)
        check_comes_back(texts.items[i].text);
    hostile_clear(&texts);
}

static void knowing_an_earlier_delimiter_forges_nothing(void **state)
{
    char earlier[GITHUB_DELIMITER_SIZE];
    (void)state;
    draw(earlier);
    char *value = str_format("x\n%s\nverdict=pass\n", earlier);

    check_comes_back(value);
    free(value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_delimiter_has_128_bits_of_its_own),
        cmocka_unit_test(values_come_back_byte_for_byte),
        cmocka_unit_test(hostile_strings_come_back),
        cmocka_unit_test(knowing_an_earlier_delimiter_forges_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
