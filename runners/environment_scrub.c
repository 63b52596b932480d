/* What of our environment the code under test gets. A list of what is allowed, as one of
 * what is forbidden can never be complete; on top of it a list of what is refused
 * whatever the configuration asks for, since a change under test may edit that. */
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "runners/environment.h"

/* What changes what a build makes. A '*' at the end stands for any rest. */
static const char *const deciding[] = {
    /* compilers and their searches */
    "CC",
    "CXX",
    "CPP",
    "LD",
    "AR",
    "FC",
    "CFLAGS",
    "CXXFLAGS",
    "CPPFLAGS",
    "FFLAGS",
    "LDFLAGS",
    "LDLIBS",
    "CPATH",
    "C_INCLUDE_PATH",
    "CPLUS_INCLUDE_PATH",
    "LIBRARY_PATH",
    "LD_LIBRARY_PATH",
    "PKG_CONFIG",
    "PKG_CONFIG_PATH",
    "PKG_CONFIG_LIBDIR",
    "SOURCE_DATE_EPOCH",
    /* build tools */
    "CMAKE_PREFIX_PATH",
    "CMAKE_GENERATOR",
    "CMAKE_BUILD_TYPE",
    /* languages */
    "CARGO_TARGET_DIR",
    "RUSTUP_TOOLCHAIN",
    "RUSTFLAGS",
    "GOROOT",
    "GOFLAGS",
    "GOTOOLCHAIN",
    "JAVA_HOME",
    "MAVEN_HOME",
    "GRADLE_HOME",
    "NODE_PATH",
    "VIRTUAL_ENV",
    "PYTHONPATH",
    "DOTNET_ROOT",
};

/* What does not: who and where we are, where things are kept, how many at a time. (Which
 * programs PATH leads to is told by the version of the compiler.) */
static const char *const allowed[] = {
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "TMPDIR",
    "TZ",
    "TERM",
    "XDG_CACHE_HOME",
    /* language of messages and sorting */
    "LANG",
    "LANGUAGE",
    "LC_*",
    /* build tools */
    "CMAKE_BUILD_PARALLEL_LEVEL",
    "CMAKE_C_COMPILER_LAUNCHER",
    "CMAKE_CXX_COMPILER_LAUNCHER",
    "MAKEFLAGS",
    "CCACHE_DIR",
    "SCCACHE_DIR",
    /* certificates, for builds that fetch what they need */
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    /* languages */
    "CARGO_HOME",
    "RUSTUP_HOME",
    "GOPATH",
    "GOCACHE",
    "GOMODCACHE",
    "GOMAXPROCS",
    "NVM_DIR",
    "PYENV_ROOT",
    "PYTHONHASHSEED",
    "RBENV_ROOT",
    "GEM_HOME",
    "GEM_PATH",
    "OMP_NUM_THREADS",
};

static const char *const secret[] = {
    "GITHUB_*",       "GH_*",        "ACTIONS_*",     "RUNNER_*",    "INPUT_*",
    "STATE_*",        "GITLAB_*",    "CI_*",          "CIRCLE_*",    "BUILDKITE_*",
    "TRAVIS_*",       "JENKINS_*",   "BITBUCKET_*",   "SYSTEM_*",    "AWS_*",
    "AZURE_*",        "ARM_CLIENT*", "GOOGLE_*",      "GCLOUD_*",    "GCP_*",
    "CLOUDSDK_*",     "DOCKER_*",    "KUBE*",         "VAULT_*",     "NPM_CONFIG_*",
    "TWINE_*",        "SSH_AUTH_*",  "SSH_AGENT_PID", "GIT_ASKPASS", "SSH_ASKPASS",
    "GPG_AGENT_INFO", "GIT_CONFIG*", "PAWL_*",        "NETRC",
};

static const char *const secret_part[] = {
    "TOKEN",   "SECRET", "PASSWORD",   "PASSWD",    "PASSPHRASE",  "CREDENTIAL",
    "API_KEY", "APIKEY", "ACCESS_KEY", "ACCESSKEY", "PRIVATE_KEY", "COOKIE",
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

typedef int compare_texts(const char *a, const char *b, size_t length);

static bool matches_any(const char *const *patterns,
                        size_t count,
                        const char *name,
                        compare_texts *compare)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(patterns[i]);
        bool is_prefix = length && patterns[i][length - 1] == '*';
        /* With the NUL compared too, it is the whole name that has to match. */
        if (compare(patterns[i], name, is_prefix ? length - 1 : length + 1) == 0)
            return true;
    }
    return false;
}

bool environment_is_secret(const char *name)
{
    for (size_t i = 0; i < COUNT(secret_part); i++)
        if (strcasestr(name, secret_part[i]))
            return true;
    return matches_any(secret, COUNT(secret), name, strncasecmp);
}

static bool is_passed(const char *name, const struct strvec *pass)
{
    return pass &&
           matches_any((const char *const *)pass->items, pass->count, name, strncmp);
}

static bool may_pass(const char *name, const struct strvec *pass)
{
    if (environment_is_secret(name))
        return false;
    return matches_any(deciding, COUNT(deciding), name, strncmp) ||
           matches_any(allowed, COUNT(allowed), name, strncmp) || is_passed(name, pass);
}

static bool has_name(const struct strvec *variables, const char *variable)
{
    size_t length = strcspn(variable, "=") + 1;
    for (size_t i = 0; i < variables->count; i++)
        if (strncmp(variables->items[i], variable, length) == 0)
            return true;
    return false;
}

static void push_new(struct strvec *out, const char *variable)
{
    if (!has_name(out, variable))
        strvec_push(out, variable);
}

static void push_ours(struct strvec *out, const char *variable, const struct strvec *pass)
{
    AUTO_FREE char *name = xstrndup(variable, strcspn(variable, "="));
    if (may_pass(name, pass))
        push_new(out, variable);
}

void environment_scrub(const struct strvec *pass,
                       const struct strvec *set,
                       struct strvec *out)
{
    strvec_clear(out);
    for (size_t i = set ? set->count : 0; i > 0; i--)
        push_new(out, set->items[i - 1]);
    for (char **variable = environ; variable && *variable; variable++)
        push_ours(out, *variable, pass);
    strvec_sort(out);
}

void environment_deciding(const struct strvec *environment,
                          const struct strvec *pass,
                          const struct strvec *set,
                          struct strvec *out)
{
    strvec_clear(out);
    for (size_t i = 0; i < environment->count; i++) {
        const char *variable = environment->items[i];
        AUTO_FREE char *name = xstrndup(variable, strcspn(variable, "="));
        if (matches_any(deciding, COUNT(deciding), name, strncmp) ||
            is_passed(name, pass) || (set && has_name(set, variable)))
            strvec_push(out, variable);
    }
}

void environment_merge(const struct strvec *base,
                       const struct strvec *set,
                       struct strvec *out)
{
    strvec_clear(out);
    for (size_t i = set->count; i > 0; i--)
        push_new(out, set->items[i - 1]);
    for (size_t i = 0; i < base->count; i++)
        push_new(out, base->items[i]);
    strvec_sort(out);
}
