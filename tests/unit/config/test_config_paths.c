/* The files on which benchmarks depend. A pattern holds what it would in a .gitignore
 * with a '/' in front: git check-ignore 2.39.5 answers the same for each example but the
 * one with brackets, which are letters here. */
#include "gate/base/alloc.h"
#include "gate/config/changes.h"
#include "gate/config/paths.h"
#include "tests/unit/config/config_errors.h"

/* One pattern, and whether it holds the file. */
struct example {
    const char *pattern;
    const char *file;
    bool holds;
};

static void patterns_hold_what_they_say(void **state)
{
    static const struct example examples[] = {
        { "src", "src", true },
        { "src", "src/a.c", true },
        { "src", "src/deep/a.c", true },
        { "src", "srcs/a.c", false },
        { "src", "lib/src/a.c", false },
        { "src/", "src/a.c", true },
        { "src/", "src", false },
        { "src/*.c", "src/a.c", true },
        { "src/*.c", "src/deep/a.c", false },
        { "src/*.c", "src/a.cc", false },
        { "src/**", "src/deep/a.c", true },
        { "src/**/a.c", "src/a.c", true },
        { "src/**/a.c", "src/deep/er/a.c", true },
        { "src/**/a.c", "src/deep/ba.c", false },
        { "**/*.md", "README.md", true },
        { "**/*.md", "docs/a/b.md", true },
        { "**/*.md", "docs/a/b.mdx", false },
        { "**", "any/thing", true },
        { "*", "a", true },
        { "*/b", "a/c", false },
        { "a?c", "abc", true },
        { "a?c", "a/c", false },
        { "[ab]", "a", false },
        { "**/x", "y", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct example *example = &examples[i];
        AUTO_STRVEC struct strvec one = { 0 };
        strvec_push(&one, example->pattern);
        if (paths_hold(&one, example->file) != example->holds)
            fail_msg("'%s' and '%s'", example->pattern, example->file);
    }
}

static void last_that_matches_counts(void **state)
{
    AUTO_STRVEC struct strvec paths = { 0 };

    (void)state;
    strvec_push(&paths, "src/**");
    strvec_push(&paths, "!src/docs/**");
    strvec_push(&paths, "src/docs/table.c");

    assert_true(paths_hold(&paths, "src/a.c"));
    assert_false(paths_hold(&paths, "src/docs/a.md"));
    assert_true(paths_hold(&paths, "src/docs/table.c"));
    assert_false(paths_hold(&paths, "README.md"));
}

static void all_else_is_in_where_the_first_takes_out(void **state)
{
    AUTO_STRVEC struct strvec paths = { 0 };

    (void)state;
    strvec_push(&paths, "!docs");
    strvec_push(&paths, "!**/*.md");

    assert_true(paths_hold(&paths, "src/a.c"));
    assert_false(paths_hold(&paths, "docs/a.c"));
    assert_false(paths_hold(&paths, "src/a.md"));
}

#define TWO(top, own)                                                          \
    "{\"version\": 1, " top "\"suites\": [{" own "\"name\": \"s\", "           \
    "\"benchmarks\": [{\"name\": \"b\", \"run\": \"a\"}]}, {\"name\": \"t\", " \
    "\"benchmarks\": [{\"name\": \"c\", \"run\": \"a\"}]}]}"

static void suites_own_paths_replace_those_of_all(void **state)
{
    AUTO_CONFIG struct config *config =
        parse_good(TWO("\"paths\": [\"a\"], ", "\"paths\": [\"b\", \"!c\"], "));
    AUTO_CONFIG struct config *without = parse_good(TWO("", ""));

    (void)state;
    assert_string_equal(paths_of_suite(config, &config->suites[0])->items[0], "b");
    assert_string_equal(paths_of_suite(config, &config->suites[1])->items[0], "a");
    assert_null(paths_of_suite(without, &without->suites[0]));
}

static void other_paths_are_a_change_of_the_gate(void **state)
{
    AUTO_CONFIG struct config *base = parse_good(TWO("", "\"paths\": [\"b\"], "));
    AUTO_CONFIG struct config *head = parse_good(TWO("\"paths\": [\"a\", \"!x\"], ", ""));
    AUTO_STRVEC struct strvec changes = { 0 };

    (void)state;
    config_gate_changes(base, head, &changes);
    AUTO_FREE char *all = strvec_join(&changes, "|");

    assert_string_equal(all, "paths: all on base, a, !x on head|"
                             "paths of 's': b on base, all on head");
}

static void paths_out_of_the_repository_are_refused(void **state)
{
#define PATH_ALLOWED "must be a path from the top of the repository, such as \"src/**\""
    static const struct bad cases[] = {
        { TOP("\"paths\": []"),
          "3, column 3: 'paths' must be an array of paths (at least "
          "one), not an array of 0" },
        { TOP("\"paths\": [\"/src\"]"),
          "3, column 13: 'paths[0]' " PATH_ALLOWED ", not \"/src\"" },
        { TOP("\"paths\": [\"a\", \"../b\"]"),
          "3, column 18: 'paths[1]' " PATH_ALLOWED ", not \"../b\"" },
        { TOP("\"paths\": [\"!\"]"),
          "3, column 13: 'paths[0]' " PATH_ALLOWED ", not \"!\"" },
        { TOP("\"paths\": [\"!!a\"]"),
          "3, column 13: 'paths[0]' " PATH_ALLOWED ", not \"!!a\"" },
        { TOP("\"paths\": [\"./a\"]"),
          "3, column 13: 'paths[0]' " PATH_ALLOWED ", not \"./a\"" },
    };

    (void)state;
    assert_refused(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_hold_what_they_say),
        cmocka_unit_test(last_that_matches_counts),
        cmocka_unit_test(all_else_is_in_where_the_first_takes_out),
        cmocka_unit_test(suites_own_paths_replace_those_of_all),
        cmocka_unit_test(other_paths_are_a_change_of_the_gate),
        cmocka_unit_test(paths_out_of_the_repository_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
