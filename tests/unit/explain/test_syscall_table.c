#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/explain/syscall_kind.h"
#include "gate/explain/syscall_table.h"
#include "gate/verdict/explanation.h"
#include "runners/syscalls.h"
#include "tests/support/check.h"

static void add(struct syscall_counts *counts, const char *name, int64_t calls, double s)
{
    *array_push(counts) = (struct syscall_count){ xstrdup(name), calls, s };
}

static void what_adds_most_time_comes_first(void **state)
{
    AUTO_SYSCALL_COUNTS struct syscall_counts base = { 0 };
    AUTO_SYSCALL_COUNTS struct syscall_counts head = { 0 };
    struct explanation explanation = { 0 };
    (void)state;
    add(&base, "close", 2, 0.001);
    add(&base, "read", 10, 0.010);
    add(&base, "write", 1, 0.5);
    add(&head, "futex", 7, 0.2);
    add(&head, "read", 12, 0.015);
    syscall_table_join(&base, &head, &explanation);

    assert_int_equal(explanation.syscalls.count, 4);
    const struct explained_syscall *items = explanation.syscalls.items;
    assert_string_equal(items[0].name, "write");
    assert_int_equal(items[0].head_calls, 0);
    assert_string_equal(items[1].name, "futex");
    assert_int_equal(items[1].base_calls, 0);
    assert_string_equal(items[2].name, "read");
    assert_int_equal(items[2].base_calls, 10);
    assert_close(items[2].head_s, 0.015, 1e-12);
    assert_string_equal(items[3].name, "close");
    explanation_clear(&explanation);
}

static void only_the_first_dozen_is_kept(void **state)
{
    AUTO_SYSCALL_COUNTS struct syscall_counts base = { 0 };
    AUTO_SYSCALL_COUNTS struct syscall_counts none = { 0 };
    struct explanation explanation = { 0 };
    (void)state;
    for (int i = 0; i < 40; i++) {
        AUTO_FREE char *name = str_format("call%02d", i);
        add(&base, name, 1, i);
    }
    syscall_table_join(&base, &none, &explanation);
    assert_int_equal(explanation.syscalls.count, 12);
    assert_string_equal(explanation.syscalls.items[0].name, "call39");
    explanation_clear(&explanation);
}

static void calls_are_told_apart_by_what_they_wait_for(void **state)
{
    (void)state;
    assert_int_equal(syscall_kind_of("clock_nanosleep"), SYSCALL_SLEEP);
    assert_int_equal(syscall_kind_of("futex"), SYSCALL_LOCK);
    assert_int_equal(syscall_kind_of("fsync"), SYSCALL_FILE);
    assert_int_equal(syscall_kind_of("recvfrom"), SYSCALL_NETWORK);
    assert_int_equal(syscall_kind_of("wait4"), SYSCALL_CHILD);
    assert_int_equal(syscall_kind_of("mmap"), SYSCALL_OTHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_adds_most_time_comes_first),
        cmocka_unit_test(only_the_first_dozen_is_kept),
        cmocka_unit_test(calls_are_told_apart_by_what_they_wait_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
