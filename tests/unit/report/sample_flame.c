#include "sample_flame.h"

#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/report/flame_svg.h"

struct spec {
    const char *name; /* NULL: others */
    const char *file;
    uint32_t parent;
    double base; /* itself */
    double head;
};

static void add(struct flame_tree *tree, const struct spec *spec)
{
    uint32_t index = (uint32_t)tree->frames.count;
    *array_push(&tree->frames) = (struct flame_frame){
        .kind = spec->parent == FLAME_NONE ? FLAME_ALL
                : spec->name               ? FLAME_FUNCTION
                                           : FLAME_OTHERS,
        .name = spec->name,
        .file = spec->file,
        .is_in_tree = spec->file && !str_starts_with(spec->file, "/"),
        .item = index,
        .parent = spec->parent,
        .depth =
            spec->parent == FLAME_NONE ? 0 : tree->frames.items[spec->parent].depth + 1,
        .merged_count = spec->name || spec->parent == FLAME_NONE ? 0 : 3,
        .self = { spec->base, spec->head },
    };
    for (uint32_t i = index; i != FLAME_NONE; i = tree->frames.items[i].parent) {
        tree->frames.items[i].inclusive[SIDE_BASE] += spec->base;
        tree->frames.items[i].inclusive[SIDE_HEAD] += spec->head;
    }
}

static void add_all(struct flame_tree *tree, const struct spec *specs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(tree, &specs[i]);
}

void sample_flame(struct flame_tree *tree)
{
    const struct spec specs[] = {
        { NULL, NULL, FLAME_NONE, 0, 0 },
        { "main", "main.c", 0, 1000, 1000 },
        { "find_case", "src/lookup.c", 1, 3000, 9000 },
        { "strcmp", "/lib/libc.so.6", 2, 1000, 3000 },
        { "print", "/lib/libc.so.6", 1, 2000, 1500 },
        { "old_index", "src/lookup.c", 1, 1600, 0 },
        { NULL, NULL, 1, 300, 300 },
    };
    add_all(tree, specs, sizeof specs / sizeof specs[0]);
}

void sample_flame_sampled(struct flame_tree *tree)
{
    const struct spec specs[] = {
        { NULL, NULL, FLAME_NONE, 0, 0 },
        { "main", "main.c", 0, 10, 12 },
        { "find_case", "src/lookup.c", 1, 300, 900 },
        { "strcmp", "/lib/libc.so.6", 2, 100, 130 },
        { "print", "/lib/libc.so.6", 1, 200, 150 },
    };
    add_all(tree, specs, sizeof specs / sizeof specs[0]);
    tree->is_sampled = true;
}

/* A sample of base's is 2 ns, one of head's 4. */
void sample_flame_operation(struct flame_tree *tree)
{
    const struct spec specs[] = {
        { NULL, NULL, FLAME_NONE, 0, 0 },
        { "main", "main.c", 0, 0, 0 },
        { "find_case", "src/lookup.c", 1, 600000, 1800000 },
        { "print", "/lib/libc.so.6", 1, 20000, 60000 },
    };
    add_all(tree, specs, sizeof specs / sizeof specs[0]);
    tree->is_sampled = true;
    tree->is_per_operation = true;
    tree->sample_cost[SIDE_BASE] = 2000;
    tree->sample_cost[SIDE_HEAD] = 4000;
}

void sample_flame_hostile(struct flame_tree *tree)
{
    const struct spec specs[] = {
        { NULL, NULL, FLAME_NONE, 0, 0 },
        { "]]></script><script>document.rootElement.id='owned'</script>",
          "\"><image href=\"x\" onerror=\"alert(1)\"/>", 0, 1000, 1000 },
        { "operator<<&lt;\nsecond line\x1b[31m\xff", "a&b.c", 1, 3000, 9000 },
        { "${alert(1)}`'", "</title></svg>", 1, 10, 50 },
    };
    add_all(tree, specs, sizeof specs / sizeof specs[0]);
}

void sample_flame_wide(struct flame_tree *tree, size_t count)
{
    static char names[1000][16]; /* borrowed by the tree */
    add(tree, &(struct spec){ NULL, NULL, FLAME_NONE, 0, 0 });
    for (size_t i = 0; i < count && i < 1000; i++) {
        struct str name = STR_INIT;
        str_addf(&name, "f%zu", i);
        for (size_t k = 0; k <= name.length; k++)
            names[i][k] = name.data[k];
        str_clear(&name);
        add(tree, &(struct spec){ names[i], "src/many.c",
                                  i % 10 ? (uint32_t)tree->frames.count - 1 : 0, 100,
                                  i % 10 == 9 ? 120 : 100 });
    }
}

char *sample_flame_svg(void (*fill)(struct flame_tree *))
{
    struct flame_tree tree = { 0 };
    struct str svg = STR_INIT;
    const struct flame_title title = {
        .bench_id = "lookup[n=1000]",
        .base = "base 1111111111 <old> & \"slow\"",
        .head = "head 2222222222 ]]>",
    };
    fill(&tree);
    flame_svg(&tree, &title, &svg);
    flame_tree_clear(&tree);
    return str_detach(&svg);
}
