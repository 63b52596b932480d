#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/build/build_cache.h"
#include "gate/source/source.h"
#include "tests/support/check.h"
#include "tests/unit/build/workshop.h"

enum {
    BUILDS = 3
};

/* Commits and builds data.json with this text; the build takes about 400 KiB. */
static void build_text(struct workshop *shop, const char *text, struct built_side *side)
{
    struct revision revision = workshop_commit(shop, "data.json", text);
    workshop_set_recipe(shop, "head -c 409600 /dev/urandom >big");
    workshop_build(shop, "head", &revision, side);
}

/* Builds three, whose uses are an hour apart, the oldest first; entries gets the names
 * of their directories. */
static void build_three(struct workshop *shop, struct strvec *entries)
{
    static const char *const texts[BUILDS] = { "[0]", "[1]", "[2]" };
    for (int i = 0; i < BUILDS; i++) {
        AUTO_BUILT_SIDE struct built_side side = BUILT_SIDE_INIT;
        build_text(shop, texts[i], &side);
        sandbox_must(shop->sandbox, "touch -d '%d hours ago' %s", BUILDS - i,
                     side.entry.done);
        strvec_push(entries, side.entry.directory);
    }
}

static void trim_to(struct workshop *shop, int64_t limit_kib)
{
    struct error err = { 0 };
    if (build_cache_trim(shop->cache, limit_kib * 1024, shop->source, &err) < 0)
        fail_msg("%s", err.message);
}

/* want has an 'x' for each entry that must be there and a '.' for each that must not. */
static void assert_there(const struct strvec *entries, const char *want)
{
    for (size_t i = 0; i < entries->count; i++) {
        AUTO_FREE char *lock = str_format("%s.lock", entries->items[i]);
        assert_int_equal(file_exists(entries->items[i]), want[i] == 'x');
        assert_int_equal(file_exists(lock), want[i] == 'x');
    }
}

static void cache_within_its_limit_is_left_alone(void **state)
{
    AUTO_STRVEC struct strvec entries = { 0 };
    build_three(*state, &entries);

    trim_to(*state, 2000);

    assert_there(&entries, "xxx");
}

static void builds_used_longest_ago_go_first(void **state)
{
    AUTO_STRVEC struct strvec entries = { 0 };
    build_three(*state, &entries);

    trim_to(*state, 1000);
    assert_there(&entries, ".xx");

    trim_to(*state, 500);
    assert_there(&entries, "..x");

    trim_to(*state, 0);
    assert_there(&entries, "...");
}

static void use_keeps_a_build(void **state)
{
    struct workshop *shop = *state;
    AUTO_STRVEC struct strvec entries = { 0 };
    struct built_side used = BUILT_SIDE_INIT;
    build_three(shop, &entries);
    build_text(shop, "[0]", &used);
    assert_true(used.is_from_cache);
    built_side_release(&used);

    trim_to(shop, 500);

    assert_there(&entries, "x..");
}

static void build_in_use_stays(void **state)
{
    struct workshop *shop = *state;
    AUTO_STRVEC struct strvec entries = { 0 };
    AUTO_BUILT_SIDE struct built_side used = BUILT_SIDE_INIT;
    build_three(shop, &entries);
    build_text(shop, "[1]", &used);

    trim_to(shop, 0);

    assert_there(&entries, ".x.");
}

static void building_keeps_the_cache_within_the_builders_limit(void **state)
{
    struct workshop *shop = *state;
    AUTO_STRVEC struct strvec entries = { 0 };
    AUTO_BUILT_SIDE struct built_side side = BUILT_SIDE_INIT;
    build_three(shop, &entries);
    shop->builder.cache_limit_bytes = (int64_t)1000 * 1024;

    build_text(shop, "[3]", &side);

    assert_there(&entries, "..x");
}

static void leftovers_of_killed_builds_go(void **state)
{
    struct workshop *shop = *state;
    AUTO_STRVEC struct strvec entries = { 0 };
    build_three(shop, &entries);
    sandbox_must(shop->sandbox, "rm %s/done", entries.items[1]);

    trim_to(shop, 2000);

    assert_there(&entries, "x.x");
}

static void leftover_that_is_being_built_stays(void **state)
{
    struct workshop *shop = *state;
    AUTO_STRVEC struct strvec entries = { 0 };
    AUTO_LOCK struct lock lock = LOCK_INIT;
    build_three(shop, &entries);
    AUTO_FREE char *path = str_format("%s.lock", entries.items[1]);
    sandbox_must(shop->sandbox, "rm %s/done", entries.items[1]);
    assert_true(lock_try(&lock, path, LOCK_EXCLUSIVE));

    trim_to(shop, 2000);

    assert_there(&entries, "xxx");
}

static void git_forgets_the_worktrees_that_were_removed(void **state)
{
    struct workshop *shop = *state;
    AUTO_STRVEC struct strvec entries = { 0 };
    build_three(shop, &entries);
    sandbox_must(shop->sandbox,
                 "test $(find cache/git -path '*/worktrees/*' -name gitdir | wc -l) = 3");

    trim_to(shop, 0);

    sandbox_must(shop->sandbox,
                 "test $(find cache/git -path '*/worktrees/*' -name gitdir | wc -l) = 0");
}

static void builds_of_another_repository_are_removed_too(void **state)
{
    struct workshop *shop = *state;
    AUTO_STRVEC struct strvec entries = { 0 };
    struct error err = { 0 };
    build_three(shop, &entries);
    repository_make(shop->sandbox, "other");
    repository_commit_file(shop->sandbox, "other", "a", "a", NULL);
    AUTO_SOURCE struct source *other =
        source_open(sandbox_file(shop->sandbox, "other"), shop->cache, &err);
    assert_non_null(other);

    assert_int_equal(build_cache_trim(shop->cache, 0, other, &err), 0);

    assert_there(&entries, "...");
    sandbox_must(shop->sandbox,
                 "test $(find cache/git -path '*/worktrees/*' -name gitdir | wc -l) = 0");
}

static void what_is_no_build_is_left_alone(void **state)
{
    struct workshop *shop = *state;
    sandbox_write(shop->sandbox, "cache/builds/mine/notes", "x");

    trim_to(shop, 0);

    assert_true(file_exists(sandbox_file(shop->sandbox, "cache/builds/mine/notes")));
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, workshop_setup, workshop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cache_within_its_limit_is_left_alone),
        TEST(builds_used_longest_ago_go_first),
        TEST(use_keeps_a_build),
        TEST(build_in_use_stays),
        TEST(building_keeps_the_cache_within_the_builders_limit),
        TEST(leftovers_of_killed_builds_go),
        TEST(leftover_that_is_being_built_stays),
        TEST(git_forgets_the_worktrees_that_were_removed),
        TEST(builds_of_another_repository_are_removed_too),
        TEST(what_is_no_build_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
