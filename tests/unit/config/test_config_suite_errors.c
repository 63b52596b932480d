/* What is wrong in margins, benchmarks, sizes and goals. */
#include "tests/unit/config/config_errors.h"

#define METRIC_LIST                                                                 \
    "wall, cpu, user, system, run_queue_wait, io_wait, peak_rss, minor_faults, "    \
    "major_faults, voluntary_switches, involuntary_switches, read_bytes, "          \
    "written_bytes, read_calls, write_calls, disk_read_bytes, disk_written_bytes, " \
    "instructions, cycles, branch_misses, cache_misses, allocations, "              \
    "allocated_bytes, peak_heap, p50, p95, p99, max, throughput, value"

static void margins_are_checked(void **state)
{
    static const struct bad cases[] = {
        { TOP("\"margins\": {\"cpus\": \"2%\"}"),
          "3, column 15: unknown key 'cpus' in 'margins', did you mean 'cpu'? (allowed: " METRIC_LIST
          ")" },
        { TOP("\"margins\": {\"cpu\": 2}"),
          "3, column 15: 'margins.cpu' must be a percentage such as \"2%\" or \"0.5%\", a "
          "duration such as \"500ms\", \"2s\" or \"5m\", both in an array, or \"none\", not "
          "2" },
        { TOP("\"margins\": {\"cpu\": \"1MiB\"}"),
          "3, column 15: 'margins.cpu' must be a percentage such as \"2%\" or \"0.5%\", a "
          "duration such as \"500ms\", \"2s\" or \"5m\", both in an array, or \"none\", not "
          "\"1MiB\"" },
        { TOP("\"margins\": {\"cpu\": \"1001%\"}"),
          "3, column 15: 'margins.cpu' must be at most 1000%, not \"1001%\"" },
        { TOP("\"margins\": {\"cpu\": \"-2%\"}"),
          "3, column 15: 'margins.cpu' must be a percentage such as \"2%\" or \"0.5%\", not "
          "\"-2%\"" },
        { TOP("\"margins\": {\"peak_rss\": [\"5%\"]}"),
          "3, column 15: 'margins.peak_rss' must be two values, a percentage and a size such "
          "as \"64KiB\", \"1MiB\" or \"2GB\", not an array of 1" },
        { TOP("\"margins\": {\"peak_rss\": [\"1MiB\", \"5%\"]}"),
          "3, column 28: 'margins.peak_rss[0]' must be a percentage such as \"2%\" or "
          "\"0.5%\", not \"1MiB\"" },
        { TOP("\"margins\": {\"peak_rss\": [\"5%\", \"1ms\"]}"),
          "3, column 34: 'margins.peak_rss[1]' must be a size such as \"64KiB\", \"1MiB\" or "
          "\"2GB\", not \"1ms\"" },
        { TOP("\"margins\": {\"major_faults\": [\"5%\", \"3\"]}"),
          "3, column 38: 'margins.major_faults[1]' must be a whole number such as 1000, not "
          "\"3\"" },
        { BENCH("\"margins\": {\"wal\": \"2%\"}, \"name\": \"b\", \"run\": \"a\""),
          "4, column 17: unknown key 'wal' in 'suites[0].benchmarks[0].margins', did you "
          "mean 'wall'? (allowed: " METRIC_LIST ")" },
    };
    (void)state;
    assert_refused(cases);
}

#define B "suites[0].benchmarks[0]"
#define NAME_RULE                                                                            \
    "must be a name of 1 to 80 characters A-Z, a-z, 0-9 and ._/+-, beginning with a letter " \
    "or digit, not "

static void benchmarks_are_checked(void **state)
{
    static const struct bad cases[] = {
        { BENCH("\"run\": \"a\""), "3, column 5: '" B "' lacks the key 'name'" },
        { BENCH("\"name\": \"b\""), "3, column 5: '" B "' lacks the key 'run'" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"size\": {}"),
          "4, column 30: unknown key 'size' in '" B "', did you mean 'sizes'? (allowed: "
          "name, sizes, shell, run, setup, teardown, env, stdin, cwd, cache, pairing, "
          "same_output, stdout, samples, work, growth, results, format, run_one, goals, margins, "
          "creep_margins, timeout, "
          "binaries)" },
        { BENCH("\"name\": \"a b\", \"run\": \"a\""),
          "4, column 5: '" B ".name' " NAME_RULE "\"a b\"" },
        { BENCH("\"name\": \"\", \"run\": \"a\""),
          "4, column 5: '" B ".name' " NAME_RULE "\"\"" },
        { BENCH("\"name\": \"-x\", \"run\": \"a\""),
          "4, column 5: '" B ".name' " NAME_RULE "\"-x\"" },
        { BENCH("\"name\": \"a[n=1]\", \"run\": \"a\""),
          "4, column 5: '" B ".name' " NAME_RULE "\"a[n=1]\"" },
        { BENCH("\"name\": \"b\", \"run\": \"a\"}, {\"run\": \"a\",\n\"name\": \"b\""),
          "5, column 1: 'suites[0].benchmarks[1].name' is the name of another benchmark "
          "already: 'b'" },
        { BENCH("\"name\": \"b\", \"run\": \"a\"}]},\n{\"name\": \"t\", \"benchmarks\": "
                "[{\"run\": \"a\", \"name\": \"b\""),
          "5, column 43: 'suites[1].benchmarks[0].name' is the name of another benchmark "
          "already: 'b'" },
        { BENCH(
              "\"name\": \"b\", \"run\": \"a\"}]},\n{\"name\": \"s\", \"benchmarks\": [{\"x\": 1"),
          "5, column 2: 'suites[1].name' is the name of another suite already: 's'" },
        { BENCH("\"name\": \"b\", \"run\": [\"a\"]"),
          "4, column 18: '" B
          ".run' must be a command such as \"make -C src\", not an array "
          "of 1" },
        { BENCH("\"name\": \"b\", \"run\": \"a 'b\""),
          "4, column 18: '" B ".run' has an open quote (')" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"stdout\": \"/dev/null\""),
          "4, column 30: '" B
          ".stdout' must be \"null\" or \"file\", not \"/dev/null\"" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"same_output\": \"yes\""),
          "4, column 30: '" B ".same_output' must be true or false, not \"yes\"" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"timeout\": null"),
          "4, column 30: '" B ".timeout' must be a duration such as \"500ms\", \"2s\" or "
          "\"5m\", not null" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"binaries\": [\"a/../../b\"]"),
          "4, column 43: '" B
          ".binaries[0]' must be a path inside the tree, relative to its "
          "top, not \"a/../../b\"" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"binaries\": [\"/bin/ls\"]"),
          "4, column 43: '" B
          ".binaries[0]' must be a path inside the tree, relative to its "
          "top, not \"/bin/ls\"" },
    };
    (void)state;
    assert_refused(cases);
}

static void sizes_are_checked(void **state)
{
    static const struct bad cases[] = {
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"sizes\": [1]"),
          "4, column 30: '" B
          ".sizes' must be an object (values by parameter), not an array "
          "of 1" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"sizes\": {\"N\": [1]}"),
          "4, column 40: '" B ".sizes.N' is no name of a parameter (a small letter, then "
          "small letters, digits and '_', at most 40)" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"sizes\": {\"work\": [1]}"),
          "4, column 40: '" B
          ".sizes.work' is no name of a parameter: \"work\", \"tree\" and "
          "the names of metrics are taken" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"sizes\": {\"wall_p95\": [1]}"),
          "4, column 40: '" B
          ".sizes.wall_p95' is no name of a parameter: \"work\", \"tree\" and the "
          "names of metrics are taken" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"sizes\": {\"n\": []}"),
          "4, column 40: '" B ".sizes.n' must be an array of numbers or "
          "strings (at least one), not an array of 0" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"sizes\": {\"n\": [1, true]}"),
          "4, column 49: '" B
          ".sizes.n[1]' must be a number or a string of 1 to 80 bytes "
          "without '[', ']', ',' and control characters, not true" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"sizes\": {\"n\": [\"a,b\"]}"),
          "4, column 46: '" B
          ".sizes.n[0]' must be a number or a string of 1 to 80 bytes "
          "without '[', ']', ',' and control characters, not \"a,b\"" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"sizes\": {\"n\": [10, \"10\"]}"),
          "4, column 50: '" B ".sizes.n[1]' has the value 10 a second time" },
    };
    (void)state;
    assert_refused(cases);
}

static void placeholders_are_checked(void **state)
{
    static const struct bad cases[] = {
        { BENCH("\"name\": \"b\", \"run\": \"a {m}\", \"sizes\": {\"n\": [1]}"),
          "4, column 18: '" B
          ".run' has an unknown placeholder {m} (known: {n}, {work}, {tree})" },
        { BENCH("\"name\": \"b\", \"run\": \"a\", \"setup\": [\"a {n}\"]"),
          "4, column 40: '" B
          ".setup[0]' has an unknown placeholder {n} (known: {work}, {tree})" },
        { BENCH("\"name\": \"b\", \"run\": \"awk '{print}'\""),
          "4, column 18: '" B
          ".run' has an unknown placeholder {print} (known: {work}, {tree})" },
        { BENCH("\"name\": \"b\", \"run\": \"awk '{ print }'\""),
          "4, column 18: '" B
          ".run' has a '{' that belongs to no placeholder such as {n}: "
          "write '{{' for the brace itself" },
        { BENCH("\"name\": \"b\", \"run\": \"a }\""),
          "4, column 18: '" B
          ".run' has a '}' that belongs to no placeholder such as {n}: "
          "write '}}' for the brace itself" },
        { BENCH("\"name\": \"b\", \"shell\": true, \"run\": \"a ${HOME}\""),
          "4, column 33: '" B
          ".run' has a '{' that belongs to no placeholder such as {n}: "
          "write '{{' for the brace itself" },
        { "{\"version\": 1, \"suites\": [{\"name\": \"s\", \"prepare\": [\"a\",\n\"b {m}\"],\n"
          "\"benchmarks\": [{\"name\": \"b\", \"run\": \"a\", \"sizes\": {\"n\": [1]}}]}]}",
          "2, column 1: 'suites[0].prepare[1]' has an unknown placeholder {m} (known: {n}, "
          "{work}, {tree})" },
        { "{\"version\": 1, \"suites\": [{\"name\": \"s\", \"prepare\": [\"a\",\n\"b {m} "
          "{n}\"],\n\"benchmarks\": [{\"name\": \"b\", \"run\": \"a\", \"sizes\": {\"n\": "
          "[1]}},{\"name\": \"c\", \"run\": \"a\", \"sizes\": {\"m\": [1]}}]}]}",
          "2, column 1: 'suites[0].prepare[1]' has {m} and {n}, which no benchmark of the "
          "suite has together" },
    };
    (void)state;
    assert_refused(cases);
}

static void goals_are_checked(void **state)
{
    static const struct bad cases[] = {
        { BENCH(SIZES "\"goals\": {}"),
          "6, column 5: '" B ".goals' must be an array of goals, not an object" },
        { BENCH(SIZES "\"goals\": [1]"),
          "6, column 15: '" B ".goals[0]' must be an object (sizes and limits), not 1" },
        { BENCH(SIZES "\"goals\": [{\"n\": 1}]"),
          "6, column 15: '" B ".goals[0]' has no limit, such as \"wall\": \"500ms\"" },
        { BENCH(SIZES "\"goals\": [{\"n\": 3, \"wall\": \"1s\"}]"),
          "6, column 16: '" B
          ".goals[0].n' must be one of the benchmark's sizes (1, 2), not "
          "3" },
        { BENCH(SIZES "\"goals\": [{\"wall\": 5}]"),
          "6, column 16: '" B
          ".goals[0].wall' must be a duration such as \"500ms\", \"2s\" or "
          "\"5m\", not 5" },
        { BENCH(SIZES "\"goals\": [{\"wall\": \"1s\"}, {\"peak_rss_p95\": \"5%\"}]"),
          "6, column 32: '" B ".goals[1].peak_rss_p95' must be a size such as \"64KiB\", "
          "\"1MiB\" or \"2GB\", not \"5%\"" },
        { BENCH(SIZES "\"goals\": [{\"wall_p99\": \"1s\"}]"),
          "6, column 16: unknown key 'wall_p99' in '" B ".goals[0]', did you mean "
          "'wall_p95'? (allowed: mode, n, " METRIC_LIST ", wall_p95, cpu_p95, user_p95, "
          "system_p95 and 27 more)" },
    };
    (void)state;
    assert_refused(cases);
}

static void more_than_a_thousand_combinations_are_refused(void **state)
{
    struct str sizes = STR_INIT;
    struct error err = { 0 };
    (void)state;

    str_add(&sizes, "{\"version\": 1, \"suites\": [{\"name\": \"s\", \"benchmarks\": "
                    "[{\"name\": \"b\", \"run\": \"a\", \"sizes\": {\"a\": [0");
    for (int i = 1; i < 101; i++)
        str_addf(&sizes, ", %d", i);
    str_add(&sizes, "], \"b\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}}]}]}");

    assert_null(config_parse(sizes.data, "pawl.json", &err));
    assert_string_equal(err.message, "in 'pawl.json', line 1, column 82: '" B
                                     ".sizes' has more than 1000 combinations");
    str_clear(&sizes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(margins_are_checked),
        cmocka_unit_test(benchmarks_are_checked),
        cmocka_unit_test(sizes_are_checked),
        cmocka_unit_test(placeholders_are_checked),
        cmocka_unit_test(goals_are_checked),
        cmocka_unit_test(more_than_a_thousand_combinations_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
