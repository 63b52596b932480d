#include <stdlib.h>

#include "gate/base/error.h"
#include "gate/base/strvec.h"
#include "gate/config/config.h"
#include "tests/support/check.h"

static void assert_splits(const char *text, const char *joined)
{
    struct strvec words = { 0 };
    struct error err = { 0 };

    int result = command_split(text, &words, &err);

    assert_string_equal(err.message, "");
    assert_int_equal(result, 0);
    char *got = strvec_join(&words, "|");
    assert_string_equal(got, joined);
    free(got);
    strvec_clear(&words);
}

static void assert_refused(const char *text, const char *message)
{
    struct strvec words = { 0 };
    struct error err = { 0 };

    assert_int_equal(command_split(text, &words, &err), -1);
    assert_string_equal(err.message, message);
    assert_int_equal(err.code, ERROR_CONFIG);
    assert_int_equal(words.count, 0);
}

/* Expected words: what `printf '%s|' ...` of dash prints for the same text. */
static void words_are_quoted_as_in_a_shell(void **state)
{
    (void)state;
    assert_splits("make", "make");
    assert_splits("  make \t -C  src ", "make|-C|src");
    assert_splits("a 'b c' \"d e\"", "a|b c|d e");
    assert_splits("a b'c d'\"e f\"g", "a|bc de fg");
    assert_splits("a '' \"\"", "a||");
    assert_splits("a 'b\\n' \"c\\n\" d\\n", "a|b\\n|c\\n|dn");
    assert_splits("a \"\\\"\\\\\\$\\`\" \\\"\\'\\ b", "a|\"\\$`|\"' b");
    assert_splits("a '|&;<>()$`*?~#' \"|&;<>()*?~#'\"", "a||&;<>()$`*?~#||&;<>()*?~#'");
    assert_splits("a \\| \\$x \\* \\~", "a|||$x|*|~");
    assert_splits("a b~ c#d e=f", "a|b~|c#d|e=f");
    assert_splits("a b\\\nc \"d\\\ne\" 'f\ng'", "a|bc|de|f\ng");
    assert_splits("a \"b\\\\\nc\"", "a|b\\\nc");
    assert_splits("a \\\n b", "a|b");
    assert_splits("a {n} {{x}}", "a|{n}|{{x}}");
    assert_splits("grün 'ß à'", "grün|ß à");
    assert_splits("1a=b", "1a=b");
}

#define SHELL " that only a shell obeys: quote it, or set \"shell\": true"

static void what_needs_a_shell_is_refused(void **state)
{
    (void)state;
    assert_refused("a | b", "has '|'" SHELL);
    assert_refused("a & b", "has '&'" SHELL);
    assert_refused("a; b", "has ';'" SHELL);
    assert_refused("a < b", "has '<'" SHELL);
    assert_refused("a >b", "has '>'" SHELL);
    assert_refused("(a)", "has '('" SHELL);
    assert_refused("a )", "has ')'" SHELL);
    assert_refused("a $HOME", "has '$'" SHELL);
    assert_refused("a \"$HOME\"", "has '$'" SHELL);
    assert_refused("a `b`", "has '`'" SHELL);
    assert_refused("a \"`b`\"", "has '`'" SHELL);
    assert_refused("a *.c", "has '*'" SHELL);
    assert_refused("a ?.c", "has '?'" SHELL);
    assert_refused("~/bin/a", "has '~'" SHELL);
    assert_refused("a ~b", "has '~'" SHELL);
    assert_refused("a # b", "has '#'" SHELL);
    assert_refused("a\nb", "has a line end" SHELL);
    assert_refused(
        "LC_ALL=C sort",
        "begins with an assignment that only a shell obeys: use \"env\", or set "
        "\"shell\": true");
}

static void unfinished_commands_are_refused(void **state)
{
    (void)state;
    assert_refused("", "names no program");
    assert_refused("  ", "names no program");
    assert_refused("'' a", "names no program");
    assert_refused("a 'b", "has an open quote (')");
    assert_refused("a \"b", "has an open quote (\")");
    assert_refused("a \"b\\\"", "has an open quote (\")");
    assert_refused("a \\", "ends in a backslash");
}

static void words_are_appended_to_those_there(void **state)
{
    struct strvec words = { 0 };
    struct error err = { 0 };
    (void)state;

    strvec_push(&words, "nice");
    assert_int_equal(command_split("make all", &words, &err), 0);

    assert_int_equal(words.count, 3);
    assert_string_equal(words.items[0], "nice");
    assert_string_equal(words.items[2], "all");
    strvec_clear(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_quoted_as_in_a_shell),
        cmocka_unit_test(what_needs_a_shell_is_refused),
        cmocka_unit_test(unfinished_commands_are_refused),
        cmocka_unit_test(words_are_appended_to_those_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
