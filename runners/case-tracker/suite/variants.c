#include "gate/base/str.h"
#include "runners/case-tracker/suite/suite.h"

const struct variant variants[] = {
    { "load", "STORE", 1, run_load, "read a store into memory" },
    { "load-tree", "JSON", 1, run_load_tree,
      "the same through a tree of the whole file" },
    { "show-index", "JSON ID", 2, run_show_index, "load, find one case by the index" },
    { "show-scan", "JSON ID", 2, run_show_scan, "load, find one case by a scan" },
    { "lookups-index", "JSON COUNT", 2, run_lookups_index, "COUNT cases by the index" },
    { "lookups-scan", "JSON COUNT", 2, run_lookups_scan, "COUNT cases by scans" },
    { "duplicates-hash", "STORE", 1, run_duplicates_hash,
      "equal titles by a hash table" },
    { "duplicates-pairs", "STORE", 1, run_duplicates_pairs, "equal titles, all pairs" },
    { "notes-index", "JSON COUNT OUT", 3, run_notes_index, "add notes, by the index" },
    { "notes-scan", "JSON COUNT OUT", 3, run_notes_scan, "add notes, by scans" },
    { "transition-one-load", "STORE ID STATUS OUT", 4, run_transition_one_load,
      "check and move a case with one load" },
    { "transition-two-loads", "STORE ID STATUS OUT", 4, run_transition_two_loads,
      "load to check, load again to move" },
    { "save-compact", "STORE TIMES OUT", 3, run_save_compact, "JSON, one case a line" },
    { "save-pretty", "STORE TIMES OUT", 3, run_save_pretty, "JSON, indented" },
    { "output-stream", "STORE TIMES OUT", 3, run_output_stream, "text in 64 KiB blocks" },
    { "output-whole", "STORE TIMES OUT", 3, run_output_whole,
      "text built, then written" },
    { "id-check-hand", "LOOPS", 1, run_id_check_hand, "ids by a loop over digits" },
    { "id-check-compiled", "LOOPS", 1, run_id_check_compiled, "a regex compiled once" },
    { "id-check-compiled-in-loop", "LOOPS", 1, run_id_check_compiled_in_loop,
      "a regex compiled for each id" },
    { "status-switch", "LOOPS", 1, run_status_switch,
      "status names by length and letter" },
    { "status-sorted", "LOOPS", 1, run_status_sorted, "by bisection of a sorted set" },
    { "status-list", "LOOPS", 1, run_status_list, "by a walk over the list" },
    { "count-direct", "STORE LOOPS", 2, run_count_direct, "count waiting cases" },
    { "count-copies", "STORE LOOPS", 2, run_count_copies, "copy them, then count" },
    { "notes-side-by-side", "DB", 1, run_notes_side_by_side,
      "all notes from SQLite: two queries read side by side" },
    { "notes-joined", "DB", 1, run_notes_joined, "one query with a join" },
    { "notes-batched", "DB", 1, run_notes_batched, "a query for 500 cases" },
    { "notes-per-case", "DB", 1, run_notes_per_case, "a query for each case" },
    { "insert-one-transaction", "COUNT OUT", 2, run_insert_one_transaction,
      "COUNT cases into SQLite at once" },
    { "insert-many-transactions", "COUNT OUT", 2, run_insert_many_transactions,
      "COUNT cases into SQLite one by one" },
    { "find-times", "DB COUNT OUT", 3, run_find_times,
      "COUNT cases from SQLite, each timed" },
    { "make-ids", "COUNT HIGHEST OUT", 3, run_make_ids, "ids for 'show --from'" },
};
const size_t variant_count = sizeof variants / sizeof *variants;

const struct variant *variant_find(const char *name)
{
    for (size_t i = 0; i < variant_count; i++) {
        if (str_equal(variants[i].name, name))
            return &variants[i];
    }
    return NULL;
}
