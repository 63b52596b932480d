/* The strings of tests/data/hostile.json, each of which tries to be something else in one
 * of the files that pawl writes: markup, a mention, a link, a command, a row of its own.
 * Whatever writes foreign text is tested with all of them. */
#pragma once

#include <stddef.h>

struct hostile_text {
    const char *name;  /* what it tries to be: "mention" */
    const char *text;  /* as it comes, several lines and control characters included */
    const char *shown; /* as people are to see it, on one line: line breaks are blanks,
                        * what can't be seen is U+FFFD, "##[" is broken by a blank */
};
struct hostile_texts {
    struct hostile_text *items;
    size_t count;
    size_t capacity;
    void *json; /* that owns the strings */
};

/* Reads the file, and fails the test where that can't be done. */
struct hostile_texts hostile_load(void);
void hostile_clear(struct hostile_texts *texts);
