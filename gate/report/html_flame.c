#include <stdlib.h>
#include <string.h>

#include "gate/base/str.h"
#include "gate/report/html_parts.h"
#include "gate/report/report.h"

enum {
    MOST_PIXELS = 100000,
    FLAMES_BYTES =
        300000 /* of the pictures before one, and itself; others are files alone */
};

/* In an address that an attribute holds: all that means something in either is written by
 * its number. */
static void add_address(struct str *out, const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-_.!~*() ,/:;=?@'";
    for (const char *c = text; *c; c++) {
        if (strchr(plain, *c))
            str_add_char(out, *c);
        else
            str_addf(out, "%%%02X", (unsigned)(unsigned char)*c);
    }
}

/* "1000/960", from the picture's own frame; nothing where it has none. */
static void add_shape(struct str *out, const char *svg)
{
    static const char start[] = "viewBox=\"0 0 ";
    const char *box = strstr(svg, start);
    char *end = NULL;
    if (!box)
        return;
    unsigned long width = strtoul(box + strlen(start), &end, 10);
    unsigned long height = strtoul(end, NULL, 10);
    if (width && height && width < MOST_PIXELS && height < MOST_PIXELS)
        str_addf(out, "style=\"aspect-ratio:%lu/%lu\" ", width, height);
}

/* A page within the page, which may do nothing, so that neither can touch the other. */
static void add_frame(struct str *out, const char *svg)
{
    str_add(out, "<details class=\"flame\"><summary>Flame graph</summary>\n"
                 "<div class=\"scroll\"><iframe sandbox=\"\" title=\"Flame graph: "
                 "what base and head differ by, base, and head\" ");
    add_shape(out, svg);
    str_add(out, "src=\"data:image/svg+xml;charset=utf-8,");
    add_address(out, svg);
    str_add(out, "\"></iframe></div>\n</details>\n");
}

static const char *find_picture(const struct report_flames *flames, const char *bench_id)
{
    size_t taken = 0;
    for (size_t i = 0; flames && i < flames->count; i++) {
        taken += strlen(flames->items[i].svg);
        if (taken <= FLAMES_BYTES && str_equal(flames->items[i].bench_id, bench_id))
            return flames->items[i].svg;
    }
    return NULL;
}

void html_add_flame(struct str *out,
                    const struct report_flames *flames,
                    const struct explanation *explanation)
{
    const char *svg = find_picture(flames, explanation->bench_id);
    if (svg)
        add_frame(out, svg);
    if (!explanation_has_flame(explanation))
        return;
    str_add(out, svg ? "<p class=\"aside\">To be searched and enlarged: "
                     : "<p class=\"aside\">Flame graph: ");
    html_add_code(out, explanation->flame);
    str_add(out, ", beside this report.</p>\n");
}
