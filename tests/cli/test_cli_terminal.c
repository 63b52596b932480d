/* pawl at a terminal (a real one: script(1) of util-linux makes it), and without one. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* A command that exits with 1 in a terminal of so many columns; arguments and variables
 * are the shell's. */
static struct outcome at_terminal(struct sandbox *sandbox,
                                  int columns,
                                  const char *variables,
                                  const char *arguments)
{
    struct outcome outcome = sandbox_run(
        sandbox,
        "cd project && SHELL=/bin/sh TERM=xterm %s script -qec 'stty cols %d && %s %s' "
        "/dev/null </dev/null",
        variables, columns, PAWL_PROGRAM, arguments);
    assert_int_equal(outcome.exit_code, 1);
    return outcome;
}

static void skip_without_script(struct sandbox *sandbox)
{
    struct outcome outcome = sandbox_run(sandbox, "command -v script");
    bool has = outcome.exit_code == 0;
    outcome_clear(&outcome);
    if (!has) {
        print_message("skipped: script (util-linux) is not installed\n");
        skip();
    }
}

/* Lines of a text, but for those with colours. Cuts the text. */
static void assert_fits(char *text, size_t width)
{
    char *rest = NULL;
    for (char *line = strtok_r(text, "\r\n", &rest); line;
         line = strtok_r(NULL, "\r\n", &rest))
        if (!strchr(line, '\033') && text_width(line) > width)
            fail_msg("wider than %zu columns: %s", width, line);
}

#define CHECK "check --no-explain --layouts off"

static void terminal_shows_progress_colours_and_its_own_width(void **state)
{
    struct sandbox *sandbox = *state;
    skip_without_script(sandbox);
    gate_two_commits(sandbox, 40, 80);

    struct outcome outcome = at_terminal(sandbox, 64, "", CHECK);

    assert_contains(outcome.out, "\r\033[K0 of 1 row decided");
    assert_contains(outcome.out, "\033[1m\033[31mNo: 1 ");
    char *report = strstr(outcome.out, "\033[1m\033[31mNo: 1 ");
    char *end = strstr(report, "report: ");
    assert_non_null(end);
    *end = '\0';
    assert_fits(report, 64);
    outcome_clear(&outcome);
}

#define PAIRS                                                                     \
    "name,base,head\n"                                                            \
    "much the same name at its beginning and long enough to be shortened,10,20\n" \
    "much the same name at its beginning and long enough to be shortened,11,22\n" \
    "much the same name at its beginning and long enough to be shortened,12,25\n" \
    "much the same name at its beginning and long enough to be shortened,13,26\n" \
    "much the same name at its beginning and long enough to be shortened,14,29\n" \
    "much the same name at its beginning and long enough to be shortened,15,31\n" \
    "much the same name at its beginning and long enough to be shortened,16,32\n" \
    "much the same name at its beginning and long enough to be shortened,17,35\n" \
    "much the same name at its beginning and long enough to be shortened,18,37\n" \
    "much the same name at its beginning and long enough to be shortened,19,39\n" \
    "much the same name at its beginning and long enough to be shortened,20,41\n" \
    "much the same name at its beginning and long enough to be shortened,21,43\n"
#define COMPARE "compare --paired ../pairs.csv"

static void comparisons_follow_the_same_rules(void **state)
{
    struct sandbox *sandbox = *state;
    skip_without_script(sandbox);
    sandbox_must(sandbox, "mkdir -p project");
    sandbox_write(sandbox, "pairs.csv", PAIRS);

    struct outcome narrow = at_terminal(sandbox, 64, "", COMPARE);
    struct outcome plain = at_terminal(sandbox, 64, "NO_COLOR=1", COMPARE);
    struct outcome quiet = at_terminal(sandbox, 64, "", COMPARE " -q");
    struct outcome piped = pawl_exits(sandbox, 1, COMPARE);
    struct outcome asked =
        pawl_exits(sandbox, 1, COMPARE " --format terminal --color always");

    assert_contains(narrow.out, "\033[1m\033[31mNo: 1 of 1 row");
    assert_contains(narrow.out, "\033[31mregressed\033[0m  much the same name");
    assert_contains(quiet.out, "\033[1m\033[31mNo: 1 of 1 row");
    assert_lacks(plain.out, "\033");
    assert_string_equal(piped.out, asked.out);
    assert_fits(narrow.out, 64);
    assert_fits(plain.out, 64);
    assert_fits(piped.out, 100);
    outcome_clear(&narrow);
    outcome_clear(&plain);
    outcome_clear(&quiet);
    outcome_clear(&piped);
    outcome_clear(&asked);
}

static void colours_are_left_out_where_nobody_wants_them(void **state)
{
    static const char *const ways[][2] = { { "NO_COLOR=1", CHECK },
                                           { "", CHECK " --color=never" },
                                           { "CLICOLOR_FORCE=1",
                                             "--color never " CHECK } };
    struct sandbox *sandbox = *state;
    skip_without_script(sandbox);
    gate_two_commits(sandbox, 40, 80);

    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct outcome outcome = at_terminal(sandbox, 100, ways[i][0], ways[i][1]);
        assert_contains(outcome.out, "No: 1 ");
        assert_lacks(outcome.out, "\033[3");
        assert_lacks(outcome.out, "\033[1m");
        outcome_clear(&outcome);
    }
}

static void colours_can_be_forced_into_a_pipe(void **state)
{
    struct sandbox *sandbox = *state;
    gate_two_commits(sandbox, 40, 80);

    struct outcome plain = pawl_exits(sandbox, 1, "check");
    struct outcome forced = pawl_exits(sandbox, 1, "check --color=always");
    struct outcome by_variable =
        sandbox_run(sandbox, "cd project && CLICOLOR_FORCE=1 %s " CHECK, PAWL_PROGRAM);

    assert_lacks(plain.out, "\033");
    assert_lacks(plain.err, "\r");
    assert_contains(forced.out, "\033[1m\033[31mNo: ");
    assert_lacks(forced.err, "\r");
    assert_contains(by_variable.out, "\033[1m\033[31mNo: ");
    outcome_clear(&plain);
    outcome_clear(&forced);
    outcome_clear(&by_variable);
}

static void quiet_leaves_one_line(void **state)
{
    static const struct {
        const char *arguments;
        const char *part;
        int exit;
    } cases[] = {
        { "check -q", "No: 1 of 1 row got larger. ", 1 },
        { "run -q", " measured at ", 0 },
        { "compare -q --paired ../pairs.csv", "No: 1 of 1 row", 1 },
    };
    struct sandbox *sandbox = *state;
    gate_two_commits(sandbox, 40, 80);
    sandbox_write(sandbox, "pairs.csv",
                  "base,head\n10,20\n11,22\n12,25\n13,26\n14,29\n15,31\n"
                  "16,32\n17,35\n18,37\n19,39\n20,41\n21,43\n");

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct outcome outcome =
            pawl_exits(sandbox, cases[i].exit, "%s", cases[i].arguments);
        assert_contains(outcome.out, cases[i].part);
        assert_ptr_equal(strchr(outcome.out, '\n'),
                         outcome.out + strlen(outcome.out) - 1);
        assert_string_equal(outcome.err, "");
        outcome_clear(&outcome);
    }
}

static void verbose_tells_commands_and_looks(void **state)
{
    struct sandbox *sandbox = *state;
    gate_two_commits(sandbox, 40, 80);

    struct outcome outcome = pawl_exits(sandbox, 1, "check -v --no-cache");

    assert_contains(outcome.err, "cc ");
    assert_contains(outcome.err, "spin: a look at ");
    assert_contains(outcome.err, "decided: written_bytes (1 of 1 rows are decided)");
    outcome_clear(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(terminal_shows_progress_colours_and_its_own_width,
                                        gate_setup, gate_teardown),
        cmocka_unit_test_setup_teardown(colours_are_left_out_where_nobody_wants_them,
                                        gate_setup, gate_teardown),
        cmocka_unit_test_setup_teardown(colours_can_be_forced_into_a_pipe, gate_setup,
                                        gate_teardown),
        cmocka_unit_test_setup_teardown(comparisons_follow_the_same_rules, gate_setup,
                                        gate_teardown),
        cmocka_unit_test_setup_teardown(quiet_leaves_one_line, gate_setup, gate_teardown),
        cmocka_unit_test_setup_teardown(verbose_tells_commands_and_looks, gate_setup,
                                        gate_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
