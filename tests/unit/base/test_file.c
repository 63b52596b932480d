#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static void written_bytes_are_read_back(void **state)
{
    const char *path = sandbox_file(*state, "f");
    struct error err = { 0 };
    AUTO_STR struct str text = STR_INIT;

    assert_int_equal(file_write(path, "a\0b\n", 4, &err), 0);
    assert_int_equal(file_read(path, &text, &err), 0);

    assert_int_equal(text.length, 4);
    assert_memory_equal(text.data, "a\0b\n", 4);
}

static void missing_file_is_named(void **state)
{
    struct error err = { 0 };
    AUTO_STR struct str text = STR_INIT;

    (void)state;
    assert_int_equal(file_read("/nowhere/x", &text, &err), -1);

    assert_string_equal(err.message,
                        "cannot open '/nowhere/x': No such file or directory");
}

static void directory_can_not_be_read_as_a_file(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_STR struct str text = STR_INIT;

    assert_int_equal(file_read(sandbox->path, &text, &err), -1);
    assert_contains(err.message, "Is a directory");
}

static void check_not_plain(struct sandbox *sandbox, const char *name, const char *why)
{
    struct error err = { 0 };
    AUTO_STR struct str text = STR_INIT;

    assert_int_equal(file_read_plain(sandbox_file(sandbox, name), 1 << 20, &text, &err),
                     -1);

    assert_contains(err.message, why);
    assert_string_equal(text.data, "");
}

static void only_a_plain_file_is_read_as_one(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_STR struct str text = STR_INIT;
    sandbox_must(sandbox, "head -c 1048576 /dev/zero >large && cp large larger && "
                          "printf x >>larger && ln -s large link && mkfifo pipe");

    check_not_plain(sandbox, "link", "Too many levels of symbolic links");
    check_not_plain(sandbox, "pipe", "pipe': it is no file");
    check_not_plain(sandbox, ".", "it is no file");
    check_not_plain(sandbox, "larger", "larger': it has more than 1 MiB");
    check_not_plain(sandbox, "none", "No such file or directory");
    assert_int_equal(
        file_read_plain(sandbox_file(sandbox, "large"), 1 << 20, &text, &err), 0);
    assert_int_equal(text.length, 1 << 20);
}

static void abandoned_draft_leaves_the_old_file_alone(void **state)
{
    struct sandbox *sandbox = *state;
    struct file_draft draft = { .fd = -1 };
    struct error err = { 0 };

    sandbox_write(sandbox, "store", "old");
    const char *path = sandbox_file(sandbox, "store");
    assert_int_equal(file_draft_open(&draft, path, &err), 0);
    assert_int_equal(fd_write_all(draft.fd, "new", 3, path, &err), 0);
    file_draft_abandon(&draft);

    AUTO_FREE char *text = sandbox_read(sandbox, "store");
    assert_string_equal(text, "old");
    struct outcome listing = sandbox_run(sandbox, "ls -A");
    assert_string_equal(listing.out, "store\n");
    outcome_clear(&listing);
}

static void written_file_has_the_usual_permissions(void **state)
{
    const char *path = sandbox_file(*state, "f");
    struct error err = { 0 };
    struct stat info;

    mode_t before = umask(022);
    assert_int_equal(file_write(path, "x", 1, &err), 0);
    umask(before);

    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0644);
}

static void write_into_a_missing_directory_is_an_error(void **state)
{
    struct error err = { 0 };

    assert_int_equal(file_write(sandbox_file(*state, "no/f"), "x", 1, &err), -1);
    assert_contains(err.message, "cannot create '");
    assert_contains(err.message, "No such file or directory");
}

static void pipe_is_written_to_and_stays_one(void **state)
{
    const char *path = sandbox_file(*state, "pipe");
    struct error err = { 0 };
    struct stat info;
    char got[8] = { 0 };

    assert_int_equal(mkfifo(path, 0600), 0);
    AUTO_FD int fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    assert_int_equal(file_write(path, "text", 4, &err), 0);

    assert_int_equal(read(fd, got, sizeof got), 4);
    assert_string_equal(got, "text");
    assert_int_equal(stat(path, &info), 0);
    assert_true(S_ISFIFO(info.st_mode));
}

static void detached_descriptors_stay_open(void **state)
{
    int kept = -1;

    (void)state;
    {
        AUTO_FD int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
        kept = fd_detach(&fd);
    }

    assert_int_equal(write(kept, "x", 1), 1);
    fd_close(&kept);
    assert_int_equal(kept, -1);
}

static void full_disk_is_noticed(void **state)
{
    struct error err = { 0 };
    AUTO_FD int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

    (void)state;
    assert_int_equal(fd_write_all(fd, "x", 1, "/dev/full", &err), -1);
    assert_string_equal(err.message, "cannot write '/dev/full': No space left on device");
}

static void tail_begins_at_a_line(void **state)
{
    struct error err = { 0 };
    AUTO_STR struct str tail = STR_INIT;

    sandbox_write(*state, "log", "first line\nsecond\nthird\n");
    assert_int_equal(file_read_tail(sandbox_file(*state, "log"), 10, &tail, &err), 0);

    assert_string_equal(tail.data, "third\n");
}

static void tail_of_a_short_file_is_all_of_it(void **state)
{
    struct error err = { 0 };
    AUTO_STR struct str tail = STR_INIT;

    sandbox_write(*state, "log", "all\n");
    assert_int_equal(file_read_tail(sandbox_file(*state, "log"), 100, &tail, &err), 0);

    assert_string_equal(tail.data, "all\n");
}

static void files_are_equal_by_bytes(void **state)
{
    sandbox_write(*state, "a", "same");
    sandbox_write(*state, "b", "same");
    sandbox_write(*state, "c", "some");
    const char *a = sandbox_file(*state, "a");

    assert_true(file_equal(a, sandbox_file(*state, "b")));
    assert_false(file_equal(a, sandbox_file(*state, "c")));
    assert_false(file_equal(a, sandbox_file(*state, "missing")));
}

static void existence_is_told_from_being_a_directory(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_write(sandbox, "f", "");

    assert_true(file_exists(sandbox_file(sandbox, "f")));
    assert_false(file_exists(sandbox_file(sandbox, "g")));
    assert_false(file_is_directory(sandbox_file(sandbox, "f")));
    assert_true(file_is_directory(sandbox->path));
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(written_bytes_are_read_back),
        T(missing_file_is_named),
        T(directory_can_not_be_read_as_a_file),
        T(only_a_plain_file_is_read_as_one),
        T(abandoned_draft_leaves_the_old_file_alone),
        T(written_file_has_the_usual_permissions),
        T(write_into_a_missing_directory_is_an_error),
        T(pipe_is_written_to_and_stays_one),
        cmocka_unit_test(detached_descriptors_stay_open),
        T(full_disk_is_noticed),
        T(tail_begins_at_a_line),
        T(tail_of_a_short_file_is_all_of_it),
        T(files_are_equal_by_bytes),
        T(existence_is_told_from_being_a_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
