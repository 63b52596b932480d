#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/config/bench.h"
#include "gate/config/parts.h"
#include "gate/config/template.h"

#define COMMAND_EXAMPLE "a command such as \"make -C src\""

/* {"run": "...", "shell": true}. */
struct entry {
    struct node run;
    bool is_shell;
};

static int read_entry_run(const struct node *node, void *into)
{
    ((struct entry *)into)->run = *node;
    return 0;
}

static int read_entry_shell(const struct node *node, void *into)
{
    return node_read_bool(node, &((struct entry *)into)->is_shell);
}

static const struct key keys[] = {
    { .name = "run", .read = read_entry_run, .is_required = true },
    { .name = "shell", .read = read_entry_shell },
};
const struct key_table command_keys = { "a command with settings of its own", keys,
                                        sizeof keys / sizeof keys[0] };

static int split(const struct node *node, const char *text, struct command *command)
{
    command->text = xstrdup(text);
    if (command->is_shell) {
        if (!text[strspn(text, " \t\r\n")])
            return node_error(node, "names no program");
        strvec_push(&command->words, "/bin/sh");
        strvec_push(&command->words, "-c");
        strvec_push(&command->words, text);
        return 0;
    }
    struct error problem = { 0 };
    if (command_split(text, &command->words, &problem) < 0)
        return node_error(node, "%s", problem.message);
    return 0;
}

int check_text_placeholders(const struct node *node,
                            const char *text,
                            const struct strvec *known)
{
    AUTO_STRVEC struct strvec names = { 0 };
    struct error problem = { 0 };
    if (template_text_names(text, &names, &problem) < 0)
        return node_error(node, "%s", problem.message);
    for (size_t i = 0; i < names.count; i++) {
        if (known && strings_have(known, names.items[i]))
            continue;
        AUTO_FREE char *all = known ? strvec_join(known, "}, {") : NULL;
        return node_error(node, "has an unknown placeholder {%s} (%s%s%s)",
                          names.items[i], all ? "known: {" : "commands have none here",
                          all ? all : "", all ? "}" : "");
    }
    return 0;
}

static int check_placeholders(const struct node *node,
                              const struct command *command,
                              const struct strvec *known)
{
    for (size_t i = 0; i < command->words.count; i++)
        if (check_text_placeholders(node, command->words.items[i], known) < 0)
            return -1;
    return 0;
}

/* A recipe's command has nothing to be filled in later: only doubled braces. */
static int make_final(const struct node *node, struct command *command)
{
    struct strvec words = { 0 };
    if (command_expand(command, NULL, 0, &words, node->reader->err) < 0)
        return -1;
    strvec_clear(&command->words);
    command->words = words;
    return 0;
}

static int read_text(const struct node *node,
                     const struct command_reading *reading,
                     struct command *out)
{
    const char *text = NULL;
    if (node_read_string(node, COMMAND_EXAMPLE, &text) < 0)
        return -1;
    out->is_shell = reading->is_shell;
    if (split(node, text, out) < 0 || check_placeholders(node, out, reading->known) < 0)
        return -1;
    return reading->known ? 0 : make_final(node, out);
}

int read_command(const struct node *node,
                 const struct command_reading *reading,
                 struct command *out)
{
    struct command command = { 0 };
    if (read_text(node, reading, &command) < 0) {
        command_clear(&command);
        return -1;
    }
    *out = command;
    return 0;
}

static int read_element(const struct node *node, void *into)
{
    struct command_reading *reading = into;
    struct entry entry = { .run = *node, .is_shell = reading->is_shell };
    struct command_reading own = *reading;
    if (json_is_object(node->value) && node_read_object(node, &command_keys, &entry) < 0)
        return -1;
    if (!json_is_object(node->value) && !json_is_string(node->value))
        return node_must_be(node,
                            COMMAND_EXAMPLE " or {\"run\": \"...\", \"shell\": true}");
    own.is_shell = entry.is_shell;
    struct command command = { 0 };
    if (read_command(&entry.run, &own, &command) < 0)
        return -1;
    *array_push(reading->commands) = command;
    return 0;
}

int read_commands(const struct node *node, struct command_reading *reading)
{
    return node_read_array(node, false, "commands", read_element, reading);
}
