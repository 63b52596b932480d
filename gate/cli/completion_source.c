#include "gate/cli/completion_source.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/cli/config_file.h"
#include "gate/config/bench.h"
#include "gate/config/config.h"
#include "gate/source/names.h"
#include "gate/source/top.h"

static void add_revisions(const char *directory, struct strvec *out)
{
    struct error err = { 0 };
    if (source_list_names(directory, out, &err) < 0)
        strvec_clear(out);
}

static void add_names(const struct benches *benches, struct strvec *out)
{
    const struct benchmark *last = NULL;
    for (size_t i = 0; i < benches->count; i++) {
        const struct bench *bench = &benches->items[i];
        if (bench->benchmark != last && !str_equal(bench->benchmark->name, bench->id))
            strvec_push(out, bench->benchmark->name);
        last = bench->benchmark;
        strvec_push(out, bench->id);
    }
}

static void add_benches(const char *directory, struct strvec *out)
{
    struct error err = { 0 };
    AUTO_FREE char *top = NULL;
    AUTO_CONFIG_FILE struct config_file file = { 0 };
    if (source_find_top(directory, &top, &err) < 0 || !top)
        return;
    AUTO_FREE char *path = path_join(top, CONFIG_NAME);
    if (config_file_read(path, &file, &err) < 0 || !file.config)
        return;
    AUTO_BENCHES struct benches benches = { 0 };
    benches_of(file.config, &benches);
    add_names(&benches, out);
}

const struct completion_source completion_repository = { add_revisions, add_benches };
