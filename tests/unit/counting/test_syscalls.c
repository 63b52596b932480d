/* The table that strace -c writes: one by hand, one of a program whose calls are known.
 */
#include "gate/base/str.h"
#include "runners/syscalls.h"
#include "tests/unit/counting/counted.h"

static const struct syscall_count *find_call(const struct syscall_counts *counts,
                                             const char *name)
{
    for (size_t i = 0; i < counts->count; i++)
        if (str_equal(counts->items[i].name, name))
            return &counts->items[i];
    fail_msg("no call of '%s'", name);
    return NULL;
}

static void a_table_is_read_with_its_errors(void **state)
{
    struct counted *counted = *state;
    AUTO_SYSCALL_COUNTS struct syscall_counts counts = { 0 };
    struct error err = { 0 };
    sandbox_write(counted->sandbox, "table",
                  "% time     seconds  usecs/call     calls    errors syscall\n"
                  "------ ----------- ----------- --------- --------- ----------------\n"
                  " 98.20    0.065407       65407         1           clock_nanosleep\n"
                  "  0.45    0.000296           9        30        13 openat\n"
                  "------ ----------- ----------- --------- --------- ----------------\n"
                  "100.00    0.066605         611        31        13 total\n");
    assert_int_equal(
        syscalls_read(sandbox_file(counted->sandbox, "table"), &counts, NULL, &err), 0);

    assert_int_equal(counts.count, 2);
    assert_string_equal(counts.items[0].name, "clock_nanosleep");
    assert_close(counts.items[0].seconds, 0.065407, 1e-9);
    assert_int_equal(counts.items[0].calls, 1);
    assert_int_equal(counts.items[1].calls, 30);
}

static void a_file_without_a_table_is_refused(void **state)
{
    struct counted *counted = *state;
    AUTO_SYSCALL_COUNTS struct syscall_counts counts = { 0 };
    struct error err = { 0 };
    sandbox_write(counted->sandbox, "table", "strace: ptrace: not permitted\n");
    assert_int_equal(
        syscalls_read(sandbox_file(counted->sandbox, "table"), &counts, NULL, &err), -1);
    assert_int_equal(err.code, ERROR_BENCHMARK);
    assert_contains(err.message, "left no table");
}

/* The shell's own process and one that it waits for: two at least have "execve". */
static void all_processes_are_counted(void **state)
{
    struct counted *counted = *state;
    AUTO_SYSCALL_COUNTS struct syscall_counts counts = { 0 };
    AUTO_STRVEC struct strvec words = { 0 };
    struct error err = { 0 };
    const char *path = sandbox_file(counted->sandbox, "table");
    const char *const argv[] = { "sh", "-c", "/bin/true; /bin/true; exit 0" };
    for (size_t i = 0; i < 3; i++)
        strvec_push(&counted->argv, argv[i]);
    syscalls_wrap(&counted->argv, path, false, &words);
    struct process_result result = counted_run(counted, &words, &counted->environment);
    if (!process_succeeded(&result)) {
        print_message("skipped: needs strace (apt-get install strace), and to be let\n");
        skip();
    }
    if (syscalls_read(path, &counts, NULL, &err) < 0)
        fail_msg("%s", err.message);

    assert_int_equal(find_call(&counts, "execve")->calls, 3);
    assert_true(find_call(&counts, "wait4")->calls >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTED_FACT(a_table_is_read_with_its_errors),
        COUNTED_FACT(a_file_without_a_table_is_refused),
        COUNTED_FACT(all_processes_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
