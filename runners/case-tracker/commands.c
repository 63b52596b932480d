/* Each command: read its arguments, ask the store, write the answer. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case_format.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/case_writer.h"
#include "runners/case-tracker/command.h"
#include "runners/case-tracker/duplicates.h"
#include "runners/case-tracker/file_kind.h"
#include "runners/case-tracker/generate.h"
#include "runners/case-tracker/number_list.h"
#include "runners/case-tracker/options.h"
#include "runners/case-tracker/sink.h"
#include "runners/case-tracker/store.h"

static int
run_generate(const struct options *options, struct sink *out, struct error *err)
{
    (void)out;
    uint64_t count = 0;
    uint64_t seed = 1;
    if (!options->count || !options->output)
        return error_set(err, ERROR_USAGE, "'generate' needs --count and --output");
    if (options_number(options->count, "--count", 0, 1000000000, &count, err) < 0)
        return -1;
    if (options->seed &&
        options_number(options->seed, "--seed", 0, INT64_MAX, &seed, err) < 0)
        return -1;
    return generate_file(options->output, count, seed, err);
}

static const struct case_format *format_of(const struct options *options,
                                           struct error *err)
{
    return options->format ? case_format_find(options->format, err) : &case_format_text;
}

static int run_list(const struct options *options, struct sink *out, struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    const struct case_format *format = format_of(options, err);
    if (!format || store_load(options->store, &cases, err) < 0)
        return -1;
    return case_format_write(format, &cases, out, err);
}

/* For commands whose answer is no list of cases. */
static int wants_json(const struct options *options, bool *json, struct error *err)
{
    *json = options->format && str_equal(options->format, "json");
    if (!options->format || *json || str_equal(options->format, "text"))
        return 0;
    return error_set(err, ERROR_USAGE, "'%s' has the formats text and json, not '%s'",
                     options->command, options->format);
}

static void add_counts(struct str *text, const struct status_counts *counts, bool json)
{
    str_add(text, json ? "{" : "");
    for (unsigned int i = 0; i < STATUS_COUNT; i++)
        str_addf(text, json ? "\"%s\":%" PRIu64 "," : "%-12s %10" PRIu64 "\n",
                 status_name((enum status)i), counts->of[i]);
    str_addf(text, json ? "\"all\":%" PRIu64 "}\n" : "all          %10" PRIu64 "\n",
             counts->all);
}

static int run_summary(const struct options *options, struct sink *out, struct error *err)
{
    bool json = false;
    struct status_counts counts;
    if (wants_json(options, &json, err) < 0 ||
        store_count(options->store, &counts, err) < 0)
        return -1;
    add_counts(&out->text, &counts, json);
    return 0;
}

/* A note's further lines stand below its first. */
static void add_note(struct str *text, const char *note)
{
    str_add(text, "  note    ");
    for (;;) {
        size_t length = strcspn(note, "\n");
        str_add_bytes(text, note, length);
        str_add_char(text, '\n');
        if (!note[length])
            return;
        note += length + 1;
        str_add(text, "          ");
    }
}

static void add_shown(struct str *text, const struct case_record *record)
{
    case_id_add(text, record->number);
    str_add(text, "\n  title   ");
    str_add(text, record->title);
    str_add(text, "\n  status  ");
    str_add(text, status_name(record->status));
    str_add_char(text, '\n');
    for (size_t i = 0; i < record->note_count; i++)
        add_note(text, record->notes[i]);
}

static int write_shown(const struct options *options,
                       const struct case_list *found,
                       struct sink *out,
                       struct error *err)
{
    if (options->format && !str_equal(options->format, "text")) {
        const struct case_format *format = case_format_find(options->format, err);
        return format ? case_format_write(format, found, out, err) : -1;
    }
    for (size_t i = 0; i < found->count; i++) {
        add_shown(&out->text, &found->items[i]);
        if (sink_drain(out, err) < 0)
            return -1;
    }
    return 0;
}

static int run_show(const struct options *options, struct sink *out, struct error *err)
{
    AUTO_NUMBERS struct number_list wanted = { 0 };
    AUTO_CASES struct case_list found = { 0 };
    if (options->from && number_list_read(&wanted, options->from, err) < 0)
        return -1;
    for (int i = 0; i < options->argument_count; i++) {
        if (case_id_parse(options->arguments[i], array_push(&wanted), err) < 0)
            return -1;
    }
    if (!options->from && !wanted.count)
        return error_set(err, ERROR_USAGE, "'show' needs an id, or --from FILE with ids");
    if (store_find(options->store, wanted.items, wanted.count, &found, err) < 0)
        return -1;
    return write_shown(options, &found, out, err);
}

static int run_add(const struct options *options, struct sink *out, struct error *err)
{
    uint64_t number = 0;
    if (store_add_case(options->store, options->arguments[0], &number, err) < 0)
        return -1;
    case_id_add(&out->text, number);
    str_add_char(&out->text, '\n');
    return 0;
}

static int run_note(const struct options *options, struct sink *out, struct error *err)
{
    (void)out;
    uint64_t number = 0;
    if (case_id_parse(options->arguments[0], &number, err) < 0)
        return -1;
    return store_add_note(options->store, number, options->arguments[1], err);
}

static int
run_transition(const struct options *options, struct sink *out, struct error *err)
{
    (void)out;
    uint64_t number = 0;
    enum status to = STATUS_DRAFT;
    if (case_id_parse(options->arguments[0], &number, err) < 0 ||
        status_parse(options->arguments[1], &to, err) < 0)
        return -1;
    return store_transition(options->store, number, to, err);
}

static int
run_duplicates(const struct options *options, struct sink *out, struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_DUPLICATES struct duplicates duplicates = { 0 };
    bool json = false;
    if (wants_json(options, &json, err) < 0 ||
        store_load(options->store, &cases, err) < 0)
        return -1;
    AUTO_FREE size_t *first = duplicates_first(&cases);
    duplicates_group(&duplicates, first, cases.count);
    (json ? duplicates_add_json : duplicates_add_text)(&out->text, &duplicates, &cases);
    return 0;
}

static int run_import(const struct options *options, struct sink *out, struct error *err)
{
    uint64_t count = 0;
    if (store_import(options->store, options->arguments[0], options->replace, &count,
                     err) < 0)
        return -1;
    str_addf(&out->text, "imported %" PRIu64 " cases\n", count);
    return 0;
}

/* The text format is for people and can't be read back: --format may only say how JSON is
 * laid out. */
static int export_format(const struct options *options,
                         const struct case_format **format,
                         struct error *err)
{
    enum file_kind kind = FILE_JSON;
    if (file_kind_of(options->arguments[0], &kind, err) < 0)
        return -1;
    if (!options->format)
        return 0;
    *format = case_format_find(options->format, err);
    if (!*format)
        return -1;
    if (kind == FILE_JSON && str_starts_with(options->format, "json"))
        return 0;
    return error_set(err, ERROR_USAGE,
                     "'export' takes --format json or json-pretty, for .json files only");
}

static int run_export(const struct options *options, struct sink *out, struct error *err)
{
    (void)out;
    AUTO_CASES struct case_list cases = { 0 };
    const struct case_format *format = NULL;
    if (export_format(options, &format, err) < 0 ||
        store_load(options->store, &cases, err) < 0)
        return -1;
    return case_writer_write(options->arguments[0], format, &cases, err);
}

static int
run_validate(const struct options *options, struct sink *out, struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    if (store_load(options->store, &cases, err) < 0)
        return -1;
    str_addf(&out->text, "valid: %zu cases\n", cases.count);
    return 0;
}

const struct command commands[] = {
    { "add", "TITLE", "add a draft case, print its id", 1, 1, "", true, run_add },
    { "duplicates", "", "cases with the same title, but for case and punctuation", 0, 0,
      " --format ", true, run_duplicates },
    { "export", "FILE", "write all cases to a .json, .csv or .db file", 1, 1,
      " --format ", true, run_export },
    { "generate", "--count N --output FILE [--seed S]",
      "make up cases: the same seed, the same file", 0, 0, " --count --seed --output ",
      false, run_generate },
    { "import", "FILE.csv [--replace]",
      "add the cases of a CSV file (--replace: put them in place of all)", 1, 1,
      " --replace ", true, run_import },
    { "list", "", "all cases", 0, 0, " --format ", true, run_list },
    { "note", "ID TEXT", "add a note to a case", 2, 2, "", true, run_note },
    { "show", "ID... [--from FILE]", "cases with their notes; FILE holds an id a line", 0,
      -1, " --format --from ", true, run_show },
    { "summary", "", "how many cases stand where", 0, 0, " --format ", true,
      run_summary },
    { "transition", "ID STATUS", "move a case to another status", 2, 2, "", true,
      run_transition },
    { "validate", "", "read and check everything", 0, 0, "", true, run_validate },
};
const size_t command_count = sizeof commands / sizeof *commands;
