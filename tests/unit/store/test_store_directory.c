/* What strangers may have put into a directory of sessions. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/store/session_json.h"
#include "gate/store/store_place.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

#define NAME "epyc-2c-00000000/2026-11/0123456789ab-0123456789abcdef.json"

static struct store_place *open_in(struct sandbox *sandbox)
{
    return store_place_directory(sandbox_file(sandbox, "below/store"));
}

static int
put_one(struct store_place *place, const char *name, const char *text, struct error *err)
{
    struct store_file file = { name, text, strlen(text) };
    return place->put(place, &file, 1, err);
}

static void put_text(struct store_place *place, const char *name, const char *text)
{
    struct error err = { 0 };
    if (put_one(place, name, text, &err) < 0)
        fail_msg("%s", err.message);
}

static void
list_all(struct store_place *place, struct strvec *names, struct strvec *warnings)
{
    struct error err = { 0 };
    if (place->list(place, names, warnings, &err) < 0)
        fail_msg("%s", err.message);
}

/* The place does not read that name, and says why. */
static void expect_unread(struct store_place *place, const char *why)
{
    AUTO_STR struct str text = STR_INIT;
    struct error err = { 0 };
    assert_int_equal(place->get(place, NAME, &text, &err), -1);
    assert_contains(err.message, "0123456789abcdef.json");
    assert_contains(err.message, why);
}

static void files_are_kept_listed_and_removed(void **state)
{
    struct store_place *place = open_in(*state);
    AUTO_STRVEC struct strvec names = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    AUTO_STR struct str text = STR_INIT;
    struct error err = { 0 };
    put_text(place, NAME, "{}");
    put_text(place, NAME, "{}");
    list_all(place, &names, &warnings);
    assert_int_equal(names.count, 1);
    assert_string_equal(names.items[0], NAME);
    assert_int_equal(place->get(place, NAME, &text, &err), 0);
    assert_string_equal(text.data, "{}");
    assert_int_equal(place->remove(place, &names, &err), 0);
    strvec_clear(&names);
    list_all(place, &names, &warnings);
    assert_int_equal(names.count + warnings.count, 0);
    place->close(place);
}

static void other_files_are_left_alone(void **state)
{
    static const char *const others[] = { "README.md",
                                          "notes.json",
                                          ".gitattributes",
                                          "epyc/README.md",
                                          "epyc/2026-11/x.txt",
                                          "epyc/2026-11/.hidden.json",
                                          "epyc/november/x.json",
                                          "Upper/2026-11/x.json",
                                          "epyc/2026-11/deep/x.json" };
    struct store_place *place = open_in(*state);
    AUTO_STRVEC struct strvec names = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        AUTO_FREE char *path = str_format("below/store/%s", others[i]);
        sandbox_write(*state, path, "x");
    }
    list_all(place, &names, &warnings);
    assert_int_equal(names.count + warnings.count, 0);
    place->close(place);
}

static void links_are_not_followed(void **state)
{
    struct store_place *place = open_in(*state);
    AUTO_STRVEC struct strvec names = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    sandbox_write(*state, "secret.json", "{}");
    sandbox_must(*state, "mkdir -p below/store/$(dirname " NAME ") elsewhere/2026-11");
    sandbox_must(*state, "ln -s $PWD/secret.json below/store/" NAME);
    sandbox_must(*state, "ln -s ../../elsewhere below/store/linked");
    sandbox_must(*state, "ln -s ../../../elsewhere below/store/epyc-2c-00000000/2026-12");
    list_all(place, &names, &warnings);
    assert_int_equal(names.count, 0);
    assert_int_equal(warnings.count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_contains(warnings.items[i], "is a link, which is not followed");
    expect_unread(place, "is a link, which is not followed");
    place->close(place);
}

static void nothing_is_written_through_a_link(void **state)
{
    struct store_place *place = open_in(*state);
    struct error err = { 0 };
    sandbox_must(*state, "mkdir -p below/store elsewhere");
    sandbox_must(*state, "ln -s ../../elsewhere below/store/epyc-2c-00000000");
    assert_int_equal(put_one(place, NAME, "{}", &err), -1);
    assert_contains(err.message, "'epyc-2c-00000000' is a link or a file");
    sandbox_must(*state, "test -z \"$(ls elsewhere)\"");
    place->close(place);
}

static void a_link_in_a_sessions_place_is_replaced(void **state)
{
    struct store_place *place = open_in(*state);
    AUTO_STR struct str text = STR_INIT;
    struct error err = { 0 };
    sandbox_write(*state, "keep", "mine");
    sandbox_must(*state, "mkdir -p below/store/$(dirname " NAME ")");
    sandbox_must(*state, "ln -s $PWD/keep below/store/" NAME);
    put_text(place, NAME, "{}");
    assert_int_equal(place->get(place, NAME, &text, &err), 0);
    assert_string_equal(text.data, "{}");
    AUTO_FREE char *kept = sandbox_read(*state, "keep");
    assert_string_equal(kept, "mine");
    place->close(place);
}

static void pipes_and_directories_are_not_read(void **state)
{
    struct store_place *place = open_in(*state);
    AUTO_STRVEC struct strvec names = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    sandbox_must(*state, "mkdir -p below/store/$(dirname " NAME ")");
    sandbox_must(*state, "mkfifo below/store/" NAME);
    list_all(place, &names, &warnings);
    assert_int_equal(names.count, 0);
    assert_int_equal(warnings.count, 1);
    assert_contains(warnings.items[0], "is not a file");
    expect_unread(place, "is not a file");
    sandbox_must(*state, "rm below/store/" NAME " && mkdir below/store/" NAME);
    expect_unread(place, "is not a file");
    place->close(place);
}

static void files_beyond_the_limit_are_not_read(void **state)
{
    struct store_place *place = open_in(*state);
    put_text(place, NAME, "{}");
    sandbox_must(*state, "truncate -s 1G below/store/" NAME);
    expect_unread(place, "has 1073741824 bytes; a session has at most 8388608");
    place->close(place);
}

static void a_file_in_the_stores_place_is_an_error(void **state)
{
    struct store_place *place = open_in(*state);
    AUTO_STRVEC struct strvec names = { 0 };
    struct error err = { 0 };
    sandbox_write(*state, "below/store", "x");
    assert_int_equal(place->list(place, &names, &names, &err), -1);
    assert_contains(err.message, "below/store': Not a directory");
    place->close(place);
}

/* By whoever makes a draft: here, since another file stands under the name. */
static void drafts_of_the_dead_are_swept(void **state)
{
    struct store_place *place = open_in(*state);
    AUTO_STRVEC struct strvec names = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    put_text(place, NAME, "other bytes");
    sandbox_must(*state,
                 "cd below/store/$(dirname " NAME ") && test \"$(ls -A | wc -l)\" = "
                 "1 && touch .draft-1-new && "
                 "touch -d '2 hours ago' .draft-1-old");
    put_text(place, NAME, "{}");
    list_all(place, &names, &warnings);
    assert_int_equal(names.count, 1);
    assert_int_equal(warnings.count, 0);
    sandbox_must(*state, "cd below/store/$(dirname " NAME ") && test -e .draft-1-new && "
                         "test ! -e .draft-1-old");
    place->close(place);
}

/* Writers of the same and of other names, at the same time. */
static void writers_do_not_disturb_each_other(void **state)
{
    enum {
        WRITERS = 4,
        FILES = 10
    };
    struct store_place *place = open_in(*state);
    AUTO_STRVEC struct strvec names = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    struct error err = { 0 };
    pid_t writers[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = fork();
        assert_true(writers[i] >= 0);
        for (int j = 0; writers[i] == 0 && j < FILES; j++) {
            AUTO_FREE char *name = str_format(
                "epyc-2c-00000000/2026-11/0123456789ab-0123456789abcd%02d.json", j);
            if (put_one(place, name, "{}", &err) < 0)
                _exit(1);
        }
        if (writers[i] == 0)
            _exit(0);
    }
    for (int i = 0; i < WRITERS; i++) {
        int status = 0;
        assert_int_equal(waitpid(writers[i], &status, 0), writers[i]);
        assert_int_equal(status, 0);
    }
    list_all(place, &names, &warnings);
    assert_int_equal(names.count, FILES);
    assert_int_equal(warnings.count, 0);
    place->close(place);
}

/* Puts files one after the other until it is killed, and says on fd which are done. */
static void put_until_killed(struct store_place *place, const char *bytes, int fd)
{
    struct error err = { 0 };
    for (unsigned char number = 0;; number++) {
        AUTO_FREE char *name = str_format(
            "epyc-2c-00000000/2026-11/0123456789ab-0123456789abc%03d.json", number);
        struct store_file file = { name, bytes, strlen(bytes) };
        if (place->put(place, &file, 1, &err) < 0 || write(fd, &number, 1) != 1)
            _exit(1);
    }
}

/* How many are said to be done by the time that the writer is dead; it is killed once
 * it has said so of wanted. */
static size_t kill_after(pid_t writer, int fd, size_t wanted)
{
    unsigned char number = 0;
    size_t done = 0;
    while (done < wanted && read(fd, &number, 1) == 1)
        done++;
    assert_int_equal(kill(writer, SIGKILL), 0);
    while (read(fd, &number, 1) == 1)
        done++;
    assert_int_equal(waitpid(writer, NULL, 0), writer);
    return done;
}

static void what_was_put_survives_the_death_of_its_writer(void **state)
{
    static char bytes[20000];
    memset(bytes, 'x', sizeof bytes - 1);
    for (size_t round = 1; round <= 12; round++) {
        struct store_place *place = open_in(*state);
        AUTO_STRVEC struct strvec names = { 0 };
        AUTO_STRVEC struct strvec warnings = { 0 };
        struct error err = { 0 };
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t writer = fork();
        assert_true(writer >= 0);
        if (writer == 0)
            put_until_killed(place, bytes, ends[1]);
        close(ends[1]);
        size_t done = kill_after(writer, ends[0], round);
        close(ends[0]);

        list_all(place, &names, &warnings);
        assert_int_equal(warnings.count, 0);
        assert_true(names.count == done || names.count == done + 1);
        for (size_t i = 0; i < names.count; i++) {
            AUTO_STR struct str text = STR_INIT;
            assert_int_equal(place->get(place, names.items[i], &text, &err), 0);
            assert_string_equal(text.data, bytes);
        }
        assert_int_equal(place->remove(place, &names, &err), 0);
        place->close(place);
    }
}

#define IN_SANDBOX(test) \
    cmocka_unit_test_setup_teardown(test, sandbox_setup, sandbox_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(files_are_kept_listed_and_removed),
        IN_SANDBOX(other_files_are_left_alone),
        IN_SANDBOX(links_are_not_followed),
        IN_SANDBOX(nothing_is_written_through_a_link),
        IN_SANDBOX(a_link_in_a_sessions_place_is_replaced),
        IN_SANDBOX(pipes_and_directories_are_not_read),
        IN_SANDBOX(files_beyond_the_limit_are_not_read),
        IN_SANDBOX(a_file_in_the_stores_place_is_an_error),
        IN_SANDBOX(drafts_of_the_dead_are_swept),
        IN_SANDBOX(writers_do_not_disturb_each_other),
        IN_SANDBOX(what_was_put_survives_the_death_of_its_writer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
