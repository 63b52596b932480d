/* The verdict as a picture of a line of a README: SVG, flat, as shields.io draws them.
 * The colours are darker than theirs, so that white letters on them have a contrast
 * of 4.5 to 1 at least (WCAG 2.1, 1.4.3). Nothing in it is foreign text. */
#include "gate/base/str.h"
#include "gate/report/report.h"

#define LABEL   "performance"
#define PADDING 50 /* tenths of a pixel, to either side of a text */

#define GREEN "#2e7d32"
#define RED   "#c62828"
#define AMBER "#8a5a00"
#define GREY  "#555"

struct badge {
    struct str message;
    const char *color;
};

/* Advance widths of Verdana at 11 pixels, in tenths of a pixel; texts are stretched to
 * the sum, so that any font fits. */
static unsigned letter_width(char c)
{
    static const unsigned char lower[] = { 66, 69, 57, 69,  66, 39, 69, 70, 30,
                                           38, 65, 30, 107, 70, 67, 69, 69, 47,
                                           57, 43, 70, 65,  90, 65, 65, 58 };
    if (c >= 'a' && c <= 'z')
        return lower[c - 'a'];
    return c == ' ' ? 39 : 70;
}

static unsigned text_width_tenths(const char *text)
{
    unsigned width = 0;
    for (; *text; text++)
        width += letter_width(*text);
    return width;
}

/* Of rows, growths and goals; at least one. */
static size_t count_worse(const struct result *result)
{
    size_t count = result_count(result, VERDICT_REGRESSED) +
                   result_growths_worse(result) + result_crept(result);
    for (size_t i = 0; i < result->goals.count; i++)
        count += goal_is_missed_anew(&result->goals.items[i]);
    return count;
}

static void add_worse(struct badge *badge, const struct result *result)
{
    size_t count = count_worse(result);
    badge->color = RED;
    if (count)
        str_addf(&badge->message, "%zu regressed", count);
    else
        str_add(&badge->message, "layout sensitive");
}

static void describe(const struct result *result, struct badge *badge)
{
    const struct sharding *sharding = result->sharding;
    badge->color = GREEN;
    if (sharding && sharding->shard) {
        badge->color = GREY;
        str_addf(&badge->message, "part %zu of %zu", sharding->shard, sharding->count);
        return;
    }
    switch (result->exit) {
    case GATE_REGRESSED:
        add_worse(badge, result);
        return;
    case GATE_NOT_MEASURED:
        badge->color = GREY;
        str_add(&badge->message, "not measured");
        return;
    case GATE_INCONCLUSIVE:
        break;
    case GATE_PASS:
        if (result->verdict == VERDICT_INCONCLUSIVE)
            break;
        str_add(&badge->message, "no regression");
        return;
    }
    badge->color = AMBER;
    str_add(&badge->message, "inconclusive");
}

static void
add_text(struct str *out, const char *text, unsigned x_tenths, unsigned width_tenths)
{
    str_addf(out,
             "<text x=\"%u\" y=\"140\" transform=\"scale(.1)\" textLength=\"%u\">%s"
             "</text>",
             x_tenths, width_tenths, text);
}

void report_badge(const struct result *result, struct str *out)
{
    struct badge badge = { .message = STR_INIT };
    describe(result, &badge);
    const char *message = badge.message.data;
    unsigned label_tenths = text_width_tenths(LABEL);
    unsigned message_tenths = text_width_tenths(message);
    unsigned left = (label_tenths + 2 * PADDING + 9) / 10;
    unsigned right = (message_tenths + 2 * PADDING + 9) / 10;
    str_addf(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"20\" "
        "role=\"img\" aria-label=\"" LABEL ": %s\"><title>" LABEL ": %s</title>"
        "<clipPath id=\"badge%u\"><rect width=\"%u\" height=\"20\" rx=\"3\"/></clipPath>"
        "<g clip-path=\"url(#badge%u)\"><rect width=\"%u\" height=\"20\" fill=\"#444\"/>"
        "<rect x=\"%u\" width=\"%u\" height=\"20\" fill=\"%s\"/></g>"
        "<g fill=\"#fff\" text-anchor=\"middle\" "
        "font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" font-size=\"110\">",
        left + right, message, message, left + right, left + right, left + right, left,
        left, right, badge.color);
    add_text(out, LABEL, left * 5, label_tenths);
    add_text(out, message, left * 10 + right * 5, message_tenths);
    str_add(out, "</g></svg>\n");
    str_clear(&badge.message);
}
