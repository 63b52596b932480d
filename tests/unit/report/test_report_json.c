#include <math.h>
#include <stdlib.h>

#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/report/report.h"
#include "golden.h"
#include "sample.h"
#include "tests/support/check.h"

static void (*const fills[])(struct result *) = {
    sample_pass,    sample_regression,   sample_trouble,   sample_improved,
    sample_hostile, sample_inconclusive, sample_identical, sample_confirm,
    sample_control, sample_distrusted,   sample_layouts,   sample_sensitive
};

static void results_are_written_as_agreed(void **state)
{
    (void)state;
    assert_renders(sample_improved, "json", "result_improved.json");
    assert_renders(sample_trouble, "json", "result_trouble.json");
    assert_renders(sample_confirm, "json", "result_confirm.json");
    assert_renders(sample_layouts, "json", "result_layouts.json");
    assert_renders(sample_distrusted, "json", "result_distrusted.json");
}

static void test_cases_are_written_as_agreed(void **state)
{
    (void)state;
    assert_renders(sample_trouble, "junit", "report_trouble.xml");
    assert_renders(sample_hostile, "junit", "report_hostile.xml");
    assert_renders(sample_confirm, "junit", "report_confirm.xml");
    assert_renders(sample_layouts, "junit", "report_layouts.xml");
    assert_renders(sample_distrusted, "junit", "report_distrusted.xml");
}

/* Reads text, which must be a result, and renders it again. */
static char *render_again(const char *text, const char *format)
{
    struct error err = { 0 };
    struct result result = { 0 };
    struct str out = STR_INIT;
    json_t *json = json_read_text(text, "result", ERROR_USAGE, &err);
    assert_non_null(json);
    if (report_json_read(json, &result, &err) < 0)
        fail_msg("%s", err.message);
    report_find_writer(format)->write(&result, &out);
    json_decref(json);
    result_clear(&result);
    return str_detach(&out);
}

static void
check_again(void (*fill)(struct result *), const char *json, const char *format)
{
    char *first = render(fill, format);
    char *second = render_again(json, format);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static void results_that_were_read_again_render_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++) {
        char *json = render(fills[i], "json");
        check_again(fills[i], json, "json");
        check_again(fills[i], json, "markdown");
        check_again(fills[i], json, "terminal");
        check_again(fills[i], json, "junit");
        free(json);
    }
}

static void the_empty_result_can_be_read_again(void **state)
{
    struct result result = { 0 };
    struct str out = STR_INIT;
    (void)state;
    report_json_text(&result, &out);

    char *again = render_again(out.data, "json");

    assert_string_equal(again, out.data);
    free(again);
    str_clear(&out);
}

static void numbers_and_seeds_are_kept_exactly(void **state)
{
    struct error err = { 0 };
    struct result result = { .seed = UINT64_MAX, .false_alarm = 0.1, .miss = 1.0 / 3 };
    struct result again = { 0 };
    (void)state;
    sample_add_bench(&result, "a");
    sample_add_row(&result, METRIC_CPU, 1e-300, -0.0, (double)INFINITY);

    json_t *json = report_json(&result);
    assert_int_equal(report_json_read(json, &again, &err), 0);

    assert_true(again.seed == UINT64_MAX);
    assert_close(again.false_alarm, 0.1, 0);
    assert_close(again.miss, 1.0 / 3, 0);
    assert_close(again.rows.items[0].base_median, 1e-300, 0);
    assert_true(isnan(again.rows.items[0].change_low));
    json_decref(json);
    result_clear(&result);
    result_clear(&again);
}

/* Puts value (JSON; NULL removes) where pointer leads in a good result, and expects the
 * message. */
struct damage {
    const char *key;   /* of the result, or of its first item there */
    const char *inner; /* a key of that item; NULL for the result's own */
    const char *value;
    const char *message;
};

static const struct damage damages[] = {
    { "schema", NULL, "\"pawl-result/2\"",
      "not a result that can be read: 'schema' must be 'pawl-result/1', not "
      "'pawl-result/2'" },
    { "schema", NULL, NULL,
      "not a result: it has no text 'schema', which must be 'pawl-result/1'" },
    { "miss", NULL, "\"5%\"",
      "in the result, '/miss' must be a number or null, not a text" },
    { "seed", NULL, "7",
      "in the result, '/seed' must be a text of digits below 2^64, not a whole number" },
    { "seed", NULL, "\"18446744073709551616\"",
      "in the result, '/seed' must be a text of digits below 2^64, not a text" },
    { "warnings", NULL, "[1]",
      "in the result, '/warnings' must be a list of texts, not a whole number" },
    { "exit", NULL, "\"fine\"",
      "in the result, '/exit' must be one of 'pass', 'regressed', 'not measured', "
      "'inconclusive', not 'fine'" },
    { "max_pairs", NULL, "-1",
      "in the result, '/max_pairs' must be between 0 and 9223372036854775807, not -1" },
    { "max_pairs", NULL, "1.5",
      "in the result, '/max_pairs' must be a whole number, not a number with decimals" },
    { "extra", NULL, "1", "in the result, '/' has the unknown key 'extra'" },
    { "goals", NULL, NULL, "in the result, '/' lacks the key 'goals'" },
    { "rows", NULL, "{}", "in the result, '/rows' must be a list, not an object" },
    { "rows", "metric", "\"speed\"",
      "in the result, '/rows/0/metric' must be one of 'wall', 'cpu', " },
    { "rows", "is_judged", "0",
      "in the result, '/rows/0/is_judged' must be true or false, not a whole number" },
    { "rows", "reason", "null",
      "in the result, '/rows/0/reason' must be a text, not null" },
    { "rows", "extra", "1", "in the result, '/rows/0' has the unknown key 'extra'" },
    { "benches", "pairs", "[1]", "in the result, '/benches/0/pairs/0': a pair's " },
    { "confirm", NULL, "null", "in the result, '/confirm' must be an object, not null" },
    { "confirm", NULL, "{\"rows\": []}",
      "in the result, '/confirm' lacks the key 'benches'" },
    { "layouts", NULL, "{}", "in the result, '/layouts' lacks the key 'first_count'" },
    { "control", NULL, "{\"benches\": [], \"rows\": [1]}",
      "in the result, '/control/rows/0' must be an object, not a whole number" },
    { "base", NULL, "[]", "in the result, '/base' must be an object, not a list" },
};

static void check_damage(const struct damage *damage)
{
    struct result result = { 0 };
    struct result again = { .seed = 7 };
    struct error err = { 0 };
    sample_pass(&result);
    json_t *json = report_json(&result);
    json_t *at =
        damage->inner ? json_array_get(json_object_get(json, damage->key), 0) : json;
    const char *key = damage->inner ? damage->inner : damage->key;
    if (damage->value)
        json_object_set_new(at, key, json_loads(damage->value, JSON_DECODE_ANY, NULL));
    else
        json_object_del(at, key);

    assert_int_equal(report_json_read(json, &again, &err), -1);
    assert_int_equal(err.code, ERROR_USAGE);
    assert_contains(err.message, damage->message);
    assert_true(again.seed == 7);

    json_decref(json);
    result_clear(&result);
}

static void damaged_results_are_refused_by_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++)
        check_damage(&damages[i]);
}

static void other_json_is_no_result(void **state)
{
    struct error err = { 0 };
    struct result result = { 0 };
    json_t *list = json_array();
    (void)state;

    assert_int_equal(report_json_read(list, &result, &err), -1);
    assert_string_equal(err.message, "not a result: it must be a JSON object");
    json_decref(list);
}

static void formats_are_found_by_name(void **state)
{
    (void)state;
    assert_string_equal(report_find_writer("markdown")->format, "markdown");
    assert_string_equal(report_find_writer("html")->format, "html");
    assert_null(report_find_writer("htm"));
    assert_null(report_find_writer(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_written_as_agreed),
        cmocka_unit_test(test_cases_are_written_as_agreed),
        cmocka_unit_test(results_that_were_read_again_render_the_same),
        cmocka_unit_test(the_empty_result_can_be_read_again),
        cmocka_unit_test(numbers_and_seeds_are_kept_exactly),
        cmocka_unit_test(damaged_results_are_refused_by_place),
        cmocka_unit_test(other_json_is_no_result),
        cmocka_unit_test(formats_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
