#include <string.h>

#include "tests/unit/config/full_config.h"

static int full_setup(void **state)
{
    char *text = read_test_file("data/config/full.json");
    *state = parse_good(text);
    free(text);
    return 0;
}

static int full_teardown(void **state)
{
    config_free(*state);
    return 0;
}

static void assert_strings(const struct strvec *strings, const char *joined)
{
    char *got = strvec_join(strings, "|");
    assert_string_equal(got, joined);
    free(got);
}

static void assert_margin(const struct margin *margin, double share, double floor)
{
    assert_true(margin->is_gated);
    assert_close(margin->share, share, 1e-12);
    assert_close(margin->floor, floor, 1e-12);
}

static void recipes_are_read(void **state)
{
    const struct config *config = *state;

    assert_int_equal(config->build.run.count, 2);
    assert_false(config->build.run.items[0].is_shell);
    assert_string_equal(config->build.run.items[0].text,
                        "cmake -S . -B build -DCMAKE_BUILD_TYPE=Release");
    assert_strings(&config->build.run.items[0].words,
                   "cmake|-S|.|-B|build|-DCMAKE_BUILD_TYPE=Release");
    assert_true(config->build.run.items[1].is_shell);
    assert_strings(&config->build.run.items[1].words,
                   "/bin/sh|-c|cmake --build build -j $(nproc)");
    assert_int_equal(config->build.timeout_ns, INT64_C(1200) * 1000000000);
    assert_int_equal(config->verify.run.count, 1);
    assert_int_equal(config->verify.timeout_ns, INT64_C(300) * 1000000000);
}

static void settings_are_read(void **state)
{
    const struct config *config = *state;

    assert_string_equal(config->path, "pawl.json");
    assert_true(str_starts_with(config->text, "{\n  \"$schema\""));
    assert_strings(&config->environment, "LC_ALL=C|EMPTY=");
    assert_strings(&config->pass_environment, "CCACHE_DIR");
    assert_close(config->false_alarm, 0.02, 1e-12);
    assert_close(config->miss, 0.1, 1e-12);
    assert_int_equal(config->budget_ns, INT64_C(90) * 1000000000);
    assert_int_equal(config->max_pairs, 60);
    assert_int_equal(config->warmup_pairs, 0);
    assert_int_equal(config->layouts.scope, LAYOUTS_EVERY);
    assert_int_equal(config->layouts.count, 8);
    assert_null(config->debug_flags);
}

static void layouts_may_be_chosen_by_word_or_number(void **state)
{
    struct layout_choice choice = { LAYOUTS_EVERY, 9 };
    (void)state;

    assert_int_equal(layout_choice_parse("on", &choice), -1);
    assert_int_equal(layout_choice_parse("", &choice), -1);
    assert_int_equal(layout_choice_parse("4", &choice), -1);
    assert_int_equal(layout_choice_parse("21", &choice), -1);
    assert_int_equal(layout_choice_parse("18446744073709551621", &choice), -1);
    assert_int_equal(layout_choice_parse("5x", &choice), -1);
    assert_int_equal(choice.count, 9);

    assert_int_equal(layout_choice_parse("off", &choice), 0);
    assert_int_equal(choice.scope, LAYOUTS_OFF);
    assert_int_equal(layout_choice_parse("20", &choice), 0);
    assert_int_equal(choice.scope, LAYOUTS_EVERY);
    assert_int_equal(choice.count, 20);
    assert_int_equal(layout_choice_parse("regressed", &choice), 0);
    assert_int_equal(choice.scope, LAYOUTS_REGRESSED);
    assert_int_equal(choice.count, 5);
}

static void margins_are_read_in_base_units(void **state)
{
    const struct config *config = *state;

    assert_margin(&config->margins[METRIC_CPU], 0.03, 0);
    assert_margin(&config->margins[METRIC_WALL], 0.05, 0.001);
    assert_margin(&config->margins[METRIC_PEAK_RSS], 0.1, 2 << 20);
    assert_margin(&config->margins[METRIC_MINOR_FAULTS], 0, 100);
    assert_false(config->margins[METRIC_MAJOR_FAULTS].is_gated);
    assert_false(config->margins[METRIC_USER].is_gated);
}

static void suites_and_benchmarks_are_read(void **state)
{
    const struct config *config = *state;

    assert_int_equal(config->suite_count, 3);
    assert_string_equal(config->suites[0].name, "case-tracker");
    assert_int_equal(config->suites[0].hooks[HOOK_PREPARE].count, 1);
    assert_int_equal(config->suites[0].benchmark_count, 2);
    const struct benchmark *list = &config->suites[0].benchmarks[0];
    assert_string_equal(list->name, "list");
    assert_strings(&list->run.words,
                   "build/case-tracker|--store|{work}/cases-{n}.json|list");
    assert_int_equal(list->sweep_count, 1);
    assert_string_equal(list->sweeps[0].name, "n");
    assert_strings(&list->sweeps[0].values, "1000|10000|100000");
    assert_true(list->has_same_output);
    assert_int_equal(list->output, OUTPUT_FILE);
    assert_string_equal(list->growth.text, "O(n)");
    assert_string_equal(list->growth.parameter, "n");
    assert_close(list->growth.power, 1, 0);
    assert_false(list->growth.has_log);
    assert_int_equal(list->timeout_ns, INT64_C(30) * 1000000000);
    assert_strings(&list->binaries, "build/case-tracker");
}

static void goals_are_read(void **state)
{
    const struct config *config = *state;
    const struct benchmark *list = &config->suites[0].benchmarks[0];

    assert_int_equal(list->goal_count, 2);
    const struct goal *goal = &list->goals[0];
    assert_int_equal(goal->where_count, 1);
    assert_string_equal(goal->where[0].name, "n");
    assert_string_equal(goal->where[0].value, "100000");
    assert_int_equal(goal->limit_count, 2);
    assert_int_equal(goal->limits[0].metric, METRIC_PEAK_RSS);
    assert_close(goal->limits[0].bound, 512. * (1 << 20), 0);
    assert_int_equal(goal->limits[1].metric, METRIC_WALL);
    assert_int_equal(goal->limits[1].statistic, GOAL_MEDIAN);
    assert_close(goal->limits[1].bound, 0.5, 1e-12);
    goal = &list->goals[1];
    assert_int_equal(goal->where_count, 0);
    assert_string_equal(goal->machine_class, "xeon-*");
    assert_int_equal(goal->limits[0].metric, METRIC_MINOR_FAULTS);
    assert_int_equal(goal->limits[1].statistic, GOAL_P95);
}

static void a_benchmark_takes_the_margins_that_it_does_not_set(void **state)
{
    const struct config *config = *state;
    const struct benchmark *benchmarks = config->suites[0].benchmarks;

    assert_margin(&benchmarks[0].margins[METRIC_CPU], 0.01, 0);
    assert_margin(&benchmarks[0].margins[METRIC_WALL], 0.05, 0.001);
    assert_margin(&benchmarks[1].margins[METRIC_CPU], 0.03, 0);
}

static void shell_holds_for_the_commands_of_its_object(void **state)
{
    const struct config *config = *state;
    const struct benchmark *import = &config->suites[0].benchmarks[1];

    assert_true(import->run.is_shell);
    assert_true(import->setup.items[0].is_shell);
    assert_false(import->setup.items[1].is_shell);
    assert_strings(&import->setup.items[1].words, "cp|-r|empty dir|{work}/dir");
    assert_false(config->suites[0].hooks[HOOK_PREPARE].items[0].is_shell);
}

static void parameters_are_sorted_by_name(void **state)
{
    const struct config *config = *state;
    const struct benchmark *import = &config->suites[0].benchmarks[1];

    assert_int_equal(import->sweep_count, 2);
    assert_string_equal(import->sweeps[0].name, "format");
    assert_string_equal(import->sweeps[1].name, "n");
}

#define LEAST(more)                                                                       \
    "{\"version\": 1, \"suites\": [{\"name\": \"s\", \"benchmarks\": [{\"name\": \"b\", " \
    "\"run\": \"true\"" more "}]}]}"

static void what_is_left_out_has_its_default(void **state)
{
    struct config *config = parse_good(LEAST(""));
    const struct benchmark *benchmark = &config->suites[0].benchmarks[0];
    (void)state;

    assert_int_equal(config->build.run.count, 0);
    assert_int_equal(config->build.timeout_ns, INT64_C(600) * 1000000000);
    assert_margin(&config->margins[METRIC_CPU], 0.02, 0);
    assert_margin(&config->margins[METRIC_WALL], 0.05, 0);
    assert_margin(&config->margins[METRIC_PEAK_RSS], 0.05, 1 << 20);
    assert_false(config->margins[METRIC_MINOR_FAULTS].is_gated);
    assert_close(config->false_alarm, 0.01, 1e-12);
    assert_close(config->miss, 0.05, 1e-12);
    assert_int_equal(config->budget_ns, INT64_C(300) * 1000000000);
    assert_int_equal(config->max_pairs, 135);
    assert_int_equal(config->warmup_pairs, 2);
    assert_int_equal(config->layouts.scope, LAYOUTS_REGRESSED);
    assert_int_equal(config->layouts.count, 5);
    assert_string_equal(config->debug_flags, "-g");
    assert_int_equal(benchmark->timeout_ns, INT64_C(60) * 1000000000);
    assert_int_equal(benchmark->output, OUTPUT_NULL);
    assert_false(benchmark->has_same_output);
    assert_null(benchmark->growth.text);
    for (size_t i = 0; i <= METRIC_PEAK_RSS; i++)
        assert_memory_equal(&benchmark->margins[i], &config->margins[i],
                            sizeof config->margins[i]);
    config_free(config);
}

static void values_of_parameters_are_kept_as_text(void **state)
{
    struct config *config = parse_good(
        LEAST(", \"sizes\": {\"n\": [-3, 0.1, 1e6, 2.5e-9, \"1e6 \", \"a b\"]}"));
    (void)state;

    assert_strings(&config->suites[0].benchmarks[0].sweeps[0].values,
                   "-3|0.1|1000000|2.5e-09|1e6 |a b");
    config_free(config);
}

static void a_margin_of_nothing_is_a_margin(void **state)
{
    struct config *config =
        parse_good(LEAST(", \"margins\": {\"cpu\": \"0\", \"minor_faults\": \"0\", "
                         "\"wall\": \"0%\", \"peak_rss\": \"1MiB\"}"));
    const struct margin *margins = config->suites[0].benchmarks[0].margins;
    (void)state;

    assert_margin(&margins[METRIC_CPU], 0, 0);
    assert_margin(&margins[METRIC_MINOR_FAULTS], 0, 0);
    assert_margin(&margins[METRIC_WALL], 0, 0);
    assert_margin(&margins[METRIC_PEAK_RSS], 0, 1 << 20);
    config_free(config);
}

static void braces_of_a_recipe_are_final(void **state)
{
    struct config *config = parse_good(
        "{\"build\": {\"run\": [\"make X={{a}}\"]}, \"version\": 1, \"suites\": [{\"name\": "
        "\"s\", \"benchmarks\": [{\"name\": \"b\", \"run\": \"true\"}]}]}");
    (void)state;

    assert_strings(&config->build.run.items[0].words, "make|X={a}");
    assert_string_equal(config->build.run.items[0].text, "make X={{a}}");
    config_free(config);
}

/* The first block of JSON in docs/configuration.md. */
static void the_example_of_the_manual_is_a_config(void **state)
{
    char *manual = read_test_file("../docs/configuration.md");
    char *example = strstr(manual, "```json\n") + strlen("```json\n");
    (void)state;

    *strstr(example, "```") = '\0';
    struct config *config = parse_good(example);

    assert_string_equal(config->suites[0].benchmarks[0].name, "list");
    assert_int_equal(config->suites[0].benchmarks[0].goal_count, 1);
    config_free(config);
    free(manual);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recipes_are_read),
        cmocka_unit_test(settings_are_read),
        cmocka_unit_test(layouts_may_be_chosen_by_word_or_number),
        cmocka_unit_test(margins_are_read_in_base_units),
        cmocka_unit_test(suites_and_benchmarks_are_read),
        cmocka_unit_test(goals_are_read),
        cmocka_unit_test(a_benchmark_takes_the_margins_that_it_does_not_set),
        cmocka_unit_test(shell_holds_for_the_commands_of_its_object),
        cmocka_unit_test(parameters_are_sorted_by_name),
        cmocka_unit_test(what_is_left_out_has_its_default),
        cmocka_unit_test(values_of_parameters_are_kept_as_text),
        cmocka_unit_test(a_margin_of_nothing_is_a_margin),
        cmocka_unit_test(braces_of_a_recipe_are_final),
        cmocka_unit_test(the_example_of_the_manual_is_a_config),
    };
    return cmocka_run_group_tests(tests, full_setup, full_teardown);
}
