/* Sessions made by hand, of commits with ids that are easy to write. */
#pragma once

#include "gate/history/history.h"

struct made_history {
    struct sessions sessions;
    struct strvec commits;
    size_t *ages;
    struct history_request request;
};

/* Adds a session of the commit number (from 0, the oldest; a day apart), in which the
 * bench "list" took so many seconds of CPU time, with an interval of 2 % to either side.
 * Returns the session's head, to be changed. */
struct session_side *made_add(struct made_history *made, size_t commit, double cpu_s);
/* Adds a row to a side. */
struct session_row *
made_row(struct session_side *side, const char *bench, enum metric metric, double value);

/* The id of a commit: ten digits of its number, then zeros. */
void made_commit_id(size_t commit, char id[41]);

/* Makes the request: commits up to newest are the history. */
void made_finish(struct made_history *made, size_t newest);
/* Collects, and finds the changes of all rows. */
void made_collect(const struct made_history *made, struct history *out);
void made_clear(struct made_history *made);

/* Sixty commits, a session each, CPU time 3 ms with noise of 1 % and 8 % more from the
 * thirtieth on. The subjects have characters that mean something in XML. */
void made_step(struct made_history *made);
