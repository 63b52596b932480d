/* docs/pawl.schema.json and the reader's tables say the same. */
#include <regex.h>
#include <string.h>

#include <jansson.h>

#include "gate/base/json.h"
#include "gate/config/parts.h"
#include "runners/formats/format.h"
#include "tests/unit/config/full_config.h"

static int schema_setup(void **state)
{
    char *text = read_test_file("../docs/pawl.schema.json");
    struct error err = { 0 };
    *state = json_read_text(text, "pawl.schema.json", ERROR_CONFIG, &err);
    if (!*state)
        fail_msg("%s", err.message);
    free(text);
    return 0;
}

static int schema_teardown(void **state)
{
    json_decref(*state);
    return 0;
}

/* The schema of one kind of object, and of its keys; "" is the top level. */
static const json_t *find_object(const json_t *schema, const char *kind)
{
    const json_t *object =
        *kind ? json_object_get(json_object_get(schema, "$defs"), kind) : schema;
    if (!object)
        fail_msg("the schema has no $defs/%s", kind);
    return object;
}

static json_t *find_kind(const json_t *schema, const char *kind)
{
    return json_object_get(find_object(schema, kind), "properties");
}

static void assert_sorted_equal(struct strvec *a, struct strvec *b)
{
    strvec_sort(a);
    strvec_sort(b);
    char *left = strvec_join(a, " ");
    char *right = strvec_join(b, " ");
    assert_string_equal(left, right);
    free(left);
    free(right);
    strvec_clear(a);
    strvec_clear(b);
}

static void add_keys(json_t *object, struct strvec *keys)
{
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(object, key, value)
        strvec_push(keys, key);
}

static void add_strings(const json_t *array, struct strvec *strings)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        strvec_push(strings, json_string_value(json_array_get(array, i)));
}

static void
assert_agrees(const json_t *schema, const char *kind, const struct key_table *table)
{
    const json_t *object = find_object(schema, kind);
    json_t *properties = find_kind(schema, kind);
    struct strvec in_schema = { 0 };
    struct strvec in_table = { 0 };
    struct strvec required = { 0 };
    struct strvec required_in_table = { 0 };

    add_keys(properties, &in_schema);
    add_strings(json_object_get(object, "required"), &required);
    for (size_t i = 0; i < table->count; i++) {
        strvec_push(&in_table, table->keys[i].name);
        if (table->keys[i].is_required)
            strvec_push(&required_in_table, table->keys[i].name);
    }

    assert_sorted_equal(&in_schema, &in_table);
    assert_sorted_equal(&required, &required_in_table);
    assert_true(json_is_false(json_object_get(object, "additionalProperties")));
}

static void every_table_agrees_with_the_schema(void **state)
{
    assert_agrees(*state, "", &config_keys);
    assert_agrees(*state, "recipe", &recipe_keys);
    assert_agrees(*state, "errors", &errors_keys);
    assert_agrees(*state, "budget", &budget_keys);
    assert_agrees(*state, "stale", &stale_keys);
    assert_agrees(*state, "suite", &suite_keys);
    assert_agrees(*state, "benchmark", &benchmark_keys);
    assert_agrees(*state, "command_object", &command_keys);
    assert_agrees(*state, "waiver", &waiver_keys);
}

static void margins_are_those_of_all_metrics(void **state)
{
    json_t *properties = find_kind(*state, "margins");
    struct strvec in_schema = { 0 };
    struct strvec metrics = { 0 };

    add_keys(properties, &in_schema);
    add_metric_names(&metrics);

    assert_sorted_equal(&in_schema, &metrics);
}

static void goals_are_those_of_all_metrics_twice(void **state)
{
    json_t *properties = find_kind(*state, "goal");
    struct strvec in_schema = { 0 };
    struct strvec limits = { 0 };

    add_keys(properties, &in_schema);
    add_metric_names(&limits);
    for (size_t i = 0; i < METRIC_COUNT; i++)
        strvec_pushf(&limits, "%s_p95", metric_name((enum metric)i));
    strvec_push(&limits, GOAL_MACHINE_CLASS);

    assert_sorted_equal(&in_schema, &limits);
}

/* Whether the schema's pattern for growth takes the text. */
static bool takes_growth(const json_t *schema, const char *text)
{
    const json_t *growth = json_object_get(find_kind(schema, "benchmark"), "growth");
    const char *pattern = json_string_value(json_object_get(growth, "pattern"));
    regex_t regex;
    assert_non_null(pattern);
    assert_int_equal(regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB), 0);
    bool is_taken = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return is_taken;
}

static void growth_takes_the_same_forms(void **state)
{
    static const char *const bad[] = { "n", "O(n", "O(2)", "O(n^4)", "O(log)n", "O(N)" };
    struct strvec forms = { 0 };

    growth_forms("n", &forms);
    growth_forms("row_count_2", &forms);
    for (size_t i = 0; i < forms.count; i++)
        if (!takes_growth(*state, forms.items[i]))
            fail_msg("the schema does not take %s", forms.items[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(takes_growth(*state, bad[i]));
    strvec_clear(&forms);
}

/* All that --from reads but a gate's own result, and "auto". */
static void formats_have_the_same_values(void **state)
{
    json_t *properties = find_kind(*state, "benchmark");
    struct strvec in_schema = { 0 };

    add_strings(json_object_get(json_object_get(properties, "format"), "enum"),
                &in_schema);
    char *got = strvec_join(&in_schema, ", ");
    char *want = str_format("auto, %s", format_names);

    assert_string_equal(got, want);
    free(got);
    free(want);
    strvec_clear(&in_schema);
}

static void assert_described(json_t *properties)
{
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(properties, key, value)
        if (!json_string_value(json_object_get(value, "description")))
            fail_msg("'%s' has no description", key);
}

static void every_key_is_described(void **state)
{
    static const char *const kinds[] = { "",       "recipe",  "errors",
                                         "budget", "suite",   "benchmark",
                                         "goal",   "margins", "command_object",
                                         "waiver" };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        assert_described(find_kind(*state, kinds[i]));
}

#define SUITES \
    "\"suites\": [{\"name\": \"s\", \"benchmarks\": [{\"name\": \"b\", \"run\": \"a\"}]}]"

/* An object with the defaults of all keys of this kind; each must have one. */
static char *defaults_of(const json_t *schema, const char *kind)
{
    json_t *properties = find_kind(schema, kind);
    json_t *given = json_object();
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(properties, key, value)
        json_object_set(given, key, json_object_get(value, "default"));
    assert_int_equal(json_object_size(given), json_object_size(properties));
    char *dumped = json_dumps(given, 0);
    json_decref(given);
    return dumped;
}

static void assert_same_settings(const struct config *a, const struct config *b)
{
    for (size_t i = 0; i < METRIC_COUNT; i++) {
        assert_int_equal(a->margins[i].is_gated, b->margins[i].is_gated);
        assert_close(a->margins[i].share, b->margins[i].share, 0);
        assert_close(a->margins[i].floor, b->margins[i].floor, 0);
    }
    assert_close(a->false_alarm, b->false_alarm, 0);
    assert_close(a->miss, b->miss, 0);
    assert_int_equal(a->budget_ns, b->budget_ns);
    assert_int_equal(a->max_pairs, b->max_pairs);
    assert_int_equal(a->warmup_pairs, b->warmup_pairs);
}

static void defaults_of_the_schema_are_the_readers(void **state)
{
    static const char *const kinds[] = { "margins", "errors", "budget" };
    struct config *plain = parse_good("{\"version\": 1, " SUITES "}");

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        char *defaults = defaults_of(*state, kinds[i]);
        char *text =
            str_format("{\"version\": 1, \"%s\": %s, " SUITES "}", kinds[i], defaults);
        struct config *config = parse_good(text);
        assert_same_settings(config, plain);
        config_free(config);
        free(text);
        free(defaults);
    }
    config_free(plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_agrees_with_the_schema),
        cmocka_unit_test(margins_are_those_of_all_metrics),
        cmocka_unit_test(goals_are_those_of_all_metrics_twice),
        cmocka_unit_test(growth_takes_the_same_forms),
        cmocka_unit_test(formats_have_the_same_values),
        cmocka_unit_test(every_key_is_described),
        cmocka_unit_test(defaults_of_the_schema_are_the_readers),
    };
    return cmocka_run_group_tests(tests, schema_setup, schema_teardown);
}
