/* The program as people use it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static void check_out(struct sandbox *sandbox, const char *arguments, const char *out)
{
    struct outcome outcome = sandbox_run(sandbox, "%s %s", CASE_TRACKER, arguments);
    assert_string_equal(outcome.err, "");
    assert_int_equal(outcome.exit_code, 0);
    assert_string_equal(outcome.out, out);
    outcome_clear(&outcome);
}

static void a_working_day_with(struct sandbox *sandbox, const char *store)
{
    char line[256];
#define RUN(arguments, out)                                             \
    do {                                                                \
        snprintf(line, sizeof line, "--store %s %s", store, arguments); \
        check_out(sandbox, line, out);                                  \
    } while (0)
    RUN("add 'Printer is dead'", "CASE-000001\n");
    RUN("add 'Lift, too'", "CASE-000002\n");
    RUN("add 'printer is DEAD!'", "CASE-000003\n");
    RUN("transition CASE-000001 SUBMITTED", "");
    RUN("note CASE-000001 'Called.\nNo answer.'", "");
    RUN("note CASE-000001 -- --really", "");
    RUN("list", "CASE-000001  SUBMITTED     Printer is dead\n"
                "CASE-000002  DRAFT         Lift, too\n"
                "CASE-000003  DRAFT         printer is DEAD!\n");
    RUN("show CASE-000001", "CASE-000001\n  title   Printer is dead\n"
                            "  status  SUBMITTED\n  note    Called.\n"
                            "          No answer.\n  note    --really\n");
    RUN("show CASE-000002 CASE-000001 --format json",
        "[\n{\"id\":\"CASE-000002\",\"title\":\"Lift, too\",\"status\":\"DRAFT\","
        "\"notes\":[]},\n"
        "{\"id\":\"CASE-000001\",\"title\":\"Printer is dead\",\"status\":\"SUBMITTED\","
        "\"notes\":[\"Called.\\nNo answer.\",\"--really\"]}\n]\n");
    RUN("summary", "DRAFT                 2\nSUBMITTED             1\n"
                   "UNDER_REVIEW          0\nESCALATED             0\n"
                   "CLOSED                0\nall                   3\n");
    RUN("summary --format json", "{\"DRAFT\":2,\"SUBMITTED\":1,\"UNDER_REVIEW\":0,"
                                 "\"ESCALATED\":0,\"CLOSED\":0,\"all\":3}\n");
    RUN("duplicates", "Printer is dead: CASE-000001, CASE-000003\n");
    RUN("list --format csv", "id,title,status,notes\r\n"
                             "CASE-000001,Printer is dead,SUBMITTED,"
                             "\"[\"\"Called.\\nNo answer.\"\",\"\"--really\"\"]\"\r\n"
                             "CASE-000002,\"Lift, too\",DRAFT,\r\n"
                             "CASE-000003,printer is DEAD!,DRAFT,\r\n");
    RUN("validate", "valid: 3 cases\n");
#undef RUN
}

static void a_working_day_is_the_same_with_json_and_sqlite(void **state)
{
    a_working_day_with(*state, "day.json");
    a_working_day_with(*state, "day.db");
}

static void stores_go_through_every_format_and_back(void **state)
{
    sandbox_must(*state,
                 "T=%s; $T generate --count 100 --seed 3 --output a.json &&"
                 "$T --store a.json export b.csv && $T --store c.db import b.csv &&"
                 "$T --store c.db export d.json && cmp a.json d.json &&"
                 "$T --store c.db export e.json --format json-pretty &&"
                 "$T --store e.json export f.json && cmp a.json f.json &&"
                 "$T --store a.json export g.db && cmp c.db g.db &&"
                 "$T generate --count 100 --seed 3 --output h.csv && cmp b.csv h.csv",
                 CASE_TRACKER);
}

static void many_cases_are_shown_from_a_file_of_ids(void **state)
{
    sandbox_must(*state, "%s generate --count 50 --output a.json", CASE_TRACKER);
    sandbox_write(*state, "ids", "CASE-000003\n\nCASE-000001\r\n");
    struct outcome outcome =
        sandbox_run(*state, "%s --store a.json show --from ids CASE-000050 | grep ^CASE",
                    CASE_TRACKER);
    assert_string_equal(outcome.out, "CASE-000003\nCASE-000001\nCASE-000050\n");
    outcome_clear(&outcome);
}

static void both_kinds_list_the_same(void **state)
{
    sandbox_must(
        *state,
        "T=%s; $T generate --count 500 --output a.json && "
        "$T generate --count 500 --output a.db && "
        "for c in list summary duplicates validate 'list --format json-pretty' "
        "'show CASE-000100 CASE-000001'; do "
        "$T --store a.json $c > 1 && $T --store a.db $c > 2 && cmp 1 2 || exit 1; "
        "done",
        CASE_TRACKER);
}

static void help_names_every_command(void **state)
{
    static const char *const commands[] = { "add",        "duplicates", "export",
                                            "generate",   "import",     "list",
                                            "note",       "show",       "summary",
                                            "transition", "validate" };
    struct outcome outcome = sandbox_run(*state, "%s --help", CASE_TRACKER);
    assert_int_equal(outcome.exit_code, 0);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char line[32];
        snprintf(line, sizeof line, "\n  %s ", commands[i]);
        assert_contains(outcome.out, line);
    }
    outcome_clear(&outcome);
}

static void the_version_is_a_line(void **state)
{
    struct outcome outcome = sandbox_run(*state, "%s --version", CASE_TRACKER);
    assert_int_equal(outcome.exit_code, 0);
    assert_int_equal(strncmp(outcome.out, "case-tracker ", 13), 0);
    assert_int_equal(strcspn(outcome.out, "\n"), strlen(outcome.out) - 1);
    outcome_clear(&outcome);
}

#define IN_SANDBOX(test) \
    cmocka_unit_test_setup_teardown(test, sandbox_setup, sandbox_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(a_working_day_is_the_same_with_json_and_sqlite),
        IN_SANDBOX(stores_go_through_every_format_and_back),
        IN_SANDBOX(many_cases_are_shown_from_a_file_of_ids),
        IN_SANDBOX(both_kinds_list_the_same),
        IN_SANDBOX(help_names_every_command),
        IN_SANDBOX(the_version_is_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
