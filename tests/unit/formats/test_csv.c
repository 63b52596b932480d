#include "gate/base/error.h"
#include "runners/formats/format.h"
#include "runners/formats/pairs.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* The files of these tests: a list of values, or of pairs. */
static int read_values(struct sandbox *sandbox,
                       const char *text,
                       struct recording *recording,
                       struct error *err)
{
    AUTO_DOCUMENT struct document document;
    sandbox_write(sandbox, "input.csv", text);
    if (document_open(&document, sandbox_file(sandbox, "input.csv"), err) < 0)
        return -1;
    return format_read(&format_csv, &document, recording, err);
}

static int read_pairs(struct sandbox *sandbox,
                      const char *text,
                      struct paired_recording *recording,
                      struct error *err)
{
    AUTO_DOCUMENT struct document document;
    sandbox_write(sandbox, "input.csv", text);
    if (document_open(&document, sandbox_file(sandbox, "input.csv"), err) < 0)
        return -1;
    return pairs_read(&document, recording, err);
}

static void values_are_converted_by_their_column(void **state)
{
    struct error err = { 0 };
    struct recording recording = { 0 };

    assert_int_equal(
        read_values(
            *state,
            "\xef\xbb\xbfms,name\r\n# note\r\n12.5, \"a, \"\"b\"\"\" \r\n\r\n3e1,c\r\n",
            &recording, &err),
        0);
    assert_int_equal(recording.count, 2);
    assert_string_equal(recording.items[0].name, "a, \"b\"");
    assert_close(recording.items[0].items[0], 0.0125, 1e-15);
    assert_close(recording.items[1].items[0], 0.03, 1e-15);
    recording_clear(&recording);
}

static void names_may_be_left_out(void **state)
{
    struct error err = { 0 };
    struct recording recording = { 0 };

    assert_int_equal(read_values(*state, "count\n0\n2", &recording, &err), 0);
    assert_int_equal(recording.count, 1);
    assert_int_equal(recording.items[0].count, 2);
    assert_close(recording.items[0].items[0], 0, 0);
    recording_clear(&recording);
}

static void bad_values_are_refused_with_line_and_column(void **state)
{
    static const char *const cases[][2] = {
        { "seconds\n1\nfast\n",
          ", line 3: 'seconds' must be a number above 0, not 'fast'" },
        { "seconds\n0\n", ", line 2: 'seconds' must be a number above 0, not '0'" },
        { "seconds\n-1\n", ", line 2: 'seconds' must be a number above 0, not '-1'" },
        { "seconds\nnan\n", ", line 2: 'seconds' must be a number above 0, not 'nan'" },
        { "seconds\n1e999\n",
          ", line 2: 'seconds' must be a number above 0, not '1e999'" },
        { "name,bytes\na,-1\n",
          ", line 2: 'bytes' must be a number from 0 on, not '-1'" },
        { "name,minutes\na,1\n",
          ", line 1: columns must be 'name' and one of seconds, s, ms, us, ns, bytes, "
          "count, value, not 'minutes'" },
        { "ms,bytes\n1,1\n", ", line 1: columns must be 'name' and one of " },
        { "name\na\n", ", line 1: there must be a column of values" },
        { "ms,ms\n1,1\n", ", line 1: column 'ms' is there twice" },
        { "name,ms\na\n",
          ", line 2: a row must have 2 fields, as the first line has, not 1" },
        { "name,ms\n\"a,1\n",
          ", line 2: field 1 must end with a quote and then a comma" },
        { "name,ms\n", ": no benchmark in it, read as CSV" },
        { "# nothing\n", ": no line in it that names columns" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err = { 0 };
        struct recording recording = { 0 };
        assert_int_equal(read_values(*state, cases[i][0], &recording, &err), -1);
        assert_int_equal(err.code, ERROR_USAGE);
        assert_contains(err.message, cases[i][1]);
        recording_clear(&recording);
    }
}

static void pairs_keep_their_order_and_names(void **state)
{
    struct error err = { 0 };
    struct paired_recording recording = { 0 };

    assert_int_equal(
        read_pairs(*state, "head,name,base\n2,x,1\n4,y,3\n6,x,5\n", &recording, &err), 0);
    assert_int_equal(recording.count, 2);
    assert_string_equal(recording.items[0].name, "x");
    assert_int_equal(recording.items[0].count, 2);
    assert_close(recording.items[0].base[1], 5, 0);
    assert_close(recording.items[0].head[1], 6, 0);
    assert_close(recording.items[1].base[0], 3, 0);
    paired_recording_clear(&recording);
}

static void bad_pairs_are_refused_with_line_and_column(void **state)
{
    static const char *const cases[][2] = {
        { "", ": nothing in it" },
        { "base,head\n", ": no pair in it" },
        { "a,b\n1,2\n",
          ", line 1: the first line must be 'base,head' or 'name,base,head', not 'a,b'" },
        { "base,head,x\n1,2,3\n", ", line 1: the first line must be 'base,head'" },
        { "base\n1\n", ", line 1: the first line must be 'base,head'" },
        { "1.0,2.0\n3.0,4.0\n", ", line 1: the first line must be 'base,head'" },
        { "base,head\n1,2\n1,\n", ", line 3: 'head' must be a number above 0, not ''" },
        { "base,head\n1,2,3\n", ", line 2: a row must have 2 fields" },
        { "base,head\n0,2\n", ", line 2: 'base' must be a number above 0, not '0'" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err = { 0 };
        struct paired_recording recording = { 0 };
        assert_int_equal(read_pairs(*state, cases[i][0], &recording, &err), -1);
        assert_int_equal(err.code, ERROR_USAGE);
        assert_contains(err.message, cases[i][1]);
        paired_recording_clear(&recording);
    }
}

static void a_nul_byte_is_refused(void **state)
{
    struct error err = { 0 };
    AUTO_DOCUMENT struct document document;

    sandbox_must(*state, "printf 'ms\\n1\\n\\0002\\n' >input.csv");
    assert_int_equal(document_open(&document, sandbox_file(*state, "input.csv"), &err),
                     -1);
    assert_contains(err.message, "not a text: a NUL byte at offset 5");
}

static void a_file_that_is_not_there_is_a_mistake_of_use(void **state)
{
    struct error err = { 0 };
    AUTO_DOCUMENT struct document document;

    assert_int_equal(document_open(&document, sandbox_file(*state, "none"), &err), -1);
    assert_int_equal(err.code, ERROR_USAGE);
    assert_contains(err.message, "none'");
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(values_are_converted_by_their_column),
        T(names_may_be_left_out),
        T(bad_values_are_refused_with_line_and_column),
        T(pairs_keep_their_order_and_names),
        T(bad_pairs_are_refused_with_line_and_column),
        T(a_nul_byte_is_refused),
        T(a_file_that_is_not_there_is_a_mistake_of_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
