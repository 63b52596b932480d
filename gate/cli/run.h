/* `pawl run`: one commit measured by itself. Its steps are those of a check whose stage
 * is_alone; what differs stands in run_*.c and rounds.c. */
#pragma once

#include "gate/base/attributes.h"

struct check;
struct check_options;
struct error;
struct experiment;
struct report_screen;
struct session;
struct str;
struct strvec;

/* Reads the command line after "run" into the options of a check. -1 with ERROR_USAGE. */
int run_options_read(struct check_options *options,
                     int argc,
                     char **argv,
                     struct error *err) MUST_CHECK;
/* The text of `pawl run --help`. */
void run_options_add_help(struct str *out);

/* Runs in rounds until the medians are known; the result has the benches and rows, and
 * for `pawl run` the goals, none of which base has missed. */
int run_measure(struct check *check, struct error *err) MUST_CHECK;

/* What the surroundings did to the runs. */
void run_warn(const struct experiment *experiment, struct strvec *warnings);

/* The table for people: what each row took, and what could not be measured. Goals fit the
 * screen. */
void run_add_table(const struct check *check,
                   const struct session *session,
                   const struct report_screen *screen,
                   struct str *out);
