/* case-suite: see suite.h. */
#include <stdio.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "runners/case-tracker/suite/suite.h"

static void add_help(struct str *text)
{
    str_add(text,
            "usage: case-suite VARIANT ARGUMENTS\n       case-suite self-check\n\n");
    for (size_t i = 0; i < variant_count; i++) {
        AUTO_STR struct str left = STR_INIT;
        str_addf(&left, "%s %s", variants[i].name, variants[i].arguments);
        str_addf(text, "  %-42s %s\n", left.data, variants[i].summary);
    }
}

static int run(int argc, const char *const *argv, struct str *answer, struct error *err)
{
    if (argc == 2 && str_equal(argv[1], "--help")) {
        add_help(answer);
        return 0;
    }
    if (argc == 2 && str_equal(argv[1], "self-check"))
        return self_check(answer, err);
    const struct variant *variant = argc > 1 ? variant_find(argv[1]) : NULL;
    if (!variant)
        return error_set(err, ERROR_USAGE, "no such variant '%s'; see --help",
                         argc > 1 ? argv[1] : "");
    if ((size_t)argc != variant->argument_count + 2)
        return error_set(err, ERROR_USAGE, "usage: case-suite %s %s", variant->name,
                         variant->arguments);
    return variant->run(argv + 2, answer, err);
}

int main(int argc, char **argv)
{
    struct error err = { 0 };
    AUTO_STR struct str answer = STR_INIT;
    if (run(argc, (const char *const *)argv, &answer, &err) < 0) {
        fprintf(stderr, "case-suite: %s\n", err.message);
        return err.code == ERROR_USAGE ? 2 : 1;
    }
    if (fwrite(answer.data, 1, answer.length, stdout) != answer.length ||
        fflush(stdout) != 0) {
        fprintf(stderr, "case-suite: cannot write standard output\n");
        return 1;
    }
    return 0;
}
