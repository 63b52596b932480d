/* Files that are not what a store wrote: each gets one clear error, which names the file,
 * the place and what is allowed. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "fixture.h"
#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/store/session_json.h"
#include "tests/support/check.h"

static void expect(const char *bytes, size_t length, const char *message)
{
    AUTO_SESSION struct session session = { 0 };
    struct error err = { 0 };
    assert_int_equal(session_json_read(bytes, length, "f.json", &session, &err), -1);
    assert_int_equal(err.code, ERROR_USAGE);
    assert_true(str_starts_with(err.message, "in 'f.json'"));
    assert_contains(err.message, message);
}

static void good_text(struct str *out)
{
    AUTO_SESSION struct session session = { 0 };
    fixture_check(&session);
    session_json_text(&session, out);
}

/* The good text with from replaced by to, where it stands first. */
static void expect_replaced(const char *from, const char *to, const char *message)
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str damaged = STR_INIT;
    good_text(&text);
    const char *at = strstr(text.data, from);
    if (!at)
        fail_msg("no '%s' in the session", from);
    str_add_bytes(&damaged, text.data, (size_t)(at - text.data));
    str_add(&damaged, to);
    str_add(&damaged, at + strlen(from));
    expect(damaged.data, damaged.length, message);
}

static void schemas_of_others_are_refused(void **state)
{
    (void)state;
    expect("{}", 2, "no text 'schema', which must be 'pawl-session/1'");
    expect("[]", 2, "not a session: it must be a JSON object");
    expect_replaced("pawl-session/1", "pawl-result/1",
                    "'schema' must be 'pawl-session/1', not 'pawl-result/1'");
    expect_replaced("pawl-session/1", "pawl-session/0", "must be 'pawl-session/1'");
    expect_replaced("pawl-session/1", "pawl-session/1.5", "must be 'pawl-session/1'");
    expect_replaced(
        "pawl-session/1", "pawl-session/9",
        "'schema' is 'pawl-session/9', which takes a newer pawl to read: this "
        "one knows 'pawl-session/1'");
}

static void values_that_make_no_sense_are_refused_by_place(void **state)
{
    static const struct {
        const char *from;
        const char *to;
        const char *message;
    } cases[] = {
        { "\"command\": \"check\"", "\"command\": \"rm\"",
          "'/command' must be 'run' or 'check', not 'rm'" },
        { "2026-11-26T21:14:00Z", "2026-02-31T21:14:00Z",
          "'/recorded_at' must be a time in UTC such as \"2026-01-31T12:00:00Z\", not "
          "'2026-02-31T21:14:00Z'" },
        { "1111111111111111111111111111111111111111", "../../../../etc/passwd",
          "'/base/commit' must be an id of 40 hex digits, not '../../../../etc/passwd'" },
        { "3333333333333333333333333333333333333333", "",
          "'/config_hash' must be an id of 40 hex digits, not ''" },
        { "\"name\": \"xeon", "\"name\": \"../../xeon",
          "'/machine_class/name' must be 'xeon-" },
        { "\"value\": \"gcc 12\"", "\"value\": \"gcc 13\"",
          "as its fields have it, not 'xeon-" },
        { "\"is_dirty\": false", "\"is_dirty\": true",
          "a work tree is not the history of a commit" },
        { "\"committed_s\": 1764190000", "\"committed_s\": -1",
          "'/base/committed_s' must be between 0 and 253402300799, not -1" },
        { "\"run_count\": 15", "\"run_count\": 0",
          "'/base/rows/0/run_count' must be at least 1, not 0" },
        { "\"median\": 1048576.0", "\"median\": null",
          "'/base/rows/0/median' must be a number, not 'null'" },
        { "\"spread\": 0.0125", "\"spread\": -0.1",
          "spread' must be at least 0, not '-0.1'" },
        { "\"spread\": 0.0125", "\"spread\": null",
          "spread' must be a number, not null" },
        { "\"change_low\": 0.018", "\"change_low\": 0.5",
          "'/head/rows/0/change_low' must be at most 'change', not '0.5'" },
        { "\"change\": 0.021, ", "", "has bounds of a change, but no 'change'" },
        { "\"metric\": \"peak_rss\"", "\"metric\": \"speed\"",
          "must be one of 'wall', " },
        { "\"bench\": \"add\"", "\"bench\": \"\"", "/bench' must not be empty" },
        { "\"bench\": \"add\"", "\"bench\": \"zzz\"",
          "(list[n=1000] wall) must stand before the row above it" },
        { "\"metric\": \"cpu\"", "\"metric\": \"wall\"", "stands there twice" },
        { "\"bench\": \"add\"", "\"bench\": \"a\\u001b[2Jb\"",
          "/bench' must be one line without control characters" },
        { "\"bench\": \"add\"", "\"bench\": \"a\\nb\"",
          "one line without control characters" },
        { "\"bench\": \"add\"", "\"bench\": 5",
          "/bench' must be a text, not a whole number" },
        { "\"bench\": \"add\", ", "", "'/base/rows/0' lacks the key 'bench'" },
        { "\"bench\": \"add\"", "\"bench\": \"add\", \"colour\": 1",
          "'/base/rows/0' has the unknown key 'colour'" },
        { "\"bench\": \"add\"", "\"bench\": \"add\", \"bench\": \"add\"",
          "duplicate object key" },
        { "\"bench\": \"add\"", "\"bench\": \"a\\u0000b\"", "\\u0000" },
        { "\"low\": 1038090.24", "\"low\": 1e999", "real number overflow" },
        { "\"low\": 1038090.24", "\"low\": 2e6",
          "'/base/rows/0/low' must be at most 'median', not '2000000'" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_replaced(cases[i].from, cases[i].to, cases[i].message);
}

static void digits_by_the_megabyte_are_refused(void **state)
{
    AUTO_STR struct str number = STR_INIT;
    (void)state;
    str_add(&number, "\"run_count\": ");
    for (int i = 0; i < 1000000; i++)
        str_add_char(&number, '9');
    expect_replaced("\"run_count\": 15", number.data, "too big integer");
}

static void deep_nesting_is_refused(void **state)
{
    AUTO_STR struct str text = STR_INIT;
    (void)state;
    str_add(&text, "{\"schema\": \"pawl-session/1\", \"a\": ");
    for (int i = 0; i < 100000; i++)
        str_add_char(&text, '[');
    expect(text.data, text.length, "maximum parsing depth reached");
}

static void no_text_is_refused(void **state)
{
    static const char with_nul[] = "{\"schema\":\0\"pawl-session/1\"}";
    (void)state;
    expect("", 0, "line 1, column 0: '[' or '{' expected near end of file");
    expect(with_nul, sizeof with_nul - 1, "a NUL byte, which JSON does not allow");
    expect("{\"schema\": \"\xff\xfe\"}", 15, "unable to decode byte 0xff");
    expect("version https://git-lfs.github.com/spec/v1\n", 43, "'[' or '{' expected");
    expect("<<<<<<< ours\n", 13, "'[' or '{' expected");
}

static void files_beyond_the_limit_are_refused_unread(void **state)
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_FREE char *blanks = xcalloc(SESSION_BYTES_MOST + 2, 1);
    (void)state;
    memset(blanks, ' ', SESSION_BYTES_MOST + 1);
    str_addf(&text, "%zu bytes; a session has at most 8388608", SESSION_BYTES_MOST + 1);
    expect(blanks, SESSION_BYTES_MOST + 1, text.data);
}

static void every_truncation_is_refused(void **state)
{
    AUTO_STR struct str text = STR_INIT;
    (void)state;
    good_text(&text);
    for (size_t length = 0; length + 2 < text.length; length += 7)
        expect(text.data, length, "line ");
}

/* Random damage, the same on every machine: read or refused, and never a crash (the
 * sanitizers' builds look on). */
static void damage_is_read_or_refused(void **state)
{
    AUTO_STR struct str text = STR_INIT;
    (void)state;
    good_text(&text);
    for (uint64_t i = 0; i < 2000; i++) {
        AUTO_STR struct str damaged = STR_INIT;
        AUTO_SESSION struct session session = { 0 };
        struct error err = { 0 };
        str_add_bytes(&damaged, text.data, text.length);
        for (uint64_t j = 0; j <= i % 3; j++)
            damaged.data[random_below_at(i, j, 0, text.length)] =
                (char)random_below_at(i, j, 1, 256);
        int status = session_json_read(damaged.data, damaged.length, "f", &session, &err);
        assert_true((status == 0) == (err.code == ERROR_NONE));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schemas_of_others_are_refused),
        cmocka_unit_test(values_that_make_no_sense_are_refused_by_place),
        cmocka_unit_test(digits_by_the_megabyte_are_refused),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(no_text_is_refused),
        cmocka_unit_test(files_beyond_the_limit_are_refused_unread),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(damage_is_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
