#include <math.h>

#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/html_parts.h"

/* '<' is written so that neither "</script" nor "<!--" can come about, '>' and '&' so
 * that the page stays well-formed. */
void html_json_text(struct str *out, const char *text, size_t limit)
{
    AUTO_STR struct str clean = STR_INIT;
    text_add_clean(&clean, text, limit);
    str_add_char(out, '"');
    for (const char *c = clean.data; *c; c++) {
        if (*c == '"' || *c == '\\')
            str_addf(out, "\\%c", *c);
        else if (*c == '<' || *c == '>' || *c == '&')
            str_addf(out, "\\u%04x", (unsigned)*c);
        else
            str_add_char(out, *c);
    }
    str_add_char(out, '"');
}

void html_json_number(struct str *out, double number, int digits)
{
    if (isfinite(number))
        str_addf(out, "%.*g", digits, number);
    else
        str_add(out, "null");
}
