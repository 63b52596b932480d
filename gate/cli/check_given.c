#include "gate/cli/check_given.h"

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/shell_word.h"
#include "gate/base/str.h"
#include "gate/cli/check_options.h"
#include "gate/config/config.h"
#include "gate/config/given.h"

bool check_is_given(const struct check_options *options)
{
    return options->builds.count || options->runs.count;
}

int check_given_options(const struct check_options *options, struct error *err)
{
    if (!check_is_given(options))
        return 0;
    if (options->config_path)
        return error_set(err, ERROR_USAGE,
                         "--config '%s' and --%s both say what is measured: give one of "
                         "them",
                         options->config_path, options->runs.count ? "run" : "build");
    AUTO_FREE char *text = config_given(&options->builds, &options->runs, err);
    return text ? 0 : -1;
}

int check_given_config(const struct check_options *options,
                       struct config **out,
                       struct error *err)
{
    AUTO_FREE char *text = config_given(&options->builds, &options->runs, err);
    *out = text ? config_parse(text, "what --build and --run give", err) : NULL;
    return *out ? 0 : -1;
}

static void add_each(struct str *out, const char *option, const struct strvec *commands)
{
    for (size_t i = 0; i < commands->count; i++) {
        str_addf(out, " --%s ", option);
        shell_word_add(out, commands->items[i]);
    }
}

void check_given_add(const struct check_options *options, struct str *out)
{
    add_each(out, "build", &options->builds);
    add_each(out, "run", &options->runs);
}

char *check_given_rule(const struct check_options *options)
{
    if (!check_is_given(options))
        return NULL;
    struct str rule = STR_INIT;
    str_add(&rule, "There is no pawl.json: measured was what");
    check_given_add(options, &rule);
    str_add(&rule, " say, with the usual margins and error rates");
    return str_detach(&rule);
}
