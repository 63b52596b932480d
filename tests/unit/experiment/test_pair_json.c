#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/experiment/pair_json.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

/* Every field with a value of its own. */
static struct pair full_pair(void)
{
    return (struct pair){
        .number = 7,
        .position = 42,
        .head_ran_first = true,
        .is_pinned = true,
        .padding_bytes = 4095,
        .discard = DISCARD_SUSPEND,
        .sides = {
            [SIDE_BASE] = { .wall_ns = 1, .user_ns = 2, .system_ns = 3, .peak_rss_bytes = 4,
                            .minor_faults = 5, .major_faults = 6, .voluntary_switches = 7,
                            .involuntary_switches = 8 },
            [SIDE_HEAD] = { .wall_ns = INT64_MAX, .user_ns = 9 },
        },
    };
}

static void assert_same_side(const struct pair *a, const struct pair *b, enum side side)
{
    scripted_assert_same_run(&a->sides[side], &b->sides[side]);
    assert_int_equal(a->sides[side].told, b->sides[side].told);
    assert_int_equal(a->readings[side].known, b->readings[side].known);
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        double want = pair_value(b, side, metric);
        if (isnan(want))
            assert_true(isnan(pair_value(a, side, metric)));
        else
            assert_close(pair_value(a, side, metric), want, 0);
    }
}

static void check_round_trip(const struct pair *pair)
{
    struct error err = { 0 };
    struct pair back;
    AUTO_JSON json_t *json = pair_to_json(pair);

    assert_int_equal(pair_from_json(json, &back, &err), 0);
    assert_int_equal(back.number, pair->number);
    assert_int_equal(back.position, pair->position);
    assert_int_equal(back.is_warmup, pair->is_warmup);
    assert_int_equal(back.head_ran_first, pair->head_ran_first);
    assert_int_equal(back.is_pinned, pair->is_pinned);
    assert_int_equal(back.is_together, pair->is_together);
    assert_int_equal(back.wrote_files, pair->wrote_files);
    assert_int_equal(back.padding_bytes, pair->padding_bytes);
    assert_int_equal(back.discard, pair->discard);
    for (enum side side = 0; side < SIDE_COUNT; side++)
        assert_same_side(&back, pair, side);
}

static void all_of_a_pair_comes_back(void **state)
{
    struct pair pair = full_pair();

    (void)state;
    check_round_trip(&pair);
    pair.is_warmup = true;
    pair.head_ran_first = false;
    pair.is_pinned = false;
    pair.is_together = true;
    pair.wrote_files = true;
    for (enum discard why = DISCARD_NONE; why < DISCARD_COUNT; why++) {
        pair.discard = why;
        check_round_trip(&pair);
    }
}

static const struct environment_change watched = {
    .span_ns = 1,
    .steal_ns = 2,
    .suspended_ns = 3,
    .pressure_ns = { 4, 0, 5 },
    .throttle_count = 6,
    .lowest_hz = 7,
    .highest_hz = 8,
    .load_average = 1.25,
    .others_share = 0.5,
};

static void check_around(const struct environment_change *around, const char *want)
{
    struct pair pair = full_pair();
    struct pair back;
    struct error err = { 0 };
    pair.around = *around;
    AUTO_JSON json_t *json = pair_to_json(&pair);
    AUTO_FREE char *text =
        json_dumps(json_object_get(json, "around"), JSON_COMPACT | JSON_SORT_KEYS);

    assert_string_equal(text, want);
    assert_int_equal(pair_from_json(json, &back, &err), 0);
    assert_int_equal(back.around.span_ns, around->span_ns);
    assert_int_equal(back.around.steal_ns, around->steal_ns);
    assert_int_equal(back.around.suspended_ns, around->suspended_ns);
    for (enum pressure what = 0; what < PRESSURE_COUNT; what++)
        assert_int_equal(back.around.pressure_ns[what], around->pressure_ns[what]);
    assert_int_equal(back.around.throttle_count, around->throttle_count);
    assert_int_equal(back.around.lowest_hz, around->lowest_hz);
    assert_int_equal(back.around.highest_hz, around->highest_hz);
    assert_close(back.around.load_average, around->load_average, 0);
    assert_close(back.around.others_share, around->others_share, 0);
}

static void surroundings_come_back(void **state)
{
    (void)state;
    check_around(&watched,
                 "{\"cpu_pressure_ns\":4,\"highest_hz\":8,\"io_pressure_ns\":0,"
                 "\"load_average\":1.25,\"lowest_hz\":7,\"memory_pressure_ns\":5,"
                 "\"others_share\":0.5,\"span_ns\":1,\"steal_ns\":2,"
                 "\"suspended_ns\":3,\"throttle_count\":6}");
}

static void unknown_surroundings_are_left_out(void **state)
{
    const struct environment_change bare = { .span_ns = 1,
                                             .pressure_ns = { -1, -1, -1 },
                                             .others_share = ENVIRONMENT_UNKNOWN };
    (void)state;
    check_around(&bare, "{\"load_average\":0.0,\"span_ns\":1}");
}

static void wrong_surroundings_are_refused(void **state)
{
    static const char *const bad[][2] = {
        { "{}", "span_ns" },
        { "[]", "span_ns" },
        { "{\"span_ns\": 1, \"steal_ns\": -1}", "steal_ns" },
        { "{\"span_ns\": 1, \"io_pressure_ns\": \"2\"}", "io_pressure_ns" },
        { "{\"span_ns\": 1, \"others_share\": true}", "others_share" },
    };
    const struct pair pair = full_pair();
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct error err = { 0 };
        struct pair out;
        AUTO_JSON json_t *json = pair_to_json(&pair);
        AUTO_FREE char *want =
            str_format("a pair's 'around.%s' is not what it should be", bad[i][1]);
        json_object_set_new(json, "around", json_loads(bad[i][0], 0, NULL));
        assert_int_equal(pair_from_json(json, &out, &err), -1);
        assert_string_equal(err.message, want);
    }
}

static void what_not_every_run_tells_comes_back(void **state)
{
    struct pair pair = full_pair();
    struct process_result *run = &pair.sides[SIDE_HEAD];

    (void)state;
    run->told = METRIC_BIT(METRIC_READ_CALLS) | METRIC_BIT(METRIC_CYCLES);
    run->read_calls = 0;
    run->cycles = 12345678901;
    readings_set(&pair.readings[SIDE_HEAD], METRIC_P99, 0.1);
    readings_set(&pair.readings[SIDE_BASE], METRIC_WALL, 1.25e-9);
    check_round_trip(&pair);
}

static void every_end_of_a_run_comes_back(void **state)
{
    static const struct process_result ends[] = {
        { .end = PROCESS_EXITED, .exit_code = 255 },
        { .end = PROCESS_SIGNALLED, .signal_number = 11, .wall_ns = 5 },
        { .end = PROCESS_TIMED_OUT, .wall_ns = 2000000000 },
        { .end = PROCESS_NOT_STARTED,
          .start_errno = 2,
          .start_step = PROCESS_STEP_PROGRAM },
        { .end = PROCESS_NOT_STARTED,
          .start_errno = 12,
          .start_step = PROCESS_STEP_PROCESS },
    };

    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct pair pair = full_pair();
        pair.sides[SIDE_HEAD] = ends[i];
        check_round_trip(&pair);
    }
}

static void keys_are_named_with_their_units(void **state)
{
    const struct pair pair = full_pair();
    AUTO_JSON json_t *json = pair_to_json(&pair);
    AUTO_FREE char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);

    (void)state;
    assert_string_equal(
        text, "{\"base\":{\"end\":\"exited\",\"involuntary_switches\":8,"
              "\"major_faults\":6,\"minor_faults\":5,\"peak_rss_bytes\":4,"
              "\"system_ns\":3,\"user_ns\":2,\"voluntary_switches\":7,\"wall_ns\":1},"
              "\"discard\":\"suspend\",\"first\":\"head\","
              "\"head\":{\"end\":\"exited\",\"involuntary_switches\":0,"
              "\"major_faults\":0,\"minor_faults\":0,\"peak_rss_bytes\":0,"
              "\"system_ns\":0,\"user_ns\":9,\"voluntary_switches\":0,"
              "\"wall_ns\":9223372036854775807},"
              "\"is_pinned\":true,\"is_warmup\":false,\"number\":7,"
              "\"padding_bytes\":4095,\"position\":42}");
}

/* Fails unless the damaged pair is refused for the key, and the target left alone. */
static void check_refused(const json_t *json, const char *key)
{
    struct error err = { 0 };
    struct pair out = { .number = 99 };
    AUTO_FREE char *wanted =
        str_format("a pair's '%s' is missing or not what it should be", key);

    assert_int_equal(pair_from_json(json, &out, &err), -1);
    assert_int_equal(err.code, ERROR_USAGE);
    assert_string_equal(err.message, wanted);
    assert_int_equal(out.number, 99);
}

static void a_missing_key_is_named(void **state)
{
    static const char *const keys[] = { "number",    "position", "padding_bytes",
                                        "is_warmup", "first",    "is_pinned",
                                        "discard" };
    const struct pair pair = full_pair();

    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        AUTO_JSON json_t *json = pair_to_json(&pair);
        json_object_del(json, keys[i]);
        check_refused(json, keys[i]);
    }
}

static void a_missing_figure_of_a_run_is_named(void **state)
{
    static const char *const keys[] = { "end", "wall_ns", "involuntary_switches" };
    const struct pair pair = full_pair();

    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        AUTO_JSON json_t *json = pair_to_json(&pair);
        json_object_del(json_object_get(json, "head"), keys[i]);
        check_refused(json, keys[i]);
    }
}

static void a_wrong_value_is_refused(void **state)
{
    static const struct {
        const char *key;
        const char *value;
    } cases[] = {
        { "number", "-1" },         { "number", "1.0" },
        { "position", "\"4\"" },    { "padding_bytes", "4294967296" },
        { "is_warmup", "0" },       { "is_pinned", "null" },
        { "first", "\"BASE\"" },    { "first", "1" },
        { "discard", "\"noise\"" },
    };
    const struct pair pair = full_pair();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO_JSON json_t *json = pair_to_json(&pair);
        json_object_set_new(json, cases[i].key,
                            json_loads(cases[i].value, JSON_DECODE_ANY, NULL));
        check_refused(json, cases[i].key);
    }
}

static void a_wrong_value_of_a_run_is_refused(void **state)
{
    static const struct {
        const char *key;
        const char *value;
    } cases[] = {
        { "end", "\"vanished\"" },   { "exit_code", "-1" }, { "exit_code", "2147483648" },
        { "signal", "\"SIGSEGV\"" }, { "wall_ns", "-5" },   { "wall_ns", "0.5" },
    };
    const struct pair pair = full_pair();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO_JSON json_t *json = pair_to_json(&pair);
        json_object_set_new(json_object_get(json, "base"), cases[i].key,
                            json_loads(cases[i].value, JSON_DECODE_ANY, NULL));
        check_refused(json, cases[i].key);
    }
}

static void what_is_no_object_is_refused(void **state)
{
    AUTO_JSON json_t *array = json_array();

    (void)state;
    check_refused(array, "number");
    check_refused(NULL, "number");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_not_every_run_tells_comes_back),
        cmocka_unit_test(all_of_a_pair_comes_back),
        cmocka_unit_test(surroundings_come_back),
        cmocka_unit_test(unknown_surroundings_are_left_out),
        cmocka_unit_test(wrong_surroundings_are_refused),
        cmocka_unit_test(every_end_of_a_run_comes_back),
        cmocka_unit_test(keys_are_named_with_their_units),
        cmocka_unit_test(a_missing_key_is_named),
        cmocka_unit_test(a_missing_figure_of_a_run_is_named),
        cmocka_unit_test(a_wrong_value_is_refused),
        cmocka_unit_test(a_wrong_value_of_a_run_is_refused),
        cmocka_unit_test(what_is_no_object_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
