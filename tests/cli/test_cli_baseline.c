/* Recorded sessions: listed, shown, removed, copied, and sent to and fro between clones
 * of one project. The sessions are made up, but for one that pawl records itself. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/store/store.h"
#include "gate/store/store_ref.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"
#include "tests/unit/store/fixture.h"

static struct store *open_store(struct sandbox *sandbox, const char *where)
{
    struct error err = { 0 };
    struct store *store = store_open(where, sandbox_file(sandbox, "project"), &err);
    if (!store)
        fail_msg("%s", err.message);
    return store;
}

/* Adds the fixture's session of that number, for the commit given (NULL: none that there
 * is). */
static void add_session(struct sandbox *sandbox,
                        const char *where,
                        unsigned number,
                        const char *commit)
{
    AUTO_STORE struct store *store = open_store(sandbox, where);
    AUTO_SESSION struct session session = { 0 };
    struct error err = { 0 };
    fixture_session(&session);
    fixture_renumber(&session, number);
    if (commit) {
        free(session.head.commit);
        session.head.commit = xstrdup(commit);
    }
    if (store_add(store, &session, NULL, &err) < 0)
        fail_msg("%s", err.message);
}

/* What pawl prints, which must pass; free() it. */
static char *ask(struct sandbox *sandbox, const char *arguments)
{
    struct outcome outcome = pawl_exits(sandbox, 0, "%s", arguments);
    char *out = outcome.out;
    outcome.out = NULL;
    outcome_clear(&outcome);
    return out;
}

static void three_sessions(struct sandbox *sandbox, const char *where)
{
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "1\n", NULL);
    for (unsigned i = 1; i <= 3; i++)
        add_session(sandbox, where, i, NULL);
}

static void sessions_are_listed_newest_last(void **state)
{
    three_sessions(*state, "baselines");

    AUTO_FREE char *all = ask(*state, "baseline list");
    AUTO_FREE char *newest = ask(*state, "baseline list -n 1");
    AUTO_FREE char *one = ask(*state, "baseline list --commit 02cdef");
    AUTO_FREE char *none = ask(*state, "baseline list --class other-1c-00000000");
    AUTO_FREE char *json = ask(*state, "baseline list --json --commit 02cdef");

    assert_contains(all, "when (UTC)        class");
    assert_true(strstr(all, "01cdef0123") < strstr(all, "03cdef0123"));
    assert_contains(all, "2026-10-26 21:01  xeon-2c-kvm-gcc12-");
    assert_contains(all, "list: shorter \"lines\"\n");
    assert_lacks(newest, "02cdef");
    assert_contains(newest, "03cdef0123");
    assert_lacks(one, "03cdef");
    assert_contains(none, "no sessions in ");
    assert_contains(json, "\"commit\": \"02cdef0123456789abcdef0123456789abcdef01\"");
}

static void a_session_is_shown_by_name_hash_or_commit(void **state)
{
    three_sessions(*state, "ref");
    char head[REPOSITORY_ID_SIZE];
    repository_id(*state, "project", "HEAD", head);
    add_session(*state, "ref", 7, head);

    AUTO_FREE char *by_commit = ask(*state, "baseline show --store ref 02cdef0");
    AUTO_FREE char *by_name = ask(*state, "baseline show --store ref HEAD");
    struct outcome file =
        pawl_in_project(*state, "baseline show --store ref --json 02cdef0 >../shown && "
                                "git cat-file -p $(git ls-tree -r " STORE_REF_DEFAULT
                                " | grep 02cdef0 | cut -c 13-52) | cmp - ../shown");

    assert_contains(by_commit, "session xeon-2c-kvm-gcc12-");
    assert_contains(by_commit, "recorded 2026-10-26T21:02:00Z by pawl 0.1.0 run\n");
    assert_contains(by_commit, "  cpus_online: 2\n");
    assert_contains(by_commit, "list[n=1000] cpu *");
    assert_contains(by_commit, "find was not measured: exited with 3\n");
    assert_contains(by_name, "recorded 2026-10-26T21:07:00Z");
    assert_int_equal(file.exit_code, 0);
    outcome_clear(&file);
    pawl_refuses(*state, 2,
                 "no session 'nothing', and none of a commit of that name; pawl baseline "
                 "list lists them",
                 "baseline show --store ref nothing");
    struct outcome several = pawl_exits(*state, 2, "baseline show --store ref xeon");
    assert_contains(several.err, "'xeon' is the name of 4 sessions: xeon-2c-kvm");
    outcome_clear(&several);
}

static void pruning_shows_first_and_removes_when_told(void **state)
{
    three_sessions(*state, "ref");
    add_session(*state, "ref", 11, "01cdef0123456789abcdef0123456789abcdef01");
    add_session(*state, "ref", 12, "01cdef0123456789abcdef0123456789abcdef01");

    AUTO_FREE char *shown = ask(*state, "baseline prune --store ref --keep 1");
    AUTO_FREE char *still = ask(*state, "baseline list --store ref");
    AUTO_FREE char *done = ask(*state, "baseline prune --store ref --keep 1 --yes");
    AUTO_FREE char *left = ask(*state, "baseline list --store ref");

    assert_contains(shown, "2026-10-26 21:01");
    assert_contains(shown, "2026-10-26 21:11");
    assert_contains(shown, "would remove 2 of 5 sessions; --yes removes them\n");
    assert_contains(still, "2026-10-26 21:01");
    assert_contains(done, "removed 2 of 5 sessions\n");
    assert_lacks(left, "2026-10-26 21:01");
    assert_contains(left, "2026-10-26 21:12");
    assert_contains(left, "02cdef0123");
}

static void all_that_is_asked_for_must_hold_of_what_goes(void **state)
{
    three_sessions(*state, "ref");
    char head[REPOSITORY_ID_SIZE];
    repository_id(*state, "project", "HEAD", head);
    add_session(*state, "ref", 7, head);

    AUTO_FREE char *gone = ask(*state, "baseline prune --store ref --unreachable");
    AUTO_FREE char *young =
        ask(*state, "baseline prune --store ref --unreachable --older-than 36500d");
    AUTO_FREE char *last =
        ask(*state, "baseline prune --store ref --unreachable --keep 1");

    assert_contains(gone, "would remove 3 of 4 sessions");
    assert_lacks(gone, "21:07");
    assert_string_equal(young, "would remove 0 of 4 sessions\n");
    assert_string_equal(last, "would remove 0 of 4 sessions\n");
    pawl_refuses(
        *state, 2,
        "'pawl baseline prune' takes --keep, --older-than or --unreachable: which "
        "sessions are to go",
        "baseline prune --store ref");
}

static void a_copy_brings_what_is_missing_and_stays_the_same(void **state)
{
    three_sessions(*state, "baselines");

    AUTO_FREE char *copied = ask(*state, "baseline copy --to ref");
    add_session(*state, "baselines", 4, NULL);
    AUTO_FREE char *more = ask(*state, "baseline copy --to ref");
    AUTO_FREE char *back = ask(*state, "baseline copy --from ref --to ../elsewhere");

    assert_contains(copied, "copied 3 sessions from ");
    assert_contains(copied, "/baselines to refs/pawl/baselines\n");
    assert_contains(more, "copied 1 session from ");
    assert_contains(more, "; 3 were there already\n");
    assert_contains(back, "copied 4 sessions from refs/pawl/baselines to ../elsewhere\n");
    sandbox_must(*state, "diff -r project/baselines elsewhere");
    AUTO_FREE char *log =
        repository_ask(*state, "project", "log --format=%%s " STORE_REF_DEFAULT);
    assert_contains(log, "Record 3 sessions");
}

static void what_is_damaged_is_named_and_the_rest_is_read(void **state)
{
    three_sessions(*state, "baselines");
    sandbox_must(*state, "echo '{' >$(ls project/baselines/*/*/02*)");

    struct outcome verified = pawl_exits(*state, 3, "baseline verify");
    struct outcome listed = pawl_exits(*state, 0, "baseline list");

    assert_contains(verified.out, "/02cdef012345-");
    assert_contains(verified.out, "2 good sessions, 1 problem\n");
    assert_contains(listed.err, "/02cdef012345-");
    assert_contains(listed.out, "03cdef0123");
    outcome_clear(&verified);
    outcome_clear(&listed);
    sandbox_must(*state, "rm project/baselines/*/*/02*");
    AUTO_FREE char *good = ask(*state, "baseline verify");
    assert_string_equal(good, "2 good sessions, 0 problems\n");
}

static void clones_share_sessions_through_their_remote(void **state)
{
    three_sessions(*state, "ref");
    sandbox_must(*state, "git init -q --bare remote.git && cp -r project other && "
                         "git -C other update-ref -d " STORE_REF_DEFAULT " && "
                         "for clone in project other; do "
                         "git -C $clone remote add origin ../remote.git; done");

    AUTO_FREE char *pushed = ask(*state, "baseline push --store ref");
    AUTO_FREE char *pulled = ask(*state, "baseline pull --store ref -C ../other");
    AUTO_FREE char *again = ask(*state, "baseline push --store ref origin");
    AUTO_FREE char *listed = ask(*state, "baseline list --store ref -C ../other");

    assert_string_equal(pushed, "sent 3 sessions\n");
    assert_string_equal(pulled, "received 3 sessions\n");
    assert_string_equal(again, "sent 0 sessions\n");
    assert_contains(listed, "03cdef0123");
    struct outcome files = pawl_exits(*state, 2, "baseline push");
    assert_contains(files.err, "baselines': commit and push them as files. To keep "
                               "sessions under a ref, say \"baselines\": \"ref\" in "
                               "pawl.json or --store ref");
    outcome_clear(&files);
}

/* check --record, and the record of that check's result, which say the same. */
static void a_result_recorded_later_is_what_would_have_been_recorded(void **state)
{
    gate_write_config(*state, &(struct gate_config){ .top = "\"baselines\": \"ref\"," });
    gate_two_commits(*state, 100, 100);
    gate_write_config(*state, &(struct gate_config){ .top = "\"baselines\": \"ref\"," });
    repository_commit_all(*state, "project", "under a ref", NULL);
    gate_write_bench(*state, "", 101);
    repository_commit_all(*state, "project", "a little more", NULL);
    pawl_must_exit(*state, 0, "check --base HEAD~1 --record -o ../out");

    AUTO_FREE char *recorded =
        ask(*state, "baseline record --store ../later ../out/result.json");

    assert_contains(recorded, "recorded: ../later/");
    sandbox_must(*state,
                 "cd project && git archive " STORE_REF_DEFAULT " | tar -xC ../out && "
                 "sed -i 's/\"recorded_at\": [^,]*//' ../out/*/*/*.json "
                 "../later/*/*/*.json && cmp ../out/*/*/*.json ../later/*/*/*.json");
}

static void subcommands_are_told_from_slips(void **state)
{
    repository_make(*state, "project");

    pawl_refuses(*state, 2,
                 "unknown command 'baseline pusch', did you mean 'baseline push'?",
                 "baseline pusch");
    pawl_refuses(*state, 2, "'pawl baseline' takes a command; --help lists them",
                 "baseline");
    AUTO_FREE char *help = ask(*state, "baseline --help");
    AUTO_FREE char *prune = ask(*state, "baseline prune --help");
    assert_contains(help, "  prune   remove old sessions\n");
    assert_contains(prune, "--older-than AGE");
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(sessions_are_listed_newest_last),
        T(a_session_is_shown_by_name_hash_or_commit),
        T(pruning_shows_first_and_removes_when_told),
        T(all_that_is_asked_for_must_hold_of_what_goes),
        T(a_copy_brings_what_is_missing_and_stays_the_same),
        T(what_is_damaged_is_named_and_the_rest_is_read),
        T(clones_share_sessions_through_their_remote),
        T(a_result_recorded_later_is_what_would_have_been_recorded),
        T(subcommands_are_told_from_slips),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
