#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/source/ref_files.h"
#include "gate/source/ref_internal.h"
#include "gate/source/ref_sync.h"
#include "tests/unit/source/fixture.h"

#define REF "refs/pawl/baselines"

/* The programs that git starts for a remote on this machine take no configuration of the
 * person's either. */
static int setup(void **state)
{
    if (repository_setup(state) < 0)
        return -1;
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    sandbox_must(*state, "git init -q --bare remote.git && git init -q one && "
                         "git init -q two && for clone in one two; do "
                         "git -C $clone remote add origin ../remote.git; done");
    return 0;
}
#define S(name) cmocka_unit_test_setup_teardown(name, setup, sandbox_teardown)

static struct ref_files *open_files(struct sandbox *sandbox, const char *directory)
{
    struct error err = { 0 };
    struct ref_files *files = ref_files_open(sandbox_file(sandbox, directory), REF, &err);
    if (!files)
        fail_msg("%s", err.message);
    return files;
}

static void change(struct ref_files *files, const char *added, const char *removed)
{
    struct error err = { 0 };
    struct ref_addition addition = { added, added, added ? strlen(added) : 0 };
    struct ref_change change = {
        .added = &addition,
        .added_count = added != NULL,
        .removed = &removed,
        .removed_count = removed != NULL,
        .message = "change\n",
    };
    fixture_must(ref_files_commit(files, &change, &err), &err);
}

static void add(struct ref_files *files, const char *path)
{
    change(files, path, NULL);
}

static void check_paths(struct ref_files *files, const char *want)
{
    struct error err = { 0 };
    AUTO_REF_FILE_LIST struct ref_file_list list = { 0 };
    AUTO_STRVEC struct strvec paths = { 0 };
    fixture_must(ref_files_list(files, NULL, &list, &err), &err);
    for (size_t i = 0; i < list.count; i++)
        strvec_push(&paths, list.items[i].path);
    AUTO_FREE char *joined = strvec_join(&paths, " ");
    assert_string_equal(joined, want);
}

static struct ref_sync push(struct ref_files *files, const char *remote)
{
    struct error err = { 0 };
    struct ref_sync done = { 0 };
    fixture_must(ref_files_push(files, remote, &done, &err), &err);
    return done;
}

static struct ref_sync pull(struct ref_files *files, const char *remote)
{
    struct error err = { 0 };
    struct ref_sync done = { 0 };
    fixture_must(ref_files_pull(files, remote, &done, &err), &err);
    return done;
}

static void what_one_clone_pushes_another_pulls(void **state)
{
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "one");
    AUTO_REF_FILES struct ref_files *two = open_files(*state, "two");
    add(one, "c/a");
    add(one, "c/b");

    assert_int_equal(push(one, NULL).sent, 2);
    assert_int_equal(pull(two, "origin").received, 2);
    check_paths(two, "c/a c/b");
    add(one, "c/c");
    assert_int_equal(push(one, NULL).sent, 1);
    assert_int_equal(push(one, NULL).sent, 0);
    assert_int_equal(pull(two, NULL).received, 1);
    assert_int_equal(pull(two, NULL).received, 0);
    check_paths(two, "c/a c/b c/c");
    AUTO_FREE char *refs =
        repository_ask(*state, "two",
                       "for-each-ref --format='%%(refname)' && ls .git/FETCH_HEAD 2>&1 | "
                       "grep -c 'No such'");
    assert_string_equal(refs, REF "\n1");
}

static void a_push_that_was_overtaken_joins_both_and_moves_forward_only(void **state)
{
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "one");
    AUTO_REF_FILES struct ref_files *two = open_files(*state, "two");
    add(one, "c/a");
    push(one, NULL);
    add(two, "c/b");
    add(two, "d/x");

    struct ref_sync done = push(two, NULL);

    assert_int_equal(done.retries, 1);
    assert_int_equal(done.sent, 2);
    assert_int_equal(done.received, 1);
    check_paths(two, "c/a c/b d/x");
    pull(one, NULL);
    check_paths(one, "c/a c/b d/x");
    AUTO_FREE char *parents =
        repository_ask(*state, "remote.git", "rev-list --parents -n 1 " REF " | wc -w");
    assert_string_equal(parents, "3");
    AUTO_FREE char *log = repository_ask(*state, "remote.git", "rev-list --count " REF);
    assert_string_equal(log, "4");
}

static void what_one_side_pruned_is_gone_and_what_the_other_added_stays(void **state)
{
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "one");
    AUTO_REF_FILES struct ref_files *two = open_files(*state, "two");
    add(one, "c/m/old");
    add(one, "c/m/older");
    add(one, "d/m/kept");
    push(one, NULL);
    pull(two, NULL);
    change(one, NULL, "c/m/old");
    change(one, NULL, "c/m/older");
    push(one, NULL);
    add(two, "c/m/new");

    struct ref_sync done = pull(two, NULL);

    assert_int_equal(done.dropped, 2);
    assert_int_equal(done.received, 0);
    check_paths(two, "c/m/new d/m/kept");
    push(two, NULL);
    pull(one, NULL);
    check_paths(one, "c/m/new d/m/kept");
}

static void the_same_bytes_recorded_twice_are_one_file(void **state)
{
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "one");
    AUTO_REF_FILES struct ref_files *two = open_files(*state, "two");
    add(one, "c/same");
    add(two, "c/same");
    push(one, NULL);
    push(two, NULL);

    check_paths(two, "c/same");
}

static void nothing_anywhere_is_nothing_to_do(void **state)
{
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "one");

    assert_int_equal(push(one, NULL).sent, 0);
    assert_int_equal(pull(one, NULL).received, 0);
    check_paths(one, "");
}

static void a_directory_and_a_url_are_remotes_too(void **state)
{
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "one");
    AUTO_REF_FILES struct ref_files *two = open_files(*state, "two");
    AUTO_FREE char *url = str_format("file://%s", sandbox_file(*state, "remote.git"));
    add(one, "c/a");

    assert_int_equal(push(one, sandbox_file(*state, "remote.git")).sent, 1);
    assert_int_equal(pull(two, url).received, 1);
}

static void a_remote_that_is_not_there_is_one_clear_error(void **state)
{
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "one");
    struct ref_sync done = { 0 };
    struct error err = { 0 };
    add(one, "c/a");

    assert_int_equal(ref_files_push(one, "upstream", &done, &err), -1);
    assert_string_equal(err.message,
                        "no remote 'upstream' here, and no directory of that "
                        "name: git remote -v lists the remotes");
    assert_int_equal(err.code, ERROR_USAGE);
    error_clear(&err);
    assert_int_equal(ref_files_pull(one, "file:///no/where", &done, &err), -1);
    assert_contains(err.message,
                    "cannot fetch from 'file:///no/where': '/no/where' does not "
                    "appear to be a git repository");
    assert_int_equal(err.code, ERROR_SYSTEM);
}

static void write_hook(struct sandbox *sandbox, const char *name, const char *script)
{
    AUTO_FREE char *text = str_format("#!/bin/sh\n%s\n", script);
    sandbox_write(sandbox, name, text);
    sandbox_must(sandbox, "chmod +x %s", name);
}

static void a_remote_that_refuses_is_believed_at_once(void **state)
{
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "one");
    struct ref_sync done = { 0 };
    struct error err = { 0 };
    write_hook(*state, "remote.git/hooks/pre-receive", "echo not here >&2; exit 1");
    add(one, "c/a");

    assert_int_equal(ref_files_push(one, NULL, &done, &err), -1);

    assert_int_equal(done.retries, 0);
    assert_contains(err.message, "'origin' does not take the push: [remote rejected] "
                                 "(pre-receive hook declined): not here");
}

static void hooks_and_settings_for_branches_have_no_say(void **state)
{
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "one");
    write_hook(*state, "one/.git/hooks/pre-push", "exit 1");
    sandbox_must(*state, "cd one && git config push.followTags true && "
                         "git config fetch.prune true && "
                         "git config push.recurseSubmodules check");
    add(one, "c/a");

    assert_int_equal(push(one, NULL).sent, 1);
    pull(one, NULL);
    check_paths(one, "c/a");
}

/* Each push finds that somebody else got there first: the remote's hook adds a commit. */
static void one_overtaken_each_time_gives_up_with_nothing_lost(void **state)
{
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "one");
    struct ref_sync done = { 0 };
    struct error err = { 0 };
    add(one, "c/a");
    write_hook(*state, "remote.git/hooks/pre-receive",
               "read -r old new ref\n"
               "unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY\n"
               "echo again >>tries\n"
               "blob=$(git hash-object -w tries)\n"
               "tree=$(printf '100644 blob %s\\tother\\n' $blob | git mktree)\n"
               "export GIT_AUTHOR_NAME=o GIT_AUTHOR_EMAIL=o GIT_COMMITTER_NAME=o "
               "GIT_COMMITTER_EMAIL=o\n"
               "case $old in *[1-9]*) parent=\"-p $old\" ;; esac\n"
               "git update-ref $ref $(git commit-tree -m other $parent $tree)");

    assert_int_equal(ref_push_paced(one, NULL, 1000000, &done, &err), -1);

    assert_int_equal(err.code, ERROR_SYSTEM);
    assert_contains(err.message,
                    "others moved 'refs/pawl/baselines' of 'origin' each time before "
                    "this push came through, 6 times: nothing is lost, all of it is "
                    "still in this clone; push again later (the last answer: [remote "
                    "rejected] (failed to update ref)");
    check_paths(one, "c/a other");
    sandbox_must(*state, "test $(wc -l <remote.git/tries) = 6 && "
                         "rm remote.git/hooks/pre-receive");
    assert_int_equal(push(one, NULL).sent, 1);
}

static void a_shallow_ref_takes_nothing_as_removed(void **state)
{
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "one");
    add(one, "c/a");
    add(one, "c/b");
    push(one, NULL);
    sandbox_must(*state,
                 "git -C two fetch -q --depth 1 file://$PWD/remote.git " REF ":" REF);
    AUTO_REF_FILES struct ref_files *two = open_files(*state, "two");
    add(two, "c/two");
    add(one, "c/one");
    push(one, NULL);

    pull(two, NULL);

    check_paths(two, "c/a c/b c/one c/two");
    assert_int_equal(push(two, NULL).sent, 1);
}

static void what_a_killed_fetch_left_is_cleared_away(void **state)
{
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "one");
    add(one, "c/a");
    push(one, NULL);
    repository_git(*state, "one", "update-ref refs/pawl/incoming/0123456789ab " REF);

    pull(one, NULL);

    AUTO_FREE char *refs =
        repository_ask(*state, "one", "for-each-ref refs/pawl/incoming");
    assert_string_equal(refs, "");
}

/* The token is given as actions/checkout gives it. */
static void http_with_the_token_that_git_was_given(void **state)
{
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "one");
    AUTO_REF_FILES struct ref_files *two = open_files(*state, "two");
    struct ref_sync done = { 0 };
    struct error err = { 0 };
    struct outcome server =
        sandbox_run(*state, "python3 %s/support/git_http.py \"$PWD\" s3cret",
                    getenv("PAWL_TEST_DATA"));
    char *end = NULL;
    long port = strtol(server.out, &end, 10);
    long pid = strtol(end, NULL, 10);
    bool has_server = server.exit_code == 0;
    outcome_clear(&server);
    if (!has_server) {
        print_message("no python3 with http.server here: not tried over http\n");
        skip();
    }
    AUTO_FREE char *url = str_format("http://127.0.0.1:%ld/remote.git", port);
    setenv("GIT_TERMINAL_PROMPT", "0", 1);
    add(one, "c/a");

    assert_int_equal(ref_files_push(one, url, &done, &err), -1);
    assert_contains(err.message, "cannot push to 'http://127.0.0.1:");
    sandbox_must(*state,
                 "for clone in one two; do git -C $clone config "
                 "http.http://127.0.0.1/.extraheader x; git -C $clone config "
                 "http.http://127.0.0.1:%ld/.extraheader "
                 "'Authorization: Bearer s3cret'; done",
                 port);
    assert_int_equal(push(one, url).sent, 1);
    add(two, "c/b");
    struct ref_sync joined = push(two, url);
    kill((pid_t)pid, SIGKILL);

    assert_int_equal(joined.retries, 1);
    check_paths(two, "c/a c/b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        S(what_one_clone_pushes_another_pulls),
        S(a_push_that_was_overtaken_joins_both_and_moves_forward_only),
        S(what_one_side_pruned_is_gone_and_what_the_other_added_stays),
        S(the_same_bytes_recorded_twice_are_one_file),
        S(nothing_anywhere_is_nothing_to_do),
        S(a_directory_and_a_url_are_remotes_too),
        S(a_remote_that_is_not_there_is_one_clear_error),
        S(a_remote_that_refuses_is_believed_at_once),
        S(hooks_and_settings_for_branches_have_no_say),
        S(one_overtaken_each_time_gives_up_with_nothing_lost),
        S(a_shallow_ref_takes_nothing_as_removed),
        S(what_a_killed_fetch_left_is_cleared_away),
        S(http_with_the_token_that_git_was_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
