/* Where sessions are kept, and which machines' figures are comparable. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/config/parts.h"
#include "runners/machine_fact.h"

/* A config comes out of a commit, perhaps a stranger's: it can have sessions go to a ref
 * of pawl's, not to a branch. A directory called "ref" can be had as "./ref". */
static bool is_ref(const char *where)
{
    static const char pawls[] = "ref:refs/pawl/";
    return str_equal(where, "ref") ||
           (str_starts_with(where, pawls) && where[strlen(pawls)]);
}

int read_baselines(const struct node *node, void *config)
{
    struct config *into = config;
    const char *where = json_string_value(node->value);
    bool is_directory = where && is_inside_tree(where) && !str_starts_with(where, "ref:");
    if (!where || !(is_directory || is_ref(where)))
        return node_must_be(node,
                            "a directory inside the repository, relative to its top, or "
                            "\"ref\" or \"ref:refs/pawl/NAME\"");
    free(into->baselines);
    into->baselines = xstrdup(where);
    return 0;
}

/* "one of \"cpu_model\", \"microcode\", ..." */
static int refuse_fact(const struct node *node)
{
    AUTO_STR struct str names = STR_INIT;
    for (enum machine_fact fact = 0; fact < MACHINE_FACT_COUNT; fact++)
        str_addf(&names, "%s\"%s\"", fact ? ", " : "", machine_fact_name(fact));
    return node_must_be(node, "one of %s", names.data);
}

static int read_fact(const struct node *node, void *config)
{
    struct config *into = config;
    enum machine_fact fact = MACHINE_FACT_COUNT;
    const char *name = json_string_value(node->value);
    if (!name || !machine_fact_parse(name, &fact))
        return refuse_fact(node);
    if (into->machine_facts & MACHINE_FACT_BIT(fact))
        return node_error(node, "names '%s' twice", name);
    into->machine_facts |= MACHINE_FACT_BIT(fact);
    return 0;
}

int read_machine_class(const struct node *node, void *config)
{
    ((struct config *)config)->machine_facts = 0;
    return node_read_array(node, true, "facts of a machine", read_fact, config);
}
