/* Every byte at every place of a text, against the definition byte by byte. */
#include <stdbool.h>
#include <string.h>

#include "runners/case-tracker/plain.h"
#include "tests/support/check.h"

enum {
    LONGEST = 19 /* two words and some more bytes */
};

typedef size_t plain_length(const char *text, size_t length);

static bool is_printable(int byte)
{
    return byte >= 0x20 && byte <= 0x7e;
}

static bool is_unescaped(int byte)
{
    return byte >= 0x20 && byte != '"' && byte != '\\';
}

static void check_all_bytes_at(plain_length *run, bool (*is_plain)(int), size_t place)
{
    for (int byte = 0; byte < 256; byte++) {
        char text[LONGEST];
        memset(text, 'a', sizeof text);
        text[place] = (char)byte;
        size_t want = is_plain(byte) ? LONGEST : place;
        size_t got = run(text, sizeof text);
        if (got != want)
            fail_msg("0x%02x at %zu: %zu, not %zu", (unsigned int)byte, place, got, want);
    }
}

static void runs_end_before_the_first_byte_that_is_not_plain(void **state)
{
    (void)state;
    for (size_t place = 0; place < LONGEST; place++) {
        check_all_bytes_at(plain_printable, is_printable, place);
        check_all_bytes_at(plain_unescaped, is_unescaped, place);
    }
}

static void no_byte_beyond_the_length_is_counted(void **state)
{
    static const char text[] = "0123456789abcdefghi";
    (void)state;
    for (size_t length = 0; length < sizeof text; length++) {
        assert_int_equal(plain_printable(text, length), length);
        assert_int_equal(plain_unescaped(text, length), length);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_end_before_the_first_byte_that_is_not_plain),
        cmocka_unit_test(no_byte_beyond_the_length_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
