#include <string.h>

#include "gate/base/str.h"
#include "gate/report/html_parts.h"
#include "gate/report/report.h"

enum {
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

/* A page within the page, which may do nothing, so that neither can touch the other. */
void html_add_flame(struct str *out,
                    const struct report_flames *flames,
                    const char *bench_id)
{
    size_t taken = 0;
    for (size_t i = 0; flames && i < flames->count; i++) {
        taken += strlen(flames->items[i].svg);
        if (taken > FLAMES_BYTES || !str_equal(flames->items[i].bench_id, bench_id))
            continue;
        str_add(out,
                "<details class=\"flame\"><summary>Flame graph</summary>\n"
                "<iframe sandbox=\"\" title=\"Flame graph: what base and head "
                "differ by, base, and head\" src=\"data:image/svg+xml;charset=utf-8,");
        add_address(out, flames->items[i].svg);
        str_add(out,
                "\"></iframe>\n<p class=\"aside\">The file flame.svg beside this page "
                "can be searched and enlarged.</p>\n</details>\n");
    }
}
