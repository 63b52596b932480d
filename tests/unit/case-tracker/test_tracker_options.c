#include "gate/base/error.h"
#include "runners/case-tracker/command.h"
#include "runners/case-tracker/options.h"
#include "tests/support/check.h"

enum {
    ARGUMENTS_MAX = 8
};

static int parse(const char *const *words, struct options *options, struct error *err)
{
    char *argv[ARGUMENTS_MAX + 2] = { NULL };
    int argc = 1;
    argv[0] = (char *)(uintptr_t) "case-tracker";
    for (; words[argc - 1]; argc++)
        argv[argc] = (char *)(uintptr_t)words[argc - 1];
    return options_parse(argc, argv, options, err);
}
#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void options_may_stand_anywhere(void **state)
{
    AUTO_OPTIONS struct options options = { 0 };
    struct error err = { 0 };
    (void)state;
    assert_int_equal(parse(WORDS("show", "--store=x.db", "CASE-000001", "--format",
                                 "json", "CASE-000002"),
                           &options, &err),
                     0);
    assert_string_equal(options.command, "show");
    assert_string_equal(options.store, "x.db");
    assert_string_equal(options.format, "json");
    assert_int_equal(options.argument_count, 2);
    assert_string_equal(options.arguments[1], "CASE-000002");
    assert_null(options.arguments[2]);
}

static void two_dashes_end_the_options(void **state)
{
    AUTO_OPTIONS struct options options = { 0 };
    struct error err = { 0 };
    (void)state;
    assert_int_equal(parse(WORDS("note", "--", "--help", "--"), &options, &err), 0);
    assert_false(options.help);
    assert_int_equal(options.argument_count, 2);
    assert_string_equal(options.arguments[0], "--help");
    assert_string_equal(options.arguments[1], "--");
}

static void check_parse_error(const char *const *words, const char *message)
{
    AUTO_OPTIONS struct options options = { 0 };
    struct error err = { 0 };
    assert_int_equal(parse(words, &options, &err), -1);
    assert_int_equal(err.code, ERROR_USAGE);
    assert_string_equal(err.message, message);
}

static void wrong_options_are_refused(void **state)
{
    (void)state;
    check_parse_error(WORDS("--stroe", "x"),
                      "unknown option '--stroe', did you mean '--store'?");
    check_parse_error(WORDS("-x"), "unknown option '-x'; see --help");
    check_parse_error(WORDS("--store"), "'--store' needs a value");
    check_parse_error(WORDS("--store", "a", "--store=b"), "'--store' is given twice");
    check_parse_error(WORDS("--help=yes"), "'--help' takes no value");
}

static void check_command_error(const char *const *words, const char *message)
{
    AUTO_OPTIONS struct options options = { 0 };
    struct error err = { 0 };
    assert_int_equal(parse(words, &options, &err), 0);
    assert_null(command_find(&options, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_string_equal(err.message, message);
}

static void commands_get_what_they_need_and_no_more(void **state)
{
    (void)state;
    check_command_error(WORDS("--store", "x"), "no command given; see --help");
    check_command_error(WORDS("lst"), "unknown command 'lst', did you mean 'list'?");
    check_command_error(WORDS("frobnicate"), "unknown command 'frobnicate'; see --help");
    check_command_error(WORDS("list"),
                        "no store given, usage: case-tracker --store FILE list");
    check_command_error(WORDS("list", "--store", "x", "y"),
                        "too many arguments, usage: case-tracker --store FILE list");
    check_command_error(
        WORDS("note", "--store", "x", "CASE-000001"),
        "an argument is missing, usage: case-tracker --store FILE note ID TEXT");
    check_command_error(WORDS("list", "--store", "x", "--seed", "1"),
                        "'list' does not take '--seed'");
    check_command_error(WORDS("validate", "--store", "x", "--replace"),
                        "'validate' does not take '--replace'");
}

static void numbers_are_whole_and_in_range(void **state)
{
    static const char *const wrong[] = { "",    "-1",   "+1",
                                         "1.5", "0x10", "4 ",
                                         "9",   "101",  "99999999999999999999" };
    struct error err = { 0 };
    uint64_t number = 0;
    (void)state;
    assert_int_equal(options_number("100", "N", 10, 100, &number, &err), 0);
    assert_int_equal(number, 100);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        error_clear(&err);
        assert_int_equal(options_number(wrong[i], "N", 10, 100, &number, &err), -1);
        assert_contains(err.message, "N must be a whole number from 10 to 100, not '");
    }
    assert_int_equal(number, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_may_stand_anywhere),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(wrong_options_are_refused),
        cmocka_unit_test(commands_get_what_they_need_and_no_more),
        cmocka_unit_test(numbers_are_whole_and_in_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
