#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "tests/support/check.h"
#include "tests/unit/build/workshop.h"

/* Compiles, and notes each of its runs in the sandbox. */
#define COMPILE "cc -O2 -o prog main.c && echo run >>\"$HOME/runs\""

static void build_and_release(struct workshop *shop, const struct revision *revision)
{
    struct built_side side = BUILT_SIDE_INIT;
    workshop_build(shop, "head", revision, &side);
    built_side_release(&side);
}

static void built_tree_holds_what_the_recipe_made(void **state)
{
    struct workshop *shop = *state;
    AUTO_BUILT_SIDE struct built_side side = BUILT_SIDE_INIT;
    struct revision head = workshop_head(shop);
    workshop_set_recipe(shop, COMPILE);

    workshop_build(shop, "head", &head, &side);

    sandbox_must(shop->sandbox, "test \"$(%s/prog)\" = 'hello from main.c'",
                 side.entry.tree);
    sandbox_must(shop->sandbox, "test \"$(git -C %s rev-parse HEAD)\" = %s",
                 side.entry.tree, head.commit);
    assert_false(side.is_from_cache);
    assert_true(str_starts_with(side.entry.tree, shop->cache));
}

static void second_build_comes_from_the_cache(void **state)
{
    struct workshop *shop = *state;
    AUTO_BUILT_SIDE struct built_side again = BUILT_SIDE_INIT;
    struct revision head = workshop_head(shop);
    workshop_set_recipe(shop, COMPILE);
    build_and_release(shop, &head);

    workshop_build(shop, "head", &head, &again);

    assert_true(again.is_from_cache);
    assert_int_equal(workshop_lines(shop, "runs"), 1);
}

static void other_recipe_tree_or_toolchain_is_another_build(void **state)
{
    struct workshop *shop = *state;
    struct revision head = workshop_head(shop);
    workshop_set_recipe(shop, COMPILE);
    build_and_release(shop, &head);

    struct revision next = workshop_commit(shop, "data.json", "[]\n");
    build_and_release(shop, &next);
    shop->builder.toolchain = "cc 2.0";
    build_and_release(shop, &next);
    workshop_set_recipe(shop, COMPILE " && true");
    build_and_release(shop, &next);

    assert_int_equal(workshop_lines(shop, "runs"), 4);
    assert_int_equal(workshop_entries(shop), 4);
}

static void same_tree_in_another_commit_is_the_same_build(void **state)
{
    struct workshop *shop = *state;
    struct revision head = workshop_head(shop);
    workshop_set_recipe(shop, COMPILE);
    build_and_release(shop, &head);

    repository_git(shop->sandbox, "project", "commit -q --allow-empty -m again");
    struct revision again = workshop_head(shop);
    build_and_release(shop, &again);

    assert_string_not_equal(again.commit, head.commit);
    assert_int_equal(workshop_lines(shop, "runs"), 1);
}

static void both_sides_have_paths_of_one_length(void **state)
{
    struct workshop *shop = *state;
    AUTO_BUILT_SIDE struct built_side base = BUILT_SIDE_INIT;
    AUTO_BUILT_SIDE struct built_side head = BUILT_SIDE_INIT;
    struct revision first = workshop_head(shop);
    struct revision second = workshop_commit(shop, "data.json", "[]\n");
    workshop_set_recipe(shop, "true");

    workshop_build(shop, "base", &first, &base);
    workshop_build(shop, "head", &second, &head);

    assert_string_not_equal(base.entry.tree, head.entry.tree);
    assert_int_equal(strlen(base.entry.tree), strlen(head.entry.tree));
}

static void one_tree_is_shared_by_both_sides_unless_lanes_part_them(void **state)
{
    struct workshop *shop = *state;
    AUTO_BUILT_SIDE struct built_side base = BUILT_SIDE_INIT;
    AUTO_BUILT_SIDE struct built_side head = BUILT_SIDE_INIT;
    AUTO_BUILT_SIDE struct built_side apart = BUILT_SIDE_INIT;
    struct revision revision = workshop_head(shop);
    struct error err = { 0 };
    workshop_set_recipe(shop, COMPILE);

    workshop_build(shop, "base", &revision, &base);
    workshop_build(shop, "head", &revision, &head);
    const struct build_request request = {
        .side = "head", .revision = &revision, .recipe = &shop->recipe, .lane = "head"
    };
    assert_int_equal(builder_build(&shop->builder, &request, &apart, &err), 0);

    assert_string_equal(base.entry.tree, head.entry.tree);
    assert_string_not_equal(base.entry.tree, apart.entry.tree);
    assert_int_equal(workshop_lines(shop, "runs"), 2);
}

/* Each script damages a finished entry in its own way. */
static void damaged_entry_is_built_again(void **state)
{
    static const char *const damages[] = {
        "cd cache/builds/*/tree && echo x >>main.c",
        "rm cache/builds/*/tree/prog",
        "touch cache/builds/*/tree/prog",
        "chmod -x cache/builds/*/tree/prog",
        "rm cache/builds/*/done",
        "cd cache/builds/*/tree && echo '{' >../done",
        "cd cache/builds/*/tree && echo >>../files",
        "rm -r cache/builds/*/tree",
        "cd cache/builds/*/tree && ln -sf /nowhere prog",
    };
    struct workshop *shop = *state;
    struct revision head = workshop_head(shop);
    workshop_set_recipe(shop, COMPILE);
    build_and_release(shop, &head);

    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        sandbox_must(shop->sandbox, "%s", damages[i]);
        build_and_release(shop, &head);
        if (workshop_lines(shop, "runs") != i + 2)
            fail_msg("not built again after '%s'", damages[i]);
        sandbox_must(shop->sandbox, "cache/builds/*/tree/prog");
    }
}

static void files_left_by_benchmarks_are_no_damage(void **state)
{
    struct workshop *shop = *state;
    struct revision head = workshop_head(shop);
    workshop_set_recipe(shop, COMPILE);
    build_and_release(shop, &head);

    sandbox_must(shop->sandbox, "cd cache/builds/*/tree && touch profile.out");
    build_and_release(shop, &head);

    assert_int_equal(workshop_lines(shop, "runs"), 1);
}

static void moved_cache_is_built_again(void **state)
{
    struct workshop *shop = *state;
    struct revision head = workshop_head(shop);
    workshop_set_recipe(shop, COMPILE);
    build_and_release(shop, &head);

    sandbox_must(shop->sandbox, "cp -a cache elsewhere");
    shop->builder.cache_directory = sandbox_file(shop->sandbox, "elsewhere");
    build_and_release(shop, &head);

    assert_int_equal(workshop_lines(shop, "runs"), 2);
}

static void links_in_the_name_of_the_cache_are_resolved(void **state)
{
    struct workshop *shop = *state;
    AUTO_BUILT_SIDE struct built_side side = BUILT_SIDE_INIT;
    struct revision head = workshop_head(shop);
    workshop_set_recipe(shop, "test \"$(pwd -P)\" = \"$PWD\"");
    sandbox_must(shop->sandbox, "ln -s cache link");
    shop->builder.cache_directory = sandbox_file(shop->sandbox, "link");

    workshop_build(shop, "head", &head, &side);

    assert_true(str_starts_with(side.entry.tree, sandbox_file(shop->sandbox, "cache/")));
}

static void failing_recipe_leaves_its_log_and_no_tree(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };
    struct revision head = workshop_head(shop);
    workshop_set_recipe(shop, "echo broken; exit 2");

    workshop_fail(shop, &head, &err);

    assert_int_equal(err.code, ERROR_BUILD);
    assert_contains(err.message, "building head failed: 'echo broken; exit 2' exited "
                                 "with 2; the end of its output (all of it: ");
    assert_contains(err.message, "/log):\nbroken");
    sandbox_must(shop->sandbox, "grep -qx broken cache/builds/*/log");
    sandbox_must(shop->sandbox, "! test -e cache/builds/*/tree");
}

static void recipe_that_works_the_second_time_is_run_again(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };
    struct revision head = workshop_head(shop);
    workshop_set_recipe(shop, "test -e \"$HOME/ready\"");
    workshop_fail(shop, &head, &err);

    sandbox_must(shop->sandbox, "touch ready");
    build_and_release(shop, &head);

    assert_int_equal(workshop_entries(shop), 1);
}

static void unknown_commit_is_told(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };
    struct revision head = workshop_head(shop);
    memset(head.commit, '1', SOURCE_ID_SIZE - 1);
    workshop_set_recipe(shop, "true");

    workshop_fail(shop, &head, &err);

    assert_int_equal(err.code, ERROR_GIT);
    assert_contains(err.message, "checking out head: ");
}

static void build_without_cache_is_removed_at_the_end(void **state)
{
    struct workshop *shop = *state;
    struct built_side first = BUILT_SIDE_INIT;
    struct built_side second = BUILT_SIDE_INIT;
    struct revision head = workshop_head(shop);
    workshop_set_recipe(shop, COMPILE);
    build_and_release(shop, &head);
    shop->builder.is_cache_off = true;

    workshop_build(shop, "base", &head, &first);
    workshop_build(shop, "head", &head, &second);

    assert_int_equal(workshop_lines(shop, "runs"), 3);
    assert_string_not_equal(first.entry.tree, second.entry.tree);
    assert_int_equal(strlen(first.entry.tree), strlen(second.entry.tree));
    built_side_release(&first);
    built_side_release(&second);
    assert_int_equal(workshop_entries(shop), 1);
    sandbox_must(shop->sandbox, "test $(ls cache/builds | wc -l) = 2");
}

static void users_repository_is_left_as_it_was(void **state)
{
    struct workshop *shop = *state;
    struct revision head = workshop_head(shop);
    AUTO_FREE char *before = repository_listing(shop->sandbox, "project");
    workshop_set_recipe(shop, COMPILE);

    build_and_release(shop, &head);

    AUTO_FREE char *after = repository_listing(shop->sandbox, "project");
    assert_string_equal(after, before);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, workshop_setup, workshop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(built_tree_holds_what_the_recipe_made),
        TEST(second_build_comes_from_the_cache),
        TEST(other_recipe_tree_or_toolchain_is_another_build),
        TEST(same_tree_in_another_commit_is_the_same_build),
        TEST(both_sides_have_paths_of_one_length),
        TEST(one_tree_is_shared_by_both_sides_unless_lanes_part_them),
        TEST(damaged_entry_is_built_again),
        TEST(files_left_by_benchmarks_are_no_damage),
        TEST(moved_cache_is_built_again),
        TEST(links_in_the_name_of_the_cache_are_resolved),
        TEST(failing_recipe_leaves_its_log_and_no_tree),
        TEST(recipe_that_works_the_second_time_is_run_again),
        TEST(unknown_commit_is_told),
        TEST(build_without_cache_is_removed_at_the_end),
        TEST(users_repository_is_left_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
