/* The words and numbers of explanations that all reports share. Plain text, not yet
 * escaped. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/verdict/explanation.h"

struct result;
struct str;

/* How many functions, system calls and smells are shown to people. */
enum {
    EXPLAINED_FUNCTIONS = 8,
    EXPLAINED_SYSCALLS = 5,
    EXPLAINED_FILES = 5,
    EXPLAINED_SMELLS = 3
};

/* "list[n=1000] cpu" and, where the row has one, its change. */
void explanation_add_name(struct str *out,
                          const struct result *result,
                          const struct explanation *explanation);
/* One of its sentences, with a capital letter (but for names of metrics) and a full stop.
 */
void explanation_add_sentence(struct str *out, const char *sentence);
/* "1,234 -> 5.68 M"; once, where both are the same. */
void explanation_add_both(struct str *out, int64_t base, int64_t head);
/* The same of costs: "1.20 us -> 3.40 us" where they are those of an operation. */
void explanation_add_costs(struct str *out,
                           const struct explanation *explanation,
                           int64_t base,
                           int64_t head);
/* What costs are: "Instructions", "Samples", "Time an operation". */
const char *explanation_unit(const struct explanation *explanation);
/* Whether it is known how often functions are called. */
bool explanation_has_calls(const struct explanation *explanation);
/* "0 -> 50.0 ms" */
void explanation_add_times(struct str *out, double base_s, double head_s);
/* "87 %", "<1 %", "-12 %"; "?" where it is not known. */
void explanation_add_share(struct str *out, double share);
/* "src/lookup.c:41"; of a file elsewhere, and where it is to be short, the last part of
 * the name alone: "lookup.c:41". */
void explanation_add_place(struct str *out,
                           const struct explained_function *function,
                           bool is_short);
/* "regex compiled in a loop (also on base): 'regcomp' is called 300 times, .... Look at:
 * ...." */
void explanation_add_smell(struct str *out, const struct explained_smell *smell);
