#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/store/session_json.h"
#include "gate/store/store.h"
#include "gate/store/store_ref.h"
#include "tests/support/check.h"
#include "tests/support/repository.h"

static const struct store_filter everything = { 0 };

/* With a cache in the sandbox. */
static int setup(void **state)
{
    if (repository_setup(state) < 0)
        return -1;
    repository_make(*state, "project");
    return setenv("PAWL_CACHE_DIR", sandbox_file(*state, "cache"), 1);
}

static struct store *open_in(struct sandbox *sandbox)
{
    struct error err = { 0 };
    struct store *store =
        store_open_ref(sandbox_file(sandbox, "project"), STORE_REF_DEFAULT, &err);
    if (!store)
        fail_msg("%s", err.message);
    return store;
}

/* Adds the fixture's session of that number; the caller's name. */
static char *add(struct store *store, unsigned number)
{
    AUTO_SESSION struct session session = { 0 };
    struct error err = { 0 };
    char *name = NULL;
    fixture_check(&session);
    fixture_renumber(&session, number);
    if (store_add(store, &session, &name, &err) < 0)
        fail_msg("%s", err.message);
    return name;
}

static void load(struct store *store, struct sessions *out, struct strvec *warnings)
{
    struct error err = { 0 };
    if (store_load(store, &everything, out, warnings, &err) < 0)
        fail_msg("%s", err.message);
}

static void sessions_come_back_as_they_were(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    AUTO_SESSION struct session want = { 0 };
    AUTO_STR struct str want_text = STR_INIT;
    AUTO_STR struct str got_text = STR_INIT;
    free(add(store, 2));
    AUTO_FREE char *first = add(store, 1);
    AUTO_FREE char *again = add(store, 1);
    fixture_check(&want);
    fixture_renumber(&want, 1);

    load(store, &sessions, &warnings);

    assert_int_equal(sessions.count, 2);
    assert_int_equal(warnings.count, 0);
    assert_string_equal(sessions.items[0].name, first);
    assert_string_equal(again, first);
    session_json_text(&want, &want_text);
    session_json_text(&sessions.items[0], &got_text);
    assert_string_equal(got_text.data, want_text.data);
    AUTO_FREE char *log = repository_ask(*state, "project",
                                         "log --format=%%s " STORE_REF_DEFAULT " | sort");
    assert_contains(log, "Record 01cdef012345 on xeon-2c-kvm-gcc12-");
    AUTO_FREE char *count =
        repository_ask(*state, "project", "rev-list --count " STORE_REF_DEFAULT);
    assert_string_equal(count, "2");
}

/* Ten are enough to be kept in the index. */
static void what_the_index_has_is_as_good_as_what_was_read(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_SESSIONS struct sessions read = { 0 };
    AUTO_SESSIONS struct sessions indexed = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    for (unsigned i = 0; i < 10; i++)
        free(add(store, i));
    load(store, &read, &warnings);
    sandbox_must(*state, "ls cache/baselines/*.index");

    load(store, &indexed, &warnings);

    assert_int_equal(indexed.count, 10);
    for (size_t i = 0; i < indexed.count; i++) {
        AUTO_STR struct str want = STR_INIT;
        AUTO_STR struct str got = STR_INIT;
        session_json_text(&read.items[i], &want);
        session_json_text(&indexed.items[i], &got);
        assert_string_equal(got.data, want.data);
        assert_string_equal(indexed.items[i].name, read.items[i].name);
    }
}

/* Under the name of a session that the index has, and a name without one. */
static void an_edited_session_is_named_and_the_others_are_read(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_SESSIONS struct sessions before = { 0 };
    AUTO_SESSIONS struct sessions after = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    for (unsigned i = 0; i < 10; i++)
        free(add(store, i));
    load(store, &before, &warnings);
    sandbox_must(*state,
                 "git clone -q --no-checkout project edited && cd edited && "
                 "git fetch -q origin " STORE_REF_DEFAULT " && "
                 "git checkout -q FETCH_HEAD && sed -i s/0.0125/0.0126/ '%s' && "
                 "mkdir class && echo not JSON >class/x.json",
                 before.items[3].name);
    repository_commit_all(*state, "edited", "edit", NULL);
    repository_git(*state, "edited", "push -q origin HEAD:" STORE_REF_DEFAULT);

    load(store, &after, &warnings);

    assert_int_equal(after.count, 9);
    assert_int_equal(warnings.count, 2);
    assert_contains(warnings.items[0], "'class/x.json' has no name of a session");
    assert_contains(warnings.items[1], before.items[3].name);
    assert_contains(warnings.items[1], "it was changed after it was recorded");
}

static void a_removed_session_is_gone(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    AUTO_STRVEC struct strvec names = { 0 };
    struct error err = { 0 };
    AUTO_FREE char *first = add(store, 1);
    AUTO_FREE char *second = add(store, 2);
    strvec_push(&names, first);

    assert_int_equal(store_remove(store, &names, &err), 0);

    load(store, &sessions, &warnings);
    assert_int_equal(sessions.count, 1);
    assert_string_equal(sessions.items[0].name, second);
    AUTO_FREE char *subject =
        repository_ask(*state, "project", "log -1 --format=%%s " STORE_REF_DEFAULT);
    assert_contains(subject, "Remove 01cdef012345 on xeon-2c-kvm-gcc12-");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, sandbox_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(sessions_come_back_as_they_were),
        T(what_the_index_has_is_as_good_as_what_was_read),
        T(an_edited_session_is_named_and_the_others_are_read),
        T(a_removed_session_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
