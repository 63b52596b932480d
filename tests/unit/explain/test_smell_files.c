/* Rules over files: what strace found beside small profiles. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/explain/smells.h"
#include "gate/verdict/explanation.h"
#include "tests/unit/explain/comparing.h"
#include "tests/unit/explain/smell_profiles.h"

/* What strace found, beside profiles in which main calls fopen: one file that was opened
 * and begun anew. */
static struct explanation smells_with_a_file(struct comparing *comparing,
                                             const struct explained_file_use sides[2],
                                             const char *head)
{
    struct explanation explanation = { .bench_id = xstrdup("rows") };
    struct explained_file *file = array_push(&explanation.files);
    *file = (struct explained_file){ xstrdup("data/list.txt"), { sides[0], sides[1] } };
    comparing_texts(comparing, NOTHING, head);
    const struct smell_evidence evidence = { .told = &explanation,
                                             .pair = &comparing->pair };
    smells_find(&evidence, &explanation);
    return explanation;
}

static void assert_file_says(void **state,
                             const struct explained_file_use sides[2],
                             const char *head,
                             const char *want)
{
    struct explanation explanation = smells_with_a_file(*state, sides, head);
    AUTO_FREE char *says =
        xstrdup(explanation.smells.count ? explanation.smells.items[0].says : "");
    explanation_clear(&explanation);
    assert_string_equal(says, want);
}

static void the_file_that_is_opened_again_and_again_is_named(void **state)
{
    const struct explained_file_use same[] = { { .opens = 1 }, { .opens = 60 } };
    assert_file_says(state, same, CALLED("fopen", "60", "400"),
                     "'fopen' is called 60 times, by 'main' (main.c:7) in a loop: 1 % of "
                     "the instructions; 'data/list.txt' is opened 60 times where it was "
                     "1");
}

/* Of 60 opens, 29 are of that file: they are of many. */
static void one_of_many_files_is_not_named(void **state)
{
    const struct explained_file_use one_of_many[] = { { 0 }, { .opens = 29 } };
    assert_file_says(state, one_of_many, CALLED("fopen", "60", "400"),
                     "'fopen' is called 60 times, by 'main' (main.c:7) in a loop: 1 % of "
                     "the instructions");
}

static void a_file_that_is_read_from_its_beginning_again_smells(void **state)
{
    const struct explained_file_use again[] = { { .opens = 1 },
                                                { .opens = 1, .rewinds = 49 } };
    assert_file_says(state, again, NOTHING,
                     "'data/list.txt' is opened 1 time and read from its beginning 49 "
                     "times more, where it was 1 in all");
}

static void one_that_is_read_half_as_often_on_base_does_not(void **state)
{
    const struct explained_file_use as_before[] = { { .opens = 1, .rewinds = 25 },
                                                    { .opens = 1, .rewinds = 49 } };
    assert_file_says(state, as_before, NOTHING, "");
}

static void one_that_is_read_a_few_times_does_not(void **state)
{
    const struct explained_file_use few[] = { { .opens = 1 },
                                              { .opens = 1, .rewinds = 48 } };
    assert_file_says(state, few, NOTHING, "");
}

static void files_are_worth_a_run_where_they_are_opened_often(void **state)
{
    struct comparing *comparing = *state;
    const struct smell_evidence evidence = { .pair = &comparing->pair };
    comparing_texts(comparing, NOTHING, CALLED("rewind", "60", "400"));
    assert_true(smell_wants_files(&evidence));
}

static void files_are_not_worth_a_run_where_they_are_opened_as_before(void **state)
{
    struct comparing *comparing = *state;
    const struct smell_evidence evidence = { .pair = &comparing->pair };
    comparing_texts(comparing, CALLED("fopen", "60", "400"),
                    CALLED("fopen", "61", "400"));
    assert_false(smell_wants_files(&evidence));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARING_FACT(the_file_that_is_opened_again_and_again_is_named),
        COMPARING_FACT(one_of_many_files_is_not_named),
        COMPARING_FACT(a_file_that_is_read_from_its_beginning_again_smells),
        COMPARING_FACT(one_that_is_read_half_as_often_on_base_does_not),
        COMPARING_FACT(one_that_is_read_a_few_times_does_not),
        COMPARING_FACT(files_are_worth_a_run_where_they_are_opened_often),
        COMPARING_FACT(files_are_not_worth_a_run_where_they_are_opened_as_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
