/* The lines that strace writes with -f -y -T: some by hand, and those of a program whose
 * files are known. */
#include <string.h>

#include "gate/base/str.h"
#include "runners/file_calls.h"
#include "runners/syscalls.h"
#include "tests/unit/counting/counted.h"

static void add_lines(struct file_calls *calls, const char *text)
{
    for (const char *end = NULL; (end = strchr(text, '\n')) != NULL; text = end + 1)
        file_calls_add_line(calls, text, end);
}

/* The file whose name ends so; all 0 where there is none. */
static struct file_call ending_in(const struct file_calls *calls, const char *end)
{
    for (size_t i = 0; i < calls->files.count; i++) {
        const char *path = calls->files.items[i].path;
        if (strlen(path) >= strlen(end) &&
            str_equal(path + strlen(path) - strlen(end), end))
            return calls->files.items[i];
    }
    return (struct file_call){ 0 };
}

static void calls_are_added_up_by_file(void **state)
{
    AUTO_FILE_CALLS struct file_calls calls = { 0 };
    (void)state;
    add_lines(&calls,
              "12  openat(AT_FDCWD</w>, \"a.txt\", O_RDONLY) = 3</w/a.txt> <0.000010>\n"
              "12  read(3</w/a.txt>, \"\"..., 4096) = 120 <0.000020>\n"
              "12  pread64(3</w/a.txt>, \"\"..., 784, 64) = 84 <0.000040>\n"
              "12  lseek(3</w/a.txt>, 0, SEEK_SET) = 0 <0.000001>\n"
              "12  lseek(3</w/a.txt>, 7, SEEK_SET) = 7 <0.000001>\n"
              "13  write(1</w/b.txt>, \"\"..., 5)   = 5 <0.000100>\n"
              "13  fsync(1</w/b.txt>)             = 0 <0.010000>\n"
              "13  close(3</w/a.txt>)             = 0 <0.000001>\n");

    assert_int_equal(calls.files.count, 2);
    const struct file_call *a = &calls.files.items[0];
    assert_string_equal(a->path, "/w/a.txt");
    assert_int_equal(a->opens, 1);
    assert_int_equal(a->reads, 2);
    assert_int_equal(a->read_bytes, 204);
    assert_int_equal(a->rewinds, 1);
    assert_close(a->seconds, 0.000073, 1e-9);
    const struct file_call *b = &calls.files.items[1];
    assert_int_equal(b->opens, 0);
    assert_int_equal(b->writes, 1);
    assert_int_equal(b->written_bytes, 5);
    assert_close(b->seconds, 0.0101, 1e-9);
}

static void a_call_that_others_came_between_of_is_put_together(void **state)
{
    AUTO_FILE_CALLS struct file_calls calls = { 0 };
    (void)state;
    add_lines(&calls, "12  read(3</w/a>,  <unfinished ...>\n"
                      "13  openat(AT_FDCWD</w>, \"b\", O_RDONLY <unfinished ...>\n"
                      "12  <... read resumed>\"\"..., 10)     = 10 <0.5>\n"
                      "13  <... openat resumed>)            = 3</w/b> <0.25>\n"
                      "14  <... read resumed>\"\"..., 10)     = 10 <0.5>\n"
                      "13  read(3</w/b>,  <unfinished ...>\n"
                      "13  +++ killed by SIGKILL +++\n");

    assert_int_equal(ending_in(&calls, "/a").reads, 1);
    assert_close(ending_in(&calls, "/a").seconds, 0.5, 1e-9);
    assert_int_equal(ending_in(&calls, "/b").opens, 1);
    assert_int_equal(ending_in(&calls, "/b").reads, 0);
}

/* The fuzzer found it: a name of nothing is the name of no call, but was the one of a
 * call that never began. */
static void what_goes_on_and_never_began_is_passed_over(void **state)
{
    AUTO_FILE_CALLS struct file_calls calls = { 0 };
    (void)state;
    add_lines(&calls, "12  <...  resumed>) = 3\n"
                      "12  <... read resumed>\"\"..., 10) = 10\n");
    assert_int_equal(calls.files.count, 0);
    add_lines(&calls, "13  read(3</w/a>, \"\"..., 4) = 4 <0.5>\n"
                      "12  <...  resumed>) = 3 <0.25>\n");
    assert_close(ending_in(&calls, "/a").seconds, 0.5, 1e-9);
}

static void failures_pipes_and_other_lines_are_passed_over(void **state)
{
    AUTO_FILE_CALLS struct file_calls calls = { 0 };
    (void)state;
    add_lines(&calls,
              "12  openat(AT_FDCWD</w>, \"a\", O_RDONLY) = -1 ENOENT (No such file or "
              "directory) <0.000016>\n"
              "12  read(3<pipe:[4961974]>, \"\"..., 10) = 10 <0.1>\n"
              "12  read(4<socket:[17]>, \"\"..., 10) = 10 <0.1>\n"
              "12  --- SIGCHLD {si_signo=SIGCHLD} ---\n"
              "12  exit_group(0)                  = ?\n"
              "12  read(3</w/cut\n"
              "12  read\n"
              "\n"
              "12  read(99999999999999999999999999</w/x>, 1) = 99999999999999999999999 "
              "<1>\n");

    assert_int_equal(ending_in(&calls, "/a").opens, 0);
    assert_int_equal(ending_in(&calls, "/x").reads, 0);
    assert_true(calls.files.count <= 1);
}

/* cat opens "list" three times and reads each in one piece, and once more at its end. */
static void the_files_of_a_program_are_counted(void **state)
{
    struct counted *counted = *state;
    AUTO_SYSCALL_COUNTS struct syscall_counts counts = { 0 };
    AUTO_FILE_CALLS struct file_calls calls = { 0 };
    AUTO_STRVEC struct strvec words = { 0 };
    struct error err = { 0 };
    const char *path = sandbox_file(counted->sandbox, "trace");
    AUTO_FREE char *command =
        str_format("cd %s && cat list list | cat >'a copy>' && cat list >/dev/null",
                   counted->sandbox->path);
    const char *const argv[] = { "sh", "-c", command };
    sandbox_write(counted->sandbox, "list", "one\ntwo\n");
    for (size_t i = 0; i < 3; i++)
        strvec_push(&counted->argv, argv[i]);
    syscalls_wrap(&counted->argv, path, true, &words);
    struct process_result result = counted_run(counted, &words, &counted->environment);
    if (!process_succeeded(&result)) {
        print_message("skipped: needs strace (apt-get install strace), and to be let\n");
        skip();
    }
    if (syscalls_read(path, &counts, &calls, &err) < 0)
        fail_msg("%s", err.message);

    struct file_call list = ending_in(&calls, "/list");
    assert_int_equal(list.opens, 3);
    assert_int_equal(list.read_bytes, 24);
    assert_true(list.reads >= 3);
    struct file_call copy = ending_in(&calls, "/a copy\\76");
    assert_int_equal(copy.opens, 1);
    assert_int_equal(copy.written_bytes, 16);
    assert_true(counts.count > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_are_added_up_by_file),
        cmocka_unit_test(a_call_that_others_came_between_of_is_put_together),
        cmocka_unit_test(what_goes_on_and_never_began_is_passed_over),
        cmocka_unit_test(failures_pipes_and_other_lines_are_passed_over),
        COUNTED_FACT(the_files_of_a_program_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
