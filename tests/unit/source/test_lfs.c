#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/source/worktree.h"
#include "tests/unit/source/fixture.h"

#define HEX "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"

static const char pointer[] =
    "version https://git-lfs.github.com/spec/v1\noid sha256:" HEX "\nsize 8\n";
static const char content[] = "content\n";

/* The .dat files are in LFS; raw.dat was committed around it. */
static void make_project(struct sandbox *sandbox, char id[REPOSITORY_ID_SIZE])
{
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/.gitattributes",
                  "*.dat filter=lfs diff=lfs merge=lfs -text\n");
    sandbox_write(sandbox, "project/notes.txt", pointer);
    sandbox_write(sandbox, "project/data/raw.dat", "never was a pointer\n");
    sandbox_write(sandbox, "project/data/tool.dat", pointer);
    sandbox_must(sandbox, "chmod +x project/data/tool.dat");
    repository_commit_file(sandbox, "project", "data/big.dat", pointer, id);
}

static void store(struct sandbox *sandbox, const char *directory)
{
    AUTO_FREE char *name = path_join(directory, "4d/7a/" HEX);
    sandbox_write(sandbox, name, content);
    sandbox_must(sandbox, "touch -d 2024-01-01 '%s'", name);
}

static void pointers_are_replaced_by_what_the_store_holds(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    store(sandbox, "project/.git/lfs/objects");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_check_out(sandbox, source, id, "out");

    fixture_assert_file(sandbox, "out/data/big.dat", content);
    fixture_assert_file(sandbox, "out/data/tool.dat", content);
    sandbox_must(sandbox, "test -x out/data/tool.dat && test ! -x out/data/big.dat");
}

static void what_is_not_in_lfs_stays_as_it_is(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    store(sandbox, "project/.git/lfs/objects");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_check_out(sandbox, source, id, "out");

    fixture_assert_file(sandbox, "out/notes.txt", pointer);
    fixture_assert_file(sandbox, "out/data/raw.dat", "never was a pointer\n");
}

static void git_calls_the_replaced_files_clean(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    store(sandbox, "project/.git/lfs/objects");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_check_out(sandbox, source, id, "out");

    AUTO_FREE char *status = repository_ask(sandbox, "out", "status --porcelain");
    assert_string_equal(status, "");
}

static void a_store_elsewhere_is_found(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    store(sandbox, "media/objects");
    repository_git(sandbox, "project", "config lfs.storage \"$PWD\"/../media");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_check_out(sandbox, source, id, "out");

    fixture_assert_file(sandbox, "out/data/big.dat", content);
}

static void check_refused(struct sandbox *sandbox, const char *commit)
{
    struct error err = { 0 };
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    const char *out = sandbox_file(sandbox, "out");
    assert_int_equal(source_add_worktree(source, commit, out, &err), -1);
    assert_string_equal(err.message,
                        "the content of 'data/big.dat' (one of 2 such files) is in Git "
                        "LFS and not in this clone: run git lfs fetch --all (in a "
                        "workflow, give actions/checkout lfs: true, and run that in a "
                        "step behind it)");
    assert_false(file_exists(out));
}

static void content_that_is_missing_or_cut_short_names_path_and_command(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);

    check_refused(sandbox, id);
    sandbox_write(sandbox, "project/.git/lfs/objects/4d/7a/" HEX, "cut");
    check_refused(sandbox, id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(pointers_are_replaced_by_what_the_store_holds),
        T(what_is_not_in_lfs_stays_as_it_is),
        T(git_calls_the_replaced_files_clean),
        T(a_store_elsewhere_is_found),
        T(content_that_is_missing_or_cut_short_names_path_and_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
