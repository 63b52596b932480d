/* The git program, for what goes over the network. Its credential helpers, ssh
 * configuration, proxies and headers with tokens (those that actions/checkout leaves
 * behind, too) are what a user has set up; libgit2 knows few of them. Private to
 * gate/source.
 *
 * git may ask the person at the terminal for a password; it gets no standard input. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"

struct error;

struct git_run {
    int exit_code;  /* 128 + signal where a signal ended it */
    struct str out; /* its standard output */
    struct str err; /* its standard error, in English */
};
#define GIT_RUN_INIT ((struct git_run){ 0, STR_INIT, STR_INIT })
void git_run_clear(struct git_run *run);
#define AUTO_GIT_RUN AUTO(git_run_clear)

/* Runs "git <arguments>" in directory and waits for it. However it ends is a result; -1
 * where there is no git or no process to be had, and, with git told to end, after a
 * signal. */
int git_program_run(const char *directory,
                    const struct strvec *arguments,
                    struct git_run *run,
                    struct error *err) MUST_CHECK;

/* What git said last that means something, for an error: its "fatal:", "error:" and
 * "remote:" lines, joined by "; ", without these words. The caller's. */
char *git_run_words(const struct git_run *run) MUST_CHECK;
