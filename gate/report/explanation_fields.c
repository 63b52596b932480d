#include "gate/report/explanation_fields.h"

#include "gate/verdict/explanation.h"
#include "runners/fields.h"

_Static_assert(sizeof(enum witness) == sizeof(unsigned), "enums are read as unsigned");

static const char *name_of_witness(unsigned value)
{
    return witness_name((enum witness)value);
}
static const struct field_choice witnesses = { WITNESS_COUNT, name_of_witness };

static const struct field function_members[] = {
    FIELD("name", FIELD_TEXT, struct explained_function, name),
    FIELD("file", FIELD_TEXT, struct explained_function, file),
    FIELD("line", FIELD_UINT32, struct explained_function, line),
    FIELD("is_edited", FIELD_BOOL, struct explained_function, is_edited),
    FIELD("note", FIELD_TEXT, struct explained_function, note),
    FIELD("base_calls", FIELD_INT64, struct explained_function, base_calls),
    FIELD("head_calls", FIELD_INT64, struct explained_function, head_calls),
    FIELD("base_self", FIELD_INT64, struct explained_function, base_self),
    FIELD("head_self", FIELD_INT64, struct explained_function, head_self),
    FIELD("base_inclusive", FIELD_INT64, struct explained_function, base_inclusive),
    FIELD("head_inclusive", FIELD_INT64, struct explained_function, head_inclusive),
    FIELD("self_share", FIELD_NUMBER, struct explained_function, self_share),
    FIELD("inclusive_share", FIELD_NUMBER, struct explained_function, inclusive_share),
};
static const struct field_table function_fields =
    FIELD_TABLE(function_members, struct explained_function);

static const struct field line_members[] = {
    FIELD("function", FIELD_TEXT, struct explained_line, function),
    FIELD("file", FIELD_TEXT, struct explained_line, file),
    FIELD("base_line", FIELD_UINT32, struct explained_line, base_line),
    FIELD("head_line", FIELD_UINT32, struct explained_line, head_line),
    FIELD("is_changed", FIELD_BOOL, struct explained_line, is_changed),
    FIELD("base_self", FIELD_INT64, struct explained_line, base_self),
    FIELD("head_self", FIELD_INT64, struct explained_line, head_self),
    FIELD("base_called", FIELD_INT64, struct explained_line, base_called),
    FIELD("head_called", FIELD_INT64, struct explained_line, head_called),
};
static const struct field_table line_fields =
    FIELD_TABLE(line_members, struct explained_line);

static const struct field figure_members[] = {
    FIELD_OF_CHOICE("metric", struct explained_figure, metric, metric_choice),
    FIELD("base", FIELD_NUMBER, struct explained_figure, base),
    FIELD("head", FIELD_NUMBER, struct explained_figure, head),
};
static const struct field_table figure_fields =
    FIELD_TABLE(figure_members, struct explained_figure);

static const struct field syscall_members[] = {
    FIELD("name", FIELD_TEXT, struct explained_syscall, name),
    FIELD("base_calls", FIELD_INT64, struct explained_syscall, base_calls),
    FIELD("head_calls", FIELD_INT64, struct explained_syscall, head_calls),
    FIELD("base_s", FIELD_NUMBER, struct explained_syscall, base_s),
    FIELD("head_s", FIELD_NUMBER, struct explained_syscall, head_s),
};
static const struct field_table syscall_fields =
    FIELD_TABLE(syscall_members, struct explained_syscall);

static const struct field file_members[] = {
    FIELD("name", FIELD_TEXT, struct explained_file, name),
    FIELD("base_opens", FIELD_INT64, struct explained_file, sides[SIDE_BASE].opens),
    FIELD("head_opens", FIELD_INT64, struct explained_file, sides[SIDE_HEAD].opens),
    FIELD("base_rewinds", FIELD_INT64, struct explained_file, sides[SIDE_BASE].rewinds),
    FIELD("head_rewinds", FIELD_INT64, struct explained_file, sides[SIDE_HEAD].rewinds),
    FIELD("base_reads", FIELD_INT64, struct explained_file, sides[SIDE_BASE].reads),
    FIELD("head_reads", FIELD_INT64, struct explained_file, sides[SIDE_HEAD].reads),
    FIELD("base_read_bytes",
          FIELD_INT64,
          struct explained_file,
          sides[SIDE_BASE].read_bytes),
    FIELD("head_read_bytes",
          FIELD_INT64,
          struct explained_file,
          sides[SIDE_HEAD].read_bytes),
    FIELD("base_writes", FIELD_INT64, struct explained_file, sides[SIDE_BASE].writes),
    FIELD("head_writes", FIELD_INT64, struct explained_file, sides[SIDE_HEAD].writes),
    FIELD("base_written_bytes",
          FIELD_INT64,
          struct explained_file,
          sides[SIDE_BASE].written_bytes),
    FIELD("head_written_bytes",
          FIELD_INT64,
          struct explained_file,
          sides[SIDE_HEAD].written_bytes),
    FIELD("base_s", FIELD_NUMBER, struct explained_file, sides[SIDE_BASE].seconds),
    FIELD("head_s", FIELD_NUMBER, struct explained_file, sides[SIDE_HEAD].seconds),
};
static const struct field_table file_fields =
    FIELD_TABLE(file_members, struct explained_file);

static const struct field smell_members[] = {
    FIELD("rule", FIELD_TEXT, struct explained_smell, rule),
    FIELD("is_new", FIELD_BOOL, struct explained_smell, is_new),
    FIELD("function", FIELD_TEXT, struct explained_smell, function),
    FIELD("caller", FIELD_TEXT, struct explained_smell, caller),
    FIELD("file", FIELD_TEXT, struct explained_smell, file),
    FIELD("line", FIELD_UINT32, struct explained_smell, line),
    FIELD("loop", FIELD_TEXT, struct explained_smell, loop),
    FIELD("base", FIELD_NUMBER, struct explained_smell, base),
    FIELD("head", FIELD_NUMBER, struct explained_smell, head),
    FIELD("share", FIELD_NUMBER, struct explained_smell, share),
    FIELD("says", FIELD_TEXT, struct explained_smell, says),
    FIELD("look_at", FIELD_TEXT, struct explained_smell, look_at),
};
static const struct field_table smell_fields =
    FIELD_TABLE(smell_members, struct explained_smell);

static const struct field explanation_members[] = {
    FIELD("bench", FIELD_TEXT, struct explanation, bench_id),
    FIELD_OF_CHOICE("metric", struct explanation, metric, metric_choice),
    FIELD("is_improvement", FIELD_BOOL, struct explanation, is_improvement),
    FIELD_OF_CHOICE("witness", struct explanation, witness, witnesses),
    FIELD("why", FIELD_TEXTS, struct explanation, why),
    FIELD("source", FIELD_TEXT, struct explanation, source),
    FIELD("flame", FIELD_TEXT, struct explanation, flame),
    FIELD("is_sampled", FIELD_BOOL, struct explanation, is_sampled),
    FIELD("is_per_operation", FIELD_BOOL, struct explanation, is_per_operation),
    FIELD("base_instructions", FIELD_INT64, struct explanation, base_instructions),
    FIELD("head_instructions", FIELD_INT64, struct explanation, head_instructions),
    FIELD_OF_TABLE(
        "functions", FIELD_LIST, struct explanation, functions, function_fields),
    FIELD_OF_TABLE("lines", FIELD_LIST, struct explanation, lines, line_fields),
    FIELD_OF_TABLE("figures", FIELD_LIST, struct explanation, figures, figure_fields),
    FIELD_OF_TABLE("syscalls", FIELD_LIST, struct explanation, syscalls, syscall_fields),
    FIELD_OF_TABLE("files", FIELD_LIST, struct explanation, files, file_fields),
    FIELD_OF_TABLE("smells", FIELD_LIST, struct explanation, smells, smell_fields),
};
static const struct field_table explanation_fields =
    FIELD_TABLE(explanation_members, struct explanation);

static const struct field explanations_members[] = {
    FIELD_OF_TABLE(
        "benches", FIELD_LIST, struct explanations, benches, explanation_fields),
    FIELD("left_out", FIELD_TEXTS, struct explanations, left_out),
};
const struct field_table explanations_fields =
    FIELD_TABLE(explanations_members, struct explanations);
