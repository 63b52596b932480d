#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/explain/file_phrase.h"
#include "gate/explain/file_table.h"
#include "gate/verdict/explanation.h"
#include "runners/file_calls.h"
#include "tests/support/check.h"

static const struct file_places places[] = { { "/cache/1/tree", "/cache/s/a" },
                                             { "/cache/22/tree", "/cache/s/b" } };

/* Both sides' calls, as lines of strace. */
static void join(const char *base, const char *head, struct explanation *explanation)
{
    AUTO_FILE_CALLS struct file_calls of_base = { 0 };
    AUTO_FILE_CALLS struct file_calls of_head = { 0 };
    struct file_calls *const calls[] = { &of_base, &of_head };
    const char *const texts[] = { base, head };
    for (int side = 0; side < 2; side++)
        for (const char *line = texts[side]; *line; line = strchr(line, '\n') + 1)
            file_calls_add_line(calls[side], line, strchr(line, '\n'));
    file_table_join((const struct file_calls *const *)calls, places, explanation);
}

static void files_of_both_sides_are_one_by_where_they_lie(void **state)
{
    struct explanation explanation = { 0 };
    (void)state;
    join("1 read(3</cache/1/tree/src/list>, 1) = 5 <0.1>\n"
         "1 read(3</cache/s/a/in>, 1) = 5 <0.1>\n"
         "1 read(3</etc/x>, 1) = 5 <0.1>\n",
         "1 read(3</cache/22/tree/src/list>, 1) = 5 <0.2>\n"
         "1 read(3</cache/22/tree/src/list>, 1) = 5 <0.7>\n"
         "1 read(3</cache/s/b/in>, 1) = 5 <0.1>\n"
         "1 read(3</cache/s/b/in>, 1) = 5 <0.1>\n"
         "1 read(3</etc/x>, 1) = 5 <9>\n",
         &explanation);

    assert_int_equal(explanation.files.count, 2); /* x is called alike */
    const struct explained_file *first = &explanation.files.items[0];
    assert_string_equal(first->name, "src/list");
    assert_int_equal(first->sides[SIDE_BASE].reads, 1);
    assert_int_equal(first->sides[SIDE_HEAD].reads, 2);
    assert_int_equal(first->sides[SIDE_HEAD].read_bytes, 10);
    assert_close(first->sides[SIDE_HEAD].seconds, 0.9, 1e-9);
    assert_string_equal(explanation.files.items[1].name, "{work}/in");
    explanation_clear(&explanation);
}

static void what_was_done_is_told_in_words(void **state)
{
    char name[] = "a.txt";
    struct explained_file file = {
        .name = name,
        .sides = { { .opens = 1, .reads = 3 }, { .opens = 60, .reads = 3, .writes = 1 } },
    };
    AUTO_STR struct str use = STR_INIT;
    AUTO_STR struct str begun = STR_INIT;
    AUTO_STR struct str anew = STR_INIT;
    (void)state;
    file_phrase_add_use(&use, &file);
    file_phrase_add_begun(&begun, &file, SIDE_HEAD);
    file.sides[SIDE_HEAD] = (struct explained_file_use){ .opens = 1, .rewinds = 999 };
    file_phrase_add_begun(&anew, &file, SIDE_HEAD);

    assert_string_equal(use.data, "'a.txt' (opened 60 times where it was 1, read 3 times "
                                  "as before, written 1 time where it was 0)");
    assert_string_equal(begun.data, "'a.txt' is opened 60 times where it was 1");
    assert_string_equal(anew.data, "'a.txt' is opened 1 time and read from its beginning "
                                   "999 times more, where it was 1 in all");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_of_both_sides_are_one_by_where_they_lie),
        cmocka_unit_test(what_was_done_is_told_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
