/* Files that are made up, and the pawl.json that follows: which pawl must take. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/config/config.h"
#include "gate/config/project.h"
#include "tests/support/check.h"
#include "tests/support/hostile.h"

#define MOST 4

/* As many files as there are before the first name that is NULL. */
struct made {
    const char *kind;
    struct {
        const char *name;
        const char *text;
    } files[MOST];
};

static int propose(const struct made *made, struct proposal *out, struct error *err)
{
    AUTO_PROJECT struct project project = { 0 };
    for (size_t i = 0; i < MOST && made->files[i].name; i++)
        project_add(&project, made->files[i].name, made->files[i].text);
    return project_propose(&project, made->kind, out, err);
}

/* The recipe's commands, and each benchmark's name, format and command, a line each. */
static void add_config(struct str *out, const char *text)
{
    struct error err = { 0 };
    AUTO_CONFIG struct config *config = config_parse(text, "proposed", &err);
    if (!config)
        fail_msg("%s: %s", err.message, text);
    for (size_t i = 0; i < config->build.run.count; i++) {
        AUTO_FREE char *words = strvec_join(&config->build.run.items[i].words, "|");
        str_addf(out, "build %s\n",
                 config->build.run.items[i].is_shell ? config->build.run.items[i].text
                                                     : words);
    }
    for (size_t i = 0; i < config->suites[0].benchmark_count; i++) {
        const struct benchmark *benchmark = &config->suites[0].benchmarks[i];
        AUTO_FREE char *words = strvec_join(&benchmark->run.words, "|");
        str_addf(out, "%s %s %s\n", benchmark->name,
                 benchmark->format ? benchmark->format : "-", words);
    }
}

static void assert_proposed(const struct made *made, const char *want)
{
    struct error err = { 0 };
    AUTO_PROPOSAL struct proposal proposal = { 0 };
    AUTO_STR struct str got = STR_INIT;
    if (propose(made, &proposal, &err) < 0)
        fail_msg("%s", err.message);
    AUTO_FREE char *text = proposal_text(&proposal);
    add_config(&got, text);
    assert_string_equal(got.data, want);
}

static void assert_note(const struct made *made, const char *part)
{
    struct error err = { 0 };
    AUTO_PROPOSAL struct proposal proposal = { 0 };
    assert_int_equal(propose(made, &proposal, &err), 0);
    AUTO_FREE char *notes = strvec_join(&proposal.notes, "\n");
    assert_contains(proposal.notes.count ? notes : "", part);
}

static void assert_refused(const struct made *made, const char *part)
{
    struct error err = { 0 };
    AUTO_PROPOSAL struct proposal proposal = { 0 };
    assert_int_equal(propose(made, &proposal, &err), -1);
    assert_contains(err.message, part);
    assert_null(proposal.benchmarks);
}

static void cmake_executables_are_found_where_they_are_put(void **state)
{
    (void)state;
    assert_proposed(
        &(struct made){ NULL,
                        { { "CMakeLists.txt",
                            "option(X_BENCH \"\" OFF)\noption(Y_BENCH \"\" ON)\n"
                            "add_executable(bench_top a.c)\nadd_executable(tool b.c)\n" },
                          { "speed/CMakeLists.txt",
                            "add_executable(micro m.cc)\n"
                            "target_link_libraries(micro PRIVATE benchmark::benchmark)\n"
                            "add_executable(bench-z z.c)\n"
                            "set_target_properties(bench-z PROPERTIES OUTPUT_NAME zz "
                            "RUNTIME_OUTPUT_DIRECTORY \"${CMAKE_SOURCE_DIR}/out\")\n" },
                          { "third_party/g/CMakeLists.txt",
                            "add_executable(bench_theirs a.c)\n" } } },
        "build cmake|-S|.|-B|build|-DCMAKE_BUILD_TYPE=Release|-DX_BENCH=ON\n"
        "build cmake --build build -j \"$(nproc)\" --target bench_top micro bench-z\n"
        "bench_top - build/bench_top\n"
        "micro google build/speed/micro|--benchmark_format=json|"
        "--benchmark_min_time=0.05\n"
        "bench-z - ./out/zz\n");
}

static void a_directory_for_all_programs_of_cmake_is_kept_to(void **state)
{
    (void)state;
    assert_proposed(
        &(struct made){
            NULL,
            { { "CMakeLists.txt",
                "set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)\n"
                "add_executable(bench a.c)\n" } } },
        "build cmake|-S|.|-B|build|-DCMAKE_BUILD_TYPE=Release\n"
        "build cmake --build build -j \"$(nproc)\" --target bench\n"
        "bench - build/bin/bench\n");
}

static void names_that_cmake_computes_are_passed_over_and_said(void **state)
{
    (void)state;
    assert_note(&(struct made){ NULL,
                                { { "CMakeLists.txt", "add_executable(bench a.c)\n" },
                                  { "bench/CMakeLists.txt",
                                    "foreach(b x y)\nadd_executable(${b} ${b}.c)\n" } } },
                "bench/CMakeLists.txt has an executable whose name is computed");
}

static void benchmarks_of_meson_are_called_as_it_calls_them(void **state)
{
    (void)state;
    assert_proposed(
        &(struct made){
            NULL,
            { { "meson.build", "project('x', 'c')\ngb = dependency('benchmark')\n"
                               "tool = executable('tool', 't.c')\n"
                               "benchmark('tool list', tool, args: ['--list', 'a b'], "
                               "timeout: 90)\nsubdir('speed')\n" },
              { "speed/meson.build",
                "executable('bench-z', 'z.c')\nexecutable('other', 'o.c')\n"
                "benchmark('micro', executable('m', 'm.cc', dependencies: gb))\n"
                "executable('alone', 'a.cc', dependencies: [gb])\n" },
              { "meson_options.txt", "option('bench', type: 'boolean', value: false)\n"
                                     "option('micro-bench', type: 'feature')\n"
                                     "option('bench-more', type: 'boolean')\n" } } },
        "build meson|setup|build|--buildtype=release|-Dbench=true|"
        "-Dmicro-bench=enabled\n"
        "build meson|compile|-C|build|tool|speed/bench-z|speed/alone|speed/m\n"
        "tool-list - build/tool|--list|a b\n"
        "micro - build/speed/m\n"
        "bench-z - build/speed/bench-z\n"
        "alone google build/speed/alone|--benchmark_format=json|"
        "--benchmark_min_time=0.05\n");
}

static void what_meson_computes_is_left_out_and_said(void **state)
{
    (void)state;
    const struct made made = {
        NULL,
        { { "meson.build", "e = executable('e', 'e.c')\n"
                           "benchmark('e', e, args: ['1', files('x')])\n"
                           "foreach b : all\n  benchmark(b, e)\nendforeach\n" } }
    };
    assert_note(&made, "'e' has arguments that are computed: they were left out");
    assert_note(&made, "meson.build has a benchmark() whose name or program is computed");
}

static void programs_of_a_makefile_are_called_as_its_rules_do(void **state)
{
    (void)state;
    assert_proposed(
        &(struct made){
            NULL,
            { { "Makefile", "bench: bench-list bin/bench_add\n\t@./bench-list 10 \\\n"
                            "\t   --all\n"
                            "bench-list: list.c\n\t$(CC) -o $@ $<\n"
                            "bin/bench_add: add.o\n.PHONY: bench\n"
                            "bench_data: make-data\n\t./make-data >$@\n"
                            "bench.o: bench.c\n\t$(CC) -c -o $@ $<\n"
                            "BENCH := 1\n%-bench: %.c\n\t$(CC) -o $@ $<\n" } } },
        "build make|bench-list\nbuild make|bin/bench_add\n"
        "bench-list - ./bench-list|10|--all\nbin/bench_add - bin/bench_add\n");
}

static void the_target_bench_is_run_as_it_says_or_by_make(void **state)
{
    (void)state;
    assert_proposed(
        &(struct made){ NULL,
                        { { "GNUmakefile", "bench: all ; python3 speed.py --all\n" } } },
        "build make|all\nbench - python3|speed.py|--all\n");
    const struct made by_make = {
        NULL, { { "makefile", "benchmark:: x\n\t@for i in 1 2; do ./x $$i; done\n" } }
    };
    assert_proposed(&by_make, "build make|-s|benchmark\nbenchmark - make|-s|benchmark\n");
    assert_note(&by_make, "then make itself is measured too");
}

static void cargo_knows_criterion_by_its_sources(void **state)
{
    (void)state;
    assert_proposed(
        &(struct made){ NULL,
                        { { "Cargo.lock", "" },
                          { "Cargo.toml", "[package]\nname = \"top\"\n[[bench]]\n"
                                          "name = \"micro\"\nharness = false\n"
                                          "[dev-dependencies]\n"
                                          "criterion = \"0.10.3\"\n" },
                          { "benches/micro.rs", "use criterion::*;" },
                          { "benches/old/main.rs", "#[bench] fn x() {}" } } },
        "build cargo|bench|--no-run|--bench|micro\n"
        "build cargo|bench|--no-run|--bench|old\n"
        "micro criterion cargo|bench|--bench|micro|--|--warm-up-time|0.1|"
        "--measurement-time|0.2|--sample-size|10|--noplot\n"
        "old criterion cargo|bench|--bench|old\n");
}

/* criterion 0.3.6: "error: Invalid value: The argument '0.1' isn't a valid value". */
static void criterion_of_old_gets_whole_seconds(void **state)
{
    static const char *const old[] = {
        "[dev-dependencies.criterion]\nversion = \"0.3\"\n",
        "[dev-dependencies]\ncriterion = \"^0.3.6\"\n",
        "[dev-dependencies]\ncriterion = { version = \"0.2\" }\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof old / sizeof old[0]; i++) {
        AUTO_FREE char *manifest = str_format("[package]\nname = \"top\"\n%s", old[i]);
        assert_proposed(&(struct made){ NULL,
                                        { { "Cargo.lock", "" },
                                          { "Cargo.toml", manifest },
                                          { "benches/micro.rs", "use criterion::*;" } } },
                        "build cargo|bench|--no-run|--bench|micro\n"
                        "micro criterion cargo|bench|--bench|micro|--|--warm-up-time|1|"
                        "--measurement-time|1|--sample-size|10|--noplot\n");
    }
}

static void cargo_packages_of_a_workspace_are_named(void **state)
{
    (void)state;
    assert_proposed(
        &(struct made){ NULL,
                        { { "Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n" },
                          { "crates/a/Cargo.toml", "[package]\nname = \"pa\"\n[[bench]]\n"
                                                   "path = \"b/x.rs\"\nname = \"x\"\n" },
                          { "crates/a/b/x.rs", "fn main() {}" } } },
        "build cargo|bench|--no-run|-p|pa|--bench|x\n"
        "pa/x - cargo|bench|-p|pa|--bench|x\n");
}

static void go_packages_with_benchmarks_get_a_binary_each(void **state)
{
    (void)state;
    assert_proposed(
        &(struct made){
            NULL,
            { { "go.mod", "module example.org/mine\n" },
              { "a_test.go", "func BenchmarkA(b *testing.B) {\n" },
              { "in/no_test.go", "func Benchmarked(b *testing.B) {\n" },
              { "in/x y/b_test.go", "func Benchmark_B(b *testing.B) {\n" } } },
        "build go|test|-c|-o|./pawl-bench.test|.\n"
        "build go|test|-c|-o|./in/x y/pawl-bench.test|./in/x y\n"
        "mine go ./pawl-bench.test|-test.run=NONE|-test.bench=.|-test.benchmem|"
        "-test.benchtime=50ms\n"
        "in/x-y go {tree}/in/x y/pawl-bench.test|-test.run=NONE|-test.bench=.|"
        "-test.benchmem|-test.benchtime=50ms\n");
}

static void modules_within_a_go_module_are_not_its_packages(void **state)
{
    (void)state;
    assert_refused(
        &(struct made){ NULL,
                        { { "go.mod", "module m\n" },
                          { "sub/go.mod", "module m/sub\n" },
                          { "sub/in/b_test.go", "func BenchmarkB(b *testing.B) {\n" } } },
        "no benchmark found in this Go project (go.mod): looked for func "
        "Benchmark...(b *testing.B)");
}

static void npm_scripts_run_without_npm_where_they_can(void **state)
{
    (void)state;
    assert_proposed(
        &(struct made){ NULL,
                        { { "package-lock.json", "" },
                          { "package.json",
                            "{ \"scripts\": { \"bench\": \"node b.js --all\", \"build\": "
                            "\"tsc\", \"bench:x\": \"A=1 node b.js\", \"benchy\": \"node "
                            "c.js\", \"benchmark\": \"node d.js\", \"prebenchmark\": "
                            "\"true\" } }" } } },
        "build npm|ci\nbuild npm|run|--silent|build\n"
        "bench - node|b.js|--all\nbench-x - npm|run|--silent|bench:x\n"
        "benchmark - npm|run|--silent|benchmark\n");
}

static void a_package_json_that_is_none_is_said(void **state)
{
    (void)state;
    assert_refused(&(struct made){ NULL, { { "package.json", "[\n{" } } },
                   "no benchmark found in this npm project (package.json)");
}

static void pytest_gets_what_brings_its_plugin(void **state)
{
    (void)state;
    assert_proposed(
        &(struct made){
            NULL,
            { { "pyproject.toml", "[project]\nname = \"x\"\n"
                                  "[project.optional-dependencies]\ndocs = [\"y\"]\n"
                                  "dev = [\n\"pytest\",\n\"pytest-benchmark>=4\"]\n" },
              { "tests/test_a.py", "def test_a(\n    tmp_path, benchmark):\n    pass\n" },
              { "tests/test_b.py", "def test_b(my_benchmark, benchmarks):\n    pass\n" },
              { "tests/test_c.py", "def test_c(x, benchmark: object):\n    pass\n" } } },
        "build python3|-m|venv|.venv\n"
        "build .venv/bin/python|-m|pip|install|--quiet|-e|.[dev]\n"
        "pytest pytest .venv/bin/python|-m|pytest|-q|--benchmark-only|"
        "--benchmark-warmup=off|--benchmark-max-time=0.1|"
        "--benchmark-json={work}/out.json|tests/test_a.py|tests/test_c.py\n");
}

static void a_makefile_beside_something_else_comes_last(void **state)
{
    (void)state;
    struct made both = { NULL,
                         { { "Makefile", "bench:\n\t./x\n" },
                           { "go.mod", "module m\n" },
                           { "a_test.go", "func BenchmarkA(b *testing.B) {\n" } } };
    assert_note(&both, "make (Makefile) has benchmarks too: --kind make takes those");
    both.kind = "make";
    assert_proposed(&both, "build make\nbench - ./x\n");
    both.kind = "npm";
    assert_refused(&both, "no npm project found: of the files that git tracks at the top "
                          "of the repository none is package.json; the smallest");
    both.kind = "maven";
    assert_refused(&both,
                   "--kind must be cmake, meson, cargo, go, npm, pytest or make, not "
                   "'maven'");
}

static void the_smallest_config_of_each_error_is_one(void **state)
{
    (void)state;
    static const char *const markers[] = { "CMakeLists.txt", "Makefile",     "Cargo.toml",
                                           "go.mod",         "package.json", "tox.ini" };
    for (size_t i = 0; i < sizeof markers / sizeof markers[0]; i++) {
        struct error err = { 0 };
        AUTO_PROPOSAL struct proposal proposal = { 0 };
        AUTO_STR struct str ignored = STR_INIT;
        struct made made = { NULL, { { markers[i], "" } } };
        assert_int_equal(propose(&made, &proposal, &err), -1);
        assert_contains(err.message, "to write by hand");
        add_config(&ignored, strstr(err.message, "{ \"version\""));
    }
    assert_refused(
        &(struct made){ NULL, { { "README", "" } } },
        "none is CMakeLists.txt, meson.build, Cargo.toml, go.mod, package.json, ");
}

static void assert_makes_a_config(const struct made *made, const char *hostile)
{
    struct error err = { 0 };
    AUTO_PROPOSAL struct proposal proposal = { 0 };
    AUTO_STR struct str ignored = STR_INIT;
    if (propose(made, &proposal, &err) < 0)
        fail_msg("'%s': %s", hostile, err.message);
    AUTO_FREE char *config = proposal_text(&proposal);
    add_config(&ignored, config);
}

/* In each place where a name from outside can be. */
static void assert_harmless(const char *name, const char *text)
{
    AUTO_FREE char *go = str_format("%s/a_test.go", text);
    AUTO_FREE char *py = str_format("%s/test_bench.py", text);
    AUTO_FREE char *cmake =
        str_format("add_executable(bench_a x.c)\nadd_executable(bench%s x.c)\n"
                   "set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/%s)\n",
                   text, text);
    AUTO_FREE char *make = str_format("bench:\n\t./x %s\n", text);
    const struct made all[] = {
        { NULL,
          { { "go.mod", "module m\n" }, { go, "func BenchmarkA(b *testing.B)\n" } } },
        { NULL, { { "tox.ini", "" }, { py, "def test_a(benchmark):\n" } } },
        { NULL, { { "CMakeLists.txt", cmake } } },
        { NULL, { { "Makefile", make } } },
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        assert_makes_a_config(&all[i], name);
}

static void hostile_names_make_a_config_all_the_same(void **state)
{
    (void)state;
    struct hostile_texts texts = hostile_load();
    for (size_t i = 0; i < texts.count; i++)
        assert_harmless(texts.items[i].name, texts.items[i].text);
    hostile_clear(&texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cmake_executables_are_found_where_they_are_put),
        cmocka_unit_test(a_directory_for_all_programs_of_cmake_is_kept_to),
        cmocka_unit_test(names_that_cmake_computes_are_passed_over_and_said),
        cmocka_unit_test(benchmarks_of_meson_are_called_as_it_calls_them),
        cmocka_unit_test(what_meson_computes_is_left_out_and_said),
        cmocka_unit_test(programs_of_a_makefile_are_called_as_its_rules_do),
        cmocka_unit_test(the_target_bench_is_run_as_it_says_or_by_make),
        cmocka_unit_test(cargo_knows_criterion_by_its_sources),
        cmocka_unit_test(criterion_of_old_gets_whole_seconds),
        cmocka_unit_test(cargo_packages_of_a_workspace_are_named),
        cmocka_unit_test(go_packages_with_benchmarks_get_a_binary_each),
        cmocka_unit_test(modules_within_a_go_module_are_not_its_packages),
        cmocka_unit_test(npm_scripts_run_without_npm_where_they_can),
        cmocka_unit_test(a_package_json_that_is_none_is_said),
        cmocka_unit_test(pytest_gets_what_brings_its_plugin),
        cmocka_unit_test(a_makefile_beside_something_else_comes_last),
        cmocka_unit_test(the_smallest_config_of_each_error_is_one),
        cmocka_unit_test(hostile_names_make_a_config_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
