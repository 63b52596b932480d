#include "gate/report/growth_phrase.h"

#include <math.h>

#include "gate/base/array.h"
#include "gate/base/str.h"

/* A number of this size stands for itself in any name. */
#define LARGEST_SHOWN 999.0

void growth_add_name(struct str *out, const struct growth_result *growth)
{
    str_addf(out, "%s %s", growth->name ? growth->name : "", metric_name(growth->metric));
}

static void add_number(struct str *out, double number)
{
    if (isfinite(number) && fabs(number) <= LARGEST_SHOWN)
        str_addf(out, "%.2f", fabs(number) < 0.005 ? 0 : number);
    else
        str_add(out, "?");
}

void growth_add_power(struct str *out,
                      const struct growth_result *growth,
                      double exponent)
{
    if (!isfinite(exponent)) {
        str_add(out, "?");
    } else if (fabs(exponent) < 0.005) {
        str_add(out, "constant");
    } else {
        str_addf(out, "%s^", growth->parameter ? growth->parameter : "");
        add_number(out, exponent);
    }
}

void growth_add_interval(struct str *out, const struct growth_exponent *exponent)
{
    str_add(out, "(");
    add_number(out, exponent->low);
    str_add(out, " .. ");
    add_number(out, exponent->high);
    str_add(out, ")");
}

static void add_with_interval(struct str *out,
                              const struct growth_result *growth,
                              const struct growth_exponent *exponent)
{
    growth_add_power(out, growth, exponent->exponent);
    str_add(out, " ");
    growth_add_interval(out, exponent);
}

void growth_add_sentence(struct str *out, const struct growth_result *growth)
{
    if (isnan(growth->head.exponent))
        return;
    str_add(out, growth->head.exponent > 0 ? "grows as " : "stays ");
    add_with_interval(out, growth, &growth->head);
    str_add(out, ", was ");
    add_with_interval(out, growth, &growth->base);
    if (!growth->ceiling || !*growth->ceiling)
        return;
    str_add(out, "; at most ");
    growth_add_ceiling(out, growth);
}

void growth_add_ceiling(struct str *out, const struct growth_result *growth)
{
    double exponent = growth->ceiling_exponent;
    str_add(out, growth->ceiling ? growth->ceiling : "");
    if (!isfinite(exponent) || fabs(exponent - round(exponent)) < 0.005)
        return;
    str_add(out, ", ");
    growth_add_power(out, growth, exponent);
    str_add(out, " here");
}

void growth_add_outcome(struct str *out, const struct growth_result *growth)
{
    str_add(out, growth_outcome_name(growth->outcome));
    str_add(out, growth->was_above_on_base && growth->outcome == GROWTH_ABOVE
                     ? ", on base too"
                     : "");
}

void growth_add_sizes(struct str *out, const struct growth_result *growth)
{
    str_addf(out, "%zu size%s", growth->size_count, growth->size_count == 1 ? "" : "s");
    if (growth->size_count > 1)
        str_addf(out, ", %.10g .. %.10g", growth->smallest, growth->largest);
}

static int rank_of(const struct growth_result *growth)
{
    if (growth_is_worse(growth))
        return 0;
    if (growth->outcome == GROWTH_ABOVE || growth->outcome == GROWTH_WAIVED)
        return 1;
    return growth->outcome == GROWTH_CANNOT_TELL ? 2 : 3;
}

void growth_ranking_of(const struct result *result, struct growth_ranking *ranking)
{
    for (int rank = 0; rank < 4; rank++) {
        for (size_t i = 0; i < result->growths.count; i++) {
            if (rank_of(&result->growths.items[i]) == rank)
                array_push(ranking)->growth = &result->growths.items[i];
        }
    }
}

void growth_ranking_clear(struct growth_ranking *ranking)
{
    array_clear(ranking);
}
