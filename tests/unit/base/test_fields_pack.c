#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/fields.h"
#include "gate/base/fields_pack.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "tests/support/check.h"

enum colour {
    COLOUR_RED,
    COLOUR_BLUE
};

struct leaf {
    char *name;
    double value;
};
struct leaves {
    struct leaf *items;
    size_t count;
    size_t capacity;
};
struct tree {
    char *title;
    char *maybe;
    bool is_tall;
    int64_t born_s;
    uint64_t seed;
    enum colour colour;
    struct strvec words;
    struct leaf trunk;
    struct leaf *crown;
    struct leaves leaves;
    struct leaves fruits;
};

static const char *colour_name(unsigned value)
{
    return value == COLOUR_RED ? "red" : "blue";
}
static const struct field_choice colours = { 2, colour_name };

static const struct field leaf_members[] = {
    FIELD("name", FIELD_TEXT, struct leaf, name),
    FIELD("value", FIELD_NUMBER, struct leaf, value),
};
static const struct field_table leaf_fields = FIELD_TABLE(leaf_members, struct leaf);

#define TREE_MEMBERS                                                            \
    FIELD("title", FIELD_TEXT, struct tree, title),                             \
        FIELD("maybe", FIELD_TEXT_OPTION, struct tree, maybe),                  \
        FIELD("is_tall", FIELD_BOOL, struct tree, is_tall),                     \
        FIELD("born_s", FIELD_INT64, struct tree, born_s),                      \
        FIELD("seed", FIELD_SEED, struct tree, seed),                           \
        FIELD_OF_CHOICE("colour", struct tree, colour, colours),                \
        FIELD("words", FIELD_TEXTS, struct tree, words),                        \
        FIELD_OF_TABLE("trunk", FIELD_OBJECT, struct tree, trunk, leaf_fields), \
        FIELD_OF_TABLE("crown", FIELD_OPTION, struct tree, crown, leaf_fields)
static const struct field tree_members[] = {
    TREE_MEMBERS,
    FIELD_OF_TABLE("leaves", FIELD_LIST, struct tree, leaves, leaf_fields),
    FIELD_OF_TABLE("fruits", FIELD_LIST_OPTION, struct tree, fruits, leaf_fields),
};
static const struct field_table tree_fields = FIELD_TABLE(tree_members, struct tree);

static const struct field fewer_members[] = { TREE_MEMBERS };
static const struct field_table fewer_fields = FIELD_TABLE(fewer_members, struct tree);

static struct tree make_tree(void)
{
    struct tree tree = {
        .title = xstrdup("elm"),
        .is_tall = true,
        .born_s = -5,
        .seed = UINT64_MAX,
        .colour = COLOUR_BLUE,
        .trunk = { xstrdup(""), (double)INFINITY },
        .crown = xcalloc(1, sizeof *tree.crown),
    };
    tree.crown->name = xstrdup("crown");
    tree.crown->value = 0.1;
    strvec_push(&tree.words, "one");
    strvec_push(&tree.words, "");
    *array_push(&tree.leaves) = (struct leaf){ xstrdup("a"), (double)NAN };
    *array_push(&tree.leaves) = (struct leaf){ xstrdup("b"), -0.0 };
    *array_push(&tree.fruits) = (struct leaf){ xstrdup("nut"), 2 };
    return tree;
}

static void tree_clear(struct tree *tree)
{
    free(tree->title);
    free(tree->maybe);
    free(tree->trunk.name);
    if (tree->crown)
        free(tree->crown->name);
    free(tree->crown);
    strvec_clear(&tree->words);
    for (size_t i = 0; i < tree->leaves.count; i++)
        free(tree->leaves.items[i].name);
    array_clear(&tree->leaves);
    for (size_t i = 0; i < tree->fruits.count; i++)
        free(tree->fruits.items[i].name);
    array_clear(&tree->fruits);
}
#define AUTO_TREE_OF_TEST AUTO(tree_clear)

static void what_was_packed_is_unpacked_to_the_last_bit(void **state)
{
    AUTO_TREE_OF_TEST struct tree tree = make_tree();
    AUTO_TREE_OF_TEST struct tree again = { 0 };
    AUTO_STR struct str bytes = STR_INIT;
    AUTO_STR struct str twice = STR_INIT;
    (void)state;

    fields_pack(&tree_fields, &tree, &bytes);
    struct packed packed = { bytes.data, bytes.length };
    assert_int_equal(fields_unpack(&tree_fields, &packed, &again), 0);

    assert_int_equal(packed.left, 0);
    assert_string_equal(again.title, "elm");
    assert_null(again.maybe);
    assert_true(again.is_tall);
    assert_int_equal(again.colour, COLOUR_BLUE);
    assert_true(again.seed == UINT64_MAX);
    assert_string_equal(again.words.items[1], "");
    assert_string_equal(again.trunk.name, "");
    assert_true(isinf(again.trunk.value) && isnan(again.leaves.items[0].value));
    assert_true(signbit(again.leaves.items[1].value));
    assert_string_equal(again.crown->name, "crown");
    assert_string_equal(again.fruits.items[0].name, "nut");
    fields_pack(&tree_fields, &again, &twice);
    assert_int_equal(twice.length, bytes.length);
    assert_memory_equal(twice.data, bytes.data, bytes.length);
}

static void bytes_that_end_too_early_are_refused_wherever_they_end(void **state)
{
    AUTO_TREE_OF_TEST struct tree tree = make_tree();
    AUTO_STR struct str bytes = STR_INIT;
    (void)state;
    fields_pack(&tree_fields, &tree, &bytes);

    for (size_t length = 0; length < bytes.length; length++) {
        AUTO_TREE_OF_TEST struct tree again = { 0 };
        struct packed packed = { bytes.data, length };
        if (fields_unpack(&tree_fields, &packed, &again) == 0)
            fail_msg("%zu of %zu bytes were enough", length, bytes.length);
    }
}

static void a_count_that_cannot_be_asks_for_no_memory(void **state)
{
    AUTO_STR struct str bytes = STR_INIT;
    uint32_t count = UINT32_MAX - 1;
    static const struct field members[] = {
        FIELD_OF_TABLE("leaves", FIELD_LIST, struct tree, leaves, leaf_fields),
    };
    static const struct field_table table = FIELD_TABLE(members, struct tree);
    struct tree tree = { 0 };
    (void)state;
    str_add_bytes(&bytes, (const char *)&count, sizeof count);
    str_add(&bytes, "some bytes");
    struct packed packed = { bytes.data, bytes.length };

    assert_int_equal(fields_unpack(&table, &packed, &tree), -1);
    assert_null(tree.leaves.items);
}

static void another_table_has_another_fingerprint(void **state)
{
    (void)state;
    assert_true(fields_fingerprint(&tree_fields) == fields_fingerprint(&tree_fields));
    assert_true(fields_fingerprint(&tree_fields) != fields_fingerprint(&fewer_fields));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_packed_is_unpacked_to_the_last_bit),
        cmocka_unit_test(bytes_that_end_too_early_are_refused_wherever_they_end),
        cmocka_unit_test(a_count_that_cannot_be_asks_for_no_memory),
        cmocka_unit_test(another_table_has_another_fingerprint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
