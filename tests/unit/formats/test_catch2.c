#include "gate/base/error.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"
#include "tests/unit/formats/reading.h"

#define DOCUMENT(inner)                                         \
    "<?xml version=\"1.0\"?>\n<Catch2TestRun name=\"bench\">\n" \
    "<TestCase name=\"t\">\n" inner "</TestCase>\n</Catch2TestRun>"
#define BENCHMARK(inner) "<BenchmarkResults name=\"b\">" inner "</BenchmarkResults>\n"
#define MEAN(value)      "<mean value=\"" value "\" ci=\"0\"/>"

/* The values as Python's xml.etree reads them. */
static void names_are_test_case_sections_and_benchmark(void **state)
{
    struct recording recording;

    (void)state;
    read_sample("catch2.xml", "catch2", &recording);
    assert_int_equal(recording.count, 4);
    assert_close(series_of(&recording, "sums/small", "wall", 1)->items[0], 122.05e-9,
                 1e-18);
    assert_close(series_of(&recording, "sums/1 < 2 & 3", "wall", 1)->items[0], 267.41e-9,
                 1e-18);
    assert_close(series_of(&recording, "sums/large/10000", "wall", 1)->items[0],
                 10598.4e-9, 1e-18);
    recording_clear(&recording);
}

static void a_benchmark_that_threw_has_failed(void **state)
{
    struct recording recording;

    (void)state;
    read_sample("catch2.xml", "catch2", &recording);
    assert_string_equal(series_of(&recording, "fails/throws", "wall", 0)->failure,
                        "no input");
    assert_null(series_of(&recording, "sums/small", "wall", 1)->failure);
    recording_clear(&recording);
}

static void version_3_is_read_the_same(void **state)
{
    struct error err = { 0 };
    struct recording recording = { 0 };
    const struct bad_case text = {
        NULL, DOCUMENT(BENCHMARK(MEAN("1500")) BENCHMARK(MEAN("2e3"))), ""
    };

    assert_int_equal(read_text(*state, &text, &recording, &err), 0);
    assert_close(series_of(&recording, "t/b", "wall", 2)->items[0], 1.5e-6, 1e-18);
    assert_close(series_of(&recording, "t/b", "wall", 2)->items[1], 2e-6, 1e-18);
    recording_clear(&recording);
}

static void benchmarks_of_a_test_case_that_failed_have_failed(void **state)
{
    struct error err = { 0 };
    struct recording recording = { 0 };
    const struct bad_case text = {
        NULL, DOCUMENT(BENCHMARK(MEAN("1")) "<OverallResult success=\"false\"/>\n"), ""
    };

    assert_int_equal(read_text(*state, &text, &recording, &err), 0);
    assert_string_equal(series_of(&recording, "t/b", "wall", 1)->failure,
                        "its test case failed");
    recording_clear(&recording);
}

static void broken_xml_is_refused_with_its_line(void **state)
{
    static const struct bad_case cases[] = {
        { "catch2", "hello\n", ", line 1: not well-formed XML: " },
        { "catch2", "<Catch name=\"b\">\n<Group>\n", ", line 3: not well-formed XML: " },
        { "catch2", "<Catch>\n</Group>\n",
          ", line 2: not well-formed XML: mismatched tag: '</Group>'" },
        { "catch2", "<Catch/>\nhello\n",
          ", line 2: not well-formed XML: junk after document element: 'hello'" },
        { "catch2", "<Catch name=\"b\"/>", ": no benchmark in it, read as Catch2's XML" },
        { "catch2", DOCUMENT(BENCHMARK(MEAN("fast"))),
          ", line 4: the mean of 't/b' must be a number above 0, not 'fast'" },
        { "catch2", DOCUMENT(BENCHMARK("<mean/>")),
          ", line 4: the mean of 't/b' must be a number above 0, not ''" },
        { "catch2", DOCUMENT("<BenchmarkResults>\n</BenchmarkResults>"),
          ", line 4: <BenchmarkResults> has no 'name': '<BenchmarkResults>'" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_refused(*state, &cases[i]);
}

/* Ten levels of ten entities each: ten billion bytes if anybody expanded them. */
static void entities_without_end_are_refused(void **state)
{
    AUTO_STR struct str text = STR_INIT;

    str_add(&text, "<!DOCTYPE x [\n<!ENTITY e0 \"xxxxxxxxxx\">\n");
    for (int level = 1; level <= 9; level++) {
        str_addf(&text, "<!ENTITY e%d \"", level);
        for (int i = 0; i < 10; i++)
            str_addf(&text, "&e%d;", level - 1);
        str_add(&text, "\">\n");
    }
    str_add(&text, "]>\n<Catch name=\"&e9;\"/>");
    check_refused(*state, &(struct bad_case){ "catch2", text.data, ", line " });
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_test_case_sections_and_benchmark),
        cmocka_unit_test(a_benchmark_that_threw_has_failed),
        T(version_3_is_read_the_same),
        T(benchmarks_of_a_test_case_that_failed_have_failed),
        T(broken_xml_is_refused_with_its_line),
        T(entities_without_end_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
