/* "growth": "O(n log n)": how a benchmark may grow with one of its parameters. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/config/parts.h"

/* What stands between "O(" and ")": these around the parameter's name. */
static const struct form {
    const char *before;  /* NULL: the parameter is not named */
    const char *between; /* the name twice; NULL: once */
    const char *after;
    double power;
    bool has_log;
} forms[] = {
    { .before = NULL },
    { .before = "log ", .after = "", .has_log = true },
    { .before = "", .after = "", .power = 1 },
    { .before = "", .between = " log ", .after = "", .power = 1, .has_log = true },
    { .before = "", .after = "^2", .power = 2 },
    { .before = "", .after = "^3", .power = 3 },
};

static char *form_text(const struct form *form, const char *parameter)
{
    if (!form->before)
        return xstrdup("O(1)");
    return str_format("O(%s%s%s%s%s)", form->before, parameter,
                      form->between ? form->between : "", form->between ? parameter : "",
                      form->after);
}

void growth_forms(const char *parameter, struct strvec *out)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        AUTO_FREE char *text = form_text(&forms[i], parameter);
        strvec_push(out, text);
    }
}

static const struct form *find_form(const char *text, const char *parameter)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        AUTO_FREE char *known = form_text(&forms[i], parameter);
        if (str_equal(text, known))
            return &forms[i];
    }
    return NULL;
}

/* What a sweep is called in "growth": its own name, and "n" where there is no other; so
 * "O(1)" among several is the one called n. */
static const struct sweep *
named_sweep(const struct benchmark *benchmark, const char *text, const struct form **form)
{
    for (size_t i = 0; i < benchmark->sweep_count; i++) {
        const struct sweep *sweep = &benchmark->sweeps[i];
        bool is_n = str_equal(sweep->name, "n");
        bool is_only = benchmark->sweep_count == 1;
        *form = find_form(text, sweep->name);
        if (*form && (*form)->before)
            return sweep;
        if (*form && (is_n || is_only))
            return sweep;
        if (is_only && (*form = find_form(text, "n")))
            return sweep;
    }
    return NULL;
}

static int refuse(const struct node *node, const struct benchmark *benchmark)
{
    AUTO_STRVEC struct strvec allowed = { 0 };
    AUTO_STRVEC struct strvec names = { 0 };
    bool is_only = benchmark->sweep_count == 1;
    growth_forms(is_only ? benchmark->sweeps[0].name : "n", &allowed);
    for (size_t i = 0; i < benchmark->sweep_count; i++)
        strvec_push(&names, benchmark->sweeps[i].name);
    AUTO_FREE char *all = strvec_join(&allowed, "\", \"");
    AUTO_FREE char *parameters = strvec_join(&names, ", ");
    if (is_only)
        return node_must_be(node, "one of \"%s\"", all);
    return node_must_be(node, "one of \"%s\" with one of the parameters (%s) for n", all,
                        parameters);
}

/* 0 where the text is no number above zero. */
static double size_of(const char *text)
{
    char *end = NULL;
    double size = strtod(text, &end);
    return end != text && !*end && isfinite(size) && size > 0 ? size : 0;
}

static int check_sizes(const struct node *node, const struct sweep *sweep)
{
    for (size_t i = 0; i < sweep->values.count; i++) {
        const char *text = sweep->values.items[i];
        double size = size_of(text);
        if (!(size > 0))
            return node_error(node,
                              "needs values of '%s' that are numbers above 0, not '%s'",
                              sweep->name, text);
        for (size_t j = 0; j < i; j++) {
            const char *other = sweep->values.items[j];
            if (!(fabs(size_of(other) - size) > 0))
                return node_error(node, "needs different sizes, not %s and %s", other,
                                  text);
        }
    }
    return 0;
}

int read_growth(const struct node *node, struct benchmark *benchmark)
{
    const char *text = json_string_value(node->value);
    const struct form *form = NULL;
    if (!benchmark->sweep_count)
        return node_error(node, "needs \"sizes\" to speak of");
    const struct sweep *sweep = text ? named_sweep(benchmark, text, &form) : NULL;
    if (!sweep)
        return refuse(node, benchmark);
    if (check_sizes(node, sweep) < 0)
        return -1;
    benchmark->growth = (struct growth_ceiling){ .text = xstrdup(text),
                                                 .parameter = xstrdup(sweep->name),
                                                 .power = form->power,
                                                 .has_log = form->has_log };
    return 0;
}

void growth_ceiling_clear(struct growth_ceiling *growth)
{
    free(growth->text);
    free(growth->parameter);
    *growth = (struct growth_ceiling){ 0 };
}
