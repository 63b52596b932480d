#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/experiment/journal.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"
#include "tests/support/scripted.h"

struct fixture {
    void *sandbox;
    struct journal journal;
    const char *path;
    struct error err;
};

static int setup(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->journal = JOURNAL_CLOSED;
    *state = fixture;
    int made = sandbox_setup(&fixture->sandbox);
    fixture->path = sandbox_file(fixture->sandbox, "deep/er/j.jsonl");
    return made;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    journal_close(&fixture->journal, false);
    int left = sandbox_teardown(&fixture->sandbox);
    free(fixture);
    return left;
}

static struct pair numbered_pair(size_t number)
{
    struct pair pair = scripted_pair(1, 2);
    pair.number = number;
    pair.head_ran_first = number % 2;
    return pair;
}

static void must(struct fixture *fixture, int result)
{
    if (result < 0)
        fail_msg("%s", fixture->err.message);
}

static void begin(struct fixture *fixture, uint64_t seed)
{
    must(fixture,
         journal_begin(&fixture->journal, fixture->path, "k1", seed, &fixture->err));
}

static int append(struct fixture *fixture,
                  const char *bench_id,
                  const struct pair *pair,
                  int64_t elapsed_ns)
{
    const struct journal_record record = { .bench_id = bench_id,
                                           .pair = pair,
                                           .elapsed_ns = elapsed_ns };
    return journal_append(&fixture->journal, &record, &fixture->err);
}

/* Three pairs of bench "a", 1 s each, in a journal that was then closed. */
static void write_three(struct fixture *fixture)
{
    begin(fixture, 77);
    for (size_t i = 0; i < 3; i++) {
        struct pair pair = numbered_pair(i);
        must(fixture, append(fixture, "a", &pair, (int64_t)(i + 1) * 1000000000));
    }
    journal_close(&fixture->journal, false);
}

static int resume(struct fixture *fixture, uint64_t *seed)
{
    return journal_resume(&fixture->journal, fixture->path, "k1", seed, &fixture->err);
}

static void pairs_and_seed_come_back(void **state)
{
    struct fixture *fixture = *state;
    uint64_t seed = 0;

    write_three(fixture);
    must(fixture, resume(fixture, &seed));

    assert_int_equal(seed, 77);
    assert_int_equal(fixture->journal.entries.count, 3);
    assert_int_equal(fixture->journal.elapsed_ns, 3000000000);
    assert_int_equal(fixture->journal.replayed_ns, 0);
    assert_string_equal(fixture->journal.entries.items[2].bench_id, "a");
    assert_int_equal(fixture->journal.entries.items[2].pair.number, 2);
}

static void seeds_of_64_bits_come_back(void **state)
{
    struct fixture *fixture = *state;
    uint64_t seed = 0;

    begin(fixture, UINT64_MAX - 1);
    journal_close(&fixture->journal, false);
    must(fixture, resume(fixture, &seed));

    assert_true(seed == UINT64_MAX - 1);
}

static void a_failure_comes_back_with_its_pair(void **state)
{
    struct fixture *fixture = *state;
    struct pair pair = numbered_pair(1);
    struct pair first = numbered_pair(0);
    struct pair second = numbered_pair(1);
    uint64_t seed = 0;
    const struct journal_record record = { .bench_id = "a",
                                           .pair = &pair,
                                           .failure = "setup of base failed: \"x\"" };

    begin(fixture, 1);
    must(fixture, append(fixture, "a", &first, 1));
    must(fixture, journal_append(&fixture->journal, &record, &fixture->err));
    journal_close(&fixture->journal, false);
    must(fixture, resume(fixture, &seed));

    assert_true(journal_replay(&fixture->journal, "a", &first));
    assert_null(fixture->journal.replayed_failure);
    assert_true(journal_replay(&fixture->journal, "a", &second));
    assert_string_equal(fixture->journal.replayed_failure, record.failure);
}

static void replaying_gives_each_pair_once_with_its_time(void **state)
{
    struct fixture *fixture = *state;
    uint64_t seed = 0;

    write_three(fixture);
    must(fixture, resume(fixture, &seed));
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
static void check_unfit(struct fixture *fixture, const char *id, struct pair *ordered)
{
    uint64_t seed = 0;
    struct pair first = numbered_pair(0);
    struct pair second = numbered_pair(1);

    write_three(fixture);
    must(fixture, resume(fixture, &seed));
    assert_true(journal_replay(&fixture->journal, "a", &first));
    assert_false(journal_replay(&fixture->journal, id, ordered));
    assert_false(journal_replay(&fixture->journal, "a", &second));

    must(fixture, append(fixture, id, ordered, 5));
    journal_close(&fixture->journal, false);
    must(fixture, resume(fixture, &seed));
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

/* Resuming the text (NULL: no file) fails with a message that holds this, and leaves the
 * journal closed and the seed alone. */
static void check_refused(struct fixture *fixture, const char *text, const char *message)
{
    uint64_t seed = 5;

    error_clear(&fixture->err);
    if (text)
        sandbox_write(fixture->sandbox, "deep/er/j.jsonl", text);
    assert_int_equal(resume(fixture, &seed), -1);

    assert_int_equal(fixture->err.code, ERROR_USAGE);
    assert_contains(fixture->err.message, message);
    assert_int_equal(seed, 5);
    assert_int_equal(fixture->journal.fd, -1);
    assert_null(fixture->journal.path);
    assert_int_equal(fixture->journal.entries.count, 0);
}

#define HEADER "{\"key\":\"k1\",\"schema\":\"pawl-journal/1\",\"seed\":1}\n"

static void nothing_to_resume_is_said(void **state)
{
    check_refused(*state, NULL,
                  "nothing to resume: no interrupted run of this comparison");
}

static void an_empty_file_is_refused(void **state)
{
    check_refused(*state, "", "j.jsonl' is empty");
    check_refused(*state, "{\"key\":", "j.jsonl' is empty");
}

static void what_is_no_journal_is_refused(void **state)
{
    check_refused(*state, "hello\n", "j.jsonl' is not a journal");
    check_refused(*state, "[]\n", "j.jsonl' is not a journal");
    check_refused(*state, "{\"key\":\"k1\",\"schema\":\"pawl-journal/2\",\"seed\":1}\n",
                  "is not a journal");
    check_refused(*state, "{\"key\":\"k1\",\"schema\":\"pawl-journal/1\"}\n",
                  "is not a journal");
}

static void another_comparison_is_refused(void **state)
{
    check_refused(*state, "{\"key\":\"k2\",\"schema\":\"pawl-journal/1\",\"seed\":1}\n",
                  "j.jsonl' belongs to another comparison");
}

static void a_damaged_line_is_named(void **state)
{
    check_refused(*state, HEADER "{}\n",
                  "j.jsonl', line 2: no 'bench' or no 'elapsed_ns'");
    check_refused(*state, HEADER "{\"bench\":\"a\",\"elapsed_ns\":1}\n",
                  "j.jsonl', line 2: a pair's 'number' is missing");
    check_refused(*state, HEADER "\n", "j.jsonl', line 2: not JSON");
}

static void nul_bytes_are_refused(void **state)
{
    struct fixture *fixture = *state;
    uint64_t seed = 5;

    write_three(fixture);
    sandbox_must(fixture->sandbox, "{ head -c 3 /dev/zero; echo; } >> deep/er/j.jsonl");

    assert_int_equal(resume(fixture, &seed), -1);
    assert_contains(fixture->err.message, "line 5: not JSON");
}

/* What a power cut may leave behind. */
static void nul_bytes_at_the_end_are_cut_off(void **state)
{
    struct fixture *fixture = *state;
    uint64_t seed = 0;

    write_three(fixture);
    sandbox_must(fixture->sandbox, "truncate -s +4096 deep/er/j.jsonl");
    must(fixture, resume(fixture, &seed));

    assert_int_equal(fixture->journal.entries.count, 3);
    sandbox_must(fixture->sandbox, "test $(tail -c 1 deep/er/j.jsonl | wc -l) = 1");
}

static void a_refused_journal_is_left_as_it_was(void **state)
{
    struct fixture *fixture = *state;

    check_refused(fixture, HEADER "{}\nhalf", "line 2");

    AUTO_FREE char *text = sandbox_read(fixture->sandbox, "deep/er/j.jsonl");
    assert_string_equal(text, HEADER "{}\nhalf");
}

static void a_done_journal_is_removed(void **state)
{
    struct fixture *fixture = *state;

    begin(fixture, 1);
    assert_true(file_exists(fixture->path));
    journal_close(&fixture->journal, true);

    assert_false(file_exists(fixture->path));
    journal_close(&fixture->journal, true);
}

static void beginning_anew_overwrites(void **state)
{
    struct fixture *fixture = *state;
    uint64_t seed = 0;

    write_three(fixture);
    begin(fixture, 3);
    journal_close(&fixture->journal, false);
    must(fixture, resume(fixture, &seed));

    assert_int_equal(seed, 3);
    assert_int_equal(fixture->journal.entries.count, 0);
}

static void a_journal_that_cannot_be_made_is_an_error(void **state)
{
    struct fixture *fixture = *state;
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
    struct fixture *fixture = *state;
    struct pair pair = numbered_pair(0);
    uint64_t seed = 0;

    begin(fixture, 1);
    must(fixture, append(fixture, "x[s=\"a\nb\"]", &pair, 1));
    journal_close(&fixture->journal, false);
    must(fixture, resume(fixture, &seed));

    assert_string_equal(fixture->journal.entries.items[0].bench_id, "x[s=\"a\nb\"]");
}

static void two_runs_of_a_comparison_keep_a_journal_each(void **state)
{
    struct fixture *fixture = *state;
    struct journal other = JOURNAL_CLOSED;

    begin(fixture, 1);
    must(fixture, journal_begin(&other, fixture->path, "k1", 2, &fixture->err));

    assert_string_equal(fixture->journal.path, fixture->path);
    assert_string_not_equal(other.path, fixture->path);
    journal_close(&other, true);
    assert_true(file_exists(fixture->path));
}

static void a_journal_that_is_being_written_is_not_resumed(void **state)
{
    struct fixture *fixture = *state;
    struct journal other = JOURNAL_CLOSED;
    uint64_t seed = 5;

    begin(fixture, 1);

    assert_int_equal(journal_resume(&other, fixture->path, "k1", &seed, &fixture->err),
                     -1);
    assert_contains(fixture->err.message, "another run of this comparison is under way");
    assert_int_equal(seed, 5);
}

int main(void)
{
#define JOURNAL(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        JOURNAL(pairs_and_seed_come_back),
        JOURNAL(seeds_of_64_bits_come_back),
        JOURNAL(replaying_gives_each_pair_once_with_its_time),
        JOURNAL(a_failure_comes_back_with_its_pair),
        JOURNAL(a_pair_of_another_bench_drops_the_rest),
        JOURNAL(a_pair_of_another_number_drops_the_rest),
        JOURNAL(a_pair_in_another_order_drops_the_rest),
        JOURNAL(a_warm_up_does_not_stand_for_a_measured_pair),
        JOURNAL(nothing_to_resume_is_said),
        JOURNAL(an_empty_file_is_refused),
        JOURNAL(what_is_no_journal_is_refused),
        JOURNAL(another_comparison_is_refused),
        JOURNAL(a_damaged_line_is_named),
        JOURNAL(nul_bytes_are_refused),
        JOURNAL(nul_bytes_at_the_end_are_cut_off),
        JOURNAL(a_refused_journal_is_left_as_it_was),
        JOURNAL(a_done_journal_is_removed),
        JOURNAL(beginning_anew_overwrites),
        JOURNAL(a_journal_that_cannot_be_made_is_an_error),
        JOURNAL(bench_ids_may_hold_quotes),
        JOURNAL(two_runs_of_a_comparison_keep_a_journal_each),
        JOURNAL(a_journal_that_is_being_written_is_not_resumed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
