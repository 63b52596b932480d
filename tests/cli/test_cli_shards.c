/* A gate in shards and their merging, against one run: judged by written bytes, which
 * repeat exactly whatever the machine does meanwhile. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/store/store.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define QUICK "--budget 60s --pairs 12"
#define PROGRAM                                                         \
    "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"    \
    "#include <fcntl.h>\n#include <unistd.h>\n"                         \
    "int main(int argc, char **argv)\n{\n"                              \
    "    static char bytes[4000000];\n"                                 \
    "    long n = argc > 2 ? strtol(argv[2], 0, 10) : 1, k = 100000;\n" \
    "    if (!strcmp(argv[1], \"sort\")) k = SORT;\n"                   \
    "    if (!strcmp(argv[1], \"bad\")) k = BAD;\n"                     \
    "    if (!strcmp(argv[1], \"good\")) k = GOOD;\n"                   \
    "    if (!strcmp(argv[1], \"crash\") && CRASH) return 7;\n"         \
    "    return write(open(\"/dev/null\", O_WRONLY), bytes, (size_t)k) != k;\n}\n"

#define BENCH(name) "{ \"name\": \"" name "\", \"run\": \"./bench " name "\" }"
#define CONFIG                                                                     \
    "{ \"version\": 1, \"paths\": [\"*.c\"], \"margins\": { " GATE_MARGINS " },\n" \
    "  \"build\": { \"run\": [\"cc -o bench bench.c\"] },\n"                       \
    "  \"suites\": [ { \"name\": \"all\", \"benchmarks\": [\n"                     \
    "    { \"name\": \"sort\", \"run\": \"./bench sort {n}\",\n"                   \
    "      \"sizes\": { \"n\": [1, 4, 16] }, \"growth\": \"O(n)\" },\n" BENCH(     \
        "bad") ", " BENCH("good") ", " BENCH("same") ", " BENCH("crash") " ] } ] }\n"

static void commit(struct sandbox *sandbox, const char *values, const char *message)
{
    AUTO_FREE char *program = str_format("%s" PROGRAM, values);
    sandbox_write(sandbox, "project/bench.c", program);
    repository_commit_all(sandbox, "project", message, NULL);
}

/* Head writes more for "bad", less for "good", and for "sort", which it makes grow cubic.
 */
static void make_project(struct sandbox *sandbox, const char *crash)
{
    AUTO_FREE char *head = str_format("#define SORT 100 * n * n * n\n#define BAD 150000\n"
                                      "#define GOOD 50000\n#define CRASH %s\n",
                                      crash);
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/pawl.json", CONFIG);
    commit(sandbox,
           "#define SORT 25600 * n\n#define BAD 100000\n#define GOOD 100000\n"
           "#define CRASH 0\n",
           "base");
    commit(sandbox, head, "head");
}

static void run_shards(struct sandbox *sandbox, int count, const char *options)
{
    for (int i = 1; i <= count; i++)
        pawl_must_exit(sandbox, 0, "check " QUICK " --shard %d/%d --json s%d.json %s", i,
                       count, i, options);
}

/* What a gate says of its rows and growths, a line each, and of itself; the caller's. */
static char *findings(struct sandbox *sandbox, const char *path)
{
    AUTO_FREE char *text = sandbox_read(sandbox, path);
    AUTO_JSON json_t *json = json_loads(text, 0, NULL);
    struct str out = STR_INIT;
    size_t index;
    json_t *item;
    assert_non_null(json);
#define TEXT(object, key) json_string_value(json_object_get(object, key))
    json_array_foreach(json_object_get(json, "benches"), index, item)
        str_addf(&out, "%s %s\n", TEXT(item, "id"), TEXT(item, "verdict"));
    json_array_foreach(json_object_get(json, "rows"), index, item) {
        if (!json_is_true(json_object_get(item, "is_judged")))
            continue;
        str_addf(&out, "%s %s %s %.9g %.9g %.9g\n", TEXT(item, "bench"),
                 TEXT(item, "metric"), TEXT(item, "verdict"),
                 json_number_value(json_object_get(item, "change")),
                 json_number_value(json_object_get(item, "p_regressed_holm")),
                 json_number_value(json_object_get(item, "p_improved_holm")));
    }
    /* That of its time is the machine's. */
    json_array_foreach(json_object_get(json, "growths"), index, item)
        if (!str_equal(TEXT(item, "metric"), "cpu"))
            str_addf(&out, "%s %s %s\n", TEXT(item, "name"), TEXT(item, "metric"),
                     TEXT(item, "outcome"));
    json_array_foreach(json_object_get(json, "programs"), index, item)
        str_addf(&out, "%s %lld\n", TEXT(item, "name"),
                 json_integer_value(
                     json_object_get(json_object_get(item, "head"), "text_bytes")));
    str_addf(&out, "%s %s\n", TEXT(json, "verdict"), TEXT(json, "exit"));
#undef TEXT
    return str_detach(&out);
}

static void four_shards_merged_say_what_one_run_says(void **state)
{
    struct sandbox *sandbox = *state;

    make_project(sandbox, "0");
    pawl_must_exit(sandbox, 1, "check " QUICK " --json whole.json");
    run_shards(sandbox, 4, "");
    pawl_must_exit(
        sandbox, 1,
        "merge s3.json s1.json s4.json s2.json --output out --json merged.json");
    AUTO_FREE char *whole = findings(sandbox, "project/whole.json");
    AUTO_FREE char *merged = findings(sandbox, "project/merged.json");

    assert_contains(whole, "bad written_bytes regressed");
    assert_contains(whole, "good written_bytes improved");
    assert_contains(whole, "sort written_bytes grows faster");
    assert_contains(whole, "\nbench ");
    assert_string_equal(merged, whole);
    AUTO_FREE char *report = sandbox_read(sandbox, "project/out/report.md");
    assert_lacks(report, "--shard");
    assert_contains(report, "- shards: 1: ");
}

/* Gives the shard's result, in a folder of its own, the explanation of the golden result
 * that names a picture, which is put beside it. */
static void explain_shard(struct sandbox *sandbox, int number)
{
    AUTO_FREE char *path = str_format("project/s%d.json", number);
    AUTO_FREE char *out = str_format("project/s%d/result.json", number);
    AUTO_FREE char *text = sandbox_read(sandbox, path);
    AUTO_JSON json_t *shard = json_loads(text, 0, NULL);
    AUTO_FREE char *golden =
        str_format("%s/golden/result_explain.json", getenv("PAWL_TEST_DATA"));
    AUTO_JSON json_t *explained = json_load_file(golden, 0, NULL);
    assert_non_null(shard);
    assert_non_null(explained);
    json_object_set(shard, "explanations", json_object_get(explained, "explanations"));
    sandbox_must(
        sandbox,
        "mkdir project/s%d && sed 's/graph of lookup/graph of find/; s/strcmp/f%d/' "
        "\"$PAWL_TEST_DATA\"/golden/flame.svg >project/s%d/flame.svg",
        number, number, number);
    assert_int_equal(json_dump_file(shard, sandbox_file(sandbox, out), 0), 0);
}

static const json_t *explanation_at(const json_t *result, size_t index)
{
    const json_t *all = json_object_get(result, "explanations");
    return json_array_get(json_object_get(all, "benches"), index);
}

static void assert_flame(const json_t *result, size_t index, const char *want)
{
    const json_t *name = json_object_get(explanation_at(result, index), "flame");
    assert_string_equal(json_string_value(name), want);
}

/* Each shard's was called flame.svg; each explains two benches, of which one has none. */
static void pictures_of_shards_come_together(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, "0");
    run_shards(sandbox, 2, "bad good");
    explain_shard(sandbox, 1);
    explain_shard(sandbox, 2);
    pawl_must_exit(sandbox, 1, "merge s1/result.json s2/result.json --output out");
    AUTO_FREE char *first = sandbox_read(sandbox, "project/out/flame.svg");
    AUTO_FREE char *second = sandbox_read(sandbox, "project/out/flame-2.svg");
    AUTO_FREE char *page = sandbox_read(sandbox, "project/out/report.html");
    AUTO_FREE char *text = sandbox_read(sandbox, "project/out/result.json");
    AUTO_JSON json_t *merged = json_loads(text, 0, NULL);

    assert_contains(first, "<title>f1\n");
    assert_contains(second, "<title>f2\n");
    assert_contains(page, "<iframe");
    assert_flame(merged, 0, "flame.svg");
    assert_flame(merged, 1, "");
    assert_flame(merged, 2, "flame-2.svg");
}

static void pictures_that_are_not_there_are_not_named(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, "0");
    run_shards(sandbox, 2, "bad good");
    explain_shard(sandbox, 1);
    sandbox_must(sandbox, "rm project/s1/flame.svg");
    struct outcome outcome =
        pawl_exits(sandbox, 1, "merge s1/result.json s2.json --output out");
    AUTO_FREE char *text = sandbox_read(sandbox, "project/out/result.json");
    AUTO_JSON json_t *merged = json_loads(text, 0, NULL);

    assert_contains(outcome.err, "no flame graph of 'find[n=1000]': cannot "
                                 "read 's1/flame.svg': No such file");
    assert_flame(merged, 0, "");
    outcome_clear(&outcome);
}

static void a_crash_in_one_shard_is_no_pass_of_all(void **state)
{
    struct sandbox *sandbox = *state;

    make_project(sandbox, "1");
    run_shards(sandbox, 2, "");
    struct outcome outcome = pawl_exits(sandbox, 3, "merge s1.json s2.json");

    assert_contains(outcome.out, "crash");
    outcome_clear(&outcome);
    outcome = pawl_exits(sandbox, 3, "merge --quiet s1.json s2.json --output out");
    assert_ptr_equal(strchr(outcome.out, '\n'), outcome.out + strlen(outcome.out) - 1);
    assert_string_equal(outcome.err, "");
    outcome_clear(&outcome);
    pawl_refuses(sandbox, 2,
                 "--quiet prints the answer alone: leave it or --format 'json' out",
                 "merge -q --format json s1.json s2.json");
}

/* Every bench once, and none of them built or measured. */
static void a_change_that_matters_to_no_bench_passes_in_shards_too(void **state)
{
    struct sandbox *sandbox = *state;

    make_project(sandbox, "0");
    sandbox_write(sandbox, "project/notes.txt", "a note\n");
    repository_commit_all(sandbox, "project", "notes", NULL);
    pawl_must_exit(sandbox, 0, "check " QUICK " --json whole.json");
    run_shards(sandbox, 3, "");
    pawl_must_exit(sandbox, 0, "merge s1.json s2.json s3.json --json merged.json");
    AUTO_FREE char *whole = findings(sandbox, "project/whole.json");
    AUTO_FREE char *merged = findings(sandbox, "project/merged.json");

    assert_contains(whole, "bad identical\n");
    assert_string_equal(merged, whole);
}

static void shards_that_do_not_make_a_gate_are_refused(void **state)
{
    struct sandbox *sandbox = *state;

    make_project(sandbox, "0");
    pawl_must_exit(sandbox, 0, "check " QUICK " --shard 1/3 --json s1.json bad good");
    pawl_must_exit(sandbox, 0, "check " QUICK " --shard 2/3 --json s2.json bad good");
    pawl_must_exit(sandbox, 0, "check " QUICK " --shard 2/2 --json two.json bad good");
    pawl_must_exit(sandbox, 0, "check " QUICK " --shard 3/3 --json other.json bad same");
    pawl_must_exit(sandbox, 0, "check " QUICK " --json whole.json good");

    pawl_refuses(sandbox, 3,
                 "no result of shard 3 of 3: a gate is not passed by a part of it",
                 "merge s1.json s2.json");
    pawl_refuses(sandbox, 3,
                 "'s2.json' and 's2.json' are both shard 2 of 3: leave one out",
                 "merge s1.json s2.json s2.json");
    pawl_refuses(sandbox, 3,
                 "'two.json' is a shard of another gate than 's1.json': it is one of 2, "
                 "not of 3",
                 "merge s1.json two.json");
    pawl_refuses(
        sandbox, 3,
        "'other.json' is a shard of another gate than 's1.json': it was measured "
        "by another pawl.json, other options or another version of pawl",
        "merge s1.json s2.json other.json");
    pawl_refuses(sandbox, 3, "'whole.json' is no shard: it was measured without --shard",
                 "merge whole.json");
    pawl_refuses(sandbox, 2, "'pawl merge' takes the result.json files of all shards",
                 "merge");
}

static void what_is_no_part_of_a_gate_is_refused(void **state)
{
    struct sandbox *sandbox = *state;

    make_project(sandbox, "0");
    pawl_refuses(sandbox, 2,
                 "--shard must be I/N, with N from 1 to 1000 and I from 1 to N, such as "
                 "2/4, not '5/4'",
                 "check --shard 5/4");
    pawl_must_exit(sandbox, 2, "check --shard 0/4");
    pawl_must_exit(sandbox, 2, "check --shard 1/1001");
    pawl_must_exit(sandbox, 2, "check --shard /4");
    pawl_must_exit(sandbox, 2, "check --shard 1/4x");
    pawl_refuses(sandbox, 2,
                 "--shard measures a part of a gate, and --anchor can't be put together "
                 "from parts: leave one of them out",
                 "check --shard 1/4 --anchor=HEAD~1");
}

/* A session like the one that is stored, but later, in which "bad" takes ten times as
 * long as any other. */
static void store_slow_session(struct sandbox *sandbox)
{
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    AUTO_STORE struct store *store =
        store_open_directory(sandbox_file(sandbox, "project/baselines"));
    const struct store_filter all = { 0 };
    struct error err = { 0 };
    assert_int_equal(store_load(store, &all, &sessions, &warnings, &err), 0);
    assert_int_equal(sessions.count, 1);
    struct session_rows *rows = &sessions.items[0].head.rows;
    for (size_t i = 0; i < rows->count; i++) {
        bool is_bad = str_equal(rows->items[i].bench_id, "bad");
        if (rows->items[i].metric == METRIC_WALL)
            rows->items[i].low = rows->items[i].median = rows->items[i].high =
                is_bad ? 10 : 1;
    }
    sessions.items[0].recorded_at[0] = '3'; /* the year 3026 */
    assert_int_equal(store_add(store, &sessions.items[0], NULL, &err), 0);
}

/* "bad" is as long as all others together: three sizes of "sort", and three more. */
static void what_takes_long_has_a_shard_of_its_own(void **state)
{
    struct sandbox *sandbox = *state;

    make_project(sandbox, "0");
    pawl_must_exit(sandbox, 0, "run --record --quiet --budget 60s --runs 5");
    store_slow_session(sandbox);
    run_shards(sandbox, 2, "");
    AUTO_FREE char *one = findings(sandbox, "project/s1.json");
    AUTO_FREE char *other = findings(sandbox, "project/s2.json");

    assert_contains(one, "bad regressed\nbad written_bytes");
    assert_lacks(other, "bad ");
    assert_contains(other, "sort[n=16]");
    assert_contains(other, "crash ok");
    pawl_must_exit(sandbox, 1, "merge s1.json s2.json");
}

static void a_shard_says_that_it_is_one(void **state)
{
    struct sandbox *sandbox = *state;

    make_project(sandbox, "0");
    struct outcome some = pawl_exits(sandbox, 0, "check " QUICK " --shard 1/2 bad");
    struct outcome none = pawl_exits(sandbox, 0, "check " QUICK " --shard 2/2 bad");

    assert_contains(some.out, "Shard 1 of 2. No: 1 of 1 row got larger");
    assert_contains(none.out, "Shard 2 of 2: no benchmark fell to it.");
    outcome_clear(&some);
    outcome_clear(&none);
}

static void what_is_confirmed_in_its_shard_stays_so(void **state)
{
    struct sandbox *sandbox = *state;

    make_project(sandbox, "0");
    run_shards(sandbox, 2, "--confirm bad good same");
    struct outcome outcome =
        pawl_exits(sandbox, 1, "merge s1.json s2.json --json merged.json");
    AUTO_FREE char *json = sandbox_read(sandbox, "project/merged.json");

    assert_contains(outcome.out, "fresh builds showed it again");
    assert_contains(json, "\"sharding\": {");
    outcome_clear(&outcome);
}

int main(void)
{
#define GATE(test) cmocka_unit_test_setup_teardown(test, gate_setup, gate_teardown)
    const struct CMUnitTest tests[] = {
        GATE(four_shards_merged_say_what_one_run_says),
        GATE(pictures_of_shards_come_together),
        GATE(pictures_that_are_not_there_are_not_named),
        GATE(a_crash_in_one_shard_is_no_pass_of_all),
        GATE(a_change_that_matters_to_no_bench_passes_in_shards_too),
        GATE(shards_that_do_not_make_a_gate_are_refused),
        GATE(what_is_no_part_of_a_gate_is_refused),
        GATE(what_takes_long_has_a_shard_of_its_own),
        GATE(a_shard_says_that_it_is_one),
        GATE(what_is_confirmed_in_its_shard_stays_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
