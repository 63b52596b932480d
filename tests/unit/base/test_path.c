#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "tests/support/check.h"

static void check_join(const char *directory, const char *name, const char *want)
{
    AUTO_FREE char *got = path_join(directory, name);
    assert_string_equal(got, want);
}

static void check_directory(const char *path, const char *want)
{
    AUTO_FREE char *got = path_directory(path);
    assert_string_equal(got, want);
}

static void names_are_joined_with_one_slash(void **state)
{
    (void)state;
    check_join("a", "b", "a/b");
    check_join("a/", "b", "a/b");
    check_join("", "b", "b");
    check_join("a", "/b", "/b");
}

static void directory_and_base_split_at_the_last_slash(void **state)
{
    (void)state;
    check_directory("a/b/c", "a/b");
    check_directory("c", ".");
    check_directory("/c", "/");
    assert_string_equal(path_base("a/b/c"), "c");
    assert_string_equal(path_base("c"), "c");
}

static void own_cache_variable_wins(void **state)
{
    struct error err = { 0 };

    (void)state;
    setenv("PAWL_CACHE_DIR", "/c/own", 1);
    setenv("XDG_CACHE_HOME", "/c/xdg", 1);
    AUTO_FREE char *own = path_cache_dir(&err);
    assert_string_equal(own, "/c/own");

    unsetenv("PAWL_CACHE_DIR");
    AUTO_FREE char *xdg = path_cache_dir(&err);
    assert_string_equal(xdg, "/c/xdg/pawl");

    unsetenv("XDG_CACHE_HOME");
    setenv("HOME", "/home/u", 1);
    AUTO_FREE char *home = path_cache_dir(&err);
    assert_string_equal(home, "/home/u/.cache/pawl");
}

static void relative_cache_is_refused(void **state)
{
    struct error err = { 0 };

    (void)state;
    setenv("PAWL_CACHE_DIR", "here", 1);

    assert_null(path_cache_dir(&err));
    assert_string_equal(err.message,
                        "PAWL_CACHE_DIR must be an absolute path, not 'here'");
}

static void no_place_for_the_cache_is_an_error(void **state)
{
    struct error err = { 0 };

    (void)state;
    unsetenv("PAWL_CACHE_DIR");
    unsetenv("XDG_CACHE_HOME");
    unsetenv("HOME");

    assert_null(path_cache_dir(&err));
    assert_contains(err.message, "no place for the cache");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_joined_with_one_slash),
        cmocka_unit_test(directory_and_base_split_at_the_last_slash),
        cmocka_unit_test(own_cache_variable_wins),
        cmocka_unit_test(relative_cache_is_refused),
        cmocka_unit_test(no_place_for_the_cache_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
