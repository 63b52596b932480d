/* Waivers as pawl.json has them. */
#include "gate/config/waiver.h"
#include "tests/unit/config/config_errors.h"

#define SUITES                                                                         \
    "\"suites\": [{\"name\": \"s\", \"benchmarks\": [{\"name\": \"list\", \"run\": "   \
    "\"true\", \"sizes\": {\"n\": [10, 20, 30]}, \"growth\": \"O(n)\", \"goals\": "    \
    "[{\"n\": 30, \"wall_p95\": \"1s\"}]}, {\"name\": \"start\", \"run\": \"true\"}, " \
    "{\"name\": \"micro\", \"run\": \"true\", \"format\": \"lines\"}]}]"
#define WAIVERS(list) "{\"version\": 1, " SUITES ",\n\"waivers\": [" list "]}"
#define REST          "\"reason\": \"r\", \"owner\": \"o\", \"until\": \"2027-01-31\"}"
#define ONE(row, metric, up_to)                                                    \
    WAIVERS("{\"row\": \"" row "\", \"metric\": \"" metric "\", \"up_to\": " up_to \
            ", " REST)
#define W "'waivers[0]."

static void all_of_a_waiver_is_read(void **state)
{
    char *text = read_test_file("data/config/full.json");
    struct config *config = parse_good(text);
    const struct waiver *waivers = config->waivers.items;

    (void)state;
    assert_int_equal(config->waivers.count, 5);
    assert_string_equal(waivers[0].row, "list[n=100000]");
    assert_int_equal(waivers[0].kind, WAIVER_ROW);
    assert_int_equal(waivers[0].metric, METRIC_CPU);
    assert_close(waivers[0].up_to.share, 0.05, 1e-12);
    assert_string_equal(waivers[0].up_to_text, "5 %");
    assert_string_equal(waivers[0].owner, "anna");
    assert_string_equal(waivers[0].until, "2027-01-31");
    assert_string_equal(waivers[1].up_to_text, "15 % or 4.00 MiB");
    assert_int_equal(waivers[2].kind, WAIVER_GROWTH);
    assert_close(waivers[2].bound, 0.2, 1e-12);
    assert_int_equal(waivers[3].kind, WAIVER_GOAL);
    assert_int_equal(waivers[3].statistic, GOAL_P95);
    assert_close(waivers[3].bound, 1.2, 1e-12);
    config_free(config);
    free(text);
}

static void what_it_is_for_must_be_there(void **state)
{
    static const struct bad cases[] = {
        { ONE("lits[n=10]", "cpu", "\"5%\""),
          "2, column 14: " W "row' names no bench: 'lits[n=10]', did you mean "
          "'list[n=10]'?" },
        { ONE("list[n=40]", "cpu", "\"5%\""),
          "2, column 14: " W "row' names no bench: 'list[n=40]', did you mean "
          "'list[n=10]'?" },
        { ONE("list/x", "cpu", "\"5%\""),
          "2, column 14: " W "row' names no bench: 'list/x', did you mean 'list'?" },
        { ONE("list", "cpus", "\"5%\""),
          "2, column 29: " W "metric' is nothing that is judged of 'list': 'cpus', did "
          "you mean 'cpu'? (judged: wall, cpu, peak_rss, growth of wall, growth of cpu, "
          "growth of peak_rss, goal of wall_p95)" },
        { ONE("start", "minor_faults", "5"),
          "2, column 30: " W "metric' is nothing that is judged of 'start': "
          "'minor_faults' (judged: wall, cpu, peak_rss)" },
        { ONE("start", "growth of cpu", "0.1"),
          "2, column 30: " W "metric' is nothing that is judged of 'start': 'growth of "
          "cpu' (judged: wall, cpu, peak_rss)" },
        { ONE("list", "goal of wall_p9", "\"1s\""),
          "2, column 29: " W "metric' is nothing that is judged of 'list': 'goal of "
          "wall_p9', did you mean 'goal of wall_p95'? (judged: wall, cpu, peak_rss, growth "
          "of wall, growth of cpu, growth of peak_rss, goal of wall_p95)" },
    };
    (void)state;
    assert_refused(cases);
}

static void how_much_must_fit_the_metric(void **state)
{
    static const struct bad cases[] = {
        { ONE("list", "cpu", "\"none\""),
          "2, column 46: " W "up_to' must be a percentage such as \"2%\" or \"0.5%\", or "
          "an amount: a waiver without an end is none, not \"none\"" },
        { ONE("list", "cpu", "5"),
          "2, column 46: " W "up_to' must be a percentage such as \"2%\" or \"0.5%\", a "
          "duration such as \"500ms\", \"2s\" or \"5m\", both in an array, or \"none\", "
          "not 5" },
        { ONE("list", "growth of cpu", "\"5%\""),
          "2, column 56: " W "up_to' must be a number above 0 and at most 10, by which "
          "the exponent may be above base's, not \"5%\"" },
        { ONE("list", "goal of wall_p95", "\"5%\""),
          "2, column 59: " W "up_to' must be a duration such as \"500ms\", \"2s\" or "
          "\"5m\", not \"5%\"" },
    };
    (void)state;
    assert_refused(cases);
}

#define UNTIL(day)                                                                    \
    WAIVERS("{\"row\": \"list\", \"metric\": \"cpu\", \"up_to\": \"5%\", \"reason\":" \
            " \"r\", \"owner\": \"o\",\n\"until\": " day "}")
#define NO_DAY \
    "3, column 1: " W "until' must be a day of the calendar such as \"2027-01-31\", not "

static void until_must_be_a_day_that_there_is(void **state)
{
    static const struct bad cases[] = {
        { UNTIL("\"2026-02-30\""), NO_DAY "\"2026-02-30\"" },
        { UNTIL("\"2027-02-29\""), NO_DAY "\"2027-02-29\"" },
        { UNTIL("\"2100-02-29\""), NO_DAY "\"2100-02-29\"" },
        { UNTIL("\"2026-13-01\""), NO_DAY "\"2026-13-01\"" },
        { UNTIL("\"2026-00-01\""), NO_DAY "\"2026-00-01\"" },
        { UNTIL("\"2026-04-31\""), NO_DAY "\"2026-04-31\"" },
        { UNTIL("\"2026-1-1\""), NO_DAY "\"2026-1-1\"" },
        { UNTIL("\"31.01.2027\""), NO_DAY "\"31.01.2027\"" },
        { UNTIL("\"2027-01-31T00\""), NO_DAY "\"2027-01-31T00\"" },
        { UNTIL("20270131"), NO_DAY "20270131" },
    };
    (void)state;
    assert_refused(cases);
}

static void nothing_may_lack_or_be_said_twice(void **state)
{
    static const struct bad cases[] = {
        { WAIVERS("{\"row\": \"list\", \"metric\": \"cpu\", \"up_to\": \"5%\", "
                  "\"owner\": \"o\", \"until\": \"2027-01-31\"}"),
          "2, column 13: 'waivers[0]' lacks the key 'reason'" },
        { WAIVERS("{\"row\": \"list\", \"metric\": \"cpu\", \"up_to\": \"5%\", "
                  "\"reason\": \" \", \"owner\": \"o\", \"until\": \"2027-01-31\"}"),
          "2, column 61: " W "reason' must be why it is accepted, not \" \"" },
        { WAIVERS("{\"rows\": \"list\"}"),
          "2, column 14: unknown key 'rows' in 'waivers[0]', did you mean 'row'? "
          "(allowed: row, metric, up_to, reason, owner, until)" },
        { WAIVERS("{\"row\": \"list\", \"metric\": \"cpu\", \"up_to\": \"5%\", " REST
                  ",\n{\"row\": \"list\", \"metric\": \"cpu\", \"up_to\": \"9%\", " REST),
          "3, column 17: 'waivers[1].metric' of 'list' has a waiver already" },
    };
    (void)state;
    assert_refused(cases);
}

/* What a harness prints shows only when it runs. */
static void names_of_harnesses_are_let_through(void **state)
{
    (void)state;
    config_free(parse_good(ONE("micro/BM_parse", "wall", "\"5%\"")));
    config_free(parse_good(ONE("micro/*", "cpu", "\"5%\"")));
    config_free(parse_good(ONE("m*/x/y", "cpu", "\"5%\"")));
}

static void it_speaks_of_ids_and_of_whole_benchmarks(void **state)
{
    struct config *config = parse_good(ONE("list", "cpu", "\"5%\""));
    const struct waiver *waiver = config->waivers.items;
    const struct waived row = { WAIVER_ROW, METRIC_CPU, 0, "list[n=10]", "list" };
    const struct waived wall = { WAIVER_ROW, METRIC_WALL, 0, "list[n=10]", "list" };
    const struct waived growth = { WAIVER_GROWTH, METRIC_CPU, 0, "list", "list" };
    const struct waived other = { WAIVER_ROW, METRIC_CPU, 0, "listing", "listing" };

    (void)state;
    assert_true(waiver_is_for(waiver, &row));
    assert_false(waiver_is_for(waiver, &wall));
    assert_false(waiver_is_for(waiver, &growth));
    assert_false(waiver_is_for(waiver, &other));
    config_free(config);
}

static void it_holds_on_its_last_day_too(void **state)
{
    struct config *config = parse_good(ONE("list", "cpu", "\"5%\""));
    const struct waiver *waiver = config->waivers.items;

    (void)state;
    assert_true(waiver_is_in_force(waiver, "2026-12-31T23:59:59Z"));
    assert_true(waiver_is_in_force(waiver, "2027-01-31T23:59:59Z"));
    assert_false(waiver_is_in_force(waiver, "2027-02-01T00:00:00Z"));
    config_free(config);
}

static void the_same_waiver_is_known_again(void **state)
{
    struct config *config = parse_good(ONE("list", "cpu", "\"5%\""));
    struct config *same = parse_good(ONE("list", "cpu", "\"5%\""));
    struct config *wider = parse_good(ONE("list", "cpu", "\"6%\""));

    (void)state;
    assert_true(waivers_have(&same->waivers, config->waivers.items));
    assert_false(waivers_have(&wider->waivers, config->waivers.items));
    config_free(config);
    config_free(same);
    config_free(wider);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_a_waiver_is_read),
        cmocka_unit_test(what_it_is_for_must_be_there),
        cmocka_unit_test(how_much_must_fit_the_metric),
        cmocka_unit_test(until_must_be_a_day_that_there_is),
        cmocka_unit_test(nothing_may_lack_or_be_said_twice),
        cmocka_unit_test(names_of_harnesses_are_let_through),
        cmocka_unit_test(it_speaks_of_ids_and_of_whole_benchmarks),
        cmocka_unit_test(it_holds_on_its_last_day_too),
        cmocka_unit_test(the_same_waiver_is_known_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
