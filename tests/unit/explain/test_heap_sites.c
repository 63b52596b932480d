/* Who allocated what is left, of tests/data/dhat/kept.json; sums by Python's json module
 * over its stacks. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/explain/heap_sites.h"
#include "gate/explain/tree_path.h"
#include "runners/dhat/heap_left.h"
#include "tests/unit/explain/comparing.h"

static void make(struct heap_sites *sites, const char *tree)
{
    AUTO_HEAP_LEFT struct heap_left left = { 0 };
    struct error err = { 0 };
    const struct tree_paths paths = { .tree = tree };
    AUTO_FREE char *path = str_format("%s/data/dhat/kept.json", getenv("PAWL_TEST_DATA"));
    if (heap_left_read(path, &left, &err) < 0)
        fail_msg("%s", err.message);
    heap_sites_make(sites, &left, &paths);
}

static void
check_place(const struct heap_place *place, const char *function, uint32_t line)
{
    assert_string_equal(place->function, function);
    assert_string_equal(place->file, "kept.cc");
    assert_int_equal(place->line, line);
}

/* strdup is the C library's: what called it is the tree's. */
static void the_nearest_functions_of_the_tree_are_named(void **state)
{
    AUTO_HEAP_SITES struct heap_sites sites = { 0 };
    (void)state;
    make(&sites, "/tree");

    const struct heap_site *site = sites.sites.items;
    assert_int_equal(sites.sites.count, 4);
    assert_int_equal(sites.bytes, 8576);
    assert_int_equal(site[0].bytes, 4400);
    check_place(&site[0].place, "remember(char const*)", 24);
    check_place(&site[0].caller, "main", 38);
    assert_int_equal(site[1].bytes, 3200);
    check_place(&site[1].place, "allocate(unsigned long)", 18);
    check_place(&site[1].caller, "remember(char const*)", 23);
}

/* 512, 220 and 220 bytes, by std::vector and std::string; and 24 by main itself. */
static void what_libraries_do_for_one_function_is_one_site(void **state)
{
    AUTO_HEAP_SITES struct heap_sites sites = { 0 };
    (void)state;
    make(&sites, "/tree");

    const struct heap_site *site = sites.sites.items;
    assert_int_equal(site[2].bytes, 952);
    assert_int_equal(site[2].place.line, 31);
    assert_int_equal(site[3].bytes, 24);
    check_place(&site[3].place, "main", 36);
    assert_null(site[3].caller.function);
}

static void another_tree_has_none_of_it(void **state)
{
    AUTO_HEAP_SITES struct heap_sites sites = { 0 };
    (void)state;
    make(&sites, "/elsewhere");
    assert_int_equal(sites.sites.count, 0);
    assert_int_equal(sites.bytes, 8576);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_functions_of_the_tree_are_named),
        cmocka_unit_test(what_libraries_do_for_one_function_is_one_site),
        cmocka_unit_test(another_tree_has_none_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
