#include "gate/build/toolchain.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/build/printable.h"
#include "runners/process.h"

/* A compiler says its version at once; what takes this long is none. */
#define TIMEOUT_NS ((int64_t)20 * 1000000000)

enum {
    VERSION_CHARACTERS = 200
};

/* Its value, "cc" where it is not set or empty. */
static const char *compiler_of(const struct strvec *environment)
{
    const char *compiler = "";
    for (size_t i = 0; i < environment->count; i++) {
        if (str_starts_with(environment->items[i], "CC="))
            compiler = environment->items[i] + strlen("CC=");
    }
    return compiler[strspn(compiler, " \t")] ? compiler : "cc";
}

/* CC may have arguments ("ccache gcc -m32"); make splits it at blanks, so here too. */
static void split_words(const char *text, struct strvec *words)
{
    const char *rest = text + strspn(text, " \t");
    while (*rest) {
        size_t length = strcspn(rest, " \t");
        strvec_pushf(words, "%.*s", (int)length, rest);
        rest += length;
        rest += strspn(rest, " \t");
    }
}

static int run_compiler(struct spawner *spawner,
                        const struct strvec *environment,
                        const char *output_path,
                        struct process_result *result,
                        struct error *err)
{
    AUTO_STRVEC struct strvec argv = { 0 };
    split_words(compiler_of(environment), &argv);
    strvec_push(&argv, "--version");
    const struct process_spec spec = {
        .argv = &argv,
        .environment = environment,
        .stdout_path = output_path,
        .timeout_ns = TIMEOUT_NS,
        .cpu = PROCESS_ANY_CPU,
    };
    return process_run(spawner, &spec, result, err);
}

static int read_version(struct spawner *spawner,
                        const struct strvec *environment,
                        const char *output_path,
                        struct str *line,
                        struct error *err)
{
    AUTO_STR struct str output = STR_INIT;
    struct process_result result;
    if (run_compiler(spawner, environment, output_path, &result, err) < 0)
        return -1;
    if (!process_succeeded(&result))
        return 0;
    if (file_read(output_path, &output, err) < 0)
        return -1;
    printable_add(line, output.data, strcspn(output.data, "\n"), "", VERSION_CHARACTERS);
    return 0;
}

int toolchain_version(struct spawner *spawner,
                      const struct strvec *environment,
                      const char *scratch_directory,
                      struct str *line,
                      struct error *err)
{
    AUTO_FREE char *output_path = str_format("%s/toolchain-XXXXXX", scratch_directory);
    AUTO_FD int fd = mkostemp(output_path, O_CLOEXEC);
    if (fd < 0)
        return error_errno(err, "cannot make a file in '%s'", scratch_directory);
    int done = read_version(spawner, environment, output_path, line, err);
    unlink(output_path);
    return done;
}
