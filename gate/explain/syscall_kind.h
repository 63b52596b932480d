/* What a system call waits for. */
#pragma once

enum syscall_kind {
    SYSCALL_OTHER,
    SYSCALL_FILE,    /* reads, writes, names of files */
    SYSCALL_NETWORK, /* other machines and processes */
    SYSCALL_LOCK,
    SYSCALL_SLEEP, /* a time, or whatever happens first */
    SYSCALL_CHILD, /* another process's end */
    SYSCALL_KIND_COUNT
};

enum syscall_kind syscall_kind_of(const char *name);
