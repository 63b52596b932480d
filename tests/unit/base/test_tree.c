#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static void directories_above_are_made_too(void **state)
{
    struct error err = { 0 };
    const char *path = sandbox_file(*state, "a/b/c");

    assert_int_equal(tree_make(path, &err), 0);
    assert_int_equal(tree_make(path, &err), 0);

    assert_true(file_is_directory(path));
}

static void file_in_the_way_is_an_error(void **state)
{
    struct error err = { 0 };

    sandbox_write(*state, "a", "");
    assert_int_equal(tree_make(sandbox_file(*state, "a/b"), &err), -1);
    assert_contains(err.message, "cannot make the directory");
}

static void unique_directories_differ(void **state)
{
    struct error err = { 0 };
    const char *prefix = sandbox_file(*state, "runs/x-");
    AUTO_FREE char *first = tree_make_unique(prefix, &err);
    AUTO_FREE char *second = tree_make_unique(prefix, &err);

    assert_string_not_equal(first, second);
    assert_true(file_is_directory(first));
}

static void removal_does_not_follow_links(void **state)
{
    struct error err = { 0 };

    sandbox_must(*state,
                 "mkdir -p keep doomed/d; echo x >keep/f; ln -s ../keep doomed/link; "
                 "ln -s nowhere doomed/dangling; touch doomed/d/.hidden");
    assert_int_equal(tree_remove(sandbox_file(*state, "doomed"), &err), 0);

    assert_false(file_exists(sandbox_file(*state, "doomed")));
    assert_true(file_exists(sandbox_file(*state, "keep/f")));
}

static void read_only_directories_are_removed(void **state)
{
    struct error err = { 0 };

    sandbox_must(*state, "mkdir -p d/e; touch d/e/f; chmod 500 d/e d");
    assert_int_equal(tree_remove(sandbox_file(*state, "d"), &err), 0);
    assert_false(file_exists(sandbox_file(*state, "d")));
}

static void removing_nothing_is_fine(void **state)
{
    struct error err = { 0 };

    assert_int_equal(tree_remove(sandbox_file(*state, "none"), &err), 0);
}

static int
note_name(void *context, const char *name, const struct stat *info, struct error *err)
{
    if (str_equal(name, "stop"))
        return error_set(err, ERROR_SYSTEM, "stopped");
    str_addf(context, "%s%s ", name, S_ISDIR(info->st_mode) ? "/" : "");
    return 0;
}

static void walk_is_in_byte_order_and_deep(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_STR struct str names = STR_INIT;

    sandbox_must(sandbox, "mkdir -p b/c; touch b/c/f a Z; ln -s b l");
    assert_int_equal(tree_walk(sandbox->path, note_name, &names, &err), 0);

    assert_string_equal(names.data, "Z a b/ b/c/ b/c/f l ");
}

static void visit_can_end_the_walk(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_STR struct str names = STR_INIT;

    sandbox_must(sandbox, "touch a stop z");
    assert_int_equal(tree_walk(sandbox->path, note_name, &names, &err), -1);

    assert_string_equal(names.data, "a ");
    assert_string_equal(err.message, "stopped");
}

static void size_is_what_the_disk_holds(void **state)
{
    struct sandbox *sandbox = *state;

    sandbox_must(sandbox, "mkdir d; head -c 100000 /dev/urandom >d/f");

    assert_in_range(tree_size_bytes(sandbox->path), 100000, 200000);
    assert_int_equal(tree_size_bytes("/nowhere"), 0);
}

static void stamp_is_another_after_any_change(void **state)
{
    static const char *const changes[] = {
        "echo >>t/a", "touch -d @5 t/a", "rm t/a",
        "mkdir t/d",  "mv t/d t/e",      "ln -s a t/l"
    };
    struct sandbox *sandbox = *state;
    const char *tree = sandbox_file(sandbox, "t");

    sandbox_must(sandbox, "mkdir t && echo x >t/a");
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        uint64_t before = tree_stamp(tree);
        assert_true(tree_stamp(tree) == before);
        sandbox_must(sandbox, "%s", changes[i]);
        assert_true(tree_stamp(tree) != before);
    }
    assert_true(tree_stamp(sandbox_file(sandbox, "none")) == 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(stamp_is_another_after_any_change),
        T(directories_above_are_made_too),
        T(file_in_the_way_is_an_error),
        T(unique_directories_differ),
        T(removal_does_not_follow_links),
        T(read_only_directories_are_removed),
        T(removing_nothing_is_fine),
        T(walk_is_in_byte_order_and_deep),
        T(visit_can_end_the_walk),
        T(size_is_what_the_disk_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
