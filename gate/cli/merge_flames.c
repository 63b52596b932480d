#include "gate/cli/merge_flames.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/cli/explain_flame.h"
#include "gate/cli/report_flames.h"
#include "gate/verdict/merge.h"

void merge_flames_clear(struct merge_flames *flames)
{
    explain_flames_clear(&flames->still);
    strvec_clear(&flames->files);
}

/* False where it can't be had. */
static bool
take(const char *path, const struct explanation *explanation, struct merge_flames *flames)
{
    AUTO_STR struct str svg = STR_INIT;
    AUTO_STR struct str still = STR_INIT;
    struct error failure = { 0 };
    if (report_flame_read(path, explanation, &svg, &still, &failure) < 0) {
        log_step("no flame graph of '%s': %s", explanation->bench_id, failure.message);
        return false;
    }
    strvec_push_owned(&flames->files, str_detach(&svg));
    *array_push(&flames->still) =
        (struct report_flame){ .bench_id = explanation->bench_id,
                               .svg = str_detach(&still) };
    return true;
}

void merge_flames_read(struct merge_inputs *inputs,
                       bool has_folder,
                       struct merge_flames *flames)
{
    for (size_t i = 0; i < inputs->count; i++) {
        struct explanations *explanations = inputs->items[i].result.explanations;
        for (size_t k = 0; explanations && k < explanations->benches.count; k++) {
            struct explanation *explanation = &explanations->benches.items[k];
            if (!explanation_has_flame(explanation))
                continue;
            bool is_there =
                has_folder && take(inputs->items[i].name, explanation, flames);
            free(explanation->flame);
            explanation->flame = is_there
                                     ? explain_flame_name(FLAME_NAME, flames->files.count)
                                     : xstrdup("");
        }
    }
}

int merge_flames_write(const struct merge_flames *flames,
                       const char *directory,
                       struct error *err)
{
    for (size_t i = 0; i < flames->files.count; i++) {
        AUTO_FREE char *name = explain_flame_name(FLAME_NAME, i + 1);
        AUTO_FREE char *path = path_join(directory, name);
        const char *svg = flames->files.items[i];
        if (file_write(path, svg, strlen(svg), err) < 0)
            return -1;
    }
    return 0;
}
