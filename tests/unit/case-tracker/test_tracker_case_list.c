#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runners/case-tracker/case_list.h"
#include "tests/support/check.h"

static void the_list_owns_copies_of_what_was_appended(void **state)
{
    struct case_list cases = { 0 };
    char title[] = "first";
    char note[] = "seen";
    const char *notes[] = { note };
    const struct case_record record = {
        .number = 3, .title = title, .notes = notes, .note_count = 1, .status = 2
    };
    (void)state;

    case_list_append(&cases, &record);
    title[0] = note[0] = 'X';

    assert_string_equal(cases.items[0].title, "first");
    assert_string_equal(cases.items[0].notes[0], "seen");
    assert_int_equal(cases.items[0].status, 2);
    case_list_clear(&cases);
}

static void notes_keep_their_order_while_the_list_grows(void **state)
{
    struct case_list cases = { 0 };
    const struct case_record record = { .number = 1, .title = "t" };
    char text[16];
    (void)state;

    case_list_append(&cases, &record);
    case_list_append(&cases, &record);
    for (unsigned int i = 0; i < 100; i++) {
        snprintf(text, sizeof text, "note %u", i);
        case_list_add_note(&cases, i % 2, text);
    }

    assert_int_equal(cases.items[0].note_count, 50);
    assert_string_equal(cases.items[0].notes[49], "note 98");
    assert_string_equal(cases.items[1].notes[0], "note 1");
    case_list_clear(&cases);
}

static void texts_larger_than_a_block_are_kept(void **state)
{
    struct arena arena = { 0 };
    char *text = malloc(200000);
    (void)state;
    memset(text, 'a', 200000);

    const char *small = arena_copy(&arena, "small", 5);
    const char *large = arena_copy(&arena, text, 200000);
    void *aligned = arena_take(&arena, 24);

    assert_string_equal(small, "small");
    assert_int_equal(strlen(large), 200000);
    assert_int_equal((uintptr_t)aligned % sizeof(void *), 0);
    arena_clear(&arena);
    free(text);
}

static void cases_are_counted_by_status(void **state)
{
    struct case_list cases = { 0 };
    struct status_counts counts;
    (void)state;
    for (unsigned int i = 0; i < 12; i++) {
        const struct case_record record = { .title = "t",
                                            .status = (enum status)(i % STATUS_COUNT) };
        case_list_append(&cases, &record);
    }
    case_list_count(&cases, &counts);
    assert_int_equal(counts.all, 12);
    assert_int_equal(counts.of[STATUS_DRAFT], 3);
    assert_int_equal(counts.of[STATUS_CLOSED], 2);
    case_list_clear(&cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_owns_copies_of_what_was_appended),
        cmocka_unit_test(notes_keep_their_order_while_the_list_grows),
        cmocka_unit_test(texts_larger_than_a_block_are_kept),
        cmocka_unit_test(cases_are_counted_by_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
