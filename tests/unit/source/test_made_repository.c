#include "gate/base/attributes.h"
#include "gate/base/str.h"
#include "gate/source/blob.h"
#include "gate/source/made_repository.h"
#include "gate/source/revision.h"
#include "tests/unit/source/fixture.h"

static const struct made_file first_files[] = { { "a.txt", "one\n" },
                                                { "b.txt", "kept\n" } };
static const struct made_file second_files[] = { { "a.txt", "two\n" } };
static const struct made_commit first = {
    .branch = "base", .message = "first\n", .files = first_files, .file_count = 2
};
static const struct made_commit second = { .branch = "change",
                                           .parent = "base",
                                           .message = "second\n",
                                           .files = second_files,
                                           .file_count = 1 };

static struct made_repository *make(struct sandbox *sandbox)
{
    struct error err = { 0 };
    struct made_repository *made =
        made_repository_new(sandbox_file(sandbox, "deep/made"), "base", &err);
    fixture_must(made ? 0 : -1, &err);
    return made;
}

static void assert_blob(struct sandbox *sandbox,
                        const char *branch,
                        const char *path,
                        const char *want)
{
    struct error err = { 0 };
    struct revision revision = { 0 };
    AUTO_STR struct str text = STR_INIT;
    bool is_there = false;
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "deep/made");
    fixture_must(source_resolve(source, branch, &revision, &err), &err);
    fixture_must(source_read_blob(source, revision.commit, path, &text, &is_there, &err),
                 &err);
    assert_true(is_there);
    assert_string_equal(text.data, want);
}

static void a_commit_changes_its_files_and_keeps_the_parents_others(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_MADE_REPOSITORY struct made_repository *made = make(sandbox);

    fixture_must(made_repository_commit(made, &first, &err), &err);
    fixture_must(made_repository_commit(made, &second, &err), &err);

    assert_blob(sandbox, "HEAD", "a.txt", "one\n");
    assert_blob(sandbox, "change", "a.txt", "two\n");
    assert_blob(sandbox, "change", "b.txt", "kept\n");
}

static void git_finds_nothing_wrong_with_it(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_MADE_REPOSITORY struct made_repository *made = make(sandbox);

    fixture_must(made_repository_commit(made, &first, &err), &err);
    fixture_must(made_repository_commit(made, &second, &err), &err);

    sandbox_must(sandbox, "git -C deep/made fsck --strict");
    sandbox_must(sandbox, "test \"$(git -C deep/made log --format=%%s change)\" = "
                          "\"$(printf 'second\\nfirst')\"");
}

static void what_is_there_already_is_not_made_again(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_MADE_REPOSITORY struct made_repository *made = make(sandbox);
    fixture_must(made_repository_commit(made, &first, &err), &err);

    assert_int_equal(made_repository_commit(made, &first, &err), -1);
    assert_contains(err.message, "cannot commit to the branch 'base'");
    error_clear(&err);
    assert_null(made_repository_new(sandbox_file(sandbox, "deep/made"), "base", &err));
    assert_contains(err.message, "cannot make the repository '");
}

static void a_parent_that_is_not_there_is_named(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_MADE_REPOSITORY struct made_repository *made = make(sandbox);

    assert_int_equal(made_repository_commit(made, &second, &err), -1);
    assert_contains(err.message, "cannot find the branch 'base'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_commit_changes_its_files_and_keeps_the_parents_others),
        T(git_finds_nothing_wrong_with_it),
        T(what_is_there_already_is_not_made_again),
        T(a_parent_that_is_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
