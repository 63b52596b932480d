/* The placeholders in commands: "{name}", with "{{" and "}}" for braces themselves.
 * Internal to gate/config. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/config/config.h"

struct error;

enum piece_kind {
    PIECE_END,
    PIECE_TEXT,
    PIECE_NAME, /* of a placeholder, without its braces */
    PIECE_BAD,  /* a brace that is neither doubled nor part of a placeholder */
};
struct piece {
    enum piece_kind kind;
    const char *start; /* in the text */
    size_t length;
};

/* Takes the next piece off the text and moves *text behind it. */
struct piece template_next(const char **text);

/* Letters, digits and '_', beginning with a letter; all small. */
bool template_is_name(const char *text);

/* Appends the names of the command's placeholders, each once. -1 with a message that
 * begins with a verb for a stray brace. */
int template_names(const struct command *command, struct strvec *names, struct error *err)
    MUST_CHECK;
/* The same for a text that is no command. */
int template_text_names(const char *text, struct strvec *names, struct error *err)
    MUST_CHECK;

/* What stands for a place of a side rather than for a parameter: "work" and "tree". */
bool template_is_place(const char *name);
void template_add_places(struct strvec *names);
size_t template_count_places(const struct strvec *names); /* how many are among names */

bool strings_have(const struct strvec *strings, const char *text);
