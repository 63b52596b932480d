/* What must hold whatever is done, and however it ends: the user's repository is as it
 * was, and processes that share a cache don't trip over each other. */

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/source/base_rule.h"
#include "gate/source/blob.h"
#include "gate/source/changes.h"
#include "gate/source/snapshot.h"
#include "gate/source/worktree.h"
#include "tests/unit/source/fixture.h"

/* A clone with a submodule, uncommitted work of every kind, some of it with content that
 * is in the history already (packed and loose), and an index that git status would
 * refresh at once. */
static void make_project(struct sandbox *sandbox)
{
    repository_make(sandbox, "engine");
    repository_commit_file(sandbox, "engine", "engine.c", "engine\n", NULL);
    repository_make(sandbox, "origin");
    sandbox_write(sandbox, "origin/.gitignore", "*.o\n");
    sandbox_write(sandbox, "origin/gone", "1\n");
    sandbox_write(sandbox, "origin/old/packed", "packed\n");
    repository_commit_file(sandbox, "origin", "a", "1\n", NULL);
    repository_git(sandbox, "origin", "gc -q");
    repository_git(sandbox, ".", "clone -q origin project");
    repository_git(sandbox, "project", "checkout -q -b topic");
    repository_git(sandbox, "project", "submodule add -q \"$PWD\"/../engine engine");
    repository_commit_file(sandbox, "project", "b", "loose\n", NULL);
    repository_git(sandbox, "project", "tag -a v1 -m v1");
    sandbox_must(
        sandbox,
        "cd project && echo 2 >a && echo packed >again1 && echo loose >again2 && "
        "cp -r old old2 && rm gone && echo x >new && echo y >y.o && "
        "echo staged >staged && git add staged && touch b && "
        "echo changed >engine/engine.c");
}

/* Everything that the layer can do, in order. told is written to after each step. */
static int do_everything(struct sandbox *sandbox, int told, struct error *err)
{
    struct revision snapshot = { 0 };
    struct base_choice base = { 0 };
    bool is_dirty = false;
    bool is_there = false;
    AUTO_CHANGES struct changes changes = { 0 };
    AUTO_STR struct str text = STR_INIT;
    const char *head_path = sandbox_file(sandbox, "head");
    const char *base_path = sandbox_file(sandbox, "base");
    const char *export_path = sandbox_file(sandbox, "export");
    AUTO_SOURCE struct source *source = source_open(sandbox_file(sandbox, "project"),
                                                    sandbox_file(sandbox, "cache"), err);
    if (!source || write(told, "o", 1) < 0 ||
        source_snapshot(source, &snapshot, &is_dirty, err) < 0 ||
        write(told, "s", 1) < 0 ||
        source_find_base(source, &snapshot, "work tree", &base, err) < 0 ||
        source_list_changes(source, base.revision.commit, snapshot.commit, &changes,
                            err) < 0 ||
        source_read_blob(source, snapshot.commit, "a", &text, &is_there, err) < 0 ||
        write(told, "r", 1) < 0 ||
        source_add_worktree(source, snapshot.commit, head_path, err) < 0 ||
        write(told, "h", 1) < 0 ||
        source_add_worktree(source, base.revision.commit, base_path, err) < 0 ||
        write(told, "b", 1) < 0 ||
        source_export(source, snapshot.tree, export_path, err) < 0 ||
        write(told, "e", 1) < 0 || source_remove_worktree(source, head_path, err) < 0 ||
        source_remove_worktree(source, base_path, err) < 0 || write(told, "d", 1) < 0)
        return -1;
    return 0;
}

static void nothing_of_the_users_changes(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    make_project(sandbox);
    AUTO_FREE char *before = repository_listing(sandbox, "project");
    AUTO_FD int nobody = open("/dev/null", O_WRONLY | O_CLOEXEC);

    fixture_must(do_everything(sandbox, nobody, &err), &err);

    AUTO_FREE char *after = repository_listing(sandbox, "project");
    assert_string_equal(after, before);
}

/* Times are left out: git renews those of objects that it would have written anew. */
static void git_commands_in_a_worktree_write_elsewhere(void **state)
{
    struct sandbox *sandbox = *state;
    struct revision head = { 0 };
    struct error err = { 0 };
    make_project(sandbox);
    AUTO_FREE char *before = repository_contents(sandbox, "project");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    fixture_must(source_resolve(source, "HEAD", &head, &err), &err);
    fixture_check_out(sandbox, source, head.commit, "out");

    repository_commit_file(sandbox, "out", "a", "a build may commit\n", NULL);
    repository_git(sandbox, "out", "tag -f v1");
    repository_git(sandbox, "out", "branch built");
    repository_git(sandbox, "out", "gc -q --prune=now");

    AUTO_FREE char *after = repository_contents(sandbox, "project");
    assert_string_equal(after, before);
}

/* Runs do_everything in a child, which is killed after n_steps of it. */
static void run_and_kill(struct sandbox *sandbox, int n_steps)
{
    int told[2];
    char step = 0;
    assert_int_equal(pipe(told), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct error err = { 0 };
        close(told[0]);
        _exit(do_everything(sandbox, told[1], &err) < 0 ? 1 : 0);
    }
    close(told[1]);
    for (int i = 0; i < n_steps; i++)
        assert_int_equal(read(told[0], &step, 1), 1);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(told[0]);
}

static void a_killed_run_changes_nothing_and_the_next_one_works(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox);
    AUTO_FREE char *before = repository_listing(sandbox, "project");
    AUTO_FD int nobody = open("/dev/null", O_WRONLY | O_CLOEXEC);
    for (int n_steps = 0; n_steps <= 6; n_steps++) {
        struct error err = { 0 };
        run_and_kill(sandbox, n_steps);
        AUTO_FREE char *after = repository_listing(sandbox, "project");
        assert_string_equal(after, before);

        sandbox_must(sandbox, "rm -rf head base export");
        fixture_must(source_sweep(sandbox_file(sandbox, "cache"), &err), &err);
        assert_int_equal(fixture_count_entries(sandbox), 0);
        fixture_must(do_everything(sandbox, nobody, &err), &err);
        sandbox_must(sandbox, "rm -rf export; test $((%d %% 2)) = 0 || rm -rf cache",
                     n_steps);
    }
}

/* Checks out and removes a few times, at places of its own. */
static int work_beside_others(struct sandbox *sandbox, int self, struct error *err)
{
    struct revision head = { 0 };
    for (int i = 0; i < 5; i++) {
        AUTO_FREE char *name = str_format("out-%d-%d", self, i);
        const char *path = sandbox_file(sandbox, name);
        AUTO_SOURCE struct source *source = source_open(
            sandbox_file(sandbox, "project"), sandbox_file(sandbox, "cache"), err);
        if (!source || source_resolve(source, "HEAD", &head, err) < 0 ||
            source_add_worktree(source, head.commit, path, err) < 0 ||
            source_sweep(sandbox_file(sandbox, "cache"), err) < 0)
            return -1;
        AUTO_FREE char *file = str_format("%s/engine/engine.c", path);
        if (!file_exists(file))
            return error_set(err, ERROR_GIT, "'%s' is not there", file);
        if (source_remove_worktree(source, path, err) < 0)
            return -1;
    }
    return 0;
}

static void processes_that_share_a_cache_do_not_disturb_each_other(void **state)
{
    enum {
        N_CHILDREN = 4
    };
    struct sandbox *sandbox = *state;
    pid_t children[N_CHILDREN];
    make_project(sandbox);
    for (int i = 0; i < N_CHILDREN; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            struct error err = { 0 };
            int result = work_beside_others(sandbox, i, &err);
            if (result < 0)
                fprintf(stderr, "%s\n", err.message);
            _exit(result < 0 ? 1 : 0);
        }
    }
    int n_failed = 0;
    for (int i = 0; i < N_CHILDREN; i++) {
        int status = 0;
        waitpid(children[i], &status, 0);
        n_failed += status != 0;
    }
    assert_int_equal(n_failed, 0);
    assert_int_equal(fixture_count_entries(sandbox), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(nothing_of_the_users_changes),
        T(git_commands_in_a_worktree_write_elsewhere),
        T(a_killed_run_changes_nothing_and_the_next_one_works),
        T(processes_that_share_a_cache_do_not_disturb_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
