#include "gate/base/strvec.h"
#include "gate/source/commit_order.h"
#include "gate/source/source.h"
#include "tests/unit/source/fixture.h"

/* first - second - merge - last on main, and side, a child of first, merged; away is on a
 * branch of its own. */
struct commits {
    char first[REPOSITORY_ID_SIZE];
    char second[REPOSITORY_ID_SIZE];
    char side[REPOSITORY_ID_SIZE];
    char merge[REPOSITORY_ID_SIZE];
    char last[REPOSITORY_ID_SIZE];
    char away[REPOSITORY_ID_SIZE];
};

static struct commits make_project(struct sandbox *sandbox)
{
    struct commits made;
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "1\n", made.first);
    repository_git(sandbox, "project", "checkout -q -b side");
    repository_commit_file(sandbox, "project", "b", "1\n", made.side);
    repository_git(sandbox, "project", "checkout -q -b away");
    repository_commit_file(sandbox, "project", "c", "1\n", made.away);
    repository_git(sandbox, "project", "checkout -q main");
    repository_commit_file(sandbox, "project", "a", "2\n", made.second);
    repository_git(sandbox, "project", "merge -q --no-edit side");
    repository_id(sandbox, "project", "HEAD", made.merge);
    repository_commit_file(sandbox, "project", "a", "3\n", made.last);
    return made;
}

static void order(struct sandbox *sandbox,
                  const char *directory,
                  bool first_parents,
                  const struct strvec *wanted,
                  size_t *positions)
{
    struct error err = { 0 };
    struct revision head;
    AUTO_SOURCE struct source *source = fixture_open(sandbox, directory);
    fixture_must(source_resolve(source, "HEAD", &head, &err), &err);
    fixture_must(
        source_order_commits(source, &head, first_parents, wanted, positions, &err),
        &err);
}

static void first_parents_are_counted_from_the_newest(void **state)
{
    struct sandbox *sandbox = *state;
    struct commits made = make_project(sandbox);
    const char *const ids[] = { made.first, made.last, made.second, made.merge,
                                made.first };
    const size_t want[] = { 3, 0, 2, 1, 3 };
    AUTO_STRVEC struct strvec wanted = { 0 };
    size_t positions[5];

    for (size_t i = 0; i < 5; i++)
        strvec_push(&wanted, ids[i]);
    order(sandbox, "project", true, &wanted, positions);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(positions[i], want[i]);
}

static void what_was_merged_is_in_the_whole_history_alone(void **state)
{
    struct sandbox *sandbox = *state;
    struct commits made = make_project(sandbox);
    AUTO_STRVEC struct strvec wanted = { 0 };
    size_t positions[3];

    strvec_push(&wanted, made.side);
    strvec_push(&wanted, made.away);
    strvec_push(&wanted, made.first);
    order(sandbox, "project", true, &wanted, positions);
    assert_int_equal(positions[0], COMMIT_NOT_THERE);
    assert_int_equal(positions[1], COMMIT_NOT_THERE);
    assert_int_equal(positions[2], 3);
    order(sandbox, "project", false, &wanted, positions);
    assert_true(positions[0] == 2 || positions[0] == 3);
    assert_int_equal(positions[1], COMMIT_NOT_THERE);
    assert_int_equal(positions[2], 4);
}

static void commits_that_nobody_has_are_not_there(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_STRVEC struct strvec wanted = { 0 };
    size_t position = 7;

    make_project(sandbox);
    order(sandbox, "project", true, &wanted, &position);
    assert_int_equal(position, 7);
    strvec_push(&wanted, "0123456789012345678901234567890123456789");
    order(sandbox, "project", true, &wanted, &position);
    assert_int_equal(position, COMMIT_NOT_THERE);
}

static void a_shallow_clone_tells_as_far_as_it_goes(void **state)
{
    struct sandbox *sandbox = *state;
    struct commits made = make_project(sandbox);
    AUTO_STRVEC struct strvec wanted = { 0 };
    size_t positions[3];

    repository_git(sandbox, ".", "clone -q --depth 2 file://$PWD/project shallow");
    strvec_push(&wanted, made.last);
    strvec_push(&wanted, made.merge);
    strvec_push(&wanted, made.first);
    for (int first_parents = 0; first_parents < 2; first_parents++) {
        order(sandbox, "shallow", first_parents, &wanted, positions);
        assert_int_equal(positions[0], 0);
        assert_int_equal(positions[1], 1);
        assert_int_equal(positions[2], COMMIT_NOT_THERE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(first_parents_are_counted_from_the_newest,
                                        repository_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(what_was_merged_is_in_the_whole_history_alone,
                                        repository_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(commits_that_nobody_has_are_not_there,
                                        repository_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(a_shallow_clone_tells_as_far_as_it_goes,
                                        repository_setup, sandbox_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
