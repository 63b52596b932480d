#include "gate/base/alloc.h"
#include "gate/explain/function_name.h"
#include "tests/support/check.h"

static void assert_name(const char *profiled, const char *want)
{
    AUTO_FREE char *got = xstrndup(profiled, function_name_length(profiled));
    assert_string_equal(got, want);
}

static void names_of_the_source_stay(void **state)
{
    (void)state;
    assert_name("main", "main");
    assert_name("(below main)", "(below main)");
    assert_name("operator new(unsigned long)", "operator new(unsigned long)");
    assert_name("cold", "cold");
    assert_name("utf8", "utf8");
    assert_name("__libc_start_main@@GLIBC_2.34", "__libc_start_main@@GLIBC_2.34");
}

static void recursions_are_the_function(void **state)
{
    (void)state;
    assert_name("fib'2", "fib");
    assert_name("fib'12", "fib");
    assert_name("fib'", "fib'");
    assert_name("work'main", "work'main");
}

static void copies_and_parts_are_the_function(void **state)
{
    (void)state;
    assert_name("sort.constprop.0", "sort");
    assert_name("sort.part.12.isra.0", "sort");
    assert_name("sort.cold", "sort");
    assert_name("sort.constprop.0.cold'2", "sort");
    assert_name("sort.lto_priv.0", "sort");
    assert_name("sort.llvm.123456", "sort");
    assert_name(".cold", ".cold");
    assert_name("main.main", "main.main");
    assert_name("main.func1", "main.func1");
}

static void addresses_are_no_names(void **state)
{
    (void)state;
    assert_name("0x0000000000001ab70", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_the_source_stay),
        cmocka_unit_test(recursions_are_the_function),
        cmocka_unit_test(copies_and_parts_are_the_function),
        cmocka_unit_test(addresses_are_no_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
