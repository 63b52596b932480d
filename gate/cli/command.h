/* A command of the program; the table of them stands in main.c. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

struct error;
struct str;

struct cli_command {
    const char *name;
    const char *summary; /* one line for the overview */
    /* Runs with the arguments after the name; an enum exit_code, or -1 with err. */
    int (*run)(int argc, char **argv, struct error *err);
};

/* One function a command, each in its cmd_*.c. */
int cmd_baseline(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_bisect(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_check(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_complete(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_completion(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_compare(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_explain(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_doctor(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_history(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_plan(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_init(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_merge(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_manual(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_measure(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_report(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_run(int argc, char **argv, struct error *err) MUST_CHECK;
int cmd_selftest(int argc, char **argv, struct error *err) MUST_CHECK;

/* Writes text to stdout; -1 where it could not be written whole: a truncated report is
 * trouble. */
int print_out(const struct str *text, struct error *err) MUST_CHECK;
/* From now on print_out appends to it instead; NULL: it prints. Borrowed. */
void print_out_into(struct str *text);
