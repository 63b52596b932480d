/* The benchmark programs: `case-suite VARIANT ARGUMENTS` is one run of one variant, a
 * process of its own. Where two variants answer the same question, one is what
 * case-tracker does and the other the obvious way that it does not go; self-check proves
 * that their answers are equal.
 *
 * A run never changes its input: what writes, writes to an OUT file that it makes anew.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct case_list;
struct error;
struct str;

/* Appends to answer what the run found; the same input gives the same answer. */
typedef int
variant_run(const char *const *arguments, struct str *answer, struct error *err);

struct variant {
    const char *name;
    const char *arguments; /* names, as the help shows them */
    size_t argument_count;
    variant_run *run;
    const char *summary;
};
extern const struct variant variants[];
extern const size_t variant_count;
const struct variant *variant_find(const char *name);

/* Compares the variants of each pair on a small store; 0 where all answers are equal. */
int self_check(struct str *answer, struct error *err) MUST_CHECK;

/* load.c */
variant_run run_load;
variant_run run_load_tree;
/* lookup.c */
variant_run run_show_index;
variant_run run_show_scan;
variant_run run_lookups_index;
variant_run run_lookups_scan;
variant_run run_make_ids;
/* The position of the case by looking at one after the other. */
size_t scan_for(const struct case_list *cases, uint64_t number);
/* duplicates.c */
variant_run run_duplicates_hash;
variant_run run_duplicates_pairs;
/* change.c */
variant_run run_notes_index;
variant_run run_notes_scan;
variant_run run_transition_one_load;
variant_run run_transition_two_loads;
/* output.c */
variant_run run_save_compact;
variant_run run_save_pretty;
variant_run run_output_stream;
variant_run run_output_whole;
/* micro.c */
variant_run run_id_check_hand;
variant_run run_id_check_compiled;
variant_run run_id_check_compiled_in_loop;
variant_run run_status_switch;
variant_run run_status_sorted;
variant_run run_status_list;
variant_run run_count_direct;
variant_run run_count_copies;
/* notes.c */
variant_run run_notes_side_by_side;
variant_run run_notes_joined;
variant_run run_notes_batched;
variant_run run_notes_per_case;
/* times.c */
variant_run run_find_times;
/* insert.c */
variant_run run_insert_one_transaction;
variant_run run_insert_many_transactions;
