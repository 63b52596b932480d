#include "gate/report/flame_still.h"

#include <string.h>

#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"

#define START  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
#define TITLE  "<title id=\"title\">Flame graph of "
#define SCRIPT "<script>"
#define END    "</svg>\n"

bool flame_still(const char *svg, size_t length, struct str *still)
{
    if (strlen(svg) != length || !str_starts_with(svg, START) ||
        !str_ends_with(svg, END) || !strstr(svg, TITLE))
        return false;
    const char *script = strstr(svg, SCRIPT); /* the last element, where there is one */
    if (!script) {
        str_add(still, svg);
        return true;
    }
    str_add_bytes(still, svg, (size_t)(script - svg));
    str_add(still, END);
    return true;
}

bool flame_is_of(const char *svg, const char *bench_id)
{
    AUTO_STR struct str shown = STR_INIT;
    AUTO_STR struct str title = STR_INIT;
    text_add_clean(&shown, bench_id, SHOWN_NAME);
    str_add(&title, TITLE);
    xml_add_text(&title, shown.data);
    str_add(&title, "</title>");
    return strstr(svg, title.data) != NULL;
}
