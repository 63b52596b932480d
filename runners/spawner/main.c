/* pawl-spawner: starts processes on behalf of pawl (protocol.h). Small and static, since
 * a program's peak memory can never show less than that of the process which started it.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runners/spawner/request.h"
#include "runners/spawner/run.h"

static void do_nothing(int signal_number)
{
    (void)signal_number;
}

/* Every child begins with default dispositions and nothing blocked, whatever pawl was
 * started with. What must not end the spawner is caught, not ignored: caught signals fall
 * back to their defaults in a child by themselves. SIGUSR1 says that pawl died; it ends a
 * wait. */
static void set_up_signals(void)
{
    static const int survived[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGUSR1 };
    /* Zeros are the default. By the bare call, as libc's keeps its hands off the signals
     * that it uses itself, which pawl's parent may have ignored all the same. */
    static const unsigned long defaults[8];
    for (int i = 1; i < NSIG; i++)
        (void)syscall(SYS_rt_sigaction, i, defaults, NULL, NSIG / 8);
    struct sigaction action = { .sa_handler = do_nothing };
    for (size_t i = 0; i < sizeof survived / sizeof survived[0]; i++)
        sigaction(survived[i], &action, NULL);
}

/* SIGCHLD is blocked and read from a file, so that one poll waits for it, for pawl and
 * for the time-out. (A pidfd for each child would do as well, at twice the price.) */
static int open_signal_fd(void)
{
    sigset_t watched;
    sigemptyset(&watched);
    sigaddset(&watched, SIGCHLD);
    sigprocmask(SIG_SETMASK, &watched, NULL);
    return signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* A child inherits 0, 1 and 2 and nothing else. (means_open looks after
 * SPAWNER_CGROUP.) */
static bool set_up_files(void)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0)
        return false;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (dup2(null, fd) < 0)
            return false;
    if (close_range(SPAWNER_CGROUP + 1, ~0u, 0) < 0)
        for (int fd = SPAWNER_CGROUP + 1; fd < 65536; fd++)
            close(fd);
    return fcntl(SPAWNER_SOCKET, F_SETFD, FD_CLOEXEC) == 0;
}

/* A session of its own: what the terminal sends reaches pawl alone, and no child can stop
 * to ask the terminal for a password. Orphans come to us, to be ended with their run. */
static bool set_up_process(void)
{
    (void)setsid();
    (void)prctl(PR_SET_PDEATHSIG, SIGUSR1);
    struct rlimit core;
    if (getrlimit(RLIMIT_CORE, &core) == 0) {
        core.rlim_cur = 0;
        (void)setrlimit(RLIMIT_CORE, &core);
    }
    return prctl(PR_SET_CHILD_SUBREAPER, 1) == 0;
}

/* Children inherit the CPU that the spawner itself keeps to: it changes seldom, and being
 * there already, the child has not to be moved at its start. */
struct pinning {
    cpu_set_t all; /* as we were started */
    int cpu;       /* where we are now; -1: anywhere */
};

static bool pinning_set(struct pinning *pinning, int cpu)
{
    if (cpu == pinning->cpu)
        return true;
    cpu_set_t set = pinning->all;
    if (cpu >= 0) {
        CPU_ZERO(&set);
        if (cpu < CPU_SETSIZE)
            CPU_SET((size_t)cpu, &set);
    }
    if (sched_setaffinity(0, sizeof set, &set) < 0)
        return false;
    pinning->cpu = cpu;
    return true;
}

static bool send_whole(const void *bytes, size_t length)
{
    return send(SPAWNER_SOCKET, bytes, length, MSG_NOSIGNAL) == (ssize_t)length;
}

static void answer(const struct run_request *request,
                   struct watch *watch,
                   struct pinning *pinning,
                   struct spawner_reply *reply)
{
    if (pinning_set(pinning, request->cpu))
        run(request, watch, reply);
    else
        *reply = (struct spawner_reply){ .outcome = SPAWNER_NOT_STARTED,
                                         .start_errno = errno,
                                         .start_step = SPAWNER_STEP_CPU };
}

static void serve(struct inbox *inbox, struct watch *watch, struct pinning *pinning)
{
    struct run_request request;
    struct spawner_reply reply;
    while (inbox_next(inbox, &request)) {
        answer(&request, watch, pinning, &reply);
        inbox_done(inbox);
        /* What does not die may still have the memory that the next child would get. */
        if (!send_whole(&reply, sizeof reply) || reply.outcome == SPAWNER_STUCK)
            return;
    }
}

/* pawl gives none. */
static enum means_choice choice_of(const char *argument)
{
    if (argument && strcmp(argument, "software") == 0)
        return MEANS_SOFTWARE;
    return argument && strcmp(argument, "wall") == 0 ? MEANS_WALL : MEANS_ALL;
}

int main(int argc, char **argv)
{
    struct inbox inbox;
    struct pinning pinning = { .cpu = -1 };
    struct watch watch = { .pawl = getppid() };
    struct spawner_hello hello = { .version = SPAWNER_VERSION };
    set_up_signals();
    if (!set_up_files() || !set_up_process() || !inbox_init(&inbox) ||
        sched_getaffinity(0, sizeof pinning.all, &pinning.all) < 0)
        return EXIT_FAILURE;
    means_open(choice_of(argc > 1 ? argv[1] : NULL), &watch.means, &hello);
    watch.signal_fd = open_signal_fd();
    if (watch.signal_fd < 0 || !send_whole(&hello, sizeof hello))
        return EXIT_FAILURE;
    serve(&inbox, &watch, &pinning);
    return EXIT_SUCCESS;
}
