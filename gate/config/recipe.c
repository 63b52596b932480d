#include "gate/config/parts.h"

struct recipe_reading {
    struct recipe *recipe;
    bool is_shell;
};

static int read_timeout(const struct node *node, void *into)
{
    struct recipe_reading *reading = into;
    return node_read_duration(node, "1s", "7d", &reading->recipe->timeout_ns);
}

static int read_shell(const struct node *node, void *into)
{
    return node_read_bool(node, &((struct recipe_reading *)into)->is_shell);
}

static int read_run(const struct node *node, void *into)
{
    struct recipe_reading *reading = into;
    struct command_reading commands = { .is_shell = reading->is_shell,
                                        .commands = &reading->recipe->run };
    return read_commands(node, &commands);
}

/* "shell" before "run", which needs it. */
static const struct key keys[] = {
    { .name = "timeout", .read = read_timeout },
    { .name = "shell", .read = read_shell },
    { .name = "run", .read = read_run, .is_required = true },
};
const struct key_table recipe_keys = { "commands and their time limit", keys,
                                       sizeof keys / sizeof keys[0] };

int read_recipe(const struct node *node, void *recipe)
{
    struct recipe_reading reading = { .recipe = recipe };
    return node_read_object(node, &recipe_keys, &reading);
}
