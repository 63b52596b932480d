#include "gate/github/links.h"

#include <stdbool.h>
#include <string.h>

#include "gate/base/str.h"

#define DIGITS  "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

static bool is_made_of(const char *text, const char *allowed)
{
    return *text && !text[strspn(text, allowed)];
}

static bool is_server(const char *url)
{
    return url && str_starts_with(url, "https://") &&
           is_made_of(url + strlen("https://"), LETTERS DIGITS ".-:");
}

static bool is_repository(const char *name)
{
    const char *slash = name ? strchr(name, '/') : NULL;
    return slash && slash != name && slash[1] && !strchr(slash + 1, '/') &&
           is_made_of(name, LETTERS DIGITS "._-/");
}

char *github_commit_url(const char *server_url, const char *repository)
{
    if (!is_server(server_url) || !is_repository(repository))
        return NULL;
    return str_format("%s/%s/commit/", server_url, repository);
}

char *github_run_url(const char *server_url, const char *repository, const char *run_id)
{
    if (!is_server(server_url) || !is_repository(repository) || !run_id ||
        !is_made_of(run_id, DIGITS))
        return NULL;
    return str_format("%s/%s/actions/runs/%s", server_url, repository, run_id);
}
