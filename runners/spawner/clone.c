#include "runners/spawner/clone.h"

#include <errno.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/syscall.h>

enum {
    STACK_SIZE = 64 * 1024
};
static char stack[STACK_SIZE] __attribute__((aligned(64)));

#ifdef __x86_64__
/* Only clone3 puts a child into a cgroup. (To move it there later takes a lock of the
 * whole system, for milliseconds.) The C library has no function for it: as the child
 * gets another stack, it can't return from the one in which it was called. */
static long
clone3_onto(const struct clone_args *args, int (*function)(void *), void *context)
{
    long result = 0;
    register int (*kept_function)(void *) __asm__("r12") = function;
    register void *kept_context __asm__("r13") = context;
    __asm__ volatile("syscall\n\t"
                     "testq %%rax, %%rax\n\t"
                     "jnz 1f\n\t"
                     "xorl %%ebp, %%ebp\n\t"
                     "movq %%r13, %%rdi\n\t"
                     "callq *%%r12\n\t"
                     "ud2\n"
                     "1:"
                     : "=a"(result)
                     : "0"((long)SYS_clone3), "D"(args), "S"(sizeof *args),
                       "r"(kept_function), "r"(kept_context)
                     : "rcx", "r11", "memory");
    return result;
}
#else
static long
clone3_onto(const struct clone_args *args, int (*function)(void *), void *context)
{
    (void)args;
    (void)function;
    (void)context;
    return -ENOSYS;
}
#endif

pid_t clone_process(int (*function)(void *), void *context, int cgroup, bool shares_files)
{
    const int flags = CLONE_VM | (shares_files ? CLONE_FILES : 0);
    if (cgroup < 0)
        return clone(function, stack + sizeof stack, flags | SIGCHLD, context);
    const struct clone_args args = {
        .flags = (__u64)flags | CLONE_INTO_CGROUP,
        .exit_signal = SIGCHLD,
        .stack = (__u64)(uintptr_t)stack,
        .stack_size = sizeof stack,
        .cgroup = (__u64)cgroup,
    };
    long result = clone3_onto(&args, function, context);
    if (result >= 0)
        return (pid_t)result;
    errno = (int)-result;
    return -1;
}
