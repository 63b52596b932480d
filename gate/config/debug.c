/* With which flags what is to be explained is built once more. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/config/parts.h"

#define FLAGS "\"off\" or flags for the compiler, such as \"-g\""

int read_debug(const struct node *node, void *config)
{
    struct config *into = config;
    const char *text = NULL;
    if (node_read_string(node, FLAGS, &text) < 0)
        return -1;
    bool is_off = str_equal(text, "off");
    if (!is_off && *text != '-')
        return node_must_be(node, FLAGS);
    free(into->debug_flags);
    into->debug_flags = is_off ? NULL : xstrdup(text);
    return 0;
}
