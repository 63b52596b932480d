#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "runners/case-tracker/case_list.h"
#include "runners/case-tracker/duplicates.h"
#include "runners/case-tracker/generate.h"
#include "runners/case-tracker/store.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

enum {
    COUNT = 5000
};

static void make(struct sandbox *sandbox, const char *name, uint64_t seed)
{
    struct error err = { 0 };
    if (generate_file(sandbox_file(sandbox, name), 300, seed, &err) < 0)
        fail_msg("%s", err.message);
}

static void the_same_seed_makes_the_same_bytes(void **state)
{
    static const char *const endings[] = { "json", "csv", "db", "sqlite" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        AUTO_FREE char *first = str_format("first.%s", endings[i]);
        AUTO_FREE char *second = str_format("second.%s", endings[i]);
        AUTO_FREE char *other = str_format("other.%s", endings[i]);
        make(*state, first, 7);
        make(*state, second, 7);
        make(*state, other, 8);
        assert_true(
            file_equal(sandbox_file(*state, first), sandbox_file(*state, second)));
        assert_false(
            file_equal(sandbox_file(*state, first), sandbox_file(*state, other)));
    }
}

static void every_kind_of_file_holds_the_same_cases(void **state)
{
    struct error err = { 0 };
    uint64_t count = 0;
    make(*state, "a.json", 7);
    make(*state, "b.db", 7);
    make(*state, "c.csv", 7);
    assert_int_equal(store_import(sandbox_file(*state, "c.json"),
                                  sandbox_file(*state, "c.csv"), false, &count, &err),
                     0);
    assert_int_equal(store_import(sandbox_file(*state, "c.db"),
                                  sandbox_file(*state, "c.csv"), false, &count, &err),
                     0);
    assert_int_equal(count, 300);
    assert_true(
        file_equal(sandbox_file(*state, "a.json"), sandbox_file(*state, "c.json")));
    assert_true(file_equal(sandbox_file(*state, "b.db"), sandbox_file(*state, "c.db")));
}

/* A case is a function of seed and number: more cases never change those before. */
static void a_case_does_not_depend_on_those_made_before(void **state)
{
    AUTO_GENERATOR struct generator first;
    AUTO_GENERATOR struct generator second;
    struct case_record record;
    struct case_record again;
    (void)state;
    generator_init(&first, 3);
    generator_init(&second, 3);
    for (uint64_t number = 1; number < 50; number++)
        generator_case(&first, number, &record);
    generator_case(&second, 49, &again);
    assert_string_equal(record.title, again.title);
    assert_int_equal(record.note_count, again.note_count);
    assert_int_equal(record.status, again.status);
}

static void fill(struct case_list *cases)
{
    AUTO_GENERATOR struct generator generator;
    generator_init(&generator, 1);
    for (uint64_t number = 1; number <= COUNT; number++) {
        struct case_record record;
        generator_case(&generator, number, &record);
        case_list_append(cases, &record);
    }
}

static void titles_repeat_as_often_as_promised(void **state)
{
    AUTO_CASES struct case_list cases = { 0 };
    (void)state;
    fill(&cases);
    AUTO_FREE size_t *first = duplicates_first(&cases);
    size_t repeats = 0;
    for (size_t i = 0; i < COUNT; i++)
        repeats += first[i] != i;
    assert_in_range(repeats, COUNT * 2 / 100, COUNT * 4 / 100);
}

static void statuses_and_notes_are_spread_as_promised(void **state)
{
    AUTO_CASES struct case_list cases = { 0 };
    struct status_counts counts;
    size_t with_notes = 0;
    size_t with_five = 0;
    (void)state;
    fill(&cases);
    case_list_count(&cases, &counts);
    for (size_t i = 0; i < COUNT; i++) {
        assert_in_range(cases.items[i].note_count, 0, GENERATE_NOTES_MAX);
        with_notes += cases.items[i].note_count > 0;
        with_five += cases.items[i].note_count == GENERATE_NOTES_MAX;
    }
    assert_in_range(with_notes, COUNT * 37 / 100, COUNT * 43 / 100);
    assert_in_range(with_five, COUNT * 6 / 100, COUNT * 10 / 100);
    for (size_t i = 0; i < STATUS_COUNT; i++)
        assert_in_range(counts.of[i], COUNT * 8 / 100, COUNT * 28 / 100);
}

static void every_generated_case_is_a_valid_one(void **state)
{
    AUTO_CASES struct case_list cases = { 0 };
    struct error err = { 0 };
    (void)state;
    fill(&cases);
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(case_check_title(cases.items[i].title, &err), 0);
        for (size_t j = 0; j < cases.items[i].note_count; j++)
            assert_int_equal(case_check_note(cases.items[i].notes[j], &err), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_seed_makes_the_same_bytes, sandbox_setup,
                                        sandbox_teardown),
        cmocka_unit_test_setup_teardown(every_kind_of_file_holds_the_same_cases,
                                        sandbox_setup, sandbox_teardown),
        cmocka_unit_test(a_case_does_not_depend_on_those_made_before),
        cmocka_unit_test(titles_repeat_as_often_as_promised),
        cmocka_unit_test(statuses_and_notes_are_spread_as_promised),
        cmocka_unit_test(every_generated_case_is_a_valid_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
