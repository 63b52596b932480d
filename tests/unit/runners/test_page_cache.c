/* On a file system with a disk below it, which the sandbox mostly has. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "runners/page_cache.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

#define TMPFS 0x01021994
#define RAMFS 0x858458f6

static bool lives_in_memory(const char *path)
{
    struct statfs info;
    if (statfs(path, &info) < 0)
        fail_msg("statfs %s", path);
    return info.f_type == TMPFS || info.f_type == RAMFS;
}

static void skip_without_disk(const struct sandbox *sandbox)
{
    if (!lives_in_memory(sandbox->path))
        return;
    print_message("skipped: '%s' lives in memory\n", sandbox->path);
    skip();
}

/* Whether the file's first page is in memory, by an own look at it. */
static bool is_cached(const char *path)
{
    unsigned char state = 0;
    AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
    void *page = mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);
    assert_true(page != MAP_FAILED);
    assert_int_equal(mincore(page, 1, &state), 0);
    munmap(page, 1);
    return state & 1;
}

static struct page_cache_rest drop(const char *path)
{
    struct page_cache_rest rest = { 0 };
    struct error err = { 0 };
    if (page_cache_drop(path, &rest, &err) < 0)
        fail_msg("%s", err.message);
    return rest;
}

static void files_below_a_directory_leave_the_memory(void **state)
{
    struct sandbox *sandbox = *state;
    skip_without_disk(sandbox);
    sandbox_write(sandbox, "d/a", "written just now");
    sandbox_must(sandbox,
                 "mkdir d/e && head -c 3000000 /dev/zero >d/e/b && ln -s a d/l && "
                 ": >d/empty && cat d/a d/e/b >/dev/null");
    assert_true(is_cached(sandbox_file(sandbox, "d/a")));

    struct page_cache_rest rest = drop(sandbox_file(sandbox, "d"));

    assert_int_equal(rest.bytes, 0);
    assert_null(rest.path);
    assert_false(is_cached(sandbox_file(sandbox, "d/a")));
    assert_false(is_cached(sandbox_file(sandbox, "d/e/b")));
}

static void single_file_leaves_the_memory(void **state)
{
    struct sandbox *sandbox = *state;
    skip_without_disk(sandbox);
    sandbox_write(sandbox, "a", "dropped");
    sandbox_write(sandbox, "b", "kept");

    struct page_cache_rest rest = drop(sandbox_file(sandbox, "a"));

    assert_int_equal(rest.bytes, 0);
    assert_false(is_cached(sandbox_file(sandbox, "a")));
    assert_true(is_cached(sandbox_file(sandbox, "b")));
}

static void pages_that_are_in_use_are_told(void **state)
{
    struct sandbox *sandbox = *state;
    skip_without_disk(sandbox);
    const char *path = sandbox_file(sandbox, "d/a");
    sandbox_write(sandbox, "d/a", "mapped by somebody");
    AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
    char *page = mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);
    assert_true(page != MAP_FAILED && *(volatile char *)page == 'm');

    struct page_cache_rest rest = drop(sandbox_file(sandbox, "d"));

    assert_int_equal(rest.bytes, sysconf(_SC_PAGESIZE));
    assert_string_equal(rest.path, path);
    page_cache_rest_clear(&rest);
    munmap(page, 1);
}

static void files_in_memory_are_told(void **state)
{
    (void)state;
    char path[] = "/dev/shm/pawl-test-XXXXXX";
    if (access("/dev/shm", W_OK) < 0 || !lives_in_memory("/dev/shm")) {
        print_message("skipped: no file system in memory at /dev/shm\n");
        skip();
    }
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "x", 1), 1);

    struct page_cache_rest rest = drop(path);

    close(fd);
    unlink(path);
    assert_true(rest.bytes > 0);
    assert_string_equal(rest.path, path);
    page_cache_rest_clear(&rest);
}

static void nothing_is_nothing_to_drop(void **state)
{
    struct page_cache_rest rest = drop(sandbox_file(*state, "none"));
    assert_int_equal(rest.bytes, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_below_a_directory_leave_the_memory),
        TEST(single_file_leaves_the_memory),
        TEST(pages_that_are_in_use_are_told),
        TEST(files_in_memory_are_told),
        TEST(nothing_is_nothing_to_drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
