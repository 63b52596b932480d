#include <stdlib.h>
#include <string.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "runners/case-tracker/csv.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* Every row as "a|b|c;". */
static int read_rows(struct sandbox *sandbox,
                     const char *bytes,
                     size_t length,
                     struct str *rows,
                     struct error *err)
{
    const char *path = sandbox_file(sandbox, "x.csv");
    struct csv_reader csv;
    assert_int_equal(file_write(path, bytes, length, err), 0);
    assert_int_equal(csv_open(&csv, path, err), 0);
    int got = csv_next(&csv, err);
    for (; got == 1; got = csv_next(&csv, err)) {
        for (size_t i = 0; i < csv.field_count; i++) {
            str_add(rows, i ? "|" : "");
            str_add(rows, csv_field(&csv, i));
        }
        str_add_char(rows, ';');
    }
    csv_close(&csv);
    return got;
}

static void rows_and_fields_are_those_of_rfc_4180(void **state)
{
    static const char *const table[][2] = {
        { "", "" },
        { "a,b\r\nc,d\r\n", "a|b;c|d;" },
        { "a,b\nc,d", "a|b;c|d;" },
        { "\"a,b\",\"c\"\"d\"\n", "a,b|c\"d;" },
        { "\"two\nlines\",\"cr\r\nlf\"\n", "two\nlines|cr\r\nlf;" },
        { "a,,\n", "a||;" },
        { ",\n", "|;" },
        { "\"\"\n", ";" },
        { "\"\"\"\"", "\";" },
        { "\n", ";" },
        { "\xef\xbb\xbf"
          "a,b\n",
          "a|b;" },
        { "a b , c\n", "a b | c;" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct error err = { 0 };
        AUTO_STR struct str rows = STR_INIT;
        int got = read_rows(*state, table[i][0], strlen(table[i][0]), &rows, &err);
        assert_int_equal(got, 0);
        assert_string_equal(rows.data, table[i][1]);
    }
}

static void
check_error(void **state, const char *bytes, size_t length, const char *message)
{
    struct error err = { 0 };
    AUTO_STR struct str rows = STR_INIT;
    assert_int_equal(read_rows(*state, bytes, length, &rows, &err), -1);
    assert_contains(err.message, "x.csv', line ");
    assert_contains(err.message, message);
}
#define CHECK_ERROR(text, message) check_error(state, text, sizeof(text) - 1, message)

static void broken_rows_are_refused_with_their_line(void **state)
{
    CHECK_ERROR("a\nb\n\"open", "line 3: the file ends inside a quoted field");
    CHECK_ERROR("a\n\"b\"c\n", "line 2: text after the closing quote of a field");
    CHECK_ERROR("a\"b\"\n",
                "line 1: a quote inside a field that does not begin with one");
    CHECK_ERROR("a\rb\n", "line 1: a carriage return without a line feed");
    CHECK_ERROR("a\n\"b\"\rc\n", "line 2: a carriage return without a line feed");
    CHECK_ERROR("a\nb\0c\n", "line 2: a NUL byte");
    CHECK_ERROR("\"b\0c\"\n", "line 1: a NUL byte");
    CHECK_ERROR("1,2,3,4,5\n", "line 1: more than 4 fields");
}

static void lines_inside_quotes_are_counted(void **state)
{
    CHECK_ERROR("\"1\n2\n3\"\nx\"\n", "line 4: a quote inside a field");
}

static void a_missing_quote_does_not_swallow_the_file(void **state)
{
    AUTO_STR struct str text = STR_INIT;
    str_add(&text, "a\n\"open");
    while (text.length < CSV_FIELD_BYTES_MAX + 100000)
        str_add(&text, "0123456789,\n");
    check_error(state, text.data, text.length,
                "line 2: a field of more than 1048576 bytes; is a quote missing?");
}

/* The reader's buffer holds 64 KiB: a text of every kind is put across its end. */
static void fields_across_the_end_of_the_buffer_are_whole(void **state)
{
    for (size_t before = 65530; before <= 65537; before++) {
        struct error err = { 0 };
        AUTO_STR struct str text = STR_INIT;
        AUTO_STR struct str rows = STR_INIT;
        while (text.length < before)
            str_add_char(&text, 'x');
        str_add(&text, ",\"q\"\"q\"\r\nlast,row\r\n");
        assert_int_equal(read_rows(*state, text.data, text.length, &rows, &err), 0);
        assert_string_equal(rows.data + before, "|q\"q;last|row;");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_and_fields_are_those_of_rfc_4180,
                                        sandbox_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(broken_rows_are_refused_with_their_line,
                                        sandbox_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(lines_inside_quotes_are_counted, sandbox_setup,
                                        sandbox_teardown),
        cmocka_unit_test_setup_teardown(a_missing_quote_does_not_swallow_the_file,
                                        sandbox_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(fields_across_the_end_of_the_buffer_are_whole,
                                        sandbox_setup, sandbox_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
