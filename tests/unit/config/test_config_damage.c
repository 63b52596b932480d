/* Damaged configs end in an error or are read, and never crash: worth running under the
 * sanitizers. */
#include <string.h>

#include "tests/unit/config/full_config.h"

/* True where it was read. An error must say something and name the file. */
static bool parse_damaged(const char *text)
{
    struct error err = { 0 };
    struct config *config = config_parse(text, "pawl.json", &err);
    bool is_read = config != NULL;

    assert_int_equal(err.code, is_read ? ERROR_NONE : ERROR_CONFIG);
    if (!is_read)
        assert_true(str_starts_with(err.message, "in 'pawl.json', line "));
    config_free(config);
    return is_read;
}

static int text_setup(void **state)
{
    *state = read_test_file("data/config/full.json");
    return 0;
}

static int text_teardown(void **state)
{
    free(*state);
    return 0;
}

static void every_prefix_is_refused(void **state)
{
    char *text = str_format("%s", (const char *)*state);
    size_t length =
        strrchr(text, '}') - text > 0 ? (size_t)(strrchr(text, '}') - text) : 0;

    assert_true(parse_damaged(text));
    while (length > 0) {
        text[--length] = '\0';
        assert_false(parse_damaged(text));
    }
    free(text);
}

static void no_deleted_byte_crashes(void **state)
{
    const char *text = *state;
    size_t length = strlen(text);
    size_t read_count = 0;

    for (size_t i = 0; i < length; i++) {
        char *damaged = str_format("%.*s%s", (int)i, text, text + i + 1);
        read_count += parse_damaged(damaged) ? 1 : 0;
        free(damaged);
    }

    /* Blanks, and letters of names, can go; brackets and most keys can't. */
    assert_in_range(read_count, length / 10, length - length / 10);
}

/* Each byte in turn becomes each of these, which mean something to one of the readers. */
static void no_replaced_byte_crashes(void **state)
{
    static const char replacements[] = "{}[]\",:\\0-e%x'\x01\xff";
    char *text = str_format("%s", (const char *)*state);
    size_t length = strlen(text);
    size_t refused = 0;

    for (size_t i = 0; i < length; i++) {
        char kept = text[i];
        text[i] = replacements[i % (sizeof replacements - 1)];
        refused += parse_damaged(text) ? 0 : 1;
        text[i] = kept;
    }

    assert_true(refused > length / 4);
    free(text);
}

static void deep_nesting_is_refused(void **state)
{
    struct str text = STR_INIT;
    (void)state;

    for (int i = 0; i < 100000; i++)
        str_add_char(&text, '[');

    assert_false(parse_damaged(text.data));
    str_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_prefix_is_refused),
        cmocka_unit_test(no_deleted_byte_crashes),
        cmocka_unit_test(no_replaced_byte_crashes),
        cmocka_unit_test(deep_nesting_is_refused),
    };
    return cmocka_run_group_tests(tests, text_setup, text_teardown);
}
