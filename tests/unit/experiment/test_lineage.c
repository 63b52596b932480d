#include "gate/experiment/lineage.h"
#include "tests/support/check.h"

/* 0 - 1 - 2 ----- 5 - 6
 *      \         /
 *       3 ----- 4          */
static void make_diamond(struct lineage *lineage)
{
    lineage_add(lineage, NULL, 0);
    lineage_add(lineage, (const size_t[]){ 0 }, 1);
    lineage_add(lineage, (const size_t[]){ 1 }, 1);
    lineage_add(lineage, (const size_t[]){ 1 }, 1);
    lineage_add(lineage, (const size_t[]){ 3 }, 1);
    lineage_add(lineage, (const size_t[]){ 2, 4 }, 2);
    lineage_add(lineage, (const size_t[]){ 5 }, 1);
}

static void a_commit_and_its_ancestors_are_marked_along_all_parents(void **state)
{
    AUTO_LINEAGE struct lineage lineage = { 0 };
    bool of_four[7] = { 0 };
    bool of_merge[7] = { 0 };
    (void)state;
    make_diamond(&lineage);

    lineage_mark(&lineage, 4, of_four);
    lineage_mark(&lineage, 5, of_merge);

    const bool four[7] = { true, true, false, true, true, false, false };
    const bool merge[7] = { true, true, true, true, true, true, false };
    assert_memory_equal(of_four, four, sizeof four);
    assert_memory_equal(of_merge, merge, sizeof merge);
}

static void an_ancestor_on_both_sides_of_a_merge_counts_once(void **state)
{
    AUTO_LINEAGE struct lineage lineage = { 0 };
    const double weights[7] = { 1, 2, 4, 8, 16, 32, 64 };
    const double want[7] = { 1, 3, 7, 11, 27, 63, 127 };
    double sums[7];
    (void)state;
    make_diamond(&lineage);

    lineage_sum(&lineage, weights, sums);

    for (size_t i = 0; i < 7; i++)
        assert_close(sums[i], want[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_commit_and_its_ancestors_are_marked_along_all_parents),
        cmocka_unit_test(an_ancestor_on_both_sides_of_a_merge_counts_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
