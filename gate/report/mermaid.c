#include "gate/report/mermaid.h"

#include <math.h>

#include "gate/base/str.h"

/* Blue for what was measured, orange for the limit: both to be seen in light and dark. */
#define PALETTE                                                                        \
    "%%%%{init: {\"themeVariables\": {\"xyChart\": {\"plotColorPalette\": \"#218bff, " \
    "#e16f24\"}}}}%%%%\n"

/* Plain decimals: mermaid reads no exponents. */
static void add_number(struct str *out, double value)
{
    str_addf(out, "%.*f", fabs(value) < 1000 ? 3 : 0, value);
}

static void add_limit(struct str *out, const struct mermaid_line *line)
{
    if (isnan(line->limit))
        return;
    str_add(out, "    line [");
    for (size_t i = 0; i < line->count; i++) {
        str_add(out, i ? ", " : "");
        add_number(out, line->limit);
    }
    str_add(out, "]\n");
}

void mermaid_add_line(struct str *out, const struct mermaid_line *line)
{
    str_addf(out, "```mermaid\n" PALETTE "xychart-beta\n    x-axis \"%s\" [",
             line->x_title);
    for (size_t i = 0; i < line->count; i++)
        str_addf(out, "%s\"%s\"", i ? ", " : "", line->labels[i]);
    str_addf(out, "]\n    y-axis \"%s\" ", line->unit);
    add_number(out, line->low);
    str_add(out, " --> ");
    add_number(out, line->high);
    str_add(out, "\n    line [");
    for (size_t i = 0; i < line->count; i++) {
        str_add(out, i ? ", " : "");
        add_number(out, line->values[i]);
    }
    str_add(out, "]\n");
    add_limit(out, line);
    str_add(out, "```\n");
}
