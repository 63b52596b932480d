#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/config/config.h"
#include "gate/config/given.h"
#include "tests/support/check.h"

#define MOST 4

/* Of each as many as there are before the first NULL. */
struct given {
    const char *builds[MOST];
    const char *runs[MOST];
};

static char *text_of(const struct given *given, struct error *err)
{
    AUTO_STRVEC struct strvec builds = { 0 };
    AUTO_STRVEC struct strvec runs = { 0 };
    for (size_t i = 0; i < MOST && given->builds[i]; i++)
        strvec_push(&builds, given->builds[i]);
    for (size_t i = 0; i < MOST && given->runs[i]; i++)
        strvec_push(&runs, given->runs[i]);
    return config_given(&builds, &runs, err);
}

/* The configuration, which must be a good one. */
static struct config *config_of(const struct given *given)
{
    struct error err = { 0 };
    AUTO_FREE char *text = text_of(given, &err);
    struct config *config = text ? config_parse(text, "given", &err) : NULL;
    if (!config)
        fail_msg("%s", err.message);
    return config;
}

static void assert_words(const struct command *command, const char *joined)
{
    AUTO_FREE char *got = strvec_join(&command->words, "|");
    assert_string_equal(got, joined);
}

static void a_build_and_a_run_are_enough(void **state)
{
    (void)state;
    const struct given given = { { "make -j2" }, { "./bench --all" } };
    AUTO_CONFIG struct config *config = config_of(&given);

    assert_int_equal(config->build.run.count, 1);
    assert_false(config->build.run.items[0].is_shell);
    assert_words(&config->build.run.items[0], "make|-j2");
    assert_int_equal(config->suite_count, 1);
    assert_int_equal(config->suites[0].benchmark_count, 1);
    assert_string_equal(config->suites[0].benchmarks[0].name, "bench");
    assert_words(&config->suites[0].benchmarks[0].run, "./bench|--all");
    assert_true(config->margins[METRIC_CPU].is_gated);
    assert_close(config->margins[METRIC_CPU].share, 0.02, 1e-12);
    assert_close(config->false_alarm, 0.01, 1e-12);
}

static void nothing_has_to_be_built(void **state)
{
    (void)state;
    const struct given given = { { NULL }, { "python3 bench.py" } };
    AUTO_CONFIG struct config *config = config_of(&given);

    assert_int_equal(config->build.run.count, 0);
    assert_string_equal(config->suites[0].benchmarks[0].name, "python3");
}

static void a_name_stands_in_front(void **state)
{
    (void)state;
    const struct given given = { { NULL }, { "list=./bench list", "./bench --size=5" } };
    AUTO_CONFIG struct config *config = config_of(&given);
    const struct benchmark *benchmarks = config->suites[0].benchmarks;

    assert_string_equal(benchmarks[0].name, "list");
    assert_words(&benchmarks[0].run, "./bench|list");
    assert_string_equal(benchmarks[1].name, "bench");
    assert_words(&benchmarks[1].run, "./bench|--size=5");
}

static void a_variable_in_front_is_no_name(void **state)
{
    (void)state;
    const struct given given = { { NULL }, { "OMP_NUM_THREADS=1 ./bench" } };
    AUTO_CONFIG struct config *config = config_of(&given);
    const struct benchmark *benchmark = &config->suites[0].benchmarks[0];

    assert_string_equal(benchmark->name, "bench");
    assert_words(&benchmark->run, "/bin/sh|-c|OMP_NUM_THREADS=1 ./bench");
}

/* Lines of a YAML block end in a line end, and a shell goes on behind one that failed. */
static void what_only_a_shell_obeys_is_run_by_one(void **state)
{
    (void)state;
    const struct given given = { { "make -j$(nproc)\n", "cmake -B build\nmake\n" },
                                 { "run=cd data && ../bench" } };
    AUTO_CONFIG struct config *config = config_of(&given);

    assert_words(&config->build.run.items[0], "/bin/sh|-c|make -j$(nproc)");
    assert_words(&config->build.run.items[1], "/bin/sh|-c|set -e\ncmake -B build\nmake");
    assert_true(config->suites[0].benchmarks[0].run.is_shell);
    assert_words(&config->suites[0].benchmarks[0].run, "/bin/sh|-c|cd data && ../bench");
}

static void assert_refused(const struct given *given, const char *message)
{
    struct error err = { 0 };
    AUTO_FREE char *text = text_of(given, &err);

    assert_null(text);
    assert_int_equal(err.code, ERROR_USAGE);
    assert_string_equal(err.message, message);
}

static void what_measures_nothing_is_refused(void **state)
{
    (void)state;
    const struct given only_built = { { "make" }, { NULL } };
    const struct given empty = { { NULL }, { " \n" } };
    const struct given unnamed = { { NULL }, { "list=" } };

    assert_refused(&only_built,
                   "--build makes what --run measures: give --run COMMAND too");
    assert_refused(&empty, "--run must be COMMAND or NAME=COMMAND, not ' \n'");
    assert_refused(&unnamed, "--run must be COMMAND or NAME=COMMAND, not 'list='");
}

static void two_of_one_name_are_refused(void **state)
{
    (void)state;
    const struct given given = { { NULL }, { "./bench a", "./bench b" } };

    assert_refused(&given,
                   "--run './bench b': there is a benchmark 'bench' already; give it "
                   "another name: --run NAME=COMMAND");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_build_and_a_run_are_enough),
        cmocka_unit_test(nothing_has_to_be_built),
        cmocka_unit_test(a_name_stands_in_front),
        cmocka_unit_test(a_variable_in_front_is_no_name),
        cmocka_unit_test(what_only_a_shell_obeys_is_run_by_one),
        cmocka_unit_test(what_measures_nothing_is_refused),
        cmocka_unit_test(two_of_one_name_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
