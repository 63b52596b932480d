#include "gate/base/interrupt.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/error.h"

static volatile sig_atomic_t caught_signal;

static void remember(int signal_number)
{
    if (caught_signal)
        _exit(130);
    caught_signal = signal_number;
}

void interrupt_install(void)
{
    static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
    /* No SA_RESTART: a wait has to end for the signal to be noticed. */
    struct sigaction action = { .sa_handler = remember };

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        sigaction(signals[i], &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
}

int interrupt_signal(void)
{
    return caught_signal;
}

int interrupt_check(struct error *err)
{
    if (!caught_signal)
        return 0;
    return error_set(err, ERROR_INTERRUPTED, "interrupted by SIG%s",
                     sigabbrev_np(caught_signal));
}
