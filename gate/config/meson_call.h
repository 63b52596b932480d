/* The calls in a meson.build, one by one: "parse = executable('parse', 'parse.c')".
 * Internal to gate/config. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/base/str.h"

enum meson_kind {
    MESON_STRING, /* text is what stands between the quotes */
    MESON_NAME,   /* a variable, a number, true or false: text is as it stands */
    MESON_CALL,   /* text is its first string, function what is called */
    MESON_OTHER,  /* an expression; text is "" */
};

/* A list is as many arguments as it has items, as Meson has it. */
struct meson_argument {
    char *keyword; /* NULL: it goes by its place */
    enum meson_kind kind;
    char *text;
    char *function; /* of a MESON_CALL; else NULL */
};

struct meson_call {
    struct str variable; /* that the call is assigned to; "" where it is not */
    struct str name; /* "executable"; of methods with a dot in front: ".get_variable" */
    struct meson_argument *items;
    size_t count;
    size_t capacity;
};
#define MESON_CALL_INIT ((struct meson_call){ .variable = STR_INIT, .name = STR_INIT })
void meson_call_clear(struct meson_call *call);
#define AUTO_MESON_CALL AUTO(meson_call_clear)

/* Takes the next call off *rest, with those that stand in its arguments; false where
 * there is none any more. */
bool meson_call_next(const char **rest, struct meson_call *call);

/* The argument at that place among those that have no keyword, or the first one with the
 * keyword; NULL where there is none. */
const struct meson_argument *meson_call_at(const struct meson_call *call, size_t place);
const struct meson_argument *meson_call_keyword(const struct meson_call *call,
                                                const char *keyword);
