#include "gate/report/flame_still.h"

#include <string.h>

#include "gate/base/str.h"

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
