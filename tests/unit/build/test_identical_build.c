/* The whole way: two commits built by the builder and compared. */
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/build/identical.h"
#include "gate/source/changes.h"
#include "tests/support/check.h"
#include "tests/unit/build/workshop.h"

#define PROGRAM(comment, number) \
    "#include <stdio.h>\n"       \
    "/* " comment " */\n"        \
    "int main(void) { printf(\"%d %s\\n\", " number ", __FILE__); return 0; }\n"

static void list_changes(struct workshop *shop,
                         const struct revision *base,
                         const struct revision *head,
                         struct strvec *paths)
{
    AUTO_CHANGES struct changes changes = { 0 };
    struct error err = { 0 };
    if (source_list_changes(shop->source, base->commit, head->commit, &changes, &err) < 0)
        fail_msg("%s", err.message);
    for (size_t i = 0; i < changes.count; i++)
        strvec_push(paths, changes.items[i].new_path);
}

/* Are the builds of HEAD and of a commit on top of it, with text in file, identical? */
static bool is_identical(struct workshop *shop,
                         const char *recipe,
                         const char *file,
                         const char *text)
{
    AUTO_BUILT_SIDE struct built_side base = BUILT_SIDE_INIT;
    AUTO_BUILT_SIDE struct built_side head = BUILT_SIDE_INIT;
    AUTO_IDENTICAL struct identical identical = { 0 };
    AUTO_STRVEC struct strvec changed = { 0 };
    AUTO_STRVEC struct strvec argv = { 0 };
    AUTO_STR struct str why = STR_INIT;
    const struct strvec none = { 0 };
    struct error err = { 0 };

    struct revision first = workshop_head(shop);
    struct revision second = workshop_commit(shop, file, text);
    workshop_set_recipe(shop, recipe);
    workshop_build(shop, "base", &first, &base);
    workshop_build(shop, "head", &second, &head);
    list_changes(shop, &first, &second, &changed);
    strvec_push(&argv, "./prog");
    if (identical_compare(base.entry.tree, head.entry.tree, &changed, &identical, &err) <
        0)
        fail_msg("%s", err.message);
    bool answer = identical_bench(&identical, &argv, &none, &why);
    print_message("%s\n", why.data);
    return answer;
}

/* With the full path in __FILE__ and, with -g, in the debug information; with and without
 * a build id. */
static void comment_is_identical_however_it_is_compiled(void **state)
{
    static const char *const recipes[] = {
        "cc -O2 -o prog main.c",
        "cc -O2 -o prog \"$PWD/main.c\"",
        "cc -O2 -g -o prog \"$PWD/main.c\"",
        "cc -O2 -g -Wl,--build-id=sha1 -Wl,-rpath,\"$PWD/lib\" -o prog \"$PWD/main.c\"",
        "cc -O2 -Wl,--build-id=md5 -o prog \"$PWD/main.c\"",
    };
    struct workshop *shop = *state;
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        workshop_commit(shop, "main.c", PROGRAM("one", "1"));
        if (!is_identical(shop, recipes[i], "main.c", PROGRAM("another", "1")))
            fail_msg("not identical with '%s'", recipes[i]);
    }
}

/* Debug information then differs, code does not. */
static void comment_that_moves_lines_is_identical(void **state)
{
    workshop_commit(*state, "main.c", PROGRAM("one", "1"));
    assert_true(is_identical(*state, "cc -O2 -g -o prog main.c", "main.c",
                             "/* more */\n\n" PROGRAM("one", "1")));
}

static void text_for_people_is_identical(void **state)
{
    assert_true(
        is_identical(*state, "cc -g -O2 -o prog $PWD/main.c", "README.md", "new\n"));
}

static void changed_code_is_not_identical(void **state)
{
    workshop_commit(*state, "main.c", PROGRAM("one", "1"));
    assert_false(
        is_identical(*state, "cc -O2 -o prog main.c", "main.c", PROGRAM("one", "2")));
}

static void changed_data_is_not_identical(void **state)
{
    assert_false(is_identical(*state, "cc -O2 -o prog main.c", "data.json", "[4]\n"));
}

static void data_made_from_changed_code_is_not_identical(void **state)
{
    workshop_commit(*state, "table.h", "1\n");
    assert_false(is_identical(*state, "cc -O2 -o prog main.c && cp table.h table.bin",
                              "table.h", "2\n"));
}

/* CMake's own notes must not stand in the way. */
static void cmake_build_is_identical(void **state)
{
    struct workshop *shop = *state;
    workshop_commit(shop, "CMakeLists.txt",
                    "cmake_minimum_required(VERSION 3.16)\nproject(p C)\n"
                    "set(CMAKE_BUILD_TYPE RelWithDebInfo)\n"
                    "set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_SOURCE_DIR})\n"
                    "add_library(hello SHARED lib.c)\nadd_executable(prog main.c)\n"
                    "target_link_libraries(prog hello)\n");
    workshop_commit(shop, "lib.c", "int f(void) { return 1; }\n");
    workshop_commit(shop, "main.c", PROGRAM("one", "1"));
    assert_true(is_identical(shop, "cmake -S . -B out && cmake --build out", "main.c",
                             PROGRAM("two", "1")));
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, workshop_setup, workshop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(comment_is_identical_however_it_is_compiled),
        TEST(comment_that_moves_lines_is_identical),
        TEST(text_for_people_is_identical),
        TEST(changed_code_is_not_identical),
        TEST(changed_data_is_not_identical),
        TEST(data_made_from_changed_code_is_not_identical),
        TEST(cmake_build_is_identical),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
