#include "gate/base/alloc.h"
#include "gate/explain/tree_path.h"
#include "tests/support/check.h"

static struct strvec known;
static const struct tree_paths paths = { .tree = "/cache/1f/tree", .known = &known };

static int list_files(void **state)
{
    static const char *const files[] = { "lib/utf8.c", "main.c", "src/lookup.c",
                                         "src/utf8.c" };
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        strvec_push(&known, files[i]);
    return 0;
}

static int forget_files(void **state)
{
    (void)state;
    strvec_clear(&known);
    return 0;
}

static void
assert_path(const char *file, bool is_own_code, const char *want, bool want_in_tree)
{
    bool is_in_tree = !want_in_tree;
    AUTO_FREE char *got = tree_path_of(&paths, file, is_own_code, &is_in_tree);
    assert_string_equal(got, want);
    assert_int_equal(is_in_tree, want_in_tree);
}

static void absolute_names_below_the_tree_are_its_files(void **state)
{
    (void)state;
    assert_path("/cache/1f/tree/src/lookup.c", true, "src/lookup.c", true);
    assert_path("/cache/1f/tree/build/../src/./lookup.c", true, "src/lookup.c", true);
    assert_path("/cache/1f/tree/made.c", false, "made.c", true);
    assert_path("/cache/1f/tree2/src/lookup.c", false, "/cache/1f/tree2/src/lookup.c",
                false);
}

static void relative_names_are_sought_among_the_trees_files(void **state)
{
    (void)state;
    assert_path("../src/lookup.c", true, "src/lookup.c", true);
    assert_path("lookup.c", true, "src/lookup.c", true);
    assert_path("main.c", true, "main.c", true);
    assert_path("utf8.c", true, "utf8.c", false); /* two have this name */
    assert_path("other.c", true, "other.c", false);
}

static void libraries_have_no_files_of_the_tree(void **state)
{
    (void)state;
    assert_path("main.c", false, "main.c", false);
    assert_path("./string/../sysdeps/x86_64/strcmp.S", false, "sysdeps/x86_64/strcmp.S",
                false);
    assert_path("/usr/include/src/lookup.c", true, "/usr/include/src/lookup.c", false);
}

static void a_build_of_another_place_is_known_by_its_end(void **state)
{
    (void)state;
    assert_path("/cache/77/tree/src/lookup.c", true, "src/lookup.c", true);
    assert_path("/elsewhere/lookup.c", true, "/elsewhere/lookup.c", false);
}

static void without_a_tree_names_are_only_made_simple(void **state)
{
    (void)state;
    const struct tree_paths nowhere = { 0 };
    bool is_in_tree = true;
    AUTO_FREE char *got = tree_path_of(&nowhere, "/a//b/../c.c", true, &is_in_tree);
    assert_string_equal(got, "/a/c.c");
    assert_false(is_in_tree);
    assert_false(tree_paths_hold(&nowhere, "/a/program"));
    assert_true(tree_paths_hold(&paths, "/cache/1f/tree/program"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absolute_names_below_the_tree_are_its_files),
        cmocka_unit_test(relative_names_are_sought_among_the_trees_files),
        cmocka_unit_test(libraries_have_no_files_of_the_tree),
        cmocka_unit_test(a_build_of_another_place_is_known_by_its_end),
        cmocka_unit_test(without_a_tree_names_are_only_made_simple),
    };
    return cmocka_run_group_tests(tests, list_files, forget_files);
}
