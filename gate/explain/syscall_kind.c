#include "gate/explain/syscall_kind.h"

#include <stddef.h>

#include "gate/base/str.h"

static const struct {
    const char *name;
    enum syscall_kind kind;
} kinds[] = {
    { "accept", SYSCALL_NETWORK },
    { "accept4", SYSCALL_NETWORK },
    { "access", SYSCALL_FILE },
    { "clock_nanosleep", SYSCALL_SLEEP },
    { "connect", SYSCALL_NETWORK },
    { "copy_file_range", SYSCALL_FILE },
    { "epoll_pwait", SYSCALL_SLEEP },
    { "epoll_pwait2", SYSCALL_SLEEP },
    { "epoll_wait", SYSCALL_SLEEP },
    { "faccessat", SYSCALL_FILE },
    { "faccessat2", SYSCALL_FILE },
    { "fallocate", SYSCALL_FILE },
    { "fcntl", SYSCALL_LOCK },
    { "fdatasync", SYSCALL_FILE },
    { "flock", SYSCALL_LOCK },
    { "fstat", SYSCALL_FILE },
    { "fsync", SYSCALL_FILE },
    { "ftruncate", SYSCALL_FILE },
    { "futex", SYSCALL_LOCK },
    { "futex_waitv", SYSCALL_LOCK },
    { "getdents64", SYSCALL_FILE },
    { "io_getevents", SYSCALL_FILE },
    { "io_uring_enter", SYSCALL_FILE },
    { "lseek", SYSCALL_FILE },
    { "mkdir", SYSCALL_FILE },
    { "mkdirat", SYSCALL_FILE },
    { "msync", SYSCALL_FILE },
    { "nanosleep", SYSCALL_SLEEP },
    { "newfstatat", SYSCALL_FILE },
    { "open", SYSCALL_FILE },
    { "openat", SYSCALL_FILE },
    { "openat2", SYSCALL_FILE },
    { "pause", SYSCALL_SLEEP },
    { "poll", SYSCALL_SLEEP },
    { "ppoll", SYSCALL_SLEEP },
    { "pread64", SYSCALL_FILE },
    { "preadv", SYSCALL_FILE },
    { "preadv2", SYSCALL_FILE },
    { "pselect6", SYSCALL_SLEEP },
    { "pwrite64", SYSCALL_FILE },
    { "pwritev", SYSCALL_FILE },
    { "pwritev2", SYSCALL_FILE },
    { "read", SYSCALL_FILE },
    { "readv", SYSCALL_FILE },
    { "recvfrom", SYSCALL_NETWORK },
    { "recvmmsg", SYSCALL_NETWORK },
    { "recvmsg", SYSCALL_NETWORK },
    { "rename", SYSCALL_FILE },
    { "renameat2", SYSCALL_FILE },
    { "rt_sigsuspend", SYSCALL_SLEEP },
    { "rt_sigtimedwait", SYSCALL_SLEEP },
    { "select", SYSCALL_SLEEP },
    { "semop", SYSCALL_LOCK },
    { "semtimedop", SYSCALL_LOCK },
    { "sendfile", SYSCALL_FILE },
    { "sendmmsg", SYSCALL_NETWORK },
    { "sendmsg", SYSCALL_NETWORK },
    { "sendto", SYSCALL_NETWORK },
    { "stat", SYSCALL_FILE },
    { "statx", SYSCALL_FILE },
    { "sync", SYSCALL_FILE },
    { "sync_file_range", SYSCALL_FILE },
    { "syncfs", SYSCALL_FILE },
    { "unlink", SYSCALL_FILE },
    { "unlinkat", SYSCALL_FILE },
    { "wait4", SYSCALL_CHILD },
    { "waitid", SYSCALL_CHILD },
    { "write", SYSCALL_FILE },
    { "writev", SYSCALL_FILE },
};

enum syscall_kind syscall_kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_equal(kinds[i].name, name))
            return kinds[i].kind;
    return SYSCALL_OTHER;
}
