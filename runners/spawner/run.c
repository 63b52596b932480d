#include "runners/spawner/run.h"

#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runners/spawner/reap.h"
#include "runners/spawner/start.h"

static const int64_t second_ns = 1000000000;

static int64_t nanoseconds_of(struct timeval time)
{
    return (int64_t)time.tv_sec * second_ns + (int64_t)time.tv_usec * 1000;
}

/* A child that runs, and what is known of its end. */
struct watched {
    const struct watch *watch;
    struct child child;
    int64_t ended_ns;
    int wait_status;
    struct rusage usage;
};

/* Only for a child that has not been waited for yet, whose number is surely still its
 * own. It may not lead its group yet, or have left it for another. */
static void kill_group(const struct child *child)
{
    kill(-child->pid, SIGKILL);
    kill(child->pid, SIGKILL);
}

/* SIGCHLD has come, but not surely the child's: orphans end too. */
static bool has_ended(struct watched *watched, int64_t now_ns)
{
    struct signalfd_siginfo info;
    (void)!read(watched->watch->signal_fd, &info, sizeof info);
    watched->ended_ns = now_ns;
    return wait4(watched->child.pid, &watched->wait_status, WNOHANG, &watched->usage) ==
           watched->child.pid;
}

/* What of its time the child has left, counted as its wall time is; until it has started,
 * from begin_ns. */
static struct timespec
rest_of(const struct child *child, int64_t timeout_ns, int64_t begin_ns)
{
    int64_t started_ns = child->started_ns;
    int64_t spent_ns = clock_now_ns() - (started_ns ? started_ns : begin_ns);
    int64_t rest_ns = spent_ns < timeout_ns ? timeout_ns - spent_ns : 0;
    return (struct timespec){ .tv_sec = rest_ns / second_ns,
                              .tv_nsec = rest_ns % second_ns };
}

/* Waits until the child ends (true) or its time is over (false); timeout_ns 0: no limit.
 * Stops early, with *is_called set, when the socket has something to say. */
static bool await_end(struct watched *watched, int64_t timeout_ns, bool *is_called)
{
    struct pollfd fds[] = { { .fd = watched->watch->signal_fd, .events = POLLIN },
                            { .fd = SPAWNER_SOCKET, .events = POLLIN } };
    const int64_t begin_ns = clock_now_ns();
    bool is_over = false;
    while (!is_over) {
        struct timespec rest = { 0 };
        if (timeout_ns) {
            rest = rest_of(&watched->child, timeout_ns, begin_ns);
            is_over = !rest.tv_sec && !rest.tv_nsec; /* one last look, without waiting */
        }
        int ready = ppoll(fds, 2, timeout_ns ? &rest : NULL, NULL);
        int64_t now_ns = clock_now_ns();
        if (ready > 0 && fds[0].revents) {
            if (has_ended(watched, now_ns))
                return true;
        } else if (ready > 0 || (ready < 0 && getppid() != watched->watch->pawl)) {
            *is_called = true;
            return false;
        }
    }
    return false;
}

/* Waits for the end of a child that was killed. False where it won't die for seconds. */
static bool await_death(struct watched *watched)
{
    const int64_t deadline_ns = clock_now_ns() + 10 * second_ns;
    const struct timespec rest = { .tv_sec = 1 };
    struct pollfd fd = { .fd = watched->watch->signal_fd, .events = POLLIN };
    int64_t now_ns = 0;
    do {
        (void)ppoll(&fd, 1, &rest, NULL);
        now_ns = clock_now_ns();
        if (has_ended(watched, now_ns))
            return true;
    } while (now_ns < deadline_ns);
    return false;
}

/* True for a cancel message, false where pawl has gone (or speaks nonsense). */
static bool is_cancel(void)
{
    struct spawner_request message = { 0 };
    return recv(SPAWNER_SOCKET, &message, sizeof message, MSG_WAITALL) ==
               sizeof message &&
           message.kind == SPAWNER_CANCEL;
}

static void end_everything(const struct child *child)
{
    kill_group(child);
    (void)reap_all();
    _exit(0);
}

/* Watches until the child has ended, by itself or by force. */
static enum spawner_outcome watch_to_end(struct watched *watched, int64_t timeout_ns)
{
    bool is_called = false;
    if (await_end(watched, timeout_ns, &is_called))
        return SPAWNER_ENDED;
    if (is_called && !is_cancel())
        end_everything(&watched->child);
    kill_group(&watched->child);
    if (!await_death(watched))
        return SPAWNER_STUCK;
    return is_called ? SPAWNER_CANCELLED : SPAWNER_TIMED_OUT;
}

static void note_usage(struct spawner_reply *reply, const struct rusage *usage)
{
    reply->user_ns = nanoseconds_of(usage->ru_utime);
    reply->system_ns = nanoseconds_of(usage->ru_stime);
    reply->peak_rss_bytes = (int64_t)usage->ru_maxrss * 1024;
    reply->minor_faults = usage->ru_minflt;
    reply->major_faults = usage->ru_majflt;
    reply->voluntary_switches = usage->ru_nvcsw;
    reply->involuntary_switches = usage->ru_nivcsw;
}

void run(const struct run_request *request,
         const struct watch *watch,
         struct spawner_reply *reply)
{
    struct watched watched = { .watch = watch };
    struct child *child = &watched.child;
    enum spawner_outcome outcome = SPAWNER_NOT_STARTED;
    if (child_start(request, child)) {
        outcome = watch_to_end(&watched, request->timeout_ns);
        if (!reap_all())
            outcome = SPAWNER_STUCK;
        else if (child->start_errno)
            outcome = SPAWNER_NOT_STARTED;
    }
    *reply = (struct spawner_reply){
        .outcome = outcome,
        .wait_status = watched.wait_status,
        .start_errno = child->start_errno,
        .start_step = child->start_step,
        .wall_ns = watched.ended_ns - child->started_ns,
    };
    note_usage(reply, &watched.usage);
}
