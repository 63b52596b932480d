#include "journal_fixture.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "tests/support/scripted.h"

int journal_fixture_setup(void **state)
{
    struct journal_fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->journal = JOURNAL_CLOSED;
    *state = fixture;
    int made = sandbox_setup(&fixture->sandbox);
    fixture->path = sandbox_file(fixture->sandbox, "deep/er/j.jsonl");
    return made;
}

int journal_fixture_teardown(void **state)
{
    struct journal_fixture *fixture = *state;
    journal_close(&fixture->journal, false);
    int left = sandbox_teardown(&fixture->sandbox);
    free(fixture);
    return left;
}

struct pair numbered_pair(size_t number)
{
    struct pair pair = scripted_pair(1, 2);
    pair.number = number;
    pair.head_ran_first = number % 2;
    return pair;
}

void journal_must(struct journal_fixture *fixture, int result)
{
    if (result < 0)
        fail_msg("%s", fixture->err.message);
}

void journal_fixture_begin(struct journal_fixture *fixture, uint64_t seed)
{
    journal_must(fixture, journal_begin(&fixture->journal, fixture->path, "k1", seed,
                                        &fixture->err));
}

int journal_fixture_append(struct journal_fixture *fixture,
                           const char *bench_id,
                           const struct pair *pair,
                           int64_t elapsed_ns)
{
    const struct journal_record record = { .bench_id = bench_id,
                                           .pair = pair,
                                           .elapsed_ns = elapsed_ns };
    return journal_append(&fixture->journal, &record, &fixture->err);
}

void journal_fixture_write(struct journal_fixture *fixture)
{
    journal_fixture_begin(fixture, 77);
    for (size_t i = 0; i < 3; i++) {
        struct pair pair = numbered_pair(i);
        journal_must(fixture, journal_fixture_append(fixture, "a", &pair,
                                                     (int64_t)(i + 1) * 1000000000));
    }
    journal_close(&fixture->journal, false);
}

int journal_fixture_resume(struct journal_fixture *fixture, uint64_t *seed)
{
    return journal_resume(&fixture->journal, fixture->path, "k1", seed, &fixture->err);
}
