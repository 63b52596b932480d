/* Pairs that were kept come back. */
#include "gate/base/file.h"
#include "journal_fixture.h"

static void pairs_and_seed_come_back(void **state)
{
    struct journal_fixture *fixture = *state;
    uint64_t seed = 0;

    journal_fixture_write(fixture);
    journal_must(fixture, journal_fixture_resume(fixture, &seed));

    assert_int_equal(seed, 77);
    assert_int_equal(fixture->journal.entries.count, 3);
    assert_int_equal(fixture->journal.elapsed_ns, 3000000000);
    assert_int_equal(fixture->journal.replayed_ns, 0);
    assert_string_equal(fixture->journal.entries.items[2].bench_id, "a");
    assert_int_equal(fixture->journal.entries.items[2].pair.number, 2);
}

static void seeds_of_64_bits_come_back(void **state)
{
    struct journal_fixture *fixture = *state;
    uint64_t seed = 0;

    journal_fixture_begin(fixture, UINT64_MAX - 1);
    journal_close(&fixture->journal, false);
    journal_must(fixture, journal_fixture_resume(fixture, &seed));

    assert_true(seed == UINT64_MAX - 1);
}

static void a_failure_comes_back_with_its_pair(void **state)
{
    struct journal_fixture *fixture = *state;
    struct pair pair = numbered_pair(1);
    struct pair first = numbered_pair(0);
    struct pair second = numbered_pair(1);
    uint64_t seed = 0;
    const struct journal_record record = { .bench_id = "a",
                                           .pair = &pair,
                                           .failure = "setup of base failed: \"x\"" };

    journal_fixture_begin(fixture, 1);
    journal_must(fixture, journal_fixture_append(fixture, "a", &first, 1));
    journal_must(fixture, journal_append(&fixture->journal, &record, &fixture->err));
    journal_close(&fixture->journal, false);
    journal_must(fixture, journal_fixture_resume(fixture, &seed));

    assert_true(journal_replay(&fixture->journal, "a", &first));
    assert_null(fixture->journal.replayed_failure);
    assert_true(journal_replay(&fixture->journal, "a", &second));
    assert_string_equal(fixture->journal.replayed_failure, record.failure);
}

static void replaying_gives_each_pair_once_with_its_time(void **state)
{
    struct journal_fixture *fixture = *state;
    uint64_t seed = 0;

    journal_fixture_write(fixture);
    journal_must(fixture, journal_fixture_resume(fixture, &seed));
    for (size_t i = 0; i < 3; i++) {
        struct pair ordered = numbered_pair(i);
        ordered.sides[SIDE_HEAD] = (struct process_result){ 0 };
        assert_true(journal_replay(&fixture->journal, "a", &ordered));
        assert_int_equal(ordered.sides[SIDE_HEAD].wall_ns, 2000000000);
        assert_int_equal(fixture->journal.replayed_ns, (int64_t)(i + 1) * 1000000000);
    }

    struct pair ordered = numbered_pair(3);
    assert_false(journal_replay(&fixture->journal, "a", &ordered));
}

/* What does not fit is gone for good, from the record and from the file. */
static void
check_unfit(struct journal_fixture *fixture, const char *id, struct pair *ordered)
{
    uint64_t seed = 0;
    struct pair first = numbered_pair(0);
    struct pair second = numbered_pair(1);

    journal_fixture_write(fixture);
    journal_must(fixture, journal_fixture_resume(fixture, &seed));
    assert_true(journal_replay(&fixture->journal, "a", &first));
    assert_false(journal_replay(&fixture->journal, id, ordered));
    assert_false(journal_replay(&fixture->journal, "a", &second));

    journal_must(fixture, journal_fixture_append(fixture, id, ordered, 5));
    journal_close(&fixture->journal, false);
    journal_must(fixture, journal_fixture_resume(fixture, &seed));
    assert_int_equal(fixture->journal.entries.count, 2);
    assert_string_equal(fixture->journal.entries.items[1].bench_id, id);
}

static void a_pair_of_another_bench_drops_the_rest(void **state)
{
    struct pair ordered = numbered_pair(1);
    check_unfit(*state, "b", &ordered);
}

static void a_pair_of_another_number_drops_the_rest(void **state)
{
    struct pair ordered = numbered_pair(3);
    check_unfit(*state, "a", &ordered);
}

static void a_pair_in_another_order_drops_the_rest(void **state)
{
    struct pair ordered = numbered_pair(1);
    ordered.head_ran_first = false;
    check_unfit(*state, "a", &ordered);
}

static void a_warm_up_does_not_stand_for_a_measured_pair(void **state)
{
    struct pair ordered = numbered_pair(1);
    ordered.is_warmup = true;
    check_unfit(*state, "a", &ordered);
}

static void a_done_journal_is_removed(void **state)
{
    struct journal_fixture *fixture = *state;

    journal_fixture_begin(fixture, 1);
    assert_true(file_exists(fixture->path));
    journal_close(&fixture->journal, true);

    assert_false(file_exists(fixture->path));
    journal_close(&fixture->journal, true);
}

static void beginning_anew_overwrites(void **state)
{
    struct journal_fixture *fixture = *state;
    uint64_t seed = 0;

    journal_fixture_write(fixture);
    journal_fixture_begin(fixture, 3);
    journal_close(&fixture->journal, false);
    journal_must(fixture, journal_fixture_resume(fixture, &seed));

    assert_int_equal(seed, 3);
    assert_int_equal(fixture->journal.entries.count, 0);
}

static void a_journal_that_cannot_be_made_is_an_error(void **state)
{
    struct journal_fixture *fixture = *state;
    const char *path = sandbox_file(fixture->sandbox, "taken");

    sandbox_must(fixture->sandbox, "mkdir taken");

    assert_int_equal(journal_begin(&fixture->journal, path, "k", 1, &fixture->err), -1);
    assert_int_equal(fixture->err.code, ERROR_SYSTEM);
    assert_contains(fixture->err.message, "cannot open the journal '");
    assert_contains(fixture->err.message, "taken': Is a directory");
    assert_int_equal(fixture->journal.fd, -1);
}

/* Ids go through JSON and back. */
static void bench_ids_may_hold_quotes(void **state)
{
    struct journal_fixture *fixture = *state;
    struct pair pair = numbered_pair(0);
    uint64_t seed = 0;

    journal_fixture_begin(fixture, 1);
    journal_must(fixture, journal_fixture_append(fixture, "x[s=\"a\nb\"]", &pair, 1));
    journal_close(&fixture->journal, false);
    journal_must(fixture, journal_fixture_resume(fixture, &seed));

    assert_string_equal(fixture->journal.entries.items[0].bench_id, "x[s=\"a\nb\"]");
}

static void two_runs_of_a_comparison_keep_a_journal_each(void **state)
{
    struct journal_fixture *fixture = *state;
    struct journal other = JOURNAL_CLOSED;

    journal_fixture_begin(fixture, 1);
    journal_must(fixture, journal_begin(&other, fixture->path, "k1", 2, &fixture->err));

    assert_string_equal(fixture->journal.path, fixture->path);
    assert_string_not_equal(other.path, fixture->path);
    journal_close(&other, true);
    assert_true(file_exists(fixture->path));
}

static void a_journal_that_is_being_written_is_not_resumed(void **state)
{
    struct journal_fixture *fixture = *state;
    struct journal other = JOURNAL_CLOSED;
    uint64_t seed = 5;

    journal_fixture_begin(fixture, 1);

    assert_int_equal(journal_resume(&other, fixture->path, "k1", &seed, &fixture->err),
                     -1);
    assert_contains(fixture->err.message, "another run of this comparison is under way");
    assert_int_equal(seed, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(pairs_and_seed_come_back),
        T(seeds_of_64_bits_come_back),
        T(replaying_gives_each_pair_once_with_its_time),
        T(a_failure_comes_back_with_its_pair),
        T(a_pair_of_another_bench_drops_the_rest),
        T(a_pair_of_another_number_drops_the_rest),
        T(a_pair_in_another_order_drops_the_rest),
        T(a_warm_up_does_not_stand_for_a_measured_pair),
        T(a_done_journal_is_removed),
        T(beginning_anew_overwrites),
        T(a_journal_that_cannot_be_made_is_an_error),
        T(bench_ids_may_hold_quotes),
        T(two_runs_of_a_comparison_keep_a_journal_each),
        T(a_journal_that_is_being_written_is_not_resumed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
