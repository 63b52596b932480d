/* What a store does, the same for JSON and SQLite. */
#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case_writer.h"
#include "runners/case-tracker/generate.h"
#include "runners/case-tracker/store.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static const char *const names[] = { "s.json", "s.db", "s.sqlite" };
enum {
    KINDS = 3
};

static void must(int result, const struct error *err)
{
    if (result < 0)
        fail_msg("%s", err->message);
}

/* A store of 40 cases. */
static const char *make(struct sandbox *sandbox, const char *name)
{
    struct error err = { 0 };
    const char *path = sandbox_file(sandbox, name);
    must(generate_file(path, 40, 1, &err), &err);
    return path;
}

static void find_one(const char *path, uint64_t number, struct case_list *found)
{
    struct error err = { 0 };
    must(store_find(path, &number, 1, found, &err), &err);
    assert_int_equal(found->count, 1);
    assert_int_equal(found->items[0].number, number);
}

static void notes_are_appended(void **state)
{
    for (size_t i = 0; i < KINDS; i++) {
        struct error err = { 0 };
        AUTO_CASES struct case_list before = { 0 };
        AUTO_CASES struct case_list after = { 0 };
        const char *path = make(*state, names[i]);
        find_one(path, 17, &before);

        must(store_add_note(path, 17, "one\nmore", &err), &err);
        must(store_add_note(path, 17, "and \"another\"", &err), &err);

        find_one(path, 17, &after);
        size_t count = before.items[0].note_count;
        assert_int_equal(after.items[0].note_count, count + 2);
        assert_string_equal(after.items[0].notes[count], "one\nmore");
        assert_string_equal(after.items[0].notes[count + 1], "and \"another\"");
    }
}

static void added_cases_get_the_next_number(void **state)
{
    for (size_t i = 0; i < KINDS; i++) {
        struct error err = { 0 };
        AUTO_CASES struct case_list found = { 0 };
        uint64_t number = 0;
        const char *path = make(*state, names[i]);
        must(store_add_case(path, "New one", &number, &err), &err);
        assert_int_equal(number, 41);
        find_one(path, 41, &found);
        assert_string_equal(found.items[0].title, "New one");
        assert_int_equal(found.items[0].status, STATUS_DRAFT);
    }
}

static void the_first_case_makes_the_store(void **state)
{
    for (size_t i = 0; i < KINDS; i++) {
        struct error err = { 0 };
        struct status_counts counts;
        uint64_t number = 0;
        const char *path = sandbox_file(*state, names[i]);
        must(store_add_case(path, "First", &number, &err), &err);
        assert_int_equal(number, 1);
        must(store_count(path, &counts, &err), &err);
        assert_int_equal(counts.all, 1);
    }
}

static void a_case_walks_through_the_statuses(void **state)
{
    static const enum status walk[] = { STATUS_SUBMITTED, STATUS_DRAFT,
                                        STATUS_SUBMITTED, STATUS_UNDER_REVIEW,
                                        STATUS_ESCALATED, STATUS_UNDER_REVIEW,
                                        STATUS_ESCALATED, STATUS_CLOSED };
    for (size_t i = 0; i < KINDS; i++) {
        struct error err = { 0 };
        uint64_t number = 0;
        const char *path = sandbox_file(*state, names[i]);
        must(store_add_case(path, "Walker", &number, &err), &err);
        for (size_t j = 0; j < sizeof walk / sizeof *walk; j++) {
            AUTO_CASES struct case_list found = { 0 };
            must(store_transition(path, number, walk[j], &err), &err);
            find_one(path, number, &found);
            assert_int_equal(found.items[0].status, walk[j]);
        }
    }
}

static void forbidden_moves_are_refused_and_change_nothing(void **state)
{
    for (size_t i = 0; i < KINDS; i++) {
        struct error err = { 0 };
        uint64_t number = 0;
        const char *path = sandbox_file(*state, names[i]);
        must(store_add_case(path, "Stays", &number, &err), &err);
        AUTO_STR struct str before = STR_INIT;
        AUTO_STR struct str after = STR_INIT;
        must(file_read(path, &before, &err), &err);

        assert_int_equal(store_transition(path, number, STATUS_CLOSED, &err), -1);
        assert_string_equal(err.message, "'CASE-000001' cannot go from DRAFT to CLOSED, "
                                         "allowed is SUBMITTED");
        error_clear(&err);
        must(file_read(path, &after, &err), &err);
        assert_int_equal(before.length, after.length);
        assert_memory_equal(before.data, after.data, after.length);
    }
}

static void cases_are_found_in_the_order_asked_for(void **state)
{
    static const uint64_t wanted[] = { 30, 2, 30 };
    for (size_t i = 0; i < KINDS; i++) {
        struct error err = { 0 };
        AUTO_CASES struct case_list found = { 0 };
        const char *path = make(*state, names[i]);
        must(store_find(path, wanted, 3, &found, &err), &err);
        assert_int_equal(found.count, 3);
        assert_int_equal(found.items[0].number, 30);
        assert_int_equal(found.items[1].number, 2);
        assert_string_equal(found.items[0].title, found.items[2].title);
    }
}

static void counting_is_as_the_list_has_it(void **state)
{
    for (size_t i = 0; i < KINDS; i++) {
        struct error err = { 0 };
        AUTO_CASES struct case_list cases = { 0 };
        struct status_counts counted;
        struct status_counts expected;
        const char *path = make(*state, names[i]);
        must(store_load(path, &cases, &err), &err);
        case_list_count(&cases, &expected);
        must(store_count(path, &counted, &err), &err);
        assert_memory_equal(&counted, &expected, sizeof counted);
    }
}

static void an_import_adds_to_what_is_there(void **state)
{
    for (size_t i = 0; i < KINDS; i++) {
        struct error err = { 0 };
        uint64_t count = 0;
        AUTO_CASES struct case_list cases = { 0 };
        const char *path = make(*state, names[i]);
        sandbox_write(*state, "more.csv",
                      "id,title,status\nCASE-000100,x,DRAFT\nCASE-000050,y,CLOSED\n");
        must(store_import(path, sandbox_file(*state, "more.csv"), false, &count, &err),
             &err);
        assert_int_equal(count, 2);
        must(store_load(path, &cases, &err), &err);
        assert_int_equal(cases.count, 42);
    }
}

static void an_import_can_take_the_place_of_all(void **state)
{
    for (size_t i = 0; i < KINDS; i++) {
        struct error err = { 0 };
        uint64_t count = 0;
        AUTO_CASES struct case_list cases = { 0 };
        const char *path = make(*state, names[i]);
        sandbox_write(*state, "all.csv", "id,title,status\nCASE-000007,x,DRAFT\n");
        must(store_import(path, sandbox_file(*state, "all.csv"), true, &count, &err),
             &err);
        must(store_load(path, &cases, &err), &err);
        assert_int_equal(cases.count, 1);
        assert_int_equal(cases.items[0].number, 7);
    }
}

static void copies_through_every_kind_keep_every_byte(void **state)
{
    struct error err = { 0 };
    const char *first = make(*state, "a.json");
    const char *last = sandbox_file(*state, "d.json");
    const char *steps[] = { first, sandbox_file(*state, "b.db"), last };
    for (size_t i = 0; i + 1 < 3; i++) {
        AUTO_CASES struct case_list cases = { 0 };
        must(store_load(steps[i], &cases, &err), &err);
        must(case_writer_write(steps[i + 1], NULL, &cases, &err), &err);
    }
    assert_true(file_equal(first, last));
}

#define IN_SANDBOX(test) \
    cmocka_unit_test_setup_teardown(test, sandbox_setup, sandbox_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(notes_are_appended),
        IN_SANDBOX(added_cases_get_the_next_number),
        IN_SANDBOX(the_first_case_makes_the_store),
        IN_SANDBOX(a_case_walks_through_the_statuses),
        IN_SANDBOX(forbidden_moves_are_refused_and_change_nothing),
        IN_SANDBOX(cases_are_found_in_the_order_asked_for),
        IN_SANDBOX(counting_is_as_the_list_has_it),
        IN_SANDBOX(an_import_adds_to_what_is_there),
        IN_SANDBOX(an_import_can_take_the_place_of_all),
        IN_SANDBOX(copies_through_every_kind_keep_every_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
