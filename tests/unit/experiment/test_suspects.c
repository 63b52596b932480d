#include <math.h>

#include "gate/base/random.h"
#include "gate/experiment/suspects.h"
#include "tests/support/check.h"

static void make_line(struct lineage *lineage, size_t count)
{
    for (size_t i = 0; i < count; i++)
        lineage_add(lineage, (const size_t[]){ i - 1 }, i ? 1 : 0);
}

/* 0 - 1 - 2 - 3 - 4 -------- 8 - 9
 *      \                    /
 *       5 ---- 6 ---- 7 ---          */
static void make_branch(struct lineage *lineage)
{
    make_line(lineage, 5);
    lineage_add(lineage, (const size_t[]){ 1 }, 1);
    lineage_add(lineage, (const size_t[]){ 5 }, 1);
    lineage_add(lineage, (const size_t[]){ 6 }, 1);
    lineage_add(lineage, (const size_t[]){ 4, 7 }, 2);
    lineage_add(lineage, (const size_t[]){ 8 }, 1);
}

static size_t next(const struct suspects *suspects)
{
    size_t commit = SIZE_MAX;
    assert_true(suspects_next(suspects, &commit));
    return commit;
}

/* Asks until nothing is left that tells, with answers that are sure. Returns how many. */
static size_t search(struct suspects *suspects, size_t culprit)
{
    size_t asked = 0;
    size_t commit = 0;
    while (suspects_next(suspects, &commit)) {
        bool marks[64] = { false };
        lineage_mark(suspects->lineage, commit, marks);
        suspects_answer(suspects, commit, marks[culprit] ? SUSPECT_SLOW : SUSPECT_FAST,
                        1e-6);
        asked++;
    }
    return asked;
}

static void every_culprit_of_64_is_found_with_six_sure_answers(void **state)
{
    AUTO_LINEAGE struct lineage lineage = { 0 };
    (void)state;
    make_line(&lineage, 64);

    for (size_t culprit = 0; culprit < 64; culprit++) {
        AUTO_SUSPECTS struct suspects suspects;
        suspects_init(&suspects, &lineage);
        assert_int_equal(search(&suspects, culprit), 6);
        assert_int_equal(suspects_likeliest(&suspects), culprit);
    }
}

static void every_culprit_is_found_on_either_side_of_a_merge(void **state)
{
    AUTO_LINEAGE struct lineage lineage = { 0 };
    (void)state;
    make_branch(&lineage);

    for (size_t culprit = 0; culprit < lineage.count; culprit++) {
        AUTO_SUSPECTS struct suspects suspects;
        suspects_init(&suspects, &lineage);
        assert_true(search(&suspects, culprit) <= 4);
        assert_int_equal(suspects_likeliest(&suspects), culprit);
    }
}

static void asked_first_is_the_commit_whose_ancestors_are_half_of_all(void **state)
{
    AUTO_LINEAGE struct lineage line = { 0 };
    AUTO_LINEAGE struct lineage branch = { 0 };
    AUTO_SUSPECTS struct suspects of_line;
    AUTO_SUSPECTS struct suspects of_branch;
    (void)state;
    make_line(&line, 64);
    make_branch(&branch);
    suspects_init(&of_line, &line);
    suspects_init(&of_branch, &branch);

    assert_int_equal(next(&of_line), 31);
    assert_int_equal(next(&of_branch),
                     4); /* 0 to 4: five of ten; of 7 there are five too */
}

/* By Bayes' rule: two of four agree with "1 is slow", so that the others keep .1 / (.9 +
 * .9 + .1 + .1); then the same for "0 is fast" with .2. */
static void probabilities_are_those_of_bayes(void **state)
{
    AUTO_LINEAGE struct lineage lineage = { 0 };
    AUTO_SUSPECTS struct suspects suspects;
    (void)state;
    make_line(&lineage, 4);
    suspects_init(&suspects, &lineage);

    suspects_answer(&suspects, 1, SUSPECT_SLOW, 0.1);
    assert_close(suspects.items[0].probability, 0.45, 1e-12);
    assert_close(suspects.items[3].probability, 0.05, 1e-12);
    suspects_answer(&suspects, 0, SUSPECT_FAST, 0.2);

    double sum = 0.9 * 0.2 + 0.9 * 0.8 + 0.1 * 0.8 + 0.1 * 0.8;
    assert_close(suspects.items[0].probability, 0.9 * 0.2 / sum, 1e-12);
    assert_close(suspects.items[1].probability, 0.9 * 0.8 / sum, 1e-12);
    assert_close(suspects.items[2].probability, 0.1 * 0.8 / sum, 1e-12);
}

static void an_answer_takes_the_place_of_the_one_before(void **state)
{
    AUTO_LINEAGE struct lineage lineage = { 0 };
    AUTO_SUSPECTS struct suspects suspects;
    (void)state;
    make_line(&lineage, 4);
    suspects_init(&suspects, &lineage);

    suspects_answer(&suspects, 1, SUSPECT_SLOW, 0.1);
    suspects_answer(&suspects, 1, SUSPECT_FAST, 0.01);
    assert_close(suspects.items[0].probability, 0.005, 1e-12);
    suspects_answer(&suspects, 1, SUSPECT_UNASKED, 0.5);
    assert_close(suspects.items[0].probability, 0.25, 1e-12);
}

static void a_commit_that_cannot_be_asked_leaves_its_neighbour(void **state)
{
    AUTO_LINEAGE struct lineage lineage = { 0 };
    AUTO_SUSPECTS struct suspects suspects;
    (void)state;
    make_line(&lineage, 64);
    suspects_init(&suspects, &lineage);

    suspects_miss(&suspects, 31);
    assert_int_equal(next(&suspects), 30);
    suspects_miss(&suspects, 30);
    size_t jumped = next(&suspects);
    assert_true(jumped == 29 || jumped == 33);
    suspects_miss(&suspects, jumped);
    suspects_miss(&suspects, 32);
    jumped = next(&suspects); /* seven places down the list: three or four to a side */
    assert_true(jumped <= 27 || jumped >= 35);
}

static void what_stands_beside_one_that_cannot_be_asked_stays_as_likely(void **state)
{
    AUTO_LINEAGE struct lineage lineage = { 0 };
    AUTO_SUSPECTS struct suspects suspects;
    bool named[8] = { false };
    size_t commit = 0;
    (void)state;
    make_line(&lineage, 8);
    suspects_init(&suspects, &lineage);
    suspects_miss(&suspects, 3);
    suspects_answer(&suspects, 2, SUSPECT_FAST, 0.001);
    suspects_answer(&suspects, 4, SUSPECT_SLOW, 0.001);

    assert_false(suspects_next(&suspects, &commit));
    assert_int_equal(suspects_name(&suspects, named), 2);
    assert_true(named[3] && named[4]);
}

static void one_that_is_likely_enough_is_named_alone(void **state)
{
    AUTO_LINEAGE struct lineage lineage = { 0 };
    AUTO_SUSPECTS struct suspects suspects;
    bool named[8] = { false };
    (void)state;
    make_line(&lineage, 8);
    suspects_init(&suspects, &lineage);
    suspects_answer(&suspects, 3, SUSPECT_FAST, 0.01);
    suspects_answer(&suspects, 4, SUSPECT_SLOW, 0.01);

    assert_int_equal(suspects_name(&suspects, named), 1);
    assert_true(named[4]);
}

static void a_doubtful_answer_is_asked_for_again(void **state)
{
    AUTO_LINEAGE struct lineage lineage = { 0 };
    AUTO_SUSPECTS struct suspects suspects;
    (void)state;
    make_line(&lineage, 2);
    suspects_init(&suspects, &lineage);

    suspects_answer(&suspects, 0, SUSPECT_SLOW, 0.2);
    assert_int_equal(next(&suspects), 0);
    suspects_close(&suspects, 0);

    size_t commit = 0;
    assert_false(suspects_next(&suspects, &commit));
    assert_close(suspects.items[0].probability, 0.8, 1e-12);
}

static void what_is_known_of_a_commit_itself_weighs_too(void **state)
{
    AUTO_LINEAGE struct lineage lineage = { 0 };
    AUTO_SUSPECTS struct suspects suspects;
    (void)state;
    make_line(&lineage, 4);
    suspects_init(&suspects, &lineage);

    suspects_weigh(&suspects, 2, 97);
    assert_close(suspects.items[2].probability, 0.97, 1e-12);
    suspects_weigh(&suspects, 2, 1 / 97.0);
    assert_close(suspects.items[2].probability, 0.25, 1e-12);
}

static void answers_still_needed_are_the_entropy_in_bits(void **state)
{
    AUTO_LINEAGE struct lineage lineage = { 0 };
    AUTO_SUSPECTS struct suspects suspects;
    (void)state;
    make_line(&lineage, 64);
    suspects_init(&suspects, &lineage);

    assert_close(suspects_bits(&suspects), 6, 1e-12);
    suspects_answer(&suspects, 31, SUSPECT_SLOW, 1e-6);
    assert_close(suspects_bits(&suspects), 5, 1e-3);
}

#define SEARCHES 2000
#define P_WRONG  0.1

/* Answers that are wrong with the probability that they state. */
static void search_with_errors(struct suspects *suspects, uint64_t number)
{
    size_t culprit = (size_t)random_below_at(number, 0, 0, 64);
    size_t commit = 0;
    for (uint64_t i = 1; suspects_next(suspects, &commit); i++) {
        bool is_wrong = (double)random_below_at(number, 1, i, 1000) < 1000 * P_WRONG;
        bool is_slow = (commit >= culprit) != is_wrong;
        suspects_answer(suspects, commit, is_slow ? SUSPECT_SLOW : SUSPECT_FAST, P_WRONG);
        suspects_close(suspects, commit);
    }
}

/* Where p is what it says, so is the probability: over many searches the named commit is
 * right as often as the mean of what was stated (within three standard errors, 3.3 %). */
static void commits_are_right_as_often_as_is_stated(void **state)
{
    AUTO_LINEAGE struct lineage lineage = { 0 };
    double stated = 0;
    double right = 0;
    (void)state;
    make_line(&lineage, 64);

    for (uint64_t number = 0; number < SEARCHES; number++) {
        AUTO_SUSPECTS struct suspects suspects;
        suspects_init(&suspects, &lineage);
        search_with_errors(&suspects, number);
        size_t named = suspects_likeliest(&suspects);
        stated += suspects.items[named].probability;
        right += named == random_below_at(number, 0, 0, 64);
    }

    assert_true(right / SEARCHES > 0.4 && right / SEARCHES < 0.9);
    assert_close(right / SEARCHES, stated / SEARCHES, 3 * sqrt(0.25 / SEARCHES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_culprit_of_64_is_found_with_six_sure_answers),
        cmocka_unit_test(every_culprit_is_found_on_either_side_of_a_merge),
        cmocka_unit_test(asked_first_is_the_commit_whose_ancestors_are_half_of_all),
        cmocka_unit_test(probabilities_are_those_of_bayes),
        cmocka_unit_test(an_answer_takes_the_place_of_the_one_before),
        cmocka_unit_test(a_commit_that_cannot_be_asked_leaves_its_neighbour),
        cmocka_unit_test(what_stands_beside_one_that_cannot_be_asked_stays_as_likely),
        cmocka_unit_test(one_that_is_likely_enough_is_named_alone),
        cmocka_unit_test(a_doubtful_answer_is_asked_for_again),
        cmocka_unit_test(what_is_known_of_a_commit_itself_weighs_too),
        cmocka_unit_test(commits_are_right_as_often_as_is_stated),
        cmocka_unit_test(answers_still_needed_are_the_entropy_in_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
