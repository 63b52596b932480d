#include "gate/cli/explain_flame.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/base/tree.h"
#include "gate/cli/check.h"
#include "gate/explain/flame_tree.h"
#include "gate/explain/profile_pair.h"
#include "gate/report/flame_svg.h"
#include "gate/report/report.h"

enum {
    SHOWN_ID_LENGTH = 120
};

/* One side that could not be profiled has no picture. */
static bool has_picture(const struct profile_pair *pair)
{
    return pair->diff.functions.count;
}

char *explain_flame_name(const char *first, size_t number)
{
    if (number == 1)
        return xstrdup(first);
    const char *name = strrchr(first, '/');
    const char *dot = strrchr(name ? name + 1 : first, '.');
    int length = (int)(dot ? (size_t)(dot - first) : strlen(first));
    return str_format("%.*s-%zu%s", length, first, number, dot ? dot : "");
}

/* "a1b2c3d4e5 the subject" */
static void add_commit(const struct check *check, enum side side, struct str *out)
{
    if (side == SIDE_HEAD && check->head_is_dirty)
        str_add(out, "the work tree");
    else
        str_addf(out, "%s %.10s %s", side_names[side], check->revisions[side].commit,
                 check->revisions[side].subject);
}

static void draw(const struct check *check,
                 const struct profile_pair *pair,
                 bool is_still,
                 struct str *svg)
{
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    AUTO_STR struct str base = STR_INIT;
    AUTO_STR struct str head = STR_INIT;
    add_commit(check, SIDE_BASE, &base);
    add_commit(check, SIDE_HEAD, &head);
    const struct flame_title title = { pair->bench_id, base.data, head.data, is_still };
    if (pair->is_sampled)
        flame_tree_make_sampled(&tree, &pair->diff, pair->paths);
    else
        flame_tree_make(&tree, &pair->diff);
    tree.is_per_operation = pair->is_per_operation;
    for (enum side side = 0; side < SIDE_COUNT; side++)
        tree.sample_cost[side] = pair->sample_cost[side];
    flame_svg(&tree, &title, svg);
}

static int write_flame(const struct check *check,
                       const struct profile_pair *pair,
                       const char *path,
                       struct error *err)
{
    AUTO_STR struct str svg = STR_INIT;
    AUTO_FREE char *directory = path_directory(path);
    draw(check, pair, false, &svg);
    return tree_make(directory, err) < 0 ? -1
                                         : file_write(path, svg.data, svg.length, err);
}

int explain_write_flames(const struct check *check,
                         const char *path,
                         struct str *said,
                         struct error *err)
{
    size_t number = 0;
    for (size_t i = 0; i < check->profiles.count; i++) {
        const struct profile_pair *pair = check->profiles.items[i].pair;
        if (!has_picture(pair))
            continue;
        AUTO_FREE char *file = explain_flame_name(path, ++number);
        if (write_flame(check, pair, file, err) < 0)
            return -1;
        str_addf(said, "flame graph: %s (", file);
        text_add_clean(said, pair->bench_id, SHOWN_ID_LENGTH);
        str_add(said, ")\n");
    }
    return 0;
}

void explain_name_flames(struct check *check, const char *name)
{
    struct explanations *explanations = check->result.explanations;
    size_t number = 0;
    for (size_t i = 0; i < check->profiles.count; i++) {
        const struct profile_pair *pair = check->profiles.items[i].pair;
        if (!has_picture(pair))
            continue;
        AUTO_FREE char *file = explain_flame_name(name, ++number);
        for (size_t j = 0; explanations && j < explanations->benches.count; j++) {
            struct explanation *explanation = &explanations->benches.items[j];
            if (!str_equal(explanation->bench_id, pair->bench_id))
                continue;
            free(explanation->flame);
            explanation->flame = xstrdup(file);
        }
    }
}

void explain_flames_of(const struct check *check, struct report_flames *out)
{
    for (size_t i = 0; i < check->profiles.count; i++) {
        const struct profile_pair *pair = check->profiles.items[i].pair;
        if (!has_picture(pair))
            continue;
        struct str svg = STR_INIT;
        draw(check, pair, true, &svg);
        *array_push(out) =
            (struct report_flame){ .bench_id = pair->bench_id, .svg = str_detach(&svg) };
    }
}

void explain_flames_clear(struct report_flames *flames)
{
    for (size_t i = 0; i < flames->count; i++)
        free(flames->items[i].svg);
    array_clear(flames);
}
