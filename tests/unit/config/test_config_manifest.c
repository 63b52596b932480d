/* What a config says about benches that base has and it has not. */
#include <stdlib.h>

#include "gate/config/bench.h"
#include "gate/config/changes.h"
#include "gate/config/manifest.h"
#include "tests/unit/config/config_errors.h"

#define LIST  "{\"name\": \"list\", \"run\": \"true\", \"sizes\": {\"n\": [10, 20]}}"
#define SHOW  "{\"name\": \"show\", \"run\": \"true\", \"sizes\": {\"n\": [10, 20]}}"
#define SAVE  "{\"name\": \"save\", \"run\": \"true\"}"
#define MICRO "{\"name\": \"micro\", \"run\": \"true\", \"format\": \"lines\"}"
#define CONFIG(keys, benchmarks)                                                         \
    "{\"version\": 1, \"suites\": [{\"name\": \"s\", \"benchmarks\": [" benchmarks "]}]" \
    ",\n" keys "}"
#define PLAIN(benchmarks) CONFIG("\"waivers\": []", benchmarks)

static void entries_are_checked_by_themselves(void **state)
{
    static const struct bad cases[] = {
        { CONFIG("\"removed\": \"save\"", LIST),
          "2, column 1: 'removed' must be an array of benches' ids and benchmarks' names, "
          "not \"save\"" },
        { CONFIG("\"removed\": [\"x\", \"list[n=10]\"]", LIST),
          "2, column 18: 'removed[1]' names 'list[n=10]', which is still there" },
        { CONFIG("\"removed\": [\"l*\"]", LIST),
          "2, column 13: 'removed[0]' names 'list[n=10]', which is still there" },
        { CONFIG("\"removed\": [\"x\", \"x\"]", LIST),
          "2, column 18: 'removed[1]' names 'x' twice" },
        { CONFIG("\"renamed\": [\"x\"]", LIST),
          "2, column 1: 'renamed' must be an object (names of before, and what they are "
          "now), not an array of 1" },
        { CONFIG("\"renamed\": {\"list\": \"save\"}", LIST "," SAVE),
          "2, column 13: 'renamed.list' names 'list[n=10]', which is still there" },
        { CONFIG("\"renamed\": {\"x\": \"svae\"}", SAVE),
          "2, column 13: 'renamed.x' names no bench: 'svae', did you mean 'save'?" },
        { CONFIG("\"renamed\": {\"x*\": \"save\"}", SAVE),
          "2, column 13: 'renamed.x*' has '*' or '?': a benchmark's name stands for all "
          "of its sizes" },
        { CONFIG("\"renamed\": {\"x\": \"save\", \"y\": \"save\"}", SAVE),
          "2, column 26: 'renamed.y' names 'save', which 'x' is called already" },
    };
    (void)state;
    assert_refused(cases);
}

/* What head's entries come to, held against base. */
static void assert_held(const char *base_text,
                        const char *head_text,
                        const char *message,
                        const char *warning)
{
    struct config *base = parse_good(base_text);
    struct config *head = parse_good(head_text);
    struct strvec warnings = { 0 };
    struct error err = { 0 };

    int checked = manifest_check(base, head, &warnings, &err);

    char *all = strvec_join(&warnings, "\n");
    assert_int_equal(checked, *message ? -1 : 0);
    assert_string_equal(err.message, message);
    assert_string_equal(all, warning);
    free(all);
    strvec_clear(&warnings);
    config_free(base);
    config_free(head);
}

static void entries_are_held_against_base(void **state)
{
    (void)state;
    assert_held(PLAIN(LIST "," SAVE), CONFIG("\"removed\": [\"save\"]", LIST), "", "");
    assert_held(PLAIN(LIST "," SAVE), CONFIG("\"removed\": [\"svae\"]", LIST),
                "in 'pawl.json', line 2, column 13: 'removed' names no bench of base: "
                "'svae', did you mean 'save'?",
                "");
    assert_held(PLAIN(LIST), CONFIG("\"renamed\": {\"lits\": \"show\"}", SHOW),
                "in 'pawl.json', line 2, column 13: 'renamed' names no bench of base: "
                "'lits', did you mean 'list'?",
                "");
    assert_held(PLAIN(MICRO), CONFIG("\"removed\": [\"micro/x\"]", MICRO), "", "");
}

static void entries_that_base_has_too_may_be_idle(void **state)
{
    (void)state;
    assert_held(CONFIG("\"removed\": [\"save\"]", LIST),
                CONFIG("\"removed\": [\"save\"]", LIST), "",
                "\"removed\" in pawl.json still names 'save', which base does not have "
                "either: it can be taken out");
    assert_held(CONFIG("\"renamed\": {\"list\": \"show\"}", SHOW),
                CONFIG("\"renamed\": {\"list\": \"show\"}", SHOW), "",
                "\"renamed\" in pawl.json still names 'list', which base does not have "
                "either: it can be taken out");
}

static void assert_before(const struct config *head,
                          const char *id,
                          const char *benchmark,
                          const char *want)
{
    char *before = manifest_name_before(&head->manifest, id, benchmark);
    if (want)
        assert_string_equal(before, want);
    else
        assert_null(before);
    free(before);
}

static void names_of_before_are_found(void **state)
{
    struct config *head = parse_good(
        CONFIG("\"renamed\": {\"list\": \"show\", \"one[m=1]\": \"show[n=20]\", "
               "\"micro/old\": \"micro/new\"}",
               SHOW "," MICRO "," SAVE));

    (void)state;
    assert_before(head, "show[n=10]", "show", "list[n=10]");
    assert_before(head, "show[n=20]", "show", "one[m=1]");
    assert_before(head, "micro/new", "micro", "micro/old");
    assert_before(head, "save", "save", NULL);
    config_free(head);
}

static void a_benchmark_is_known_by_its_sizes_too(void **state)
{
    struct config *base = parse_good(PLAIN(LIST "," SAVE));
    struct config *head = parse_good(
        CONFIG("\"renamed\": {\"list[n=20]\": \"show[n=10]\"}", SHOW "," SAVE));
    const struct benchmark *show = &head->suites[0].benchmarks[0];
    const struct benchmark *save = &head->suites[0].benchmarks[1];

    (void)state;
    assert_ptr_equal(manifest_benchmark_before(base, head, show),
                     &base->suites[0].benchmarks[0]);
    assert_ptr_equal(manifest_benchmark_before(base, head, save),
                     &base->suites[0].benchmarks[1]);
    config_free(base);
    config_free(head);
}

static void changes_tell_what_was_meant(void **state)
{
    struct config *base = parse_good(PLAIN(LIST "," SAVE));
    struct config *head = parse_good(CONFIG(
        "\"removed\": [\"save\"], \"renamed\": {\"list[n=10]\": \"show[n=10]\"}", SHOW));
    struct strvec changes = { 0 };

    (void)state;
    config_gate_changes(base, head, &changes);
    char *all = strvec_join(&changes, "\n");
    assert_string_equal(all, "benchmark 'list' is gone on head\n"
                             "benchmark 'save' is removed, as pawl.json says, on head\n"
                             "bench 'list[n=10]' is called 'show[n=10]' on head\n"
                             "benchmark 'show' is new on head");
    free(all);
    strvec_clear(&changes);
    config_free(base);
    config_free(head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_checked_by_themselves),
        cmocka_unit_test(entries_are_held_against_base),
        cmocka_unit_test(entries_that_base_has_too_may_be_idle),
        cmocka_unit_test(names_of_before_are_found),
        cmocka_unit_test(a_benchmark_is_known_by_its_sizes_too),
        cmocka_unit_test(changes_tell_what_was_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
