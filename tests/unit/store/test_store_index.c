#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/store/session_json.h"
#include "gate/store/store_index.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

#define ID_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define ID_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void index_release(struct store_index **index)
{
    store_index_close(*index);
}
#define AUTO_INDEX AUTO(index_release)

static struct store_index *open_in(struct sandbox *sandbox)
{
    return store_index_open(sandbox_file(sandbox, "cache/baselines/x.index"));
}

static void save_two(struct sandbox *sandbox)
{
    AUTO_INDEX struct store_index *index = open_in(sandbox);
    AUTO_SESSION struct session run = { 0 };
    AUTO_SESSION struct session check = { 0 };
    fixture_session(&run);
    fixture_check(&check);
    store_index_add(index, ID_B, &check);
    store_index_add(index, ID_A, &run);
    store_index_save(index, true);
}

static bool has(struct store_index *index, const char *id)
{
    AUTO_SESSION struct session session = { 0 };
    return store_index_find(index, id, &session);
}

/* The text has all of a session that a store keeps. */
static void a_session_comes_out_as_it_went_in(void **state)
{
    save_two(*state);
    AUTO_INDEX struct store_index *index = open_in(*state);
    AUTO_SESSION struct session check = { 0 };
    AUTO_SESSION struct session found = { 0 };
    AUTO_STR struct str want = STR_INIT;
    AUTO_STR struct str got = STR_INIT;
    fixture_check(&check);
    session_json_text(&check, &want);

    assert_true(store_index_find(index, ID_B, &found));

    session_json_text(&found, &got);
    assert_string_equal(got.data, want.data);
    assert_true(has(index, ID_A));
    assert_false(has(index, "cccccccccccccccccccccccccccccccccccccccc"));
    assert_false(has(index, "aaaa"));
}

static void a_damaged_file_counts_as_empty(void **state)
{
    save_two(*state);
    static const char *const damages[] = {
        "printf X | dd of=cache/baselines/x.index bs=1 seek=500 conv=notrunc status=none",
        "truncate -s -1 cache/baselines/x.index",
        "truncate -s 10 cache/baselines/x.index",
    };
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        sandbox_must(*state, "rm -rf cache");
        save_two(*state);
        sandbox_must(*state, "%s", damages[i]);
        AUTO_INDEX struct store_index *index = open_in(*state);
        if (has(index, ID_A) || has(index, ID_B))
            fail_msg("found something after %s", damages[i]);
    }
}

static void what_the_store_has_no_more_is_left_out(void **state)
{
    save_two(*state);
    AUTO_INDEX struct store_index *index = open_in(*state);
    AUTO_SESSION struct session session = { 0 };
    fixture_session(&session);
    assert_true(has(index, ID_A));
    for (int i = 0; i < 10; i++) {
        char id[] = "cccccccccccccccccccccccccccccccccccccccc";
        id[0] = "0123456789"[i];
        store_index_add(index, id, &session);
    }

    store_index_save(index, true);

    AUTO_INDEX struct store_index *again = open_in(*state);
    assert_true(has(again, ID_A));
    assert_false(has(again, ID_B));
    assert_true(has(again, "7ccccccccccccccccccccccccccccccccccccccc"));
}

static void an_index_that_cannot_be_written_is_no_trouble(void **state)
{
    sandbox_write(*state, "cache", "a file, where a directory should be");

    save_two(*state);

    AUTO_INDEX struct store_index *index = open_in(*state);
    assert_false(has(index, ID_A));
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_session_comes_out_as_it_went_in),
        T(a_damaged_file_counts_as_empty),
        T(what_the_store_has_no_more_is_left_out),
        T(an_index_that_cannot_be_written_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
