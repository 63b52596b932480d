#include <stdlib.h>
#include <string.h>

#include "gate/source/lfs_pointer.h"
#include "tests/unit/source/fixture.h"

#define VERSION "version https://git-lfs.github.com/spec/v1\n"
#define HEX     "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
#define OID     "oid sha256:" HEX "\n"

static bool parses(const char *text)
{
    struct lfs_pointer pointer = { 0 };
    return lfs_pointer_parse(text, strlen(text), &pointer);
}

static void a_pointer_gives_id_and_size(void **state)
{
    struct lfs_pointer pointer = { 0 };
    const char *text = VERSION OID "size 12345\n";
    (void)state;

    assert_true(lfs_pointer_parse(text, strlen(text), &pointer));

    assert_string_equal(pointer.oid, HEX);
    assert_int_equal(pointer.size_bytes, 12345);
}

static void the_shortest_pointer_has_the_least_length(void **state)
{
    const char *text = VERSION OID "size 0\n";
    (void)state;

    assert_int_equal(strlen(text), LFS_POINTER_MIN_BYTES);
    assert_true(parses(text));
}

static void extensions_are_passed_over(void **state)
{
    (void)state;
    assert_true(parses(VERSION "ext-0-foo sha256:" HEX "\n" OID "size 1\n"));
}

static void everything_else_is_no_pointer(void **state)
{
    (void)state;
    assert_false(parses(""));
    assert_false(parses("\n"));
    assert_false(parses(VERSION));
    assert_false(parses(VERSION OID));
    assert_false(parses(VERSION OID "size 12345"));
    assert_false(parses(VERSION OID "size 12345\n\n"));
    assert_false(parses(VERSION OID "size 12345\nmore\n"));
    assert_false(parses(VERSION OID "size -1\n"));
    assert_false(parses(VERSION OID "size \n"));
    assert_false(parses(VERSION OID "size 99999999999999999999\n"));
    assert_false(parses(VERSION "oid sha256:4D7A\nsize 1\n"));
    assert_false(parses(VERSION "oid sha256:../../../../etc/passwd\nsize 1\n"));
    assert_false(parses("version https://elsewhere/spec/v1\n" OID "size 1\n"));
    assert_false(parses("x" VERSION OID "size 1\n"));
}

static void a_text_with_a_nul_or_too_long_is_no_pointer(void **state)
{
    struct lfs_pointer pointer = { 0 };
    static const char with_nul[] = VERSION OID "size 1\0\n";
    char too_long[LFS_POINTER_MAX_BYTES + 2] = VERSION OID "size 1\n";
    (void)state;
    memset(too_long + strlen(too_long), 0x0a, sizeof too_long - strlen(too_long));

    assert_false(lfs_pointer_parse(with_nul, sizeof with_nul - 1, &pointer));
    assert_false(lfs_pointer_parse(too_long, sizeof too_long, &pointer));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_pointer_gives_id_and_size),
        T(the_shortest_pointer_has_the_least_length),
        T(extensions_are_passed_over),
        T(everything_else_is_no_pointer),
        T(a_text_with_a_nul_or_too_long_is_no_pointer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
