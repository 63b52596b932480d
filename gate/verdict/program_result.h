/* How large the programs are that the benches run, on both sides. No verdict hangs on it:
 * a cost that whoever reads the report may want to know of. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/experiment/pair.h"

/* As gate/build/program_size.h has it. */
struct program_side {
    bool is_there;      /* else all is 0 */
    bool has_parts;     /* false: a script, or no ELF file that can be read */
    int64_t file_bytes; /* debug information and symbols too */
    int64_t text_bytes; /* code and constants */
    int64_t data_bytes; /* variables with a value to begin with */
    int64_t bss_bytes;  /* variables that begin as zeroes */
};
struct program_result {
    char *name; /* relative to the tree */
    struct program_side sides[SIDE_COUNT];
};
/* Each once, in the order of the names. */
struct program_results {
    struct program_result *items;
    size_t count;
    size_t capacity;
};
void program_results_clear(struct program_results *programs);

/* Whether any of its sizes differs, or one side has it alone. */
bool program_differs(const struct program_result *program);
/* How many do. */
size_t program_results_differing(const struct program_results *programs);

/* Whether its code and constants grew or shrank by so much that readers should hear of it
 * unasked: by 1 % and by 4 KiB, a page, or more. */
bool program_code_moved(const struct program_result *program);

/* Moves those of from into to that it lacks; of the others to's stay. from is empty
 * afterwards. */
void program_results_unite(struct program_results *to, struct program_results *from);
