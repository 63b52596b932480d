/* A program whose cost is known: does what its words say, and prints what it can tell of
 * it itself. Built without sanitizers, so that it costs the same in each build.
 *
 *     known-work allocate BYTES      touches so much memory
 *     known-work write FILE N SIZE   writes N times SIZE bytes, and syncs them
 *     known-work read FILE SIZE      reads it to its end, SIZE bytes at a time
 *     known-work read-disk FILE      the same in 64 KiB, past the page cache; exits with
 * 77 where that can't be done known-work sleep MS known-work nap N               gives
 * the CPU up so many times known-work burn MS             of CPU time, then prints what
 * it has used, in ns known-work threads MS          two threads that burn MS each
 *     known-work child MS            a child that burns, waited for
 *     known-work unwaited MS         the same with SIGCHLD ignored
 *     known-work orphan MS           burnt by an orphan before the program ends
 *     known-work rival MS            burns while a child of it burns on the same CPU
 *     known-work orphan-writes FILE N SIZE
 *     known-work run-away MS         leaves a process behind that forks and exits, whose
 *                                    child does the same, and so on, for so long at most
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void must(int is_true, const char *what)
{
    if (is_true)
        return;
    perror(what);
    exit(EXIT_FAILURE);
}

static int64_t clock_ns(clockid_t clock)
{
    struct timespec now;
    must(clock_gettime(clock, &now) == 0, "clock_gettime");
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static long number(char **words, int i)
{
    return words[i] ? strtol(words[i], NULL, 10) : 0;
}

/* Small pages, so that each is a fault of its own. */
static void allocate(char **words)
{
    size_t size = (size_t)number(words, 0);
    if (!size)
        return;
    volatile char *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must(memory != MAP_FAILED, "mmap");
    (void)madvise((void *)(uintptr_t)memory, size, MADV_NOHUGEPAGE);
    for (size_t i = 0; i < size; i += 4096)
        memory[i] = 1;
}

static void write_file(char **words)
{
    size_t size = (size_t)number(words, 2);
    char *bytes = calloc(1, size + 1);
    int fd = open(words[0], O_WRONLY | O_CREAT | O_TRUNC, 0600);
    must(bytes && fd >= 0, words[0]);
    for (long i = 0; i < number(words, 1); i++)
        must(write(fd, bytes, size) == (ssize_t)size, "write");
    (void)fsync(fd);
    close(fd);
    free(bytes);
}

static void read_with(const char *path, int flags, size_t size)
{
    void *bytes = NULL;
    ssize_t got = 0;
    must(posix_memalign(&bytes, 4096, size) == 0, "posix_memalign");
    int fd = open(path, O_RDONLY | flags);
    if (fd < 0 && errno == EINVAL)
        exit(77);
    must(fd >= 0, path);
    while ((got = read(fd, bytes, size)) > 0)
        continue;
    if (got < 0 && errno == EINVAL)
        exit(77);
    must(got == 0, "read");
    close(fd);
    free(bytes);
}

static void read_file(char **words)
{
    read_with(words[0], 0, (size_t)number(words, 1));
}

static void read_disk(char **words)
{
    read_with(words[0], O_DIRECT, 64 * 1024);
}

static void sleep_for(char **words)
{
    long ms = number(words, 0);
    struct timespec rest = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
    while (nanosleep(&rest, &rest) < 0)
        continue;
}

static void nap(char **words)
{
    const struct timespec moment = { .tv_nsec = 100000 };
    for (long i = 0; i < number(words, 0); i++)
        (void)nanosleep(&moment, NULL);
}

static void burn(char **words)
{
    int64_t begin_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID);
    int64_t wanted_ns = number(words, 0) * 1000000;
    while (clock_ns(CLOCK_THREAD_CPUTIME_ID) - begin_ns < wanted_ns)
        continue;
}

static void *burn_in_thread(void *words)
{
    burn(words);
    return NULL;
}

static void threads(char **words)
{
    pthread_t others[2];
    for (int i = 0; i < 2; i++)
        must(!pthread_create(&others[i], NULL, burn_in_thread, words), "pthread_create");
    for (int i = 0; i < 2; i++)
        pthread_join(others[i], NULL);
}

/* A child that does the work and prints what it has used. */
static pid_t start_child(void (*work)(char **), char **words)
{
    pid_t pid = fork();
    must(pid >= 0, "fork");
    if (pid)
        return pid;
    work(words);
    _exit(0);
}

static void child(char **words)
{
    must(waitpid(start_child(burn, words), NULL, 0) > 0, "waitpid");
}

/* With SIGCHLD ignored, wait only returns when no child is left. */
static void unwaited(char **words)
{
    signal(SIGCHLD, SIG_IGN);
    (void)start_child(burn, words);
    (void)wait(NULL);
}

/* Leaves a grandchild behind, but waits until its work is done. */
static void leave_behind(void (*work)(char **), char **words)
{
    int done[2];
    char byte = 0;
    must(pipe(done) == 0, "pipe");
    pid_t middle = fork();
    must(middle >= 0, "fork");
    if (middle == 0) {
        (void)start_child(work, words);
        _exit(0);
    }
    close(done[1]);
    must(waitpid(middle, NULL, 0) == middle, "waitpid");
    (void)!read(done[0], &byte, 1);
}

static void orphan(char **words)
{
    leave_behind(burn, words);
}

static void orphan_writes(char **words)
{
    leave_behind(write_file, words);
}

static void rival(char **words)
{
    cpu_set_t here;
    CPU_ZERO(&here);
    CPU_SET((size_t)sched_getcpu(), &here);
    must(sched_setaffinity(0, sizeof here, &here) == 0, "sched_setaffinity");
    pid_t other = start_child(burn, words);
    burn(words);
    must(waitpid(other, NULL, 0) == other, "waitpid");
}

static void run_away(char **words)
{
    int64_t end_ns = clock_ns(CLOCK_MONOTONIC) + number(words, 0) * 1000000;
    if (fork() != 0)
        return;
    while (clock_ns(CLOCK_MONOTONIC) < end_ns) {
        (void)setsid();
        if (fork() != 0)
            _exit(0);
    }
    _exit(0);
}

static const struct {
    const char *name;
    void (*work)(char **words);
} kinds[] = {
    { "allocate", allocate }, { "write", write_file },
    { "read", read_file },    { "read-disk", read_disk },
    { "sleep", sleep_for },   { "nap", nap },
    { "burn", burn },         { "threads", threads },
    { "child", child },       { "unwaited", unwaited },
    { "orphan", orphan },     { "orphan-writes", orphan_writes },
    { "rival", rival },       { "run-away", run_away },
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].name, argv[1]) != 0)
            continue;
        kinds[i].work(argv + 2);
        if (kinds[i].work == burn)
            printf("%lld\n", (long long)clock_ns(CLOCK_PROCESS_CPUTIME_ID));
        return EXIT_SUCCESS;
    }
    fprintf(stderr, "known-work: nothing is known of '%s'\n", argc > 1 ? argv[1] : "");
    return EXIT_FAILURE;
}
