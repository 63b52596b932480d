/* What a run tells of itself: the times of its single operations, and how much it did. */
#include <math.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/config/bench.h"
#include "gate/config/parts.h"
#include "gate/config/template.h"

#define MOST_UNIT_BYTES 40
#define PRINTED         "printed"
#define IN_WORK         "{work}/"

static const enum metric of_samples[] = { METRIC_P50, METRIC_P95, METRIC_P99,
                                          METRIC_MAX };

static bool needs_samples(enum metric metric)
{
    for (size_t i = 0; i < sizeof of_samples / sizeof of_samples[0]; i++)
        if (of_samples[i] == metric)
            return true;
    return false;
}

static bool tells(const struct benchmark *benchmark, enum metric metric)
{
    if (needs_samples(metric))
        return benchmark->samples;
    return metric != METRIC_THROUGHPUT || benchmark->work.kind != WORK_UNKNOWN ||
           benchmark->format;
}

int check_is_told(const struct node *node,
                  const struct benchmark *benchmark,
                  enum metric metric)
{
    if (tells(benchmark, metric))
        return 0;
    return node_error(node, "can't be known: the benchmark has no \"%s\"",
                      needs_samples(metric) ? "samples" : "work");
}

void drop_untold_margins(struct benchmark *benchmark)
{
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        if (!tells(benchmark, metric))
            benchmark->margins[metric].is_gated = false;
}

/* Where both sides share {work}, each run finds it empty all the same. */
static bool is_samples(const char *text)
{
    if (str_equal(text, "stdout"))
        return true;
    return str_starts_with(text, IN_WORK) && is_inside_tree(text + strlen(IN_WORK));
}

int read_samples(const struct node *node,
                 const struct strvec *known,
                 struct benchmark *benchmark)
{
    const char *text = json_string_value(node->value);
    if (!text || !is_samples(text))
        return node_must_be(node, "\"stdout\", or the path of a file in {work} such as "
                                  "\"{work}/times.txt\"");
    if (str_equal(text, "stdout") && benchmark->has_same_output)
        return node_error(node, "can't be \"stdout\" where \"same_output\" is asked "
                                "for: no two runs take the same times");
    if (check_text_placeholders(node, text, known) < 0)
        return -1;
    benchmark->samples = xstrdup(text);
    return 0;
}

static int refuse_work(const struct node *node)
{
    return node_must_be(
        node, "a number above 0, a parameter in braces or \"" PRINTED "\", and "
              "what of: \"100000 cases\", \"{n} cases\", \"" PRINTED " cases\"");
}

/* "cases": what stands after the number, printable and short enough for a report. */
static bool is_unit(const char *text)
{
    if (strlen(text) > MOST_UNIT_BYTES || strpbrk(text, "{}"))
        return false;
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return false;
    return true;
}

static bool is_amount(const char *text, double *amount)
{
    return units_parse_number(text, amount) == 0 && *amount > 0;
}

/* Every value of the parameter must be an amount. */
static int check_amounts(const struct node *node,
                         const struct benchmark *benchmark,
                         const char *name)
{
    const struct sweep *sweep = find_sweep(benchmark, name);
    double amount = 0;
    if (!sweep)
        return node_error(node, "has an unknown parameter {%s}", name);
    for (size_t i = 0; i < sweep->values.count; i++)
        if (!is_amount(sweep->values.items[i], &amount))
            return node_error(node,
                              "has the parameter {%s}, whose value '%s' is no number "
                              "above 0",
                              name, sweep->values.items[i]);
    return 0;
}

static int
read_amount(const struct node *node, const char *amount, struct benchmark *benchmark)
{
    struct work *work = &benchmark->work;
    struct piece piece = template_next(&(const char *){ amount });
    if (str_equal(amount, PRINTED)) {
        work->kind = WORK_PRINTED;
    } else if (piece.kind == PIECE_NAME && !piece.start[piece.length + 1]) {
        work->parameter = xstrndup(piece.start, piece.length);
        work->kind = WORK_PARAMETER;
        return check_amounts(node, benchmark, work->parameter);
    } else if (is_amount(amount, &work->amount)) {
        work->kind = WORK_GIVEN;
    } else {
        return refuse_work(node);
    }
    return 0;
}

int read_work(const struct node *node, struct benchmark *benchmark)
{
    const char *text = json_string_value(node->value);
    if (!text)
        return refuse_work(node);
    size_t length = strcspn(text, " ");
    const char *unit = text + length + strspn(text + length, " ");
    if (!is_unit(unit))
        return refuse_work(node);
    AUTO_FREE char *amount = xstrndup(text, length);
    benchmark->work.unit = xstrdup(unit);
    return read_amount(node, amount, benchmark);
}

double bench_work(const struct bench *bench)
{
    const struct work *work = &bench->benchmark->work;
    double amount = (double)NAN;
    if (work->kind == WORK_GIVEN)
        return work->amount;
    for (size_t i = 0; work->kind == WORK_PARAMETER && i < bench->parameter_count; i++)
        if (str_equal(bench->parameters[i].name, work->parameter))
            (void)is_amount(bench->parameters[i].value, &amount);
    return amount;
}
