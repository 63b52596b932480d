/* What can't be resumed is refused, by name. */
#include "gate/base/alloc.h"
#include "journal_fixture.h"

/* Resuming the text (NULL: no file) fails with a message that holds this, and leaves the
 * journal closed and the seed alone. */
static void
check_refused(struct journal_fixture *fixture, const char *text, const char *message)
{
    uint64_t seed = 5;

    error_clear(&fixture->err);
    if (text)
        sandbox_write(fixture->sandbox, "deep/er/j.jsonl", text);
    assert_int_equal(journal_fixture_resume(fixture, &seed), -1);

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
    struct journal_fixture *fixture = *state;
    uint64_t seed = 5;

    journal_fixture_write(fixture);
    sandbox_must(fixture->sandbox, "{ head -c 3 /dev/zero; echo; } >> deep/er/j.jsonl");

    assert_int_equal(journal_fixture_resume(fixture, &seed), -1);
    assert_contains(fixture->err.message, "line 5: not JSON");
}

/* What a power cut may leave behind. */
static void nul_bytes_at_the_end_are_cut_off(void **state)
{
    struct journal_fixture *fixture = *state;
    uint64_t seed = 0;

    journal_fixture_write(fixture);
    sandbox_must(fixture->sandbox, "truncate -s +4096 deep/er/j.jsonl");
    journal_must(fixture, journal_fixture_resume(fixture, &seed));

    assert_int_equal(fixture->journal.entries.count, 3);
    sandbox_must(fixture->sandbox, "test $(tail -c 1 deep/er/j.jsonl | wc -l) = 1");
}

static void a_refused_journal_is_left_as_it_was(void **state)
{
    struct journal_fixture *fixture = *state;

    check_refused(fixture, HEADER "{}\nhalf", "line 2");

    AUTO_FREE char *text = sandbox_read(fixture->sandbox, "deep/er/j.jsonl");
    assert_string_equal(text, HEADER "{}\nhalf");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(nothing_to_resume_is_said),        T(an_empty_file_is_refused),
        T(what_is_no_journal_is_refused),    T(another_comparison_is_refused),
        T(a_damaged_line_is_named),          T(nul_bytes_are_refused),
        T(nul_bytes_at_the_end_are_cut_off), T(a_refused_journal_is_left_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
