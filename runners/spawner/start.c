/* The child shares the spawner's memory and runs on a stack of its own (clone with
 * CLONE_VM). So nothing is copied, and still the child can note when it started and why
 * it could not.
 *
 * posix_spawn would not do: the clock would be read before the clone, and the making of a
 * process would be counted as the program's. Nor is the spawner stopped until the program
 * is executed (CLONE_VFORK): it would then be woken just as the program's time begins, on
 * a single CPU at its expense. It goes to sleep at once and is woken when the child has
 * ended; until then the child has memory, and errno, for itself. */
#include "runners/spawner/start.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "runners/spawner/clone.h"
#include "runners/spawner/means.h"

struct start {
    const struct run_request *request;
    const struct means *means;
    struct child *child;
};

int64_t clock_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

ON_CHILD_STACK __attribute__((noreturn)) static void fail(struct child *child,
                                                          enum spawner_step step)
{
    child->start_errno = errno;
    child->start_step = step;
    _exit(127);
}

/* O_NONBLOCK keeps a pipe without another end from holding the spawner up; the program
 * gets its file without it. */
ON_CHILD_STACK static bool open_as(int fd, const char *path, int flags)
{
    int file = open(path, flags | O_NONBLOCK | O_CLOEXEC, 0666);
    return file >= 0 && fcntl(file, F_SETFL, flags & O_APPEND) == 0 &&
           dup2(file, fd) == fd;
}

ON_CHILD_STACK static void open_files(const struct run_request *request,
                                      struct child *child)
{
    const int writing = O_WRONLY | O_APPEND | O_CREAT;
    const char *out = request->stdout_path;
    const char *errors = request->stderr_path;
    if (request->stdin_path && !open_as(STDIN_FILENO, request->stdin_path, O_RDONLY))
        fail(child, SPAWNER_STEP_STDIN);
    if (out && !open_as(STDOUT_FILENO, out, writing))
        fail(child, SPAWNER_STEP_STDOUT);
    if (out && errors && strcmp(out, errors) == 0) {
        if (dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
            fail(child, SPAWNER_STEP_STDERR);
    } else if (errors && !open_as(STDERR_FILENO, errors, writing))
        fail(child, SPAWNER_STEP_STDERR);
}

ON_CHILD_STACK static bool is_program(const char *path)
{
    struct stat info;
    if (access(path, X_OK) != 0 || stat(path, &info) != 0)
        return false;
    if (S_ISREG(info.st_mode))
        return true;
    errno = EACCES;
    return false;
}

ON_CHILD_STACK static const char *path_of(char *const *environment)
{
    for (; *environment; environment++)
        if (strncmp(*environment, "PATH=", 5) == 0)
            return *environment + 5;
    return "/usr/local/bin:/usr/bin:/bin";
}

/* Writes "directory/name" to buffer; an empty directory is the current one. */
ON_CHILD_STACK static bool join(char *buffer,
                                size_t size,
                                const char *directory,
                                size_t directory_length,
                                const char *name)
{
    size_t name_length = strlen(name);
    if (directory_length + 1 + name_length >= size)
        return false;
    memcpy(buffer, directory, directory_length);
    size_t at = directory_length;
    if (at)
        buffer[at++] = '/';
    memcpy(buffer + at, name, name_length + 1);
    return true;
}

/* Finds name as execvp would: NULL with errno where there is none. A file that may not be
 * executed is passed over, but told of where nothing better comes. */
ON_CHILD_STACK static const char *
find_program(const char *name, char *const *environment, char *buffer, size_t size)
{
    if (strchr(name, '/'))
        return name;
    int reason = ENOENT;
    const char *directory = path_of(environment);
    while (*name) {
        size_t length = strcspn(directory, ":");
        if (join(buffer, size, directory, length, name)) {
            if (is_program(buffer))
                return buffer;
            if (errno == EACCES)
                reason = EACCES;
        }
        if (!directory[length])
            break;
        directory += length + 1;
    }
    errno = reason;
    return NULL;
}

/* The counters must outlive the child: it opens them while its file descriptors are still
 * the spawner's too, and takes a copy for itself then. (Not by unshare, which containers
 * like to forbid.) */
ON_CHILD_STACK static void attach_counters(const struct counters *counters,
                                           struct child *child)
{
    counters_attach(counters, child->counters);
    if (close_range(~0u, ~0u, CLOSE_RANGE_UNSHARE) < 0)
        fail(child, SPAWNER_STEP_PROCESS);
}

/* What it has waited for a CPU before its program began is not the program's wait. */
ON_CHILD_STACK static void note_wait_so_far(struct child *child)
{
    int file = open("/proc/self/schedstat", O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    ssize_t got = read(file, child->schedstat, sizeof child->schedstat - 1);
    close(file);
    child->own_reads = 1;
    child->own_read_bytes = got > 0 ? got : 0;
}

/* The child's life before its program. Everything that can be done once for all children
 * stands in main.c's set-up instead: signals, limits, /dev/null, CPU. */
ON_CHILD_STACK static int become_program(void *context)
{
    const struct start *start = context;
    const struct run_request *request = start->request;
    struct child *child = start->child;
    char buffer[4096];

    if (start->means->counters.known)
        attach_counters(&start->means->counters, child);
    /* A group of its own, to be killed as one; death with the spawner as a last resort,
     * where that is killed itself. */
    if (start->means->priority.is_raised && !request->is_raised)
        priority_lower(&start->means->priority);
    else
        (void)setpgid(0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL); /* the spawner has SIGCHLD blocked */
    open_files(request, child);
    if (request->directory && chdir(request->directory) < 0)
        fail(child, SPAWNER_STEP_DIRECTORY);
    const char *program =
        find_program(request->arguments[0], request->environment, buffer, sizeof buffer);
    if (!program)
        fail(child, SPAWNER_STEP_PROGRAM);
    if (start->means->reads_proc)
        note_wait_so_far(child);

    child->started_ns = clock_now_ns();
    execve(program, request->arguments, request->environment);
    fail(child, SPAWNER_STEP_PROGRAM);
}

bool child_start(const struct run_request *request,
                 const struct means *means,
                 struct child *child)
{
    /* The child reads it on its own time: it has to outlive this function. */
    static struct start start;
    start = (struct start){ .request = request, .means = means, .child = child };
    *child = (struct child){ .pid = -1, .counters = { -1, -1, -1, -1 } };
    pid_t pid = clone_process(become_program, &start, means->leaf.directory,
                              means->counters.known);
    if (pid < 0) {
        child->start_errno = errno;
        child->start_step = SPAWNER_STEP_PROCESS;
        return false;
    }
    child->pid = pid;
    return true;
}
