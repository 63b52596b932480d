#include <stdlib.h>

#include "gate/base/str.h"
#include "gate/source/blob.h"
#include "gate/source/revision.h"
#include "tests/unit/source/fixture.h"

static int read_at(struct source *source,
                   const char *path,
                   struct str *text,
                   bool *is_there,
                   struct error *err)
{
    struct revision head = { 0 };
    fixture_must(source_resolve(source, "HEAD", &head, err), err);
    return source_read_blob(source, head.commit, path, text, is_there, err);
}

static void make_project(struct sandbox *sandbox)
{
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/bench/pawl.json", "{}\n");
    sandbox_must(sandbox, "ln -s bench/pawl.json project/link");
    repository_commit_all(sandbox, "project", "first", NULL);
}

static void a_file_is_read_as_committed_whatever_the_work_tree_holds(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    bool is_there = false;
    AUTO_STR struct str text = STR_INIT;
    make_project(sandbox);
    sandbox_write(sandbox, "project/bench/pawl.json", "changed\n");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_must(read_at(source, "bench/pawl.json", &text, &is_there, &err), &err);

    assert_true(is_there);
    assert_string_equal(text.data, "{}\n");
}

static void a_file_that_is_not_there_is_no_error(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    bool is_there = true;
    AUTO_STR struct str text = STR_INIT;
    make_project(sandbox);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_must(read_at(source, "pawl.json", &text, &is_there, &err), &err);
    assert_false(is_there);
    is_there = true;
    fixture_must(read_at(source, "no/such/directory", &text, &is_there, &err), &err);
    assert_false(is_there);
}

static void check_no_file(struct source *source, const char *path, const char *want)
{
    struct error err = { 0 };
    bool is_there = false;
    AUTO_STR struct str text = STR_INIT;
    assert_int_equal(read_at(source, path, &text, &is_there, &err), -1);
    assert_contains(err.message, want);
}

static void what_is_no_file_is_named(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    check_no_file(source, "bench", "is a directory, not a file");
    check_no_file(source, "link", "is a symbolic link, not a file");
}

static void an_id_that_is_not_there_is_an_error(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    bool is_there = false;
    AUTO_STR struct str text = STR_INIT;
    make_project(sandbox);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    assert_int_equal(source_read_blob(source, "0123456789012345678901234567890123456789",
                                      "a", &text, &is_there, &err),
                     -1);
    assert_contains(err.message, "the repository is incomplete: run git fsck");
    error_clear(&err);
    assert_int_equal(source_read_blob(source, "HEAD", "a", &text, &is_there, &err), -1);
    assert_string_equal(err.message, "'HEAD' is not a full id");
}

static void a_blob_that_a_partial_clone_left_out_is_explained(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox);
    repository_git(sandbox, "project", "config uploadpack.allowFilter true");
    repository_git(
        sandbox, ".",
        "clone -q --no-checkout --filter=blob:none file://\"$PWD\"/project part");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "part");

    check_no_file(
        source, "bench/pawl.json",
        "this is a partial clone that left objects out: run git fetch --refetch");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_file_is_read_as_committed_whatever_the_work_tree_holds),
        T(a_file_that_is_not_there_is_no_error),
        T(what_is_no_file_is_named),
        T(an_id_that_is_not_there_is_an_error),
        T(a_blob_that_a_partial_clone_left_out_is_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
