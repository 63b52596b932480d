/* Foreign text inside markdown and XML: shown as it is, obeyed by nobody. */
#pragma once

#include <stddef.h>

struct str;

/* How much of one foreign text a report shows, in characters. */
enum {
    SHOWN_VALUE = 40,
    SHOWN_NAME = 120,
    SHOWN_SENTENCE = 400,
    SHOWN_COMMAND = 1000
};

/* As a code span, for names, subjects and paths: the shortest fence that the text does
 * not hold, so that nothing in it is markup, a mention or a link. "|" is escaped for
 * tables (a table's cells are split before code spans are looked for); where a backslash
 * stands before it, a word joiner goes in between, since readers disagree on whether
 * "\\|" ends the cell. Nothing for "". */
void markdown_add_code(struct str *out, const char *text);
void markdown_add_code_cell(struct str *out, const char *text);

/* As running text, for sentences: markup is escaped, and an invisible word joiner
 * (U+2060) keeps "@name", "#12", "GH-12" and addresses from becoming links, and ":name:"
 * from becoming a picture. Fits cells, too. */
void markdown_add_prose(struct str *out, const char *text);
/* The same as an item of a list, a line of its own. */
void markdown_add_item(struct str *out, const char *text);

/* As a block of its own, for commands. */
void markdown_add_block(struct str *out, const char *text);

/* For XML attributes and character data. */
void xml_add_text(struct str *out, const char *text);
