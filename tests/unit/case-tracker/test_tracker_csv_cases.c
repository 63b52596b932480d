#include "gate/base/error.h"
#include "runners/case-tracker/csv_cases.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static int
read_all(struct sandbox *sandbox, const char *text, struct str *rows, struct error *err)
{
    AUTO_CSV_CASES struct csv_cases from = { 0 };
    struct case_record record;
    sandbox_write(sandbox, "x.csv", text);
    if (csv_cases_open(&from, sandbox_file(sandbox, "x.csv"), err) < 0)
        return -1;
    int got = csv_cases_next(&from, &record, err);
    for (; got == 1; got = csv_cases_next(&from, &record, err)) {
        str_addf(rows, "%d %s %s", (int)record.number, record.title,
                 status_name(record.status));
        for (size_t i = 0; i < record.note_count; i++)
            str_addf(rows, " [%s]", record.notes[i]);
        str_add_char(rows, ';');
    }
    return got;
}

static void rows_become_cases(void **state)
{
    struct error err = { 0 };
    AUTO_STR struct str rows = STR_INIT;
    int got = read_all(*state,
                       "id,title,status,notes\r\n"
                       "CASE-000002,\"a, b\",DRAFT,\r\n"
                       "CASE-000001,c,CLOSED,\"[\"\"x\\n\"\",\"\"y\"\"]\"\r\n"
                       "CASE-000003,d,DRAFT,\"[\"\"x y\"\",\"\"M\xc3\xbcller\"\"]\"\r\n"
                       "CASE-000004,d,DRAFT,\"[ \"\"x y\"\" ]\"\r\n"
                       "CASE-000005,d,DRAFT,[]\r\n",
                       &rows, &err);
    assert_int_equal(got, 0);
    assert_string_equal(rows.data, "2 a, b DRAFT;1 c CLOSED [x\n] [y];"
                                   "3 d DRAFT [x y] [M\xc3\xbcller];4 d DRAFT [x y];"
                                   "5 d DRAFT;");
}

static void the_notes_column_may_be_left_out(void **state)
{
    struct error err = { 0 };
    AUTO_STR struct str rows = STR_INIT;
    int got = read_all(*state, "id,title,status\nCASE-000002,a,DRAFT\n", &rows, &err);
    assert_int_equal(got, 0);
    assert_string_equal(rows.data, "2 a DRAFT;");
}

static void bad_rows_are_refused_with_their_line(void **state)
{
    static const char *const table[][2] = {
        { "", "line 1: the first line must be id,title,status,notes" },
        { "title,id\n", "line 1: the first line must be id,title,status,notes" },
        { "id,title,status,note\n", "line 1: the first line must be" },
        { "id,title,status\nCASE-000001,a\n", "line 2: 2 fields, the first line has 3" },
        { "id,title,status\nCASE-000001,a,DRAFT\n\n", "line 3: 1 fields" },
        { "id,title,status\nCASE-1,a,DRAFT\n", "line 2: 'CASE-1' is not a case id" },
        { "id,title,status\nCASE-000001,,DRAFT\n", "line 2: the title is empty" },
        { "id,title,status\nCASE-000001,a\xff,DRAFT\n",
          "line 2: the title is not valid" },
        { "id,title,status\nCASE-000001,a,OPEN\n", "line 2: unknown status 'OPEN'" },
        { "id,title,status,notes\nCASE-000001,a,DRAFT,x\n",
          "line 2: the notes are not a JSON array" },
        { "id,title,status,notes\nCASE-000001,a,DRAFT,{}\n",
          "line 2: the notes are not a JSON array" },
        { "id,title,status,notes\nCASE-000001,a,DRAFT,[7]\n",
          "line 2: a note that is not a string" },
        { "id,title,status,notes\nCASE-000001,a,DRAFT,\"[\"\"\"\"]\"\n",
          "line 2: the note is empty" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct error err = { 0 };
        AUTO_STR struct str rows = STR_INIT;
        assert_int_equal(read_all(*state, table[i][0], &rows, &err), -1);
        assert_contains(err.message, "in '");
        assert_contains(err.message, table[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_become_cases, sandbox_setup,
                                        sandbox_teardown),
        cmocka_unit_test_setup_teardown(the_notes_column_may_be_left_out, sandbox_setup,
                                        sandbox_teardown),
        cmocka_unit_test_setup_teardown(bad_rows_are_refused_with_their_line,
                                        sandbox_setup, sandbox_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
