/* Reading JSON strictly: every value is taken together with its place, so that whatever
 * is wrong with it can be reported with file, line, column, path, the bad value and what
 * is allowed.
 *
 * Objects are read by tables: one entry a key, each with the function that reads its
 * value into the struct that the table is for. What no table names is an error. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"

struct error;

/* One text that is being read. */
struct reader {
    const char *text;
    const char *path; /* for messages */
    struct error *err;
};

/* A value and the way to it. Nodes stand on the stack of the functions that walk down. */
struct node {
    struct reader *reader;
    const struct node *parent; /* NULL: the whole text */
    const char *key;           /* in the parent; NULL for an element of an array */
    size_t index;              /* of an element */
    json_t *value;             /* borrowed */
};

/* Reads a node into the struct that its table is for. 0 or -1 with the reader's error. */
typedef int node_read(const struct node *node, void *into);

struct key {
    const char *name;
    node_read *read; /* NULL: any value is allowed and ignored */
    bool is_required;
};
struct key_table {
    const char *what; /* "a suite" */
    const struct key *keys;
    size_t count;
};

/* Unknown keys first, then the keys in the order of the table, whatever the text's order:
 * a reader may use what the ones before it in the table have read. */
int node_read_object(const struct node *node, const struct key_table *table, void *into)
    MUST_CHECK;

/* Calls read with each element, of which there must be one where needs_one. what says in
 * errors what they should be. */
int node_read_array(const struct node *node,
                    bool needs_one,
                    const char *what,
                    node_read *read,
                    void *into) MUST_CHECK;

/* The member of an object. */
struct node node_member(const struct node *node, const char *key, json_t *value);
/* The element of an array. */
struct node node_element(const struct node *node, size_t index);

/* Appends the keys of the object at node, sorted. */
void node_sorted_keys(const struct node *node, struct strvec *keys);

/* "in 'pawl.json', line 4, column 5"; the caller's. */
char *node_place(const struct node *node) MUST_CHECK;

/* Plain values. Touch *out only on success. */
int node_read_bool(const struct node *node, bool *out) MUST_CHECK;
int node_read_string(const struct node *node, const char *what, const char **out)
    MUST_CHECK;
int node_read_integer(const struct node *node,
                      int64_t at_least,
                      int64_t at_most,
                      int64_t *out) MUST_CHECK;
/* The limits as they are written: "1s", "7d". */
int node_read_duration(const struct node *node,
                       const char *at_least,
                       const char *at_most,
                       int64_t *out_ns) MUST_CHECK;

/* "'budget.pairs' must be <allowed>, not <the value>", with the place in front. Always
 * -1. */
int node_must_be(const struct node *node, const char *format, ...) PRINTF_LIKE(2, 3);
/* The same with a sentence of one's own after the path: "'suites[0].name' is empty". */
int node_error(const struct node *node, const char *format, ...) PRINTF_LIKE(2, 3);
/* A key of the object at node that must not be there: with the nearest and all allowed.
 */
int node_unknown_key(const struct node *node,
                     const char *key,
                     const struct strvec *allowed);
