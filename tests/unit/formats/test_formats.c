#include "gate/base/error.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"
#include "tests/unit/formats/reading.h"

static void hyperfine_gives_wall_times_of_each_command(void **state)
{
    struct recording recording;

    (void)state;
    read_sample("hyperfine-base.json", "hyperfine", &recording);
    assert_int_equal(recording.count, 2);
    assert_null(series_of(&recording, "echo", "wall", 15)->failure);
    assert_true(series_of(&recording, "count", "wall", 15)->items[14] > 0.001);
    recording_clear(&recording);
}

static void google_gives_seconds_of_processor_time_by_repetition(void **state)
{
    struct recording recording;

    (void)state;
    read_sample("google-base.json", "google", &recording);
    assert_int_equal(recording.count, 6);
    /* One is reported in ns, the other in us. */
    assert_close(series_of(&recording, "BM_sum/1000", "cpu", 8)->items[0], 3e-7, 2e-7);
    assert_close(series_of(&recording, "BM_copy", "cpu", 8)->items[0], 1.2e-7, 1e-7);
    assert_true(series_of(&recording, "BM_copy", "wall", 8)->is_shown_only);
    assert_contains(recording.machine, "(2 CPUs)");
    assert_contains(recording.warnings.items[0], "debug build");
    recording_clear(&recording);
}

static void google_benchmark_with_an_error_has_failed(void **state)
{
    struct recording recording;

    (void)state;
    read_sample("google-error.json", "google", &recording);
    assert_string_equal(series_of(&recording, "BM_fails", "cpu", 0)->failure, "no input");
    recording_clear(&recording);
}

static void go_gives_time_bytes_and_allocations_by_package(void **state)
{
    struct recording recording;
    const char *lookup = "example.org/parser.BenchmarkLookup/n=1000-8";
    const char *parse = "example.org/parser.BenchmarkParse-8";

    (void)state;
    read_sample("go-base.txt", "go", &recording);
    assert_int_equal(recording.count, 7);
    assert_close(series_of(&recording, lookup, "wall", 10)->items[0], 39.47e-9, 1e-15);
    assert_close(series_of(&recording, lookup, "allocs", 10)->items[9], 0, 0);
    assert_close(series_of(&recording, parse, "bytes", 10)->items[0], 25326, 0);
    assert_close(series_of(&recording, parse, "throughput", 10)->items[0], 60.08e6, 1e-3);
    assert_true(series_of(&recording, parse, "throughput", 10)->is_shown_only);
    assert_int_equal(recording.warnings.count, 1);
    assert_contains(recording.warnings.items[0], "'words'");
    recording_clear(&recording);
}

static void pytest_gives_the_single_times(void **state)
{
    struct recording recording;

    (void)state;
    read_sample("pytest-base.json", "pytest", &recording);
    assert_int_equal(recording.count, 2);
    series_of(&recording, "tests/test_parse.py::test_parse", "wall", 12);
    series_of(&recording, "tests/test_parse.py::test_dump[small]", "wall", 12);
    assert_contains(recording.machine, "(Intel");
    recording_clear(&recording);
}

#define HYPERFINE(times) "{\"results\": [\n{\"command\": \"a\",\n\"times\": " times "}]}"
#define GOOGLE(item)     "{\"context\": {}, \"benchmarks\": [\n{\"name\": \"a\",\n" item "}]}"
#define PYTEST(stats)    "{\"benchmarks\": [\n{\"fullname\": \"a\",\n\"stats\": " stats "}]}"

static void bad_json_is_refused_with_its_line(void **state)
{
    static const struct bad_case cases[] = {
        { "hyperfine", "", ": nothing in it" },
        { "hyperfine", " \n\n", ": nothing in it" },
        { "hyperfine", "{\"results\": [\n{\"comm", ", line 2, column " },
        { "hyperfine", HYPERFINE("[0.1, NaN]"), ", line 3, column " },
        { "hyperfine", "{\"results\": []}",
          ", line 1: 'results' must be an array with something in it" },
        { "hyperfine", "{\"other\": 1}", ", line 1: 'results' is missing" },
        { "hyperfine", "{\"results\": [3]}", ", line 1: 'command' is missing" },
        { "hyperfine", HYPERFINE("[]"),
          ", line 3: 'times' must be an array with something in it" },
        { "hyperfine", HYPERFINE("[0.1,\n-0.2]"),
          ", line 4: '/results/0/times/1' of 'a' must be a number above 0, not -0.2" },
        { "hyperfine", HYPERFINE("[0.0]"),
          ", line 3: '/results/0/times/0' of 'a' must be a number above 0, not 0.0" },
        { "hyperfine", HYPERFINE("[\"1\"]"),
          ", line 3: '/results/0/times/0' of 'a' must be a number above 0, not \"1\"" },
        { "hyperfine",
          "{\"results\": [{\"command\": \"a\", \"times\": [1]},\n"
          "{\"command\": \"a\", \"times\": [1]}]}",
          ", line 2: 'a' stands twice in this file" },
        { "hyperfine", "a,b\n", ", line 1: 'results' is missing" },
        { "google", "{\"context\": {}, \"benchmarks\": []}",
          ", line 1: 'benchmarks' must be an array with something in it" },
        { "google", GOOGLE("\"cpu_time\": 1, \"time_unit\": \"min\""),
          ", line 3: 'time_unit' must be ns, us, ms or s, not 'min'" },
        { "google", GOOGLE("\"cpu_time\": 1"), ", line 2: 'time_unit' is missing" },
        { "google", GOOGLE("\"time_unit\": \"ns\""), ", line 2: 'cpu_time' is missing" },
        { "google", GOOGLE("\"cpu_time\": -3, \"time_unit\": \"ns\""),
          ", line 3: '/benchmarks/0/cpu_time' of 'a' must be a number above 0, not -3" },
        { "google", GOOGLE("\"run_type\": \"aggregate\""), ", line 1: only aggregates" },
        { "pytest", PYTEST("{\"mean\": 1}"),
          ", line 3: 'a' has no 'data', the single times" },
        { "pytest", PYTEST("[]"), ", line 3: 'stats' must be an object" },
        { "pytest", PYTEST("{\"data\": [0]}"),
          ", line 3: '/benchmarks/0/stats/data/0' of 'a' must be a number above 0" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_refused(*state, &cases[i]);
}

static void bad_go_text_is_refused_with_its_line(void **state)
{
    static const struct bad_case cases[] = {
        { "go", "PASS\nok  \tx\t1s\n", ": no benchmark in it" },
        { "go", "\nBenchmarkX-8 12 fast ns/op\n",
          ", line 2: 'ns/op' of 'BenchmarkX-8' must be a number above 0, not 'fast'" },
        { "go", "BenchmarkX-8 12 0 ns/op\n",
          ", line 1: 'ns/op' of 'BenchmarkX-8' must be a number above 0, not '0'" },
        { "go", "BenchmarkX-8 12 NaN ns/op\n",
          ", line 1: 'ns/op' of 'BenchmarkX-8' must be a number above 0, not 'NaN'" },
        { "go", "BenchmarkX-8 12 9 ns/op -1 B/op\n",
          ", line 1: 'B/op' of 'BenchmarkX-8' must be a number, 0 or more, not '-1'" },
        { "go", "BenchmarkX-8 often 9 ns/op\n",
          ", line 1: after 'BenchmarkX-8' must stand how often it ran, not 'often'" },
        { "go", "BenchmarkX-8 12 9\n",
          ", line 1: 'BenchmarkX-8' must have values with their units" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_refused(*state, &cases[i]);
}

static void a_name_that_go_announces_is_no_run(void **state)
{
    struct error err = { 0 };
    struct recording recording = { 0 };
    const struct bad_case text = {
        NULL, "BenchmarkX\nBenchmarkX-8 \t 12\t 9.5 ns/op\r\nBenchmarking is fun\n", ""
    };

    assert_int_equal(read_text(*state, &text, &recording, &err), 0);
    assert_int_equal(recording.count, 1);
    assert_close(series_of(&recording, "BenchmarkX-8", "wall", 1)->items[0], 9.5e-9,
                 1e-15);
    recording_clear(&recording);
}

static void real_time_counts_where_the_benchmark_asked_for_it(void **state)
{
    struct error err = { 0 };
    struct recording recording = { 0 };
    const struct bad_case text = { NULL,
                                   "{\"context\": {}, \"benchmarks\": [{\"name\": "
                                   "\"a/real_time\", \"real_time\": 7, \"cpu_time\": 1, "
                                   "\"time_unit\": \"ms\"}]}",
                                   "" };

    assert_int_equal(read_text(*state, &text, &recording, &err), 0);
    assert_close(series_of(&recording, "a/real_time", "wall", 1)->items[0], 0.007, 1e-12);
    recording_clear(&recording);
}

static void hyperfine_run_that_a_signal_ended_is_a_failure(void **state)
{
    struct error err = { 0 };
    struct recording recording = { 0 };
    const struct bad_case text = { NULL, HYPERFINE("[1, 2], \"exit_codes\": [0, null]"),
                                   "" };

    assert_int_equal(read_text(*state, &text, &recording, &err), 0);
    assert_contains(series_of(&recording, "a", "wall", 2)->failure, "signal");
    recording_clear(&recording);
}

static void texts_of_no_format_are_not_recognised(void **state)
{
    static const char *const texts[] = { "hello\n", "[1, 2]", "{\"a\": 1}", "PASS\n" };
    struct error err = { 0 };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        AUTO_DOCUMENT struct document document;
        sandbox_write(*state, "input", texts[i]);
        assert_int_equal(document_open(&document, sandbox_file(*state, "input"), &err),
                         0);
        assert_null(format_recognise(&document));
    }
}

static void all_names_of_formats_are_found(void **state)
{
    (void)state;
    assert_string_equal(format_names,
                        "catch2, criterion, csv, go, google, hyperfine, lines, pytest");
    assert_non_null(format_find("csv"));
    assert_non_null(format_find("hyperfine"));
    assert_null(format_find("xml"));
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(hyperfine_gives_wall_times_of_each_command),
        T(google_gives_seconds_of_processor_time_by_repetition),
        T(google_benchmark_with_an_error_has_failed),
        T(go_gives_time_bytes_and_allocations_by_package),
        T(pytest_gives_the_single_times),
        T(bad_json_is_refused_with_its_line),
        T(bad_go_text_is_refused_with_its_line),
        T(a_name_that_go_announces_is_no_run),
        T(real_time_counts_where_the_benchmark_asked_for_it),
        T(hyperfine_run_that_a_signal_ended_is_a_failure),
        T(texts_of_no_format_are_not_recognised),
        T(all_names_of_formats_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
