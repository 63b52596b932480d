#include "gate/base/json_layout.h"
#include "gate/base/str.h"
#include "tests/support/check.h"

static void check_layout(const char *json, const char *wanted)
{
    struct str out = STR_INIT;
    json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);
    assert_non_null(value);
    json_layout(value, &out);
    assert_string_equal(out.data, wanted);
    json_decref(value);
    str_clear(&out);
}

static void items_of_lists_take_a_line(void **state)
{
    (void)state;
    check_layout(
        "{\"b\":[{\"y\":1,\"x\":{\"z\":2}},{}],\"a\":[]}",
        "{\n  \"a\": [],\n  \"b\": [\n    {\"x\": {\"z\": 2}, \"y\": 1},\n    {}\n  "
        "]\n}\n");
    check_layout("[{\"a\":[1]}]", "[\n  {\n    \"a\": [\n      1\n    ]\n  }\n]\n");
}

static void reals_have_as_many_digits_as_they_need(void **state)
{
    (void)state;
    check_layout("[0.1, 2.0, 1e300, 0.30000000000000004, -0.0, 7, true, null]",
                 "[\n  0.1,\n  2.0,\n  1e+300,\n  0.30000000000000004,\n  -0.0,\n  7,\n  "
                 "true,\n  null\n]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_of_lists_take_a_line),
        cmocka_unit_test(reals_have_as_many_digits_as_they_need),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
