/* Source with costs in the margin, whole. */
#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/explain/margin.h"
#include "tests/unit/explain/comparing.h"

#define HEADER "events: Ir\nob=/tree/program\nfl=/tree/find.c\n"

static void assert_margin(struct comparing *comparing,
                          const char *name,
                          const struct margin_file *file,
                          const char *want)
{
    AUTO_STR struct str text = STR_INIT;
    const struct function_diff *item = comparing_item(comparing, name);
    margin_add(&comparing->pair, (uint32_t)(item - comparing->pair.diff.functions.items),
               file, &text);
    assert_string_equal(text.data, want);
}

static void lines_that_changed_stand_where_they_were(void **state)
{
    struct comparing *comparing = *state;
    comparing_edit(comparing, "find.c", (struct line_range){ 3, 2 },
                   (struct line_range){ 3, 1 });
    comparing_texts(comparing, HEADER "fn=find\n2 1000\n3 20\n4 30\n5 7\n",
                    HEADER "fn=find\n2 1000\n3 90000\n4 7\n");
    const struct margin_file file = {
        .path = "find.c",
        .base_text = "int find(void)\n{\n\told();\n    older();\n}\n",
        .head_text = "int find(void)\n{\n    fresh();\n}\n",
        .changed = &comparing->changed.items[0],
    };
    assert_margin(comparing, "find", &file,
                  "                                     1  int find(void)\n"
                  "          1,000          1,000       2  {\n"
                  "             20                -     3      old();\n"
                  "             30                -     4      older();\n"
                  "                        90,000 +     3      fresh();\n"
                  "              7              7       4  }\n");
}

static void long_stretches_without_costs_are_left_out(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(comparing, HEADER "fn=find\n2 5\n12 7\n",
                    HEADER "fn=find\n2 5\n12 8\n");
    const struct margin_file file = { .path = "find.c",
                                      .base_text = "",
                                      .head_text = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\n"
                                                   "m\nn\no\n" };
    assert_margin(comparing, "find", &file,
                  "                                     1  a\n"
                  "              5              5       2  b\n"
                  "                                     3  c\n"
                  "                                     4  d\n"
                  "                              ...\n"
                  "                                    10  j\n"
                  "                                    11  k\n"
                  "              7              8      12  l\n"
                  "                                    13  m\n"
                  "                                    14  n\n");
}

static void a_file_that_is_gone_has_all_its_lines_taken_out(void **state)
{
    struct comparing *comparing = *state;
    const struct hunk_spec hunk = { .old_path = "find.c",
                                    .old_lines = { 1, 2 },
                                    .new_lines = { 0, 0 } };
    comparing_add_hunk(comparing, &hunk);
    comparing_texts(comparing, HEADER "fn=find\n1 5\n",
                    "events: Ir\nob=/tree/program\nfl=/tree/other.c\nfn=g\n1 5\n");
    const struct margin_file file = { .path = "find.c",
                                      .base_text = "int find(void)\n{}\n",
                                      .head_text = "",
                                      .changed = &comparing->changed.items[0] };
    assert_margin(comparing, "find", &file,
                  "              5                -     1  int find(void)\n"
                  "                               -     2  {}\n");
}

static void control_characters_are_not_obeyed(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(comparing, HEADER "fn=find\n1 5\n", HEADER "fn=find\n1 6\n");
    const struct margin_file file = { .path = "find.c",
                                      .base_text = "",
                                      .head_text = "\033[31mred\n" };
    assert_margin(comparing, "find", &file,
                  "              5              6       1  \xef\xbf\xbd[31mred\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARING_FACT(lines_that_changed_stand_where_they_were),
        COMPARING_FACT(long_stretches_without_costs_are_left_out),
        COMPARING_FACT(a_file_that_is_gone_has_all_its_lines_taken_out),
        COMPARING_FACT(control_characters_are_not_obeyed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
