/* Whether rows are measured in several layouts of the code, and in how many. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/config/parts.h"

#define USUAL_LAYOUTS 5
#define LEAST_LAYOUTS 5 /* four can't show anything: 2^-4 is more than 5 % */
#define MOST_LAYOUTS  20

static int set_count(int64_t count, struct layout_choice *out)
{
    if (count < LEAST_LAYOUTS || count > MOST_LAYOUTS)
        return -1;
    *out = (struct layout_choice){ LAYOUTS_EVERY, (size_t)count };
    return 0;
}

static int set_word(const char *word, struct layout_choice *out)
{
    if (str_equal(word, "off"))
        *out = (struct layout_choice){ LAYOUTS_OFF, 0 };
    else if (str_equal(word, "regressed"))
        *out = (struct layout_choice){ LAYOUTS_REGRESSED, USUAL_LAYOUTS };
    else
        return -1;
    return 0;
}

int layout_choice_parse(const char *text, struct layout_choice *out)
{
    int64_t count = 0;
    const char *c = text;
    for (; *c >= '0' && *c <= '9' && count < 1000; c++)
        count = 10 * count + (*c - '0');
    return *c || c == text ? set_word(text, out) : set_count(count, out);
}

char *layout_choice_text(const struct layout_choice *choice)
{
    switch (choice->scope) {
    case LAYOUTS_OFF:
        return xstrdup("off");
    case LAYOUTS_REGRESSED:
        return str_format("regressed rows in %zu layouts", choice->count);
    case LAYOUTS_EVERY:
        return str_format("every row in %zu layouts", choice->count);
    }
    abort();
}

int read_layouts(const struct node *node, void *config)
{
    struct layout_choice *layouts = &((struct config *)config)->layouts;
    if (json_is_integer(node->value) &&
        set_count(json_integer_value(node->value), layouts) == 0)
        return 0;
    if (json_is_string(node->value) &&
        set_word(json_string_value(node->value), layouts) == 0)
        return 0;
    return node_must_be(node, LAYOUT_CHOICES);
}
