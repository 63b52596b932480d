#include "runners/spawner/run.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runners/spawner/reap.h"
#include "runners/spawner/start.h"
#include "runners/spawner/usage.h"

static const int64_t second_ns = 1000000000;

/* A child that runs, and what is known of its end. */
struct watched {
    struct watch *watch;
    struct child child;
    int64_t ended_ns;
    int wait_status;
    struct spawner_usage usage;
};

/* Only for a child that has not been waited for yet, whose number is surely still its
 * own. It may not lead its group yet, or have left it for another. */
static void kill_group(const struct child *child)
{
    kill(-child->pid, SIGKILL);
    kill(child->pid, SIGKILL);
}

/* SIGCHLD has come, but not surely the child's: orphans end too. What is only told of the
 * ended until they are reaped is read first. */
static bool has_ended(struct watched *watched, int64_t now_ns)
{
    struct signalfd_siginfo signal;
    siginfo_t info = { 0 };
    const struct means *means = &watched->watch->means;
    const pid_t pid = watched->child.pid;
    (void)!read(watched->watch->signal_fd, &signal, sizeof signal);
    if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) < 0 || !info.si_pid)
        return false;
    watched->ended_ns = now_ns;
    usage_init(&watched->usage);
    if (means->reads_proc)
        usage_read_waits(&watched->child, means->disk_wait_tick_ns,
                         now_ns - watched->child.started_ns, &watched->usage);
    watched->wait_status = usage_reap(pid, &watched->usage);
    return true;
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

static void end_everything(const struct child *child, struct leaf *leaf)
{
    struct spawner_usage ignored = { 0 };
    kill_group(child);
    (void)reap_all(leaf, &ignored);
    _exit(0);
}

/* Watches until the child has ended, by itself or by force. */
static enum spawner_outcome watch_to_end(struct watched *watched, int64_t timeout_ns)
{
    bool is_called = false;
    if (await_end(watched, timeout_ns, &is_called))
        return SPAWNER_ENDED;
    if (is_called && !is_cancel())
        end_everything(&watched->child, &watched->watch->means.leaf);
    kill_group(&watched->child);
    if (!await_death(watched))
        return SPAWNER_STUCK;
    return is_called ? SPAWNER_CANCELLED : SPAWNER_TIMED_OUT;
}

void run(const struct run_request *request,
         struct watch *watch,
         struct spawner_reply *reply)
{
    struct watched watched = { .watch = watch };
    struct child *child = &watched.child;
    enum spawner_outcome outcome = SPAWNER_NOT_STARTED;
    leaf_renew(&watch->means.leaf);
    if (child_start(request, &watch->means, child)) {
        outcome = watch_to_end(&watched, request->timeout_ns);
        if (!reap_all(&watch->means.leaf, &watched.usage))
            outcome = SPAWNER_STUCK;
        else if (child->start_errno)
            outcome = SPAWNER_NOT_STARTED;
    }
    /* Only now: what the run left behind is counted too. */
    leaf_take_cpu_time(&watch->means.leaf, &watched.usage);
    io_take(&watch->means.io, child, &watched.usage);
    *reply = (struct spawner_reply){
        .outcome = outcome,
        .wait_status = watched.wait_status,
        .start_errno = child->start_errno,
        .start_step = child->start_step,
        .wall_ns = child->started_ns ? watched.ended_ns - child->started_ns : 0,
        .usage = watched.usage,
    };
    counters_take(child->counters, reply->counters);
}
