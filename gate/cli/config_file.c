#include "gate/cli/config_file.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/config/config.h"
#include "gate/source/blob.h"

void config_file_clear(struct config_file *file)
{
    free(file->name);
    free(file->text);
    config_free(file->config);
    *file = (struct config_file){ 0 };
}

struct config *config_file_detach(struct config_file *file)
{
    struct config *config = file->config;
    file->config = NULL;
    return config;
}

static int
parse(struct str *text, const char *name, struct config_file *out, struct error *err)
{
    if (strlen(text->data) != text->length)
        return error_set(err, ERROR_CONFIG, "'%s' has a NUL byte: it is no JSON", name);
    struct config *config = config_parse(text->data, name, err);
    if (!config)
        return -1;
    *out = (struct config_file){ xstrdup(name), str_detach(text), config };
    return 0;
}

int config_file_read(const char *path, struct config_file *out, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (!file_exists(path))
        return 0;
    if (file_read(path, &text, err) < 0)
        return -1;
    return parse(&text, path, out, err);
}

int config_file_read_option(const char *path, struct config_file *out, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (file_read(path, &text, err) < 0) {
        err->code = ERROR_USAGE;
        return error_prefix(err, "--config: ");
    }
    return parse(&text, path, out, err);
}

int config_file_read_commit(struct source *source,
                            const char *commit,
                            struct config_file *out,
                            struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    bool is_there = false;
    if (source_read_blob(source, commit, CONFIG_NAME, &text, &is_there, err) < 0)
        return -1;
    if (!is_there)
        return 0;
    AUTO_FREE char *name = str_format("%.10s:%s", commit, CONFIG_NAME);
    return parse(&text, name, out, err);
}
