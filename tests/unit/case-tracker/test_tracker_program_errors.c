/* Whatever is wrong: one line on stderr, the right exit code, the store as it was, and
 * nothing left lying about. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* The sandbox of every test: good stores, CSV files, and a checksum of it all. */
static int setup(void **state)
{
    if (sandbox_setup(state) < 0)
        return -1;
    sandbox_must(*state, "%s generate --count 300 --output s.json", CASE_TRACKER);
    sandbox_must(*state, "%s generate --count 300 --output s.db", CASE_TRACKER);
    sandbox_must(*state, "%s --store s.json export all.csv", CASE_TRACKER);
    sandbox_must(*state, "head -c 5000 s.json > half.json; head -c 9000 s.db > half.db");
    sandbox_must(*state, "echo 'this is no database, just a line of text' > text.db");
    sandbox_must(*state, "sed 's/\"DRAFT\"/\"OPEN\"/' s.json > status.json");
    sandbox_must(*state, "sed 's/CASE-000020/CASE-000010/' s.json > twice.json");
    sandbox_must(*state, "printf '[]' > empty.json; : > empty.db; mkdir dir.json dir.db");
    sandbox_write(*state, "twice.csv",
                  "id,title,status\nCASE-000900,a,DRAFT\nCASE-000900,b,DRAFT\n");
    sandbox_write(*state, "known.csv",
                  "id,title,status\nCASE-000900,a,DRAFT\nCASE-000007,b,DRAFT\n");
    sandbox_write(*state, "row.csv",
                  "id,title,status\nCASE-000900,a,DRAFT\nCASE-000901,b\n");
    sandbox_write(*state, "quote.csv",
                  "id,title,status\nCASE-000900,a,DRAFT\nCASE-000901,\"b,DRAFT\n");
    sandbox_write(*state, "ids", "CASE-000001\nnonsense\n");
    return 0;
}

/* Names and contents of everything. */
#define SNAPSHOT "{ ls -A; cat *.json *.db *.csv 2> /dev/null | cksum; }"

static void check_failure(struct sandbox *sandbox,
                          const char *arguments,
                          int exit_code,
                          const char *message)
{
    sandbox_must(sandbox, "touch .before; " SNAPSHOT " > .before");
    struct outcome outcome = sandbox_run(sandbox, "%s %s", CASE_TRACKER, arguments);
    if (outcome.exit_code != exit_code)
        fail_msg("'%s' exited with %d: %s", arguments, outcome.exit_code, outcome.err);
    assert_contains(outcome.err, message);
    assert_int_equal(strncmp(outcome.err, "case-tracker: ", 14), 0);
    assert_int_equal(strcspn(outcome.err, "\n"), strlen(outcome.err) - 1);
    outcome_clear(&outcome);
    sandbox_must(sandbox, SNAPSHOT " | cmp - .before");
}

static void requests_that_make_no_sense_change_nothing(void **state)
{
    static const char *const stores[] = { "s.json", "s.db" };
    static const char *const table[][2] = {
        { "show CASE-000301", "no case 'CASE-000301'" },
        { "show 7", "'7' is not a case id such as CASE-000001" },
        { "show --from ids", "in 'ids', line 2: 'nonsense' is not a case id" },
        { "show --from none", "cannot open 'none': No such file or directory" },
        { "note CASE-000301 text", "no case 'CASE-000301'" },
        { "note CASE-000001 ''", "the note is empty" },
        { "note CASE-000001 \"$(printf 'a\\033b')\"", "a control character (0x1b)" },
        { "note CASE-000001 \"$(printf '\\377')\"", "the note is not valid UTF-8" },
        { "add ''", "the title is empty" },
        { "transition CASE-000301 DRAFT", "no case 'CASE-000301'" },
        { "transition CASE-000001 OPEN", "unknown status 'OPEN', allowed are DRAFT, " },
        { "transition CASE-000001 DRAFT",
          "'CASE-000001' cannot go from CLOSED to DRAFT, allowed is nothing" },
        { "import none.csv", "cannot open 'none.csv': No such file or directory" },
        { "import s.json", "in 's.json', line 1: the first line must be id,title" },
        { "import twice.csv", "in 'twice.csv', line 3: 'CASE-000900' is in the file" },
        { "import twice.csv --replace", "in 'twice.csv', line 3: 'CASE-000900' is in the "
                                        "file already" },
        { "import known.csv", "in 'known.csv', line 3: 'CASE-000007' is in the store" },
        { "import all.csv", "in 'all.csv', line 2: 'CASE-000001' is in the store" },
        { "import row.csv", "in 'row.csv', line 3: 2 fields, the first line has 3" },
        { "import quote.csv", "line 3: the file ends inside a quoted field" },
        { "export x.txt", "cannot tell what 'x.txt' is, its name must end in" },
        { "export none/x.json",
          "cannot create 'none/x.json': No such file or directory" },
        { "export dir.json", "cannot write 'dir.json': not a regular file" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        for (size_t j = 0; j < 2; j++) {
            char arguments[256];
            snprintf(arguments, sizeof arguments, "--store %s %s", stores[j],
                     table[i][0]);
            check_failure(*state, arguments, 1, table[i][1]);
        }
    }
}

static void broken_stores_are_refused_by_every_command(void **state)
{
    static const char *const commands[] = { "list",
                                            "summary",
                                            "show CASE-000001",
                                            "note CASE-000001 x",
                                            "import twice.csv",
                                            "add x",
                                            "validate",
                                            "duplicates",
                                            "transition CASE-000002 SUBMITTED" };
    static const char *const table[][2] = {
        { "half.json", "in 'half.json', line " },
        { "status.json", "in 'status.json', line 3, column 1: unknown status 'OPEN'" },
        { "twice.json",
          "in 'twice.json', line 21, column 1: a second case 'CASE-000010'" },
        { "dir.json", "Is a directory" },
        { "text.db", "cannot use 'text.db': file is not a database" },
        { "empty.db", "cannot use 'empty.db': a SQLite database, but not a case store" },
        { "half.db", "cannot use 'half.db': " },
        { "dir.db", "cannot use 'dir.db': " },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        for (size_t j = 0; j < sizeof commands / sizeof *commands; j++) {
            char arguments[256];
            snprintf(arguments, sizeof arguments, "--store %s %s", table[i][0],
                     commands[j]);
            check_failure(*state, arguments, 1, table[i][1]);
        }
    }
}

static void stores_that_are_not_there_are_refused(void **state)
{
    static const char *const commands[] = { "list",
                                            "summary",
                                            "show CASE-000001",
                                            "note CASE-000001 x",
                                            "validate",
                                            "transition CASE-000002 SUBMITTED" };
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char arguments[256];
        snprintf(arguments, sizeof arguments, "--store none.json %s", commands[i]);
        check_failure(*state, arguments, 1, "cannot open 'none.json': No such file");
        snprintf(arguments, sizeof arguments, "--store none.db %s", commands[i]);
        check_failure(*state, arguments, 1, "cannot open 'none.db': No such file");
    }
    check_failure(*state, "--store none.csv list", 1, "'none.csv' is no store");
}

static void wrong_command_lines_have_their_own_exit_code(void **state)
{
    static const char *const table[][2] = {
        { "", "no command given; see --help" },
        { "list", "no store given" },
        { "--store s.json frob", "unknown command 'frob'" },
        { "--store s.json list --frob", "unknown option '--frob'" },
        { "--store s.json list --format xml", "unknown format 'xml'" },
        { "--store s.json summary --format csv",
          "'summary' has the formats text and json" },
        { "--store s.json export x.csv --format json", "for .json files only" },
        { "--store s.json show", "'show' needs an id, or --from FILE" },
        { "generate --count 5", "'generate' needs --count and --output" },
        { "generate --count x --output x.json", "--count must be a whole number" },
        { "generate --count 5 --seed -1 --output x.json",
          "--seed must be a whole number" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        check_failure(*state, table[i][0], 2, table[i][1]);
}

static void a_full_disk_on_stdout_is_an_error(void **state)
{
    static const char *const commands[] = { "list", "summary", "show CASE-000001",
                                            "duplicates", "list --format json" };
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char arguments[256];
        snprintf(arguments, sizeof arguments, "--store s.json %s > /dev/full",
                 commands[i]);
        check_failure(*state, arguments, 1,
                      "cannot write 'standard output': No space left on device");
    }
    check_failure(*state, "--help > /dev/full", 1, "No space left on device");
}

/* A limit on the size of files stands for a disk that is full half-way. The shell's unit
 * is 512 bytes. */
static void check_failure_with_limit(struct sandbox *sandbox, const char *arguments)
{
    sandbox_must(sandbox, "touch .before; " SNAPSHOT " > .before");
    struct outcome outcome =
        sandbox_run(sandbox, "ulimit -f 40; %s %s", CASE_TRACKER, arguments);
    if (outcome.exit_code != 1)
        fail_msg("'%s' exited with %d: %s", arguments, outcome.exit_code, outcome.err);
    assert_int_equal(strcspn(outcome.err, "\n"), strlen(outcome.err) - 1);
    outcome_clear(&outcome);
    sandbox_must(sandbox, SNAPSHOT " | cmp - .before");
}

static void a_store_that_can_not_be_written_whole_stays_as_it_was(void **state)
{
    check_failure_with_limit(*state, "--store s.json note CASE-000001 x");
    check_failure_with_limit(*state, "--store s.json add x");
    check_failure_with_limit(*state, "--store s.json import twice.csv --replace");
    check_failure_with_limit(*state, "--store new.json import all.csv");
    check_failure_with_limit(*state, "--store new.db import all.csv");
    check_failure_with_limit(*state, "--store s.db import all.csv --replace");
    check_failure_with_limit(*state, "--store s.json export s.db");
    check_failure_with_limit(*state, "generate --count 3000 --output s.json");
    check_failure_with_limit(*state, "generate --count 3000 --output s.db");
    check_failure_with_limit(*state, "generate --count 3000 --output new.csv");
}

static void a_transaction_that_can_not_be_finished_is_undone(void **state)
{
    sandbox_must(*state, "%s --store big.db import all.csv", CASE_TRACKER);
    sandbox_must(*state, "sed 's/CASE-000/CASE-001/' all.csv > more.csv");
    check_failure_with_limit(*state, "--store big.db import more.csv");
    sandbox_must(*state, "%s --store big.db validate", CASE_TRACKER);
}

static void an_unreadable_store_is_refused(void **state)
{
    if (geteuid() == 0)
        skip(); /* root may read everything */
    sandbox_must(*state, "chmod 000 s.json s.db");
    struct outcome outcome = sandbox_run(*state, "%s --store s.json list", CASE_TRACKER);
    assert_int_equal(outcome.exit_code, 1);
    assert_contains(outcome.err, "cannot open 's.json': Permission denied");
    outcome_clear(&outcome);
    outcome = sandbox_run(*state, "%s --store s.db list", CASE_TRACKER);
    assert_int_equal(outcome.exit_code, 1);
    assert_contains(outcome.err, "cannot open 's.db': Permission denied");
    outcome_clear(&outcome);
}

static void control_characters_of_names_do_not_reach_the_terminal(void **state)
{
    check_failure(*state, "--store \"$(printf 'a\\033[2Jb.json')\" list", 1,
                  "'a?[2Jb.json'");
}

#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, setup, sandbox_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(requests_that_make_no_sense_change_nothing),
        IN_SANDBOX(broken_stores_are_refused_by_every_command),
        IN_SANDBOX(stores_that_are_not_there_are_refused),
        IN_SANDBOX(wrong_command_lines_have_their_own_exit_code),
        IN_SANDBOX(a_full_disk_on_stdout_is_an_error),
        IN_SANDBOX(a_store_that_can_not_be_written_whole_stays_as_it_was),
        IN_SANDBOX(a_transaction_that_can_not_be_finished_is_undone),
        IN_SANDBOX(an_unreadable_store_is_refused),
        IN_SANDBOX(control_characters_of_names_do_not_reach_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
