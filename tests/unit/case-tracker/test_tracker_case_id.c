#include <string.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case_id.h"
#include "tests/support/check.h"

static void only_canonical_ids_are_numbers(void **state)
{
    static const struct {
        const char *id;
        uint64_t number;
    } table[] = {
        { "CASE-000001", 1 },
        { "CASE-000010", 10 },
        { "CASE-999999", 999999 },
        { "CASE-1000000", 1000000 },
        { "CASE-999999999999", CASE_NUMBER_MAX },
        { "CASE-000000", 0 },
        { "CASE-00001", 0 },
        { "CASE-0000001", 0 },
        { "CASE-1000000000000", 0 },
        { "case-000001", 0 },
        { "CASE-00000x", 0 },
        { "CASE-+00001", 0 },
        { "CASE-000001 ", 0 },
        { " CASE-000001", 0 },
        { "CASE000001", 0 },
        { "CASE-", 0 },
        { "", 0 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (case_id_number(table[i].id) != table[i].number)
            fail_msg("'%s'", table[i].id);
    }
}

static void every_number_is_read_back_from_its_id(void **state)
{
    static const uint64_t numbers[] = { 1, 42, 99999, 999999, 1000000, CASE_NUMBER_MAX };
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        AUTO_STR struct str id = STR_INIT;
        case_id_add(&id, numbers[i]);
        assert_int_equal(case_id_number(id.data), numbers[i]);
        assert_string_equal(case_id_text(numbers[i]).text, id.data);
    }
}

static void bare_numbers_have_no_zeros_in_front(void **state)
{
    AUTO_STR struct str text = STR_INIT;
    (void)state;
    number_add(&text, 0);
    str_add_char(&text, ' ');
    number_add(&text, UINT64_MAX);
    assert_string_equal(text.data, "0 18446744073709551615");
}

static void what_is_no_id_is_named_in_the_error(void **state)
{
    struct error err = { 0 };
    uint64_t number = 7;
    (void)state;
    assert_int_equal(case_id_parse("CASE-1", &number, &err), -1);
    assert_string_equal(err.message, "'CASE-1' is not a case id such as CASE-000001");
    assert_int_equal(number, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_canonical_ids_are_numbers),
        cmocka_unit_test(every_number_is_read_back_from_its_id),
        cmocka_unit_test(bare_numbers_have_no_zeros_in_front),
        cmocka_unit_test(what_is_no_id_is_named_in_the_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
