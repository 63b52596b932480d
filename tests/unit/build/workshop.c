#include "tests/unit/build/workshop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/source/source.h"
#include "runners/process.h"
#include "tests/support/check.h"

static const char program[] = "#include <stdio.h>\n"
                              "int main(void)\n"
                              "{\n"
                              "    /* says hello */\n"
                              "    puts(\"hello from \" __FILE__);\n"
                              "    return 0;\n"
                              "}\n";

static void fill(struct workshop *shop, struct error *err)
{
    repository_make(shop->sandbox, "project");
    sandbox_write(shop->sandbox, "project/main.c", program);
    sandbox_write(shop->sandbox, "project/data.json", "[1, 2, 3]\n");
    repository_commit_all(shop->sandbox, "project", "first", NULL);

    shop->cache = sandbox_file(shop->sandbox, "cache");
    shop->source = source_open(sandbox_file(shop->sandbox, "project"), shop->cache, err);
    shop->spawner = spawner_open(err);
    strvec_pushf(&shop->environment, "PATH=%s", getenv("PATH"));
    strvec_pushf(&shop->environment, "HOME=%s", shop->sandbox->path);
    shop->builder = (struct builder){
        .source = shop->source,
        .spawner = shop->spawner,
        .cache_directory = shop->cache,
        .environment = &shop->environment,
        .toolchain = "cc 1.0",
        .tool_version = "0.0.0",
    };
}

int workshop_setup(void **state)
{
    struct workshop *shop = xcalloc(1, sizeof *shop);
    struct error err = { 0 };
    void *sandbox = NULL;
    if (repository_setup(&sandbox) < 0) {
        free(shop);
        return -1;
    }
    shop->sandbox = sandbox;
    fill(shop, &err);
    if (err.code != ERROR_NONE)
        print_error("%s\n", err.message);
    *state = shop;
    return err.code == ERROR_NONE ? 0 : -1;
}

int workshop_teardown(void **state)
{
    struct workshop *shop = *state;
    void *sandbox = shop->sandbox;
    source_close(shop->source);
    spawner_close(shop->spawner);
    strvec_clear(&shop->environment);
    commands_clear(&shop->recipe.run);
    free(shop);
    return sandbox_teardown(&sandbox);
}

void workshop_set_recipe(struct workshop *shop, const char *script)
{
    commands_clear(&shop->recipe.run);
    struct command *command = array_push(&shop->recipe.run);
    command->text = xstrdup(script);
    strvec_push(&command->words, "/bin/sh");
    strvec_push(&command->words, "-c");
    strvec_push(&command->words, script);
}

struct revision workshop_head(struct workshop *shop)
{
    struct error err = { 0 };
    struct revision revision = { 0 };
    if (source_resolve(shop->source, "HEAD", &revision, &err) < 0)
        fail_msg("%s", err.message);
    return revision;
}

struct revision workshop_commit(struct workshop *shop, const char *file, const char *text)
{
    repository_commit_file(shop->sandbox, "project", file, text, NULL);
    return workshop_head(shop);
}

static struct build_request
request_of(const struct workshop *shop, const char *side, const struct revision *revision)
{
    return (struct build_request){ .side = side,
                                   .revision = revision,
                                   .recipe = &shop->recipe };
}

void workshop_build(struct workshop *shop,
                    const char *side,
                    const struct revision *revision,
                    struct built_side *out)
{
    const struct build_request request = request_of(shop, side, revision);
    struct error err = { 0 };
    if (builder_build(&shop->builder, &request, out, &err) < 0)
        fail_msg("%s", err.message);
}

void workshop_fail(struct workshop *shop,
                   const struct revision *revision,
                   struct error *err)
{
    const struct build_request request = request_of(shop, "head", revision);
    struct built_side side = BUILT_SIDE_INIT;
    assert_int_equal(builder_build(&shop->builder, &request, &side, err), -1);
    assert_null(side.entry.directory);
}

size_t workshop_lines(struct workshop *shop, const char *name)
{
    size_t lines = 0;
    if (!file_exists(sandbox_file(shop->sandbox, name)))
        return 0;
    AUTO_FREE char *text = sandbox_read(shop->sandbox, name);
    for (const char *c = strchr(text, '\n'); c; c = strchr(c + 1, '\n'))
        lines++;
    return lines;
}

size_t workshop_entries(struct workshop *shop)
{
    struct outcome outcome = sandbox_run(
        shop->sandbox, "find cache/builds -mindepth 1 -maxdepth 1 -type d | wc -l");
    size_t count = (size_t)strtoul(outcome.out, NULL, 10);
    outcome_clear(&outcome);
    return count;
}
