#include "gate/report/terminal_page.h"

#include <stdlib.h>

#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/report.h"

static const char *color_of(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_FAILED:
    case VERDICT_MISSING:
    case VERDICT_REGRESSED:
        return TERMINAL_RED;
    case VERDICT_INCONCLUSIVE:
    case VERDICT_LAYOUT_SENSITIVE:
    case VERDICT_WAIVED:
        return TERMINAL_YELLOW;
    case VERDICT_IMPROVED:
        return TERMINAL_GREEN;
    case VERDICT_NEW:
    case VERDICT_REMOVED:
    case VERDICT_IDENTICAL:
    case VERDICT_OK:
    case VERDICT_NONE:
    case VERDICT_COUNT:
        return "";
    }
    abort();
}

struct terminal_color terminal_color_of(enum verdict verdict, bool use_color)
{
    const char *begin = use_color ? color_of(verdict) : "";
    return (struct terminal_color){ begin, *begin ? TERMINAL_END : "" };
}

/* The layout was made for these: below, columns would be cut to nothing, and above, what
 * belongs together would stand too far apart. */
size_t terminal_fit_width(size_t width)
{
    return width < REPORT_NARROWEST ? REPORT_NARROWEST
           : width > REPORT_WIDEST  ? REPORT_WIDEST
                                    : width;
}

void terminal_add_answer(const struct report_screen *screen,
                         enum verdict verdict,
                         const char *answer,
                         const char *detail,
                         struct str *out)
{
    size_t width = terminal_fit_width(screen->width);
    if (!screen->use_color) {
        AUTO_STR struct str line = STR_INIT;
        terminal_add_answer_line(false, verdict, answer, detail, &line);
        str_truncate(&line, line.length - 1);
        text_add_wrapped(out, line.data, 0, width);
        return;
    }
    str_addf(out, TERMINAL_BOLD "%s", color_of(verdict));
    text_add_wrapped(out, answer, 0, width);
    str_truncate(out, out->length - 1);
    str_add(out, TERMINAL_END "\n");
    if (*detail)
        text_add_wrapped(out, detail, 0, width);
}

void terminal_add_answer_line(bool use_color,
                              enum verdict verdict,
                              const char *answer,
                              const char *detail,
                              struct str *out)
{
    str_addf(out, "%s%s%s%s%s%s\n", use_color ? TERMINAL_BOLD : "",
             use_color ? color_of(verdict) : "", answer, use_color ? TERMINAL_END : "",
             *detail ? " " : "", detail);
}
