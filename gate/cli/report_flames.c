#include "gate/cli/report_flames.h"

#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/report/flame_still.h"
#include "gate/report/report.h"

enum {
    SHOWN_NAME_LENGTH = 80
};

/* A name that is one in whatever folder it is looked for. */
static bool is_plain_name(const char *name)
{
    return !strchr(name, '/') && str_ends_with(name, ".svg");
}

int report_flame_read(const char *path,
                      const struct explanation *explanation,
                      struct str *svg,
                      struct str *still,
                      struct error *err)
{
    const char *name = explanation->flame;
    AUTO_FREE char *directory = path_directory(path);
    AUTO_FREE char *picture = path_join(directory, name);
    if (!is_plain_name(name))
        return error_set(err, ERROR_USAGE, "'%.*s' is not the name of a picture (x.svg)",
                         SHOWN_NAME_LENGTH, name);
    if (file_read_plain(picture, FLAME_BYTES, svg, err) < 0)
        return -1;
    if (!flame_still(svg->data, svg->length, still))
        return error_set(err, ERROR_USAGE, "'%s' is no flame graph of pawl's", picture);
    return flame_is_of(svg->data, explanation->bench_id)
               ? 0
               : error_set(err, ERROR_USAGE, "'%s' is the flame graph of another bench",
                           picture);
}

void report_flames_read(const char *path,
                        const struct result *result,
                        struct report_flames *out)
{
    const struct explanations *explanations = result->explanations;
    for (size_t i = 0; explanations && i < explanations->benches.count; i++) {
        const struct explanation *explanation = &explanations->benches.items[i];
        AUTO_STR struct str svg = STR_INIT;
        AUTO_STR struct str still = STR_INIT;
        struct error failure = { 0 };
        if (!explanation_has_flame(explanation))
            continue;
        if (report_flame_read(path, explanation, &svg, &still, &failure) < 0)
            log_warning("the page has no flame graph of '%s': %s", explanation->bench_id,
                        failure.message);
        else
            *array_push(out) = (struct report_flame){ .bench_id = explanation->bench_id,
                                                      .svg = str_detach(&still) };
    }
}

void report_flames_leave_out(const struct result *result)
{
    const struct explanations *explanations = result->explanations;
    for (size_t i = 0; explanations && i < explanations->benches.count; i++) {
        if (!explanation_has_flame(&explanations->benches.items[i]))
            continue;
        log_step("flame graphs are left out: with --untrusted, no file is read but the "
                 "result");
        return;
    }
}
