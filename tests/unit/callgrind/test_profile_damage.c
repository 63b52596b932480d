/* Files that are wrong: by hand, each with the sentence that it gets; and real ones (of
 * tests/data/callgrind) damaged byte by byte and line by line, which must end in an error
 * or be read, and never crash: worth running under the sanitizers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "tests/unit/callgrind/reading.h"

static void assert_refused(struct reading *reading, const char *text, const char *why)
{
    struct error err = { 0 };
    sandbox_write(reading->sandbox, "profile", text);
    profile_clear(&reading->profile);
    int got =
        profile_read(sandbox_file(reading->sandbox, "profile"), &reading->profile, &err);
    assert_int_equal(got, -1);
    assert_int_equal(err.code, ERROR_BENCHMARK);
    assert_contains(err.message, why);
    assert_contains(err.message, sandbox_file(reading->sandbox, "profile"));
    assert_int_equal(reading->profile.functions.count, 0);
}

static void what_is_wrong_is_named_with_its_line(void **state)
{
    struct reading *reading = *state;
    assert_refused(reading, "", "has no line of 'events:': it is no profile");
    assert_refused(reading, "# a comment\n1 5\n",
                   "line 2: costs before the line of 'events:'");
    assert_refused(reading, "events: Ir\nfn=f\n1 x5\n",
                   "line 3: a cost must be a whole number");
    assert_refused(reading, "events: Ir\nfn=f\n1x 5\n",
                   "line 3: a blank must stand behind");
    assert_refused(reading, "events: Ir\nfn=f\n+ 5\n", "line 3: a position must be");
    assert_refused(reading, "events: Ir\nfn=f\n1 5 6\n",
                   "line 3: more costs than the 1 events");
    assert_refused(reading, "events: Ir\nfn=(3)\n1 5\n",
                   "line 2: '(3)' stands for no name yet");
    assert_refused(reading, "events: Ir\nfn=f\ncalls=1 2\n3 4\n",
                   "line 3: 'calls=' before");
    assert_refused(reading, "events: Ir\nfn=f\ncfn=g\ncalls=x\n",
                   "line 4: 'calls=' must be");
    assert_refused(reading, "events: Ir\nfn=f\ncfn=g\ncalls=1 2\nfn=g\n",
                   "line 5: the line behind 'calls='");
    assert_refused(reading, "events: Ir\nfn=f\ncfn=g\ncalls=1 2\n",
                   "the file ends before the costs of 'calls='");
    assert_refused(reading, "events: Ir\nhello\n", "line 2: unknown line 'hello'");
    assert_refused(reading, "events: Ir\n\nevents: Dr\n", "line 3: 'events:' differ");
    assert_refused(reading, "positions: page\nevents: Ir\n",
                   "line 1: unknown position 'page'");
    assert_refused(reading, "positions:\nevents: Ir\n",
                   "line 1: 'positions:' must have 1 to 3");
    assert_refused(reading, "events:\n",
                   "line 1: 'events:' must have 1 to 64 names, not 0");
    assert_refused(reading, "version: 2\nevents: Ir\n", "line 1: 'version:' must be 1");
    assert_refused(reading, "creator: callgrind-3.19.0\nevents: Ir\nfn=f\n1 5\n",
                   "line 4: the part ends without its 'totals:'");
}

static void what_64_bits_do_not_hold_is_refused(void **state)
{
    struct reading *reading = *state;
    read_text(reading, "events: Ir\nfn=f\n1 18446744073709551615\n");
    assert_self(reading, "f", UINT64_MAX);
    assert_refused(reading, "events: Ir\nfn=f\n1 18446744073709551616\n",
                   "line 3: a cost");
    assert_refused(reading, "events: Ir\nfn=f\n0x10000000000000000 1\n",
                   "line 3: a position");
    assert_refused(reading, "events: Ir\nfn=f\n1 18446744073709551615\n2 1\n",
                   "line 4: the costs do not fit");
    assert_refused(reading, "events: Ir\nfn=f\n1 18446744073709551615\nfn=g\n2 1\n",
                   "the costs do not fit");
}

static void a_file_that_is_not_there_is_trouble_of_the_system(void **state)
{
    struct reading *reading = *state;
    struct error err = { 0 };
    assert_int_equal(profile_read("/nonexistent/x", &reading->profile, &err), -1);
    assert_int_equal(err.code, ERROR_SYSTEM);
    assert_contains(err.message, "cannot open '/nonexistent/x'");
}

/* A file in memory: there are tens of thousands of them. */
static int write_memory(const char *text, size_t length)
{
    int fd = memfd_create("damaged", MFD_CLOEXEC);
    struct error err = { 0 };
    assert_true(fd >= 0);
    if (fd_write_all(fd, text, length, "damaged", &err) < 0)
        fail_msg("%s", err.message);
    return fd;
}

/* True where it was read. */
static bool read_damaged(struct reading *reading, const char *text, size_t length)
{
    AUTO_FD int fd = write_memory(text, length);
    AUTO_FREE char *path = str_format("/proc/self/fd/%d", fd);
    struct error err = { 0 };
    profile_clear(&reading->profile);
    int got = profile_read(path, &reading->profile, &err);
    assert_int_equal(err.code, got == 0 ? ERROR_NONE : ERROR_BENCHMARK);
    if (got < 0)
        assert_contains(err.message, path);

    uint64_t total = 0;
    struct error of_total = { 0 };
    int got_total = profile_read_total(path, "Ir", &total, &of_total);
    assert_int_equal(of_total.code, got_total == 0 ? ERROR_NONE : ERROR_BENCHMARK);
    return got == 0;
}

static const char *const real_profiles[] = { "lines.out", "instructions.out", "parts.out",
                                             "threads.out" };
#define REAL_COUNT (sizeof real_profiles / sizeof *real_profiles)

static void load(const char *name, struct str *text)
{
    struct error err = { 0 };
    AUTO_FREE char *path = data_path(name);
    str_reset(text);
    if (file_read(path, text, &err) < 0)
        fail_msg("%s", err.message);
}

/* A byte of each kind that the format knows, and some that it does not. */
static void no_changed_byte_crashes(void **state)
{
    static const char bytes[] = "9-*(\n=\0\xff";
    AUTO_STR struct str text = STR_INIT;
    size_t read = 0;
    size_t tried = 0;
    for (size_t i = 0; i < REAL_COUNT; i++) {
        load(real_profiles[i], &text);
        /* Each byte of the first, and each third of the others, which are like it. */
        for (size_t at = 0; at < text.length; at += i ? 3 : 1, tried++) {
            char was = text.data[at];
            text.data[at] = bytes[tried % (sizeof bytes - 1)];
            read += read_damaged(*state, text.data, text.length) ? 1 : 0;
            text.data[at] = was;
        }
    }
    /* Names and comments bear it; most costs and keys don't. */
    assert_in_range(read, tried / 10, tried - tried / 10);
}

static void no_deleted_or_doubled_line_crashes(void **state)
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str damaged = STR_INIT;
    for (size_t i = 0; i < REAL_COUNT; i++) {
        load(real_profiles[i], &text);
        for (const char *line = text.data; *line;) {
            size_t before = (size_t)(line - text.data);
            size_t length = strcspn(line, "\n");
            const char *next = line + length + (line[length] == '\n');
            for (int copies = 0; copies <= 2; copies += 2) {
                str_reset(&damaged);
                str_add_bytes(&damaged, text.data, before);
                for (int copy = 0; copy < copies; copy++)
                    str_add_bytes(&damaged, line, (size_t)(next - line));
                str_add(&damaged, next);
                read_damaged(*state, damaged.data, damaged.length);
            }
            line = next;
        }
    }
}

/* Up to its end, callgrind's file is not whole. */
static void every_file_that_was_cut_short_is_refused(void **state)
{
    AUTO_STR struct str text = STR_INIT;
    for (size_t i = 0; i < REAL_COUNT; i++) {
        load(real_profiles[i], &text);
        size_t end = (size_t)(strstr(text.data, "\ntotals: ") - text.data);
        for (size_t length = 0; length < end + strlen("\ntotals:"); length++)
            assert_false(read_damaged(*state, text.data, length));
    }
}

/* Eight changes at a time, drawn from a fixed seed. */
static void no_pile_of_changes_crashes(void **state)
{
    static const char bytes[] = "0123456789+-*()=: \n\tfnlcobjx\xff";
    AUTO_STR struct str text = STR_INIT;
    for (size_t round = 0; round < 2000; round++) {
        load(real_profiles[round % REAL_COUNT], &text);
        for (uint64_t change = 0; change < 8; change++)
            text.data[random_below_at(1, round, 2 * change, text.length)] =
                bytes[random_below_at(1, round, 2 * change + 1, sizeof bytes - 1)];
        read_damaged(*state, text.data, text.length);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        READING_FACT(what_is_wrong_is_named_with_its_line),
        READING_FACT(what_64_bits_do_not_hold_is_refused),
        READING_FACT(a_file_that_is_not_there_is_trouble_of_the_system),
        READING_FACT(no_changed_byte_crashes),
        READING_FACT(no_deleted_or_doubled_line_crashes),
        READING_FACT(every_file_that_was_cut_short_is_refused),
        READING_FACT(no_pile_of_changes_crashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
