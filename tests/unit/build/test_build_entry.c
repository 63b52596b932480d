#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/build/build_entry.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* An entry "k" with two files and a link in its tree, sealed. */
static void make_entry(struct sandbox *sandbox, struct build_entry *entry)
{
    struct error err = { 0 };
    sandbox_write(sandbox, "k/tree/a b", "one");
    sandbox_write(sandbox, "k/tree/d/line\nbreak", "two");
    sandbox_write(sandbox, "k/tree/.git", "gitdir: elsewhere");
    sandbox_must(sandbox, "ln -s a k/tree/link");
    build_entry_init(entry, sandbox->path, "k");
    if (build_entry_seal(entry, "1.2.3", "abc", &err) < 0)
        fail_msg("%s", err.message);
}

/* Damages a whole entry by the script and checks what is said about it. */
static void check_damage(struct sandbox *sandbox, const char *script, const char *want)
{
    AUTO_BUILD_ENTRY struct build_entry entry = { 0 };
    AUTO_STR struct str why = STR_INIT;
    sandbox_must(sandbox, "rm -rf k");
    make_entry(sandbox, &entry);
    assert_true(build_entry_is_whole(&entry, &why));

    sandbox_must(sandbox, "%s", script);

    assert_false(build_entry_is_whole(&entry, &why));
    assert_string_equal(why.data, want);
}

static void damage_is_told(void **state)
{
    check_damage(*state, "echo x >>'k/tree/a b'", "'a b' was changed");
    check_damage(*state, "touch -d '2001-01-01' 'k/tree/a b'", "'a b' was changed");
    check_damage(*state, "chmod +x 'k/tree/a b'", "'a b' was changed");
    check_damage(*state, "rm -r k/tree/d", "'d/line\nbreak' is gone");
    check_damage(*state, "rm k/tree/link; ln -s abc k/tree/link", "'link' was changed");
    check_damage(*state, "echo >>k/files", "its list of files is damaged");
    check_damage(*state, "rm k/done", "it is the leftover of a build that did not end");
    check_damage(*state, "echo '{\"schema\": \"other\"}' >k/done",
                 "it is the leftover of a build that did not end");
    check_damage(*state, "sed -i s,/k/tree,/x/tree, k/done",
                 "it was built at another place");
}

static void additions_and_git_files_do_not_count(void **state)
{
    AUTO_BUILD_ENTRY struct build_entry entry = { 0 };
    AUTO_STR struct str why = STR_INIT;
    make_entry(*state, &entry);

    sandbox_must(*state, "echo >k/tree/new; echo >>k/tree/.git; echo >k/verify.log");

    assert_true(build_entry_is_whole(&entry, &why));
}

static void missing_entry_has_no_reason(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_BUILD_ENTRY struct build_entry entry = { 0 };
    AUTO_STR struct str why = STR_INIT;
    build_entry_init(&entry, sandbox->path, "none");

    assert_false(build_entry_is_whole(&entry, &why));
    assert_string_equal(why.data, "");
}

static void touch_is_noted_as_use(void **state)
{
    AUTO_BUILD_ENTRY struct build_entry entry = { 0 };
    struct build_entry_use before;
    struct build_entry_use after;
    make_entry(*state, &entry);
    sandbox_must(*state, "touch -d '2001-01-01 00:00:00 UTC' k/done");
    assert_true(build_entry_read_use(&entry, &before));

    build_entry_touch(&entry);

    assert_true(build_entry_read_use(&entry, &after));
    assert_int_equal(before.used_ns, (int64_t)978307200 * 1000000000);
    assert_true(after.used_ns > before.used_ns);
    assert_true(after.size_bytes > 0);
}

static void done_tells_people_what_it_is(void **state)
{
    AUTO_BUILD_ENTRY struct build_entry entry = { 0 };
    make_entry(*state, &entry);

    AUTO_FREE char *done = sandbox_read(*state, "k/done");
    assert_contains(done, "\"commit\": \"abc\"");
    assert_contains(done, "\"tool\": \"1.2.3\"");
    assert_contains(done, "\"schema\": \"pawl-build/1\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(damage_is_told),
        TEST(additions_and_git_files_do_not_count),
        TEST(missing_entry_has_no_reason),
        TEST(touch_is_noted_as_use),
        TEST(done_tells_people_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
