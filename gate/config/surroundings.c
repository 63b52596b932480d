/* What a program finds around itself: variables, standard input, working directory, page
 * cache. */
#include <ctype.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/config/parts.h"
#include "gate/config/template.h"

bool is_variable_name(const char *name)
{
    if (!isalpha((unsigned char)*name) && *name != '_')
        return false;
    for (; *name; name++)
        if (!isalnum((unsigned char)*name) && *name != '_')
            return false;
    return true;
}

static int read_variable(const struct node *member,
                         const struct strvec *known,
                         struct strvec *variables)
{
    const char *text = NULL;
    if (!is_variable_name(member->key))
        return node_error(member, "is no name of a variable (" VARIABLE_NAMES ")");
    if (str_starts_with(member->key, "PAWL_"))
        return node_error(member, "is a variable of pawl's own, as all that begin with "
                                  "'PAWL_'");
    if (node_read_string(member, "a string", &text) < 0 ||
        (known && check_text_placeholders(member, text, known) < 0))
        return -1;
    strvec_pushf(variables, "%s=%s", member->key, text);
    return 0;
}

int read_variables(const struct node *node,
                   const struct strvec *known,
                   struct strvec *variables)
{
    if (!json_is_object(node->value))
        return node_must_be(node, "an object (values of variables by name)");
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(node->value, name, value) {
        struct node member = node_member(node, name, value);
        if (read_variable(&member, known, variables) < 0)
            return -1;
    }
    return 0;
}

bool is_inside_tree(const char *path)
{
    if (!*path || *path == '/')
        return false;
    while (*path) {
        size_t length = strcspn(path, "/");
        if (length == 2 && memcmp(path, "..", 2) == 0)
            return false;
        path += length;
        path += *path == '/';
    }
    return true;
}

static int replace_path(const struct node *node,
                        const char *text,
                        const struct strvec *known,
                        char **path)
{
    if (check_text_placeholders(node, text, known) < 0)
        return -1;
    *path = xstrdup(text);
    return 0;
}

int read_stdin(const struct node *node, const struct strvec *known, char **path)
{
    const char *text = json_string_value(node->value);
    if (!text || !*text)
        return node_must_be(node, "the path of a file, such as \"{work}/input\" or "
                                  "\"tests/input.txt\"");
    return replace_path(node, text, known, path);
}

/* Elsewhere both sides would meet in one directory, and find what they left there. */
static bool is_place_of_a_side(const char *text)
{
    static const char *const beginnings[] = { "{work}", "{tree}" };
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        size_t length = strlen(beginnings[i]);
        if (str_starts_with(text, beginnings[i]))
            return !text[length] ||
                   (text[length] == '/' &&
                    (!text[length + 1] || is_inside_tree(text + length + 1)));
    }
    return is_inside_tree(text);
}

int read_own_place(const struct node *node, const struct strvec *known, char **path)
{
    const char *text = json_string_value(node->value);
    if (!text || !is_place_of_a_side(text))
        return node_must_be(node, "a path inside the tree, relative to its top, or one "
                                  "that begins with {work}");
    return replace_path(node, text, known, path);
}

int read_cache(const struct node *node, bool *is_cold)
{
    const char *text = json_string_value(node->value);
    if (!text || (!str_equal(text, "warm") && !str_equal(text, "cold")))
        return node_must_be(node, "\"warm\" or \"cold\"");
    *is_cold = str_equal(text, "cold");
    return 0;
}
