#include "gate/cli/github_log.h"

#include <stdio.h>
#include <unistd.h>

#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/github/command.h"
#include "gate/github/environment.h"

static void say(const char *command, const char *message)
{
    AUTO_STR struct str line = STR_INIT;
    github_add_command(&line, command, NULL, 0, message);
    fputs(line.data, stderr);
}

static void say_fact(const char *name, const char *value)
{
    AUTO_STR struct str line = STR_INIT;
    str_addf(&line, "%s: %s", name, value ? value : "not set");
    say("debug", line.data);
}

void github_log_open(struct github_log *log)
{
    AUTO_GITHUB_ENVIRONMENT struct github_environment github = { 0 };
    github_environment_read(&github, (const char *const *)environ);
    *log = (struct github_log){ .is_active = github.is_active };
    if (!github.is_debug)
        return;
    if (log_get_level() == LOG_NORMAL)
        log_set_level(LOG_VERBOSE);
    say_fact("event", github.event_name);
    say_fact("ref", github.ref);
    say_fact("sha", github.sha);
    say_fact("base branch", github.base_ref);
    say_fact("workspace", github.workspace);
    say_fact("image", github.image_version);
}

void github_log_group(struct github_log *log, const char *title)
{
    github_log_end_group(log);
    if (!log->is_active || log_get_level() == LOG_QUIET)
        return;
    log->has_group = true;
    say("group", title);
}

void github_log_end_group(struct github_log *log)
{
    if (log->has_group)
        say("endgroup", "");
    log->has_group = false;
}
