/* Real harnesses through the whole gate. What head does differently is so much that no
 * machine hides it; where a tool is not installed, its test says so and is skipped. */
#include <stdio.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/explained.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

static void skip_unless(struct sandbox *sandbox, const char *test, const char *package)
{
    struct outcome outcome = sandbox_run(sandbox, "%s", test);
    bool is_there = outcome.exit_code == 0;
    outcome_clear(&outcome);
    if (is_there)
        return;
    printf("skipped: needs the Debian package %s\n", package);
    skip();
}

static bool profiles_are_to_be_had(struct sandbox *sandbox)
{
    struct outcome outcome = sandbox_run(
        sandbox, "valgrind --version || perf record -q -o try.data -e cpu-clock:u true");
    bool may = outcome.exit_code == 0;
    outcome_clear(&outcome);
    return may;
}

static void
write_config(struct sandbox *sandbox, const char *build, const char *benchmark)
{
    AUTO_FREE char *text =
        str_format("{ \"version\": 1, \"build\": { \"run\": [%s] },\n"
                   "  \"margins\": { \"cpu\": \"20%%\", \"wall\": \"20%%\","
                   " \"allocations\": \"5%%\" },\n"
                   "  \"budget\": { \"pairs\": 20 },\n"
                   "  \"suites\": [{ \"name\": \"s\", \"benchmarks\": [\n"
                   "    { \"name\": \"micro\", %s }] }] }\n",
                   build, benchmark);
    sandbox_write(sandbox, "project/pawl.json", text);
}

static void write_google(struct sandbox *sandbox, int turns)
{
    AUTO_FREE char *text = str_format(
        "#include <benchmark/benchmark.h>\n"
        "static void turn(benchmark::State &state, int turns)\n"
        "{\n"
        "    for (auto _ : state)\n"
        "        for (int i = 0; i < turns; i++)\n"
        "            benchmark::DoNotOptimize(i);\n"
        "    state.SetItemsProcessed(state.iterations());\n"
        "}\n"
        "static void BM_changed(benchmark::State &state) { turn(state, %d); }\n"
        "static void BM_same(benchmark::State &state) { turn(state, state.range(0)); }\n"
        "BENCHMARK(BM_changed);\n"
        "BENCHMARK(BM_same)->Arg(1000);\n"
        "BENCHMARK_MAIN();\n",
        turns);
    sandbox_write(sandbox, "project/micro.cpp", text);
}

static void a_program_of_google_benchmark_is_a_suite(void **state)
{
    struct sandbox *sandbox = *state;

    skip_unless(
        sandbox,
        "echo '#include <benchmark/benchmark.h>' | c++ -x c++ -E - >pre 2>/dev/null",
        "libbenchmark-dev");
    repository_make(sandbox, "project");
    write_config(sandbox, "\"c++ -O1 -g -o micro micro.cpp -lbenchmark -lpthread\"",
                 "\"format\": \"google\", \"run\": \"./micro --benchmark_format=json "
                 "--benchmark_min_time=0.002\"");
    write_google(sandbox, 1000);
    repository_commit_all(sandbox, "project", "base", NULL);
    write_google(sandbox, 2000);
    repository_commit_all(sandbox, "project", "head", NULL);

    struct outcome outcome = pawl_explains(sandbox, 1, "check --base HEAD~");
    assert_contains(outcome.out, "regressed  micro/BM_changed cpu");
    assert_contains(outcome.out, "No: 1 of 2 rows got slower.");
    if (profiles_are_to_be_had(sandbox))
        explained_says(&outcome, "% of the added time is in 'BM_changed");
    outcome_clear(&outcome);
}

static void a_run_of_hyperfine_is_a_suite(void **state)
{
    struct sandbox *sandbox = *state;

    skip_unless(sandbox, "hyperfine --version >/dev/null 2>&1", "hyperfine");
    repository_make(sandbox, "project");
    write_config(sandbox, "\"cc -O1 -o bench bench.c\"",
                 "\"format\": \"hyperfine\", \"results\": \"{work}/out.json\", \"run\": "
                 "\"hyperfine -N --warmup 1 --runs 3 --export-json {work}/out.json "
                 "--command-name spin './bench x'\"");
    gate_write_loop(sandbox, "", 3000);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_loop(sandbox, "", 60000);
    repository_commit_all(sandbox, "project", "head", NULL);

    struct outcome outcome = pawl_exits(sandbox, 1, "check --base HEAD~");
    assert_contains(outcome.out, "regressed  micro/spin wall");
    outcome_clear(&outcome);
}

/* The files of tests/data/formats: Go 1.19 printed them. */
static void commit_go(struct sandbox *sandbox, const char *file)
{
    sandbox_must(sandbox, "cp \"$PAWL_TEST_DATA\"/data/formats/%s project/go.txt", file);
    repository_commit_all(sandbox, "project", file, NULL);
}

static void the_text_of_go_is_a_suite(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    write_config(sandbox, "", "\"format\": \"go\", \"run\": \"cat go.txt\"");
    commit_go(sandbox, "go-base.txt");
    commit_go(sandbox, "go-head.txt");

    struct outcome outcome = pawl_exits(sandbox, 1, "check --base HEAD~");
    assert_contains(outcome.out, "regressed  micro/example.org/parser.BenchmarkParse-");
    assert_contains(outcome.out, "210 ->     410  +94.8 %");
    assert_contains(outcome.out, "'words' in 'standard output' is not judged");
    outcome_clear(&outcome);
    pawl_must_exit(sandbox, 0, "check --base HEAD --no-identical");
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_program_of_google_benchmark_is_a_suite),
        T(a_run_of_hyperfine_is_a_suite),
        T(the_text_of_go_is_a_suite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
