/* Instructions counted by callgrind: the wrapping, and real counts (skipped where
 * valgrind is absent). */
#include <stdlib.h>

#include "gate/base/str.h"
#include "runners/callgrind/callgrind.h"
#include "tests/unit/counting/counted.h"

static void probe(struct counted *counted, struct callgrind *callgrind)
{
    struct error err = { 0 };
    if (callgrind_probe(counted->spawner, &counted->environment,
                        sandbox_file(counted->sandbox, "probe"), callgrind, &err) < 0)
        fail_msg("%s", err.message);
}

/* Probed once: each run under valgrind takes the better part of a second. */
static struct callgrind found;

static const struct callgrind *need(struct counted *counted)
{
    if (!found.works && !found.why_not)
        probe(counted, &found);
    if (found.works)
        return &found;
    print_message("skipped: %s\n", found.why_not);
    skip();
    return NULL;
}

static int forget_callgrind(void **state)
{
    (void)state;
    callgrind_clear(&found);
    return 0;
}

static struct process_result
run(struct counted *counted, const struct callgrind *callgrind, const char *directory)
{
    AUTO_STRVEC struct strvec words = { 0 };
    AUTO_STRVEC struct strvec environment = { 0 };
    struct error err = { 0 };
    if (callgrind_begin(directory, &err) < 0)
        fail_msg("%s", err.message);
    callgrind_wrap(&counted->argv, directory, &words);
    strvec_copy(&environment, &counted->environment);
    callgrind_prepare_environment(callgrind, &environment);
    return counted_run(counted, &words, &environment);
}

static struct callgrind_count count(struct counted *counted,
                                    const struct callgrind *callgrind,
                                    const char *program,
                                    const char *what)
{
    struct callgrind_count counts = { 0 };
    struct error err = { 0 };
    const char *directory = sandbox_file(counted->sandbox, "100%counts");
    counted_words(counted, program, what);
    run(counted, callgrind, directory);
    if (callgrind_read(directory, &counts, &err) < 0)
        fail_msg("%s", err.message);
    return counts;
}

static void the_words_stand_behind_valgrinds_own(void **state)
{
    struct counted *counted = *state;
    AUTO_STRVEC struct strvec words = { 0 };
    strvec_push(&counted->argv, "prog");
    strvec_push(&counted->argv, "-x");
    callgrind_wrap(&counted->argv, "/a/50%", &words);

    assert_string_equal(words.items[0], "valgrind");
    AUTO_FREE char *line = strvec_join(&words, " ");
    assert_contains(line, " --tool=callgrind ");
    assert_contains(line, " --trace-children=yes ");
    assert_contains(line, " --callgrind-out-file=/a/50%%/out.%p ");
    assert_contains(line, " --log-file=/a/50%%/log.%p ");
    assert_true(str_ends_with(line, " -- prog -x"));
}

static void absence_is_a_sentence_and_no_error(void **state)
{
    struct counted *counted = *state;
    AUTO_CALLGRIND struct callgrind callgrind = { 0 };
    strvec_clear(&counted->environment);
    strvec_pushf(&counted->environment, "PATH=%s", counted->sandbox->path);
    probe(counted, &callgrind);

    assert_false(callgrind.works);
    assert_string_equal(
        callgrind.why_not,
        "valgrind is not installed (Debian, Ubuntu: apt-get install valgrind)");
}

static void a_valgrind_that_is_broken_is_no_valgrind(void **state)
{
    struct counted *counted = *state;
    AUTO_CALLGRIND struct callgrind callgrind = { 0 };
    sandbox_write(counted->sandbox, "bin/valgrind", "#!/bin/sh\nexit 7\n");
    sandbox_must(counted->sandbox, "chmod +x bin/valgrind");
    strvec_clear(&counted->environment);
    strvec_pushf(&counted->environment, "PATH=%s/bin:%s", counted->sandbox->path,
                 getenv("PATH"));
    probe(counted, &callgrind);

    assert_false(callgrind.works);
    assert_contains(callgrind.why_not, "valgrind does not work here: ");
    assert_contains(callgrind.why_not, "callgrind left no count");
}

static void the_probe_tells_the_version(void **state)
{
    struct counted *counted = *state;
    const struct callgrind *callgrind = need(counted);
    struct outcome outcome = sandbox_run(counted->sandbox, "valgrind --version");
    AUTO_FREE char *want = str_format("valgrind-%s\n", callgrind->version);
    assert_string_equal(outcome.out, want);
    outcome_clear(&outcome);
}

/* 300,000 turns of a loop with a volatile counter are a few million instructions;
 * without it the program is its start-up alone. */
static void two_runs_count_the_same_and_half_the_work_half(void **state)
{
    struct counted *counted = *state;
    const struct callgrind *callgrind = need(counted);
    struct callgrind_count first = count(counted, callgrind, "truth", "burn");
    struct callgrind_count second = count(counted, callgrind, "truth", "burn");
    struct callgrind_count idle = count(counted, callgrind, "truth", "nothing");

    assert_int_equal(first.instructions, second.instructions);
    assert_int_equal(first.process_count, 1);
    assert_true(first.instructions > idle.instructions + 900000);
}

static void a_child_counts_what_it_did_and_not_its_parents_past(void **state)
{
    struct counted *counted = *state;
    const struct callgrind *callgrind = need(counted);
    struct callgrind_count idle = count(counted, callgrind, "truth", "nothing");
    struct callgrind_count alone = count(counted, callgrind, "truth", "burn");
    struct callgrind_count family = count(counted, callgrind, "truth", "burn-and-fork");

    /* The children do 3 times half the work; forking and waiting costs a little. */
    double work = (double)(alone.instructions - idle.instructions);
    double children = (double)(family.instructions - alone.instructions);
    assert_int_equal(family.process_count, 4);
    assert_close(children / work, 1.5, 0.02);
}

static void a_static_program_is_counted_too(void **state)
{
    struct counted *counted = *state;
    const struct callgrind *callgrind = need(counted);
    assert_true(count(counted, callgrind, "truth-static", "burn").instructions > 900000);
}

static void the_programs_output_and_end_are_its_own(void **state)
{
    struct counted *counted = *state;
    const struct callgrind *callgrind = need(counted);
    strvec_push(&counted->argv, "sh");
    strvec_push(&counted->argv, "-c");
    strvec_push(&counted->argv, "echo to-out; echo to-err >&2; exit 3");
    struct process_result result =
        run(counted, callgrind, sandbox_file(counted->sandbox, "counts"));

    assert_int_equal(result.exit_code, 3);
    AUTO_FREE char *out = sandbox_read(counted->sandbox, "out");
    AUTO_FREE char *err = sandbox_read(counted->sandbox, "err");
    assert_string_equal(out, "to-out\n");
    assert_string_equal(err, "to-err\n");
    struct outcome files = sandbox_run(counted->sandbox, "ls | grep -vx probe");
    assert_string_equal(files.out, "counts\nerr\nout\n");
    outcome_clear(&files);
}

/* A process makes its log when it begins, and its profile when it ends. */
static void a_process_without_a_count_is_named(void **state)
{
    struct counted *counted = *state;
    struct callgrind_count counts = { 0 };
    struct error killed = { 0 };
    struct error failed = { 0 };
    const char *directory = sandbox_file(counted->sandbox, "counts");
    AUTO_FREE char *data = str_format("%s/data/callgrind", getenv("PAWL_TEST_DATA"));
    sandbox_must(
        counted->sandbox,
        "mkdir counts && cp %s/lines.out counts/out.11 && cp %s/parts.out counts/out.12 "
        "&& touch counts/log.11 counts/log.12",
        data, data);
    assert_int_equal(callgrind_read(directory, &counts, &killed), 0);
    assert_int_equal(counts.instructions, 2 * 1278); /* by callgrind_annotate */
    assert_int_equal(counts.process_count, 2);

    sandbox_write(counted->sandbox, "counts/log.13", "");
    assert_int_equal(callgrind_read(directory, &counts, &killed), -1);
    assert_int_equal(killed.code, ERROR_BENCHMARK);
    assert_contains(killed.message,
                    "process 13 ended without a count of its instructions (killed?)");

    sandbox_write(counted->sandbox, "counts/log.13", "valgrind: no memory\nmore\n");
    assert_int_equal(callgrind_read(directory, &counts, &failed), -1);
    assert_contains(failed.message, "(valgrind: no memory)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTED_FACT(the_words_stand_behind_valgrinds_own),
        COUNTED_FACT(absence_is_a_sentence_and_no_error),
        COUNTED_FACT(a_valgrind_that_is_broken_is_no_valgrind),
        COUNTED_FACT(the_probe_tells_the_version),
        COUNTED_FACT(two_runs_count_the_same_and_half_the_work_half),
        COUNTED_FACT(a_child_counts_what_it_did_and_not_its_parents_past),
        COUNTED_FACT(a_static_program_is_counted_too),
        COUNTED_FACT(the_programs_output_and_end_are_its_own),
        COUNTED_FACT(a_process_without_a_count_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, forget_callgrind);
}
