/* Files that both sides used, one beside the other. */
#pragma once

#include "gate/experiment/pair.h"

struct explanation;
struct file_calls;

/* Where a side ran: what lies there is named alike on both. Borrowed; NULL: nowhere. */
struct file_places {
    const char *tree;    /* its files are "src/list.txt" */
    const char *scratch; /* its files are "{work}/list.txt" */
};

/* Fills the explanation's list with the files whose time or number of calls differs, at
 * most 8, those that take most of the difference first; calls and places are by side. */
void file_table_join(const struct file_calls *const calls[SIDE_COUNT],
                     const struct file_places places[SIDE_COUNT],
                     struct explanation *explanation);
