/* What programs smell of, on real repositories: a regex compiled in the loop, a query a
 * row, and a change of nothing. Profiles need valgrind; where it is absent the tests are
 * skipped. */
#include "gate/base/alloc.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "tests/cli/explained.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define CHECK "check --budget 60s --pairs 8 --layouts off --json r.json"

static void write_sizes(struct sandbox *sandbox, const char *libraries, const char *sizes)
{
    AUTO_FREE char *text = str_format(
        "{ \"version\": 1,\n"
        "  \"build\": { \"run\": [\"cc -O1 $CFLAGS -o prog main.c %s\"],\n"
        "             \"shell\": true },\n"
        "  \"budget\": { \"warmup\": 0 },\n"
        "  \"margins\": { \"cpu\": \"none\", \"wall\": \"none\", \"peak_rss\": \"none\",\n"
        "               \"written_bytes\": \"1%%\" },\n"
        "  \"suites\": [{ \"name\": \"s\", \"benchmarks\": [\n"
        "    { \"name\": \"rows\", \"run\": \"./prog {n}\", \"sizes\": { \"n\": [%s] } }\n"
        "  ] }] }\n",
        libraries, sizes);
    sandbox_write(sandbox, "project/pawl.json", text);
}

static void write_config(struct sandbox *sandbox, const char *libraries)
{
    write_sizes(sandbox, libraries, "40");
}

static void commit(struct sandbox *sandbox, const char *name, const char *source)
{
    sandbox_write(sandbox, "project/main.c", source);
    repository_commit_all(sandbox, "project", name, NULL);
}

static const json_t *first_smell(const json_t *explanation)
{
    const json_t *smells = json_object_get(explanation, "smells");
    if (!json_array_size(smells))
        fail_msg("no smells");
    return json_array_get(smells, 0);
}

static void assert_text(const json_t *smell, const char *key, const char *want)
{
    assert_string_equal(json_string_value(json_object_get(smell, key)), want);
}

static void assert_number(const json_t *smell, const char *key, double want)
{
    assert_close(json_number_value(json_object_get(smell, key)), want, 0);
}

/* What head writes makes the check explain it, whatever the machine is busy with. */
#define WRITE "    puts(\"x\");\n"

#define REGEX(before, in_loop)                                     \
    "#include <regex.h>\n"                                         \
    "#include <stdio.h>\n"                                         \
    "#include <stdlib.h>\n"                                        \
    "static regex_t regex;\n"                                      \
    "__attribute__((noinline)) static int match_row(int row)\n"    \
    "{\n"                                                          \
    "    char text[32];\n"                                         \
    "    snprintf(text, sizeof text, \"CASE-%d\", row);\n" in_loop \
    "    return regexec(&regex, text, 0, NULL, 0);\n"              \
    "}\n"                                                          \
    "int main(int argc, char **argv)\n"                            \
    "{\n"                                                          \
    "    int missed = argc - 2;\n" before                          \
    "    for (int i = 0; i < strtol(argv[1], NULL, 10); i++)\n"    \
    "        missed += match_row(i);\n"                            \
    "    return missed;\n"                                         \
    "}\n"
#define COMPILE "    regcomp(&regex, \"^CASE-[0-9]+$\", REG_EXTENDED);\n"

static void a_regex_compiled_in_the_loop_is_named_with_its_caller(void **state)
{
    struct sandbox *sandbox = *state;
    explained_need(sandbox, "valgrind");
    repository_make(sandbox, "project");
    write_config(sandbox, "");
    commit(sandbox, "base", REGEX(COMPILE, ""));
    commit(sandbox, "in the loop", REGEX(WRITE, COMPILE));
    struct outcome outcome = pawl_explains(sandbox, 1, CHECK);
    AUTO_JSON json_t *result = NULL;
    const json_t *smell = first_smell(explained_first(sandbox, &result));

    explained_says(&outcome, "smells: regex compiled in a loop: 'regcomp' is called 40 "
                             "times where it was 1, by 'match_row' (main.c:9) in a loop "
                             "of 'main': ");
    assert_text(smell, "rule", "regex compiled in a loop");
    assert_text(smell, "function", "regcomp");
    assert_text(smell, "caller", "match_row");
    assert_text(smell, "file", "main.c");
    assert_text(smell, "loop", "main");
    assert_number(smell, "line", 9);
    assert_number(smell, "head", 40);
    assert_true(json_is_true(json_object_get(smell, "is_new")));
    outcome_clear(&outcome);
}

#define ROWS(body)                                                                    \
    "#include <stdio.h>\n"                                                            \
    "#include <sqlite3.h>\n"                                                          \
    "#include <stdlib.h>\n"                                                           \
    "static sqlite3 *db;\n"                                                           \
    "static long sum;\n"                                                              \
    "static void make(int rows)\n"                                                    \
    "{\n"                                                                             \
    "    sqlite3_stmt *insert;\n"                                                     \
    "    sqlite3_open(\":memory:\", &db);\n"                                          \
    "    sqlite3_exec(db, \"create table t(id integer primary key, v)\", 0, 0, 0);\n" \
    "    sqlite3_prepare_v2(db, \"insert into t values(?1, ?1)\", -1, &insert, 0);\n" \
    "    for (int i = 0; i < rows; i++) {\n"                                          \
    "        sqlite3_bind_int(insert, 1, i);\n"                                       \
    "        sqlite3_step(insert);\n"                                                 \
    "        sqlite3_reset(insert);\n"                                                \
    "    }\n"                                                                         \
    "    sqlite3_finalize(insert);\n"                                                 \
    "}\n"                                                                             \
    "__attribute__((noinline)) static void add_rows(int rows)\n"                      \
    "{\n"                                                                             \
    "    sqlite3_stmt *query;\n" body "}\n"                                           \
    "int main(int argc, char **argv)\n"                                               \
    "{\n"                                                                             \
    "    int rows = argc > 1 ? strtol(argv[1], NULL, 10) : 0;\n"                      \
    "    make(rows);\n"                                                               \
    "    add_rows(rows);\n"                                                           \
    "    return sum != 780;\n"                                                        \
    "}\n"
#define ONE_QUERY                                                       \
    "    sqlite3_prepare_v2(db, \"select v from t\", -1, &query, 0);\n" \
    "    while (sqlite3_step(query) == SQLITE_ROW)\n"                   \
    "        sum += sqlite3_column_int(query, 0);\n"                    \
    "    sqlite3_finalize(query);\n"
#define A_QUERY_A_ROW                                                                     \
    "    for (int i = 0; i < rows; i++) {\n"                                              \
    "        sqlite3_prepare_v2(db, \"select v from t where id = ?1\", -1, &query, 0);\n" \
    "        sqlite3_bind_int(query, 1, i);\n"                                            \
    "        sqlite3_step(query);\n"                                                      \
    "        sum += sqlite3_column_int(query, 0);\n"                                      \
    "        sqlite3_finalize(query);\n"                                                  \
    "    }\n"

/* Each side has one of make's among them. */
static void a_query_a_row_is_named_with_its_counts(void **state)
{
    struct sandbox *sandbox = *state;
    explained_need(sandbox, "valgrind");
    repository_make(sandbox, "project");
    write_config(sandbox, "-lsqlite3");
    commit(sandbox, "base", ROWS(ONE_QUERY));
    commit(sandbox, "a query a row", ROWS(WRITE A_QUERY_A_ROW));
    struct outcome outcome = pawl_explains(sandbox, 1, CHECK);
    AUTO_JSON json_t *result = NULL;
    const json_t *smell = first_smell(explained_first(sandbox, &result));

    explained_says(&outcome,
                   "smells: a query a row: 'sqlite3_prepare_v2' is called 41 "
                   "times where it was 2, by 'add_rows' (main.c:24) in a loop: ");
    explained_says(&outcome, "of the instructions; n is 40.");
    assert_text(smell, "caller", "add_rows");
    assert_number(smell, "head", 41);
    assert_number(smell, "base", 2);
    outcome_clear(&outcome);
}

#define PAIRS(before, from)                                                \
    "#include <stdio.h>\n"                                                 \
    "#include <stdlib.h>\n"                                                \
    "static volatile int sink;\n"                                          \
    "__attribute__((noinline)) static void compare(int a, int b)\n"        \
    "{ for (int i = 0; i < 40; i++) sink = a + b; }\n"                     \
    "int main(int argc, char **argv)\n"                                    \
    "{\n"                                                                  \
    "    int n = argc == 2 ? (int)strtol(argv[1], NULL, 10) : 0;\n" before \
    "    for (int i = 0; i < n; i++)\n"                                    \
    "        for (int j = " from "; j <= i; j++)\n"                        \
    "            compare(i, j);\n"                                         \
    "    return sink < 0;\n"                                               \
    "}\n"

/* 40 * 41 / 2 and 160 * 161 / 2 calls; the two n are four times apart. */
static void calls_that_grow_faster_than_n_are_told_at_two_sizes(void **state)
{
    struct sandbox *sandbox = *state;
    explained_need(sandbox, "valgrind");
    repository_make(sandbox, "project");
    write_sizes(sandbox, "", "40, 160");
    commit(sandbox, "base", PAIRS("", "i"));
    commit(sandbox, "all pairs", PAIRS(WRITE, "0"));
    struct outcome outcome = pawl_explains(sandbox, 1, CHECK " --pairs 16");

    explained_says(&outcome, "smells: calls grow faster than n: 'compare' is called ");
    explained_says(&outcome, "; 820 at n = 40, 12,880 at n = 160: n^2.0, where it was "
                             "n^1.0");
    outcome_clear(&outcome);
}

/* Kept, it is more memory than what starts it has, with sanitizers too. */
#define RENDERS(before, after)                                             \
    "#include <stdio.h>\n"                                                 \
    "#include <stdlib.h>\n"                                                \
    "#include <string.h>\n"                                                \
    "static char *kept[100000];\n"                                         \
    "static int count;\n"                                                  \
    "__attribute__((noinline)) static char *render(int row)\n"             \
    "{ return memset(malloc(65536), row % 26, 65536); }\n"                 \
    "int main(int argc, char **argv)\n"                                    \
    "{\n"                                                                  \
    "    int n = argc == 2 ? (int)strtol(argv[1], NULL, 10) : 0;\n" before \
    "    for (int i = 0; i < n; i++) {\n"                                  \
    "        char *text = render(i);\n"                                    \
    "        kept[0] = text;\n" after "    }\n"                            \
    "    return count < 0;\n"                                              \
    "}\n"

static void a_cache_without_a_bound_is_told_with_its_memory(void **state)
{
    struct sandbox *sandbox = *state;
    explained_need(sandbox, "valgrind");
    repository_make(sandbox, "project");
    write_sizes(sandbox, "", "400");
    commit(sandbox, "base", RENDERS("", "        free(text);\n"));
    commit(sandbox, "keeps", RENDERS(WRITE, "        kept[count++] = text;\n"));
    struct outcome outcome = pawl_explains(sandbox, 1, CHECK);

    explained_says(&outcome,
                   "smells: memory that is kept: 401 allocations are never given "
                   "back where it was 0, and peak_rss goes from ");
    explained_says(&outcome, "; 100 % of the bytes that are left at the end are "
                             "allocated by 'render' (main.c:");
    explained_says(&outcome, "called by 'main' (main.c:");
    outcome_clear(&outcome);
}

#define READS(before, in_loop)                                                \
    "#include <stdio.h>\n"                                                    \
    "#include <stdlib.h>\n"                                                   \
    "static FILE *list;\n"                                                    \
    "static int first(void) { rewind(list); return fgetc(list); }\n"          \
    "int main(int argc, char **argv)\n"                                       \
    "{\n"                                                                     \
    "    int sum = argc - 2;\n"                                               \
    "    list = fopen(\"main.c\", \"r\");\n" before                           \
    "    for (int i = 0; i < 2 * strtol(argv[1], NULL, 10); i++) {\n" in_loop \
    "        sum += first();\n"                                               \
    "    }\n"                                                                 \
    "    return sum < 0;\n"                                                   \
    "}\n"

static void the_file_that_is_opened_in_the_loop_is_named(void **state)
{
    struct sandbox *sandbox = *state;
    explained_need(sandbox, "valgrind");
    explained_need(sandbox, "strace");
    repository_make(sandbox, "project");
    write_config(sandbox, "");
    commit(sandbox, "base", READS("", ""));
    commit(sandbox, "opens",
           READS(WRITE, "    fclose(list); list = fopen(\"main.c\", \"r\");\n"));
    struct outcome outcome = pawl_explains(sandbox, 1, CHECK);
    AUTO_JSON json_t *result = NULL;
    const json_t *explanation = explained_first(sandbox, &result);
    const json_t *file = json_array_get(json_object_get(explanation, "files"), 0);

    explained_says(&outcome, "smells: opened again and again: ");
    explained_says(&outcome, "; 'main.c' is opened 81 times ");
    assert_text(file, "name", "main.c");
    assert_number(file, "base_opens", 1);
    assert_number(file, "head_opens", 81);
    outcome_clear(&outcome);
}

static void a_change_of_nothing_smells_of_nothing(void **state)
{
    struct sandbox *sandbox = *state;
    explained_need(sandbox, "valgrind");
    repository_make(sandbox, "project");
    write_config(sandbox, "-lsqlite3");
    commit(sandbox, "base", ROWS(ONE_QUERY));
    commit(sandbox, "nothing", "int never_called(void) { return 1; }\n" ROWS(ONE_QUERY));
    struct outcome outcome = pawl_exits(sandbox, 0, "explain -q HEAD~1");

    assert_contains(outcome.out, "with source lines");
    assert_lacks(outcome.out, "smells");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_regex_compiled_in_the_loop_is_named_with_its_caller),
        T(a_query_a_row_is_named_with_its_counts),
        T(calls_that_grow_faster_than_n_are_told_at_two_sizes),
        T(a_cache_without_a_bound_is_told_with_its_memory),
        T(the_file_that_is_opened_in_the_loop_is_named),
        T(a_change_of_nothing_smells_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
