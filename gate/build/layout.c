#include "gate/build/layout.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/build/own_flags.h"

/* What is drawn, each from its own stream. */
enum draw {
    DRAW_FUNCTIONS,
    DRAW_LOOPS,
    DRAW_PADDING,
    DRAW_ORDER
};

/* All of it is understood by gcc and clang alike (a number after ':' and -falign-jumps
 * are not), by GNU ld, gold and lld, on x86-64 and arm64. Lines of a cache have 64 bytes;
 * more than that moves nothing further. */
static const unsigned alignments_log2[] = { 0, 4, 5, 6 };
#define ALIGNMENTS  (sizeof alignments_log2 / sizeof alignments_log2[0])
#define MOST_NO_OPS 64

static uint64_t draw(uint64_t seed, enum draw what, size_t number, uint64_t limit)
{
    uint64_t stream = random_stream_of("layout") ^ ((uint64_t)what << 56);
    return random_below_at(seed, stream, number, limit);
}

/* No-ops before the entry of each function, where nothing ever runs into them, move the
 * code within a line of the cache as alignments alone can't: what lies at one distance
 * from its function's entry on both sides must be able to lie anywhere. */
void layout_draw(uint64_t seed, size_t number, struct layout *out)
{
    unsigned functions = alignments_log2[draw(seed, DRAW_FUNCTIONS, number, ALIGNMENTS)];
    unsigned loops = alignments_log2[draw(seed, DRAW_LOOPS, number, ALIGNMENTS)];
    unsigned no_ops = (unsigned)draw(seed, DRAW_PADDING, number, MOST_NO_OPS);
    bool is_sorted = draw(seed, DRAW_ORDER, number, 2) == 1;

    out->compile = str_format("-falign-functions=%u -falign-loops=%u "
                              "-fpatchable-function-entry=%u,%u%s",
                              1U << functions, 1U << loops, no_ops, no_ops,
                              is_sorted ? " -ffunction-sections" : "");
    out->link = str_format("%s", is_sorted ? "-Wl,--sort-section=name" : "");
    /* rustc has no stable flag for bytes before functions; blocks are aligned too. */
    out->rust = str_format("-C llvm-args=-align-all-functions=%u "
                           "-C llvm-args=-align-all-nofallthru-blocks=%u%s",
                           functions, loops,
                           is_sorted ? " -C link-arg=-Wl,--sort-section=name" : "");
}

void layout_clear(struct layout *layout)
{
    free(layout->compile);
    free(layout->link);
    free(layout->rust);
    *layout = (struct layout){ 0 };
}

/* Sets the variable, or adds to what is there or would be without us. */
static void
append(struct strvec *environment, const char *tree, const char *name, const char *flags)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < environment->count; i++) {
        char **item = &environment->items[i];
        if (strncmp(*item, name, length) != 0 || (*item)[length] != '=')
            continue;
        char *longer = str_format("%s%s%s", *item, (*item)[length + 1] ? " " : "", flags);
        free(*item);
        *item = longer;
        return;
    }
    AUTO_FREE char *own = own_flags_find(tree, name);
    strvec_pushf(environment, "%s=%s%s%s", name, own ? own : "", own && *own ? " " : "",
                 flags);
}

void layout_add_to(const struct layout *layout,
                   const char *tree,
                   struct strvec *environment)
{
    const struct {
        const char *name;
        const char *flags;
    } variables[] = {
        { "PAWL_LAYOUT_CFLAGS", layout->compile },
        { "PAWL_LAYOUT_LDFLAGS", layout->link },
        { "PAWL_LAYOUT_RUSTFLAGS", layout->rust },
        { "CFLAGS", layout->compile },
        { "CXXFLAGS", layout->compile },
        { "LDFLAGS", layout->link },
        { "RUSTFLAGS", layout->rust },
    };
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++)
        if (*variables[i].flags || str_starts_with(variables[i].name, "PAWL_"))
            append(environment, tree, variables[i].name, variables[i].flags);
}
