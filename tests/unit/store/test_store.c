#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/source/hash.h"
#include "gate/store/store.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static const struct store_filter everything = { 0 };

static struct store *open_in(struct sandbox *sandbox)
{
    return store_open_directory(sandbox_file(sandbox, "baselines"));
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

static void load(struct store *store,
                 const struct store_filter *filter,
                 struct sessions *out,
                 struct strvec *warnings)
{
    struct error err = { 0 };
    if (store_load(store, filter, out, warnings, &err) < 0)
        fail_msg("%s", err.message);
}

static void store_that_is_not_there_is_empty(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    load(store, &everything, &sessions, &warnings);
    assert_int_equal(sessions.count, 0);
    assert_int_equal(warnings.count, 0);
}

static void names_tell_class_month_commit_and_content(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_FREE char *name = add(store, 7);
    AUTO_FREE char *path = str_format("baselines/%s", name);
    AUTO_FREE char *text = sandbox_read(*state, path);
    char hash[SOURCE_ID_SIZE];
    source_hash_text(text, strlen(text), hash);
    assert_true(str_starts_with(name, "xeon-2c-kvm-gcc12-"));
    assert_contains(name, "/2026-10/07cdef012345-");
    AUTO_FREE char *ending = str_format("-%.16s.json", hash);
    assert_true(str_ends_with(name, ending));
}

static void same_session_twice_is_one_file(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    AUTO_FREE char *first = add(store, 1);
    AUTO_FREE char *second = add(store, 1);
    load(store, &everything, &sessions, &warnings);
    assert_string_equal(first, second);
    assert_int_equal(sessions.count, 1);
    assert_string_equal(sessions.items[0].name, first);
}

static void sessions_come_in_the_order_of_their_time(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    static const unsigned numbers[] = { 30, 2, 11 };
    for (size_t i = 0; i < 3; i++)
        free(add(store, numbers[i]));
    load(store, &everything, &sessions, &warnings);
    assert_int_equal(sessions.count, 3);
    assert_true(str_starts_with(sessions.items[0].head.commit, "02"));
    assert_true(str_starts_with(sessions.items[2].head.commit, "30"));
}

static void filters_choose_class_commits_and_bench(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_STRVEC struct strvec warnings = { 0 };
    AUTO_STRVEC struct strvec commits = { 0 };
    AUTO_FREE char *name = add(store, 1);
    free(add(store, 2));
    AUTO_FREE char *class_name = xstrndup(name, strcspn(name, "/"));
    strvec_push(&commits, "02cdef0123456789abcdef0123456789abcdef01");
    static const char *const base[] = { "1111111111111111111111111111111111111111" };
    struct strvec bases = { .items = (char **)(uintptr_t)base, .count = 1 };
    const struct {
        struct store_filter filter;
        size_t sessions;
        size_t rows;
    } cases[] = {
        { { .class_name = class_name }, 2, 3 },
        { { .class_name = "other-00000000" }, 0, 0 },
        { { .commits = &commits }, 1, 3 },
        { { .commits = &bases }, 2, 3 },
        { { .bench_id = "add" }, 2, 1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO_SESSIONS struct sessions sessions = { 0 };
        load(store, &cases[i].filter, &sessions, &warnings);
        assert_int_equal(sessions.count, cases[i].sessions);
        if (sessions.count)
            assert_int_equal(sessions.items[0].head.rows.count, cases[i].rows);
    }
    assert_int_equal(warnings.count, 0);
}

static void damaged_files_cost_a_warning_and_no_more(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    AUTO_FREE char *good = add(store, 1);
    AUTO_FREE char *bad = add(store, 2);
    AUTO_FREE char *path = str_format("baselines/%s", bad);
    sandbox_write(*state, path, "{\"schema\": \"pawl-session/9\"}");
    load(store, &everything, &sessions, &warnings);
    assert_int_equal(sessions.count, 1);
    assert_string_equal(sessions.items[0].name, good);
    assert_int_equal(warnings.count, 1);
    assert_contains(warnings.items[0], bad);
    assert_contains(warnings.items[0], "takes a newer pawl to read");
}

static void edited_files_are_noticed(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    AUTO_FREE char *name = add(store, 1);
    sandbox_must(*state, "sed -i 's/\"run_count\": 15/\"run_count\": 16/' baselines/%s",
                 name);
    load(store, &everything, &sessions, &warnings);
    assert_int_equal(sessions.count, 0);
    assert_int_equal(warnings.count, 1);
    assert_contains(warnings.items[0], name);
    assert_contains(warnings.items[0], "it was changed after it was recorded");
}

/* A file with the right hash under a wrong name. */
static void names_that_say_something_else_are_noticed(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    AUTO_FREE char *name = add(store, 1);
    sandbox_must(
        *state, "cd baselines && mkdir -p epyc-0/2026-10 && mv %s epyc-0/2026-10/", name);
    load(store, &everything, &sessions, &warnings);
    assert_int_equal(sessions.count, 0);
    assert_int_equal(warnings.count, 1);
    assert_contains(warnings.items[0], "not what its name says");
}

static void dirty_work_trees_are_not_stored(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_SESSION struct session session = { 0 };
    struct error err = { 0 };
    char *name = NULL;
    fixture_session(&session);
    session.head.is_dirty = true;
    assert_int_equal(store_add(store, &session, &name, &err), -1);
    assert_null(name);
    assert_int_equal(err.code, ERROR_USAGE);
    assert_contains(err.message, "a work tree is not the history of a commit");
}

static void sessions_are_removed_by_name(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    AUTO_STRVEC struct strvec names = { 0 };
    struct error err = { 0 };
    AUTO_FREE char *kept = add(store, 1);
    strvec_push_owned(&names, add(store, 2));
    assert_int_equal(store_remove(store, &names, &err), 0);
    assert_int_equal(store_remove(store, &names, &err), 0);
    load(store, &everything, &sessions, &warnings);
    assert_int_equal(sessions.count, 1);
    assert_string_equal(sessions.items[0].name, kept);
}

static void names_that_lead_out_are_not_removed(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_STRVEC struct strvec names = { 0 };
    struct error err = { 0 };
    strvec_push(&names, "../keep.json");
    assert_int_equal(store_remove(store, &names, &err), -1);
    assert_contains(err.message, "'../keep.json' is not the name of a session");
}

static void names_are_listed_without_a_look_inside(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    AUTO_SESSION_ENTRIES struct session_entries entries = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    struct error err = { 0 };
    AUTO_FREE char *name = add(store, 1);
    AUTO_FREE char *path = str_format("baselines/%s", name);
    sandbox_write(*state, path, "no session");
    assert_int_equal(store_list(store, &everything, &entries, &warnings, &err), 0);
    assert_int_equal(entries.count, 1);
    assert_string_equal(entries.items[0].name, name);
    assert_string_equal(entries.items[0].month, "2026-10");
    assert_string_equal(entries.items[0].commit, "01cdef012345");
    assert_int_equal(strlen(entries.items[0].hash), 16);
    struct session session = { 0 };
    assert_int_equal(store_read(store, &entries.items[0], &session, &err), -1);
    assert_contains(err.message, name);
}

/* Relative to the top of the work tree; a bare repository has none. */
static void places_are_found_from_the_top(void **state)
{
    struct error err = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STORE struct store *store =
        store_open("baselines", sandbox_file(*state, ""), &err);
    assert_non_null(store);
    assert_string_equal(store_title(store), "baselines");
    free(add(store, 1));
    AUTO_STORE struct store *same =
        store_open(sandbox_file(*state, "baselines"), NULL, &err);
    assert_non_null(same);
    load(same, &everything, &sessions, &warnings);
    assert_int_equal(sessions.count, 1);
    assert_null(store_open("baselines", NULL, &err));
    assert_contains(err.message, "a bare repository has none: name another place with "
                                 "--store");
}

static void places_that_can_not_be_written_are_seen_beforehand(void **state)
{
    AUTO_STORE struct store *store = open_in(*state);
    struct error err = { 0 };
    assert_int_equal(store_probe(store, &err), 0);
    sandbox_must(*state, "rmdir baselines && touch baselines");
    assert_int_equal(store_probe(store, &err), -1);
    assert_contains(err.message, "baselines");
}

#define IN_SANDBOX(test) \
    cmocka_unit_test_setup_teardown(test, sandbox_setup, sandbox_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(store_that_is_not_there_is_empty),
        IN_SANDBOX(names_tell_class_month_commit_and_content),
        IN_SANDBOX(same_session_twice_is_one_file),
        IN_SANDBOX(sessions_come_in_the_order_of_their_time),
        IN_SANDBOX(filters_choose_class_commits_and_bench),
        IN_SANDBOX(damaged_files_cost_a_warning_and_no_more),
        IN_SANDBOX(edited_files_are_noticed),
        IN_SANDBOX(names_that_say_something_else_are_noticed),
        IN_SANDBOX(dirty_work_trees_are_not_stored),
        IN_SANDBOX(sessions_are_removed_by_name),
        IN_SANDBOX(names_that_lead_out_are_not_removed),
        IN_SANDBOX(names_are_listed_without_a_look_inside),
        IN_SANDBOX(places_are_found_from_the_top),
        IN_SANDBOX(places_that_can_not_be_written_are_seen_beforehand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
