/* SIGINT, SIGTERM and SIGHUP, noticed at safe points, so that every way out cleans up.
 *
 * A signal handler can only talk to the program through a global; this is it. Anything
 * that waits (reading from the spawner, above all) is woken with EINTR and asks here. */
#pragma once

#include <stdbool.h>

struct error;

/* Installs the handlers. A second signal ends the program at once. */
void interrupt_install(void);

/* The signal that asked us to end, 0 for none. */
int interrupt_signal(void);

/* -1 with ERROR_INTERRUPTED once a signal has come, else 0. */
int interrupt_check(struct error *err);
