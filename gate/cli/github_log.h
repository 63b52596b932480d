/* The log of a step of GitHub Actions: parts of it folded, and details for who asks for
 * them. Nothing at all elsewhere. Commands go to standard error, where the steps are
 * said, so that both stay in order. */
#pragma once

#include <stdbool.h>

struct github_environment;

/* { 0 } is a log that is not GitHub's. */
struct github_log {
    bool is_active;
    bool has_group; /* one is open */
};

/* Looks at the process's environment. Where somebody asked for debug logging, details
 * are said that --verbose would say (not against --quiet), and what of the environment
 * the program goes by is put down as "::debug::" lines. */
void github_log_open(struct github_log *log);

/* What is said from here on stands folded under the title, until the group is closed or
 * another is opened. */
void github_log_group(struct github_log *log, const char *title);
/* No effect where none is open. */
void github_log_end_group(struct github_log *log);
