#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/source/revision.h"
#include "tests/unit/source/fixture.h"

static void a_directory_below_the_top_finds_the_repository(void **state)
{
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "src/deep/a.c", "int a;\n", NULL);

    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project/src/deep");

    assert_string_equal(source_work_tree(source), sandbox_file(sandbox, "project"));
    assert_false(source_is_shallow(source));
}

static void a_directory_outside_is_told_to_go_into_a_clone(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_write(sandbox, "elsewhere/file", "");

    AUTO_FREE char *message = fixture_open_failure(sandbox, "elsewhere");

    assert_contains(message, "elsewhere' is not in a git repository: run this inside");
}

static void a_missing_directory_is_named(void **state)
{
    struct sandbox *sandbox = *state;

    AUTO_FREE char *message = fixture_open_failure(sandbox, "nowhere");

    assert_contains(message, "nowhere' is not a directory");
}

static void a_relative_cache_is_refused(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    repository_make(sandbox, "project");

    assert_null(source_open(sandbox_file(sandbox, "project"), "cache", &err));

    assert_string_equal(err.message, "the cache directory must be absolute, not 'cache'");
}

static void a_bare_repository_opens_without_a_work_tree(void **state)
{
    struct sandbox *sandbox = *state;
    struct revision head = { 0 };
    struct error err = { 0 };
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "1\n", NULL);
    repository_git(sandbox, ".", "clone -q --bare project bare.git");

    AUTO_SOURCE struct source *source = fixture_open(sandbox, "bare.git");

    assert_null(source_work_tree(source));
    fixture_must(source_resolve(source, "main", &head, &err), &err);
}

static void a_linked_worktree_opens(void **state)
{
    struct sandbox *sandbox = *state;
    struct revision head = { 0 };
    struct error err = { 0 };
    char id[REPOSITORY_ID_SIZE];
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "1\n", NULL);
    repository_git(sandbox, "project", "worktree add -q ../linked -b other");
    repository_commit_file(sandbox, "linked", "a", "2\n", id);

    AUTO_SOURCE struct source *source = fixture_open(sandbox, "linked");

    fixture_must(source_resolve(source, "HEAD", &head, &err), &err);
    assert_string_equal(head.commit, id);
    assert_string_equal(source_work_tree(source), sandbox_file(sandbox, "linked"));
}

static void sha256_repositories_are_refused(void **state)
{
    struct sandbox *sandbox = *state;
    repository_git(sandbox, ".", "init -q --object-format=sha256 new");

    AUTO_FREE char *message = fixture_open_failure(sandbox, "new");

    assert_contains(message, "uses SHA-256 object names");
}

static void reftables_are_refused_with_the_way_back(void **state)
{
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "new");
    repository_git(sandbox, "new", "config core.repositoryformatversion 1");
    repository_git(sandbox, "new", "config extensions.refStorage reftable");

    AUTO_FREE char *message = fixture_open_failure(sandbox, "new");

    assert_contains(message, "git refs migrate --ref-format=files");
}

static void an_unknown_extension_is_refused_by_name(void **state)
{
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "new");
    repository_git(sandbox, "new", "config core.repositoryformatversion 1");
    repository_git(sandbox, "new", "config extensions.fromTheFuture true");

    AUTO_FREE char *message = fixture_open_failure(sandbox, "new");

    assert_contains(message, "cannot open the repository at");
    assert_contains(message, "extensions.fromthefuture");
}

static void extensions_that_a_reader_may_ignore_are_no_hindrance(void **state)
{
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "new");
    repository_git(sandbox, "new", "config core.repositoryformatversion 1");
    repository_git(sandbox, "new", "config extensions.partialClone origin");
    repository_git(sandbox, "new", "config extensions.worktreeConfig true");

    AUTO_SOURCE struct source *source = fixture_open(sandbox, "new");

    assert_non_null(source);
}

static void a_broken_config_is_named_with_git2s_reason(void **state)
{
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/.git/config", "[core\n");

    AUTO_FREE char *message = fixture_open_failure(sandbox, "project");

    assert_contains(message, "cannot open the repository at");
    assert_contains(message, "config");
}

/* Only root can give files away. */
static void make_foreign(struct sandbox *sandbox)
{
    if (geteuid() != 0)
        skip();
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "1\n", NULL);
    sandbox_must(sandbox, "chown -R 12345 project");
}

static void a_foreign_repository_is_refused_with_the_command_that_trusts_it(void **state)
{
    struct sandbox *sandbox = *state;
    make_foreign(sandbox);
    AUTO_FREE char *want =
        str_format("the repository at '%s/project' belongs to another user: if you trust "
                   "it, run git config --global --add safe.directory '%s/project'",
                   sandbox->path, sandbox->path);

    AUTO_FREE char *without_config = fixture_open_failure(sandbox, "project");
    sandbox_write(sandbox, ".gitconfig", "[safe]\n\tdirectory = /somewhere/else\n");
    AUTO_FREE char *with_config = fixture_open_failure(sandbox, "project");

    assert_string_equal(without_config, want);
    assert_string_equal(with_config, want);
}

static void check_trusted_by(struct sandbox *sandbox, const char *value)
{
    sandbox_must(sandbox, "git config -f .gitconfig --add safe.directory '%s'", value);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    assert_non_null(source);
}

static void a_foreign_repository_opens_once_it_is_trusted(void **state)
{
    struct sandbox *sandbox = *state;
    make_foreign(sandbox);
    check_trusted_by(sandbox, sandbox_file(sandbox, "project"));
}

static void a_star_trusts_every_repository_until_taken_back(void **state)
{
    struct sandbox *sandbox = *state;
    make_foreign(sandbox);
    check_trusted_by(sandbox, "*");
    sandbox_must(sandbox, "git config -f .gitconfig --add safe.directory ''");

    AUTO_FREE char *message = fixture_open_failure(sandbox, "project");

    assert_contains(message, "belongs to another user");
}

static void set_workspace(struct sandbox *sandbox, const char *name)
{
    setenv("GITHUB_ACTIONS", "true", 1);
    setenv("GITHUB_WORKSPACE", sandbox_file(sandbox, name), 1);
}

static int leave_workspace(void **state)
{
    unsetenv("GITHUB_ACTIONS");
    unsetenv("GITHUB_WORKSPACE");
    return sandbox_teardown(state);
}

static void runners_workspace_is_trusted_and_nothing_else(void **state)
{
    struct sandbox *sandbox = *state;
    make_foreign(sandbox);

    set_workspace(sandbox, "project");
    AUTO_SOURCE struct source *itself = fixture_open(sandbox, "project");
    assert_non_null(itself);
    set_workspace(sandbox, ""); /* a path of actions/checkout below it */
    AUTO_SOURCE struct source *below = fixture_open(sandbox, "project");
    assert_non_null(below);

    sandbox_must(sandbox, "mkdir pro");
    set_workspace(sandbox, "pro"); /* the beginning of its name */
    AUTO_FREE char *elsewhere = fixture_open_failure(sandbox, "project");
    assert_contains(elsewhere, "belongs to another user");
    set_workspace(sandbox, "project");
    setenv("GITHUB_ACTIONS", "false", 1);
    AUTO_FREE char *not_in_a_step = fixture_open_failure(sandbox, "project");
    assert_contains(not_in_a_step, "belongs to another user");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_directory_below_the_top_finds_the_repository),
        T(a_directory_outside_is_told_to_go_into_a_clone),
        T(a_missing_directory_is_named),
        T(a_relative_cache_is_refused),
        T(a_bare_repository_opens_without_a_work_tree),
        T(a_linked_worktree_opens),
        T(sha256_repositories_are_refused),
        T(reftables_are_refused_with_the_way_back),
        T(an_unknown_extension_is_refused_by_name),
        T(extensions_that_a_reader_may_ignore_are_no_hindrance),
        T(a_broken_config_is_named_with_git2s_reason),
        T(a_foreign_repository_is_refused_with_the_command_that_trusts_it),
        T(a_foreign_repository_opens_once_it_is_trusted),
        T(a_star_trusts_every_repository_until_taken_back),
        cmocka_unit_test_setup_teardown(runners_workspace_is_trusted_and_nothing_else,
                                        repository_setup, leave_workspace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
