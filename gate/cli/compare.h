/* Deciding between recorded results: what `pawl compare` finds out. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/cli/exit_code.h"
#include "gate/verdict/result.h"
#include "runners/formats/pairs.h"
#include "runners/formats/recording.h"

struct error;
struct str;

/* One benchmark × quantity. Changes are ratios (0.03 is 3 %); unknown numbers are NAN,
 * bounds may be infinite. */
struct comparison_row {
    char *name;
    char *quantity;
    enum series_unit unit;
    enum verdict verdict;
    char *reason; /* one sentence; "" where the verdict says it all */
    size_t base_count;
    size_t head_count; /* the same for pairs */
    double base_median;
    double head_median;
    double change;     /* Hodges-Lehmann estimate of head / base - 1 */
    double change_low; /* 95 % interval of it */
    double change_high;
    double p_regressed;
    double p_regressed_holm; /* corrected over all rows with values on both sides */
    double p_ok;
    double p_improved;
    double p_improved_holm;
};

struct comparison {
    bool is_paired;
    const char *base_path; /* borrowed; the same file for pairs */
    const char *head_path;
    double margin;
    double false_alarm;
    double miss;
    bool fails_on_inconclusive;
    struct comparison_row *items;
    size_t count;
    size_t capacity;
    struct strvec warnings;
    enum verdict verdict; /* the worst of the rows */
    enum exit_code exit;
};
void comparison_clear(struct comparison *comparison);
#define AUTO_COMPARISON AUTO(comparison_clear)

/* Fills the rows of a comparison whose settings are made. Rows are matched by name and
 * quantity, tested (ranks of two samples, or signed ranks of pairs), corrected by Holm
 * and sorted worst first. -1 with ERROR_USAGE where one name has different quantities in
 * the two files. */
int compare_samples(struct comparison *comparison,
                    const struct recording *base,
                    const struct recording *head,
                    struct error *err) MUST_CHECK;
void compare_pairs(struct comparison *comparison,
                   const struct paired_recording *recording);

/* Reads a recorded result of pawl, or of another harness, into recording (empty before;
 * the caller's to clear, after a failure too). format is the name of one ("pawl" among
 * them) or NULL: recognised. -1 with ERROR_USAGE. */
int compare_read(const char *path,
                 const char *format,
                 struct recording *recording,
                 struct error *err) MUST_CHECK;
/* What format may be, for messages. */
extern const char compare_input_formats[];

/* The comparison as text. */
struct compare_writer {
    const char *format;
    void (*write)(const struct comparison *comparison, struct str *out);
};
/* NULL where there is none of that name. */
const struct compare_writer *compare_find_writer(const char *format);
extern const char compare_formats[];
