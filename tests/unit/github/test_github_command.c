#include <stdlib.h>
#include <string.h>

#include "gate/base/str.h"
#include "gate/github/command.h"
#include "runner.h"
#include "tests/support/check.h"
#include "tests/support/hostile.h"

static void check_command(const struct github_property *property,
                          const char *message,
                          const char *want)
{
    struct str out = STR_INIT;
    github_add_command(&out, "error", property, property ? 1 : 0, message);
    assert_string_equal(out.data, want);
    str_clear(&out);
}

static void messages_and_properties_are_escaped_as_the_runner_reads_them(void **state)
{
    const struct github_property file = { "file", "a:b,c%.c" };
    const struct github_property none = { "file", NULL };
    (void)state;
    check_command(NULL, "plain", "::error::plain\n");
    check_command(NULL, "50 %: a,\nb\r", "::error::50 %25: a,%0Ab \n");
    check_command(&file, "x", "::error file=a%3Ab%2Cc%25.c::x\n");
    check_command(&none, "x", "::error::x\n");
}

/* As a message and as a property: one command, of ours, with the text as it is shown. */
static void check_hostile(const struct hostile_text *text)
{
    const struct github_property properties[] = { { "title", text->text },
                                                  { "file", text->text } };
    struct str out = STR_INIT;
    github_add_command(&out, "warning", properties, 2, text->text);
    struct runner_commands commands = runner_read_log(out.data);
    assert_int_equal(commands.count, 1);
    assert_string_equal(commands.items[0].name, "warning");
    char *title = runner_property(&commands.items[0], "title");
    char *file = runner_property(&commands.items[0], "file");
    assert_string_equal(title, text->shown);
    assert_string_equal(file, text->shown);
    for (char *c = strchr(commands.items[0].message, '\n'); c; c = strchr(c, '\n'))
        *c = ' ';
    assert_string_equal(commands.items[0].message, text->shown);
    free(file);
    free(title);
    runner_commands_clear(&commands);
    str_clear(&out);
}

static void hostile_strings_make_one_command_and_come_back(void **state)
{
    struct hostile_texts texts = hostile_load();
    (void)state;
    for (size_t i = 0; i < texts.count; i++)
        check_hostile(&texts.items[i]);
    hostile_clear(&texts);
}

/* U+20AC has three bytes, of which none may be torn off. */
static void a_long_message_is_cut_between_characters(void **state)
{
    struct str text = STR_INIT;
    struct str out = STR_INIT;
    (void)state;
    for (size_t i = 0; i < 2000; i++)
        str_add(&text, "\u20ac");
    github_add_command(&out, "error", NULL, 0, text.data);
    struct runner_commands commands = runner_read_log(out.data);
    const char *message = commands.items[0].message;

    assert_in_range(strlen(message), GITHUB_MESSAGE_BYTES - 3, GITHUB_MESSAGE_BYTES);
    assert_true(str_ends_with(message, "\u20ac\u2026"));
    runner_commands_clear(&commands);
    str_clear(&text);
    str_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_and_properties_are_escaped_as_the_runner_reads_them),
        cmocka_unit_test(hostile_strings_make_one_command_and_come_back),
        cmocka_unit_test(a_long_message_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
