#include "gate/report/flame_svg.h"

#include <math.h>
#include <stdbool.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/base/units.h"
#include "gate/explain/flame_tree.h"
#include "gate/report/escape.h"
#include "gate/report/flame_notes.h"
#include "gate/report/flame_script.h"

enum {
    WIDTH = 1000,
    MARGIN = 20,
    FIELD = WIDTH - 2 * MARGIN, /* WIDTH of the script */
    ROW = 18,
    LINE = 15,
    TOP = 150, /* of the first panel */
    HEADING = 26,
    GAP = 22 /* between panels */
};
#define LETTER   6.7  /* of frames' text, about */
#define LEAST    0.1  /* what is narrower is not drawn */
#define NO_SHARE 5e-4 /* of all changes: what is less is not coloured */

enum panel {
    PANEL_DIFFERENCE,
    PANEL_BASE,
    PANEL_HEAD,
    PANEL_COUNT
};

struct picture {
    const struct flame_tree *tree;
    const struct flame_title *title;
    double *gross;  /* by frame: what it and all below it gained and lost, added up */
    double *left;   /* by frame: where it begins, in these units */
    double *filled; /* by frame: up to where those below it stand */
    double scale[PANEL_COUNT]; /* pixels a unit */
    struct str *out;
};

static const struct flame_frame *frame_at(const struct picture *picture, size_t i)
{
    return &picture->tree->frames.items[i];
}

static double difference(const struct flame_frame *frame)
{
    return frame->inclusive[SIDE_HEAD] - frame->inclusive[SIDE_BASE];
}

static double size_of(const struct picture *picture, enum panel panel, size_t i)
{
    if (panel == PANEL_DIFFERENCE)
        return picture->gross[i];
    return frame_at(picture, i)->inclusive[panel == PANEL_BASE ? SIDE_BASE : SIDE_HEAD];
}

/* What two costs differ by; 0 where chance alone may have done it: less than three
 * standard deviations (Poisson: the variance of a count is the count, that of so many
 * times it as many times the product). */
static double told_apart(const struct picture *picture, const double costs[SIDE_COUNT])
{
    double change = costs[SIDE_HEAD] - costs[SIDE_BASE];
    double variance = 0;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        double each = picture->tree->sample_cost[side];
        variance += costs[side] * (each > 0 ? each : 1);
    }
    double deviation = sqrt(variance);
    bool is_chance = picture->tree->is_sampled && fabs(change) <= 3 * deviation;
    return is_chance ? 0 : change;
}

/* From the last to the first, for each stands behind the one above it. Of samples, many
 * that each may be chance can be more than chance together. */
static void add_up_changes(struct picture *picture)
{
    for (size_t i = picture->tree->frames.count; i-- > 0;) {
        const struct flame_frame *frame = frame_at(picture, i);
        picture->gross[i] += fabs(told_apart(picture, frame->self));
        if (picture->tree->is_sampled)
            picture->gross[i] =
                fmax(picture->gross[i], fabs(told_apart(picture, frame->inclusive)));
        if (frame->parent != FLAME_NONE)
            picture->gross[frame->parent] += picture->gross[i];
    }
}

static void set_scales(struct picture *picture)
{
    const struct flame_frame *all = frame_at(picture, 0);
    double larger = fmax(all->inclusive[SIDE_BASE], all->inclusive[SIDE_HEAD]);
    picture->scale[PANEL_BASE] = picture->scale[PANEL_HEAD] =
        larger > 0 ? FIELD / larger : 0;
    picture->scale[PANEL_DIFFERENCE] =
        picture->gross[0] > 0 ? FIELD / picture->gross[0] : 0;
}

static void
add_name(struct str *out, const struct flame_tree *tree, const struct flame_frame *frame)
{
    switch (frame->kind) {
    case FLAME_ALL:
        str_addf(out, "the whole %s", flame_whole(tree));
        return;
    case FLAME_FUNCTION:
        text_add_clean(out, frame->name, SHOWN_NAME);
        return;
    case FLAME_OTHERS:
        str_add_counted(out, frame->merged_count, "other");
    }
}

/* Against base's whole run, where it has any. */
static void add_change(struct str *out, const struct picture *picture, size_t i)
{
    double whole = frame_at(picture, 0)->inclusive[SIDE_BASE];
    double change_pct = 100 * difference(frame_at(picture, i)) / fmax(whole, 1);
    if (!(whole > 0))
        str_add(out, "new");
    else if (fabs(change_pct) < 0.05)
        str_add(out, "±0.0 %");
    else
        str_addf(out, "%s%.1f %%", change_pct < 0 ? "−" : "+", fabs(change_pct));
}

static void
add_side(struct str *out, const struct picture *picture, size_t i, enum side side)
{
    double whole = fmax(frame_at(picture, 0)->inclusive[side], 1);
    const struct flame_frame *frame = frame_at(picture, i);
    str_addf(out, "\n%s ", side_names[side]);
    flame_add_costs(out, picture->tree, frame->inclusive[side]);
    str_addf(out, " (%.1f %%), itself ", 100 * frame->inclusive[side] / whole);
    flame_add_number(out, picture->tree, frame->self[side]);
}

static void add_difference(struct str *out, const struct picture *picture, size_t i)
{
    const struct flame_frame *frame = frame_at(picture, i);
    bool differs = fabs(difference(frame)) > 0;
    if (!(frame_at(picture, 0)->inclusive[SIDE_BASE] > 0))
        return;
    str_add(out, "\ndifference ");
    add_change(out, picture, i);
    str_addf(out, " of base's whole %s", flame_whole(picture->tree));
    if (differs && !(fabs(told_apart(picture, frame->inclusive)) > 0))
        str_add(out, ", which chance alone may make");
}

/* The name alone in the first line, as the script expects. */
static void add_tip(const struct picture *picture, size_t i)
{
    const struct flame_frame *frame = frame_at(picture, i);
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str figures = STR_INIT;
    add_name(&name, picture->tree, frame);
    str_add(picture->out, "<title>");
    xml_add_text(picture->out, name.data);
    if (frame->kind == FLAME_FUNCTION) {
        str_add(picture->out, "\n");
        xml_add_text(picture->out, frame->file);
    }
    add_side(&figures, picture, i, SIDE_BASE);
    add_side(&figures, picture, i, SIDE_HEAD);
    add_difference(&figures, picture, i);
    str_add(picture->out, figures.data); /* ours: nothing to escape */
    str_add(picture->out, "</title>");
}

/* How strong a colour: the change's share of all. */
static void add_shade(struct str *out, double share)
{
    static const double limits[] = { NO_SHARE, 0.01, 0.1, 0.5 };
    int level = 0;
    while (level < 4 && fabs(share) >= limits[level])
        level++;
    if (level)
        str_addf(out, " %c%d", share < 0 ? 'm' : 'p', level);
}

/* As much of it as the frame has room for. */
static void add_label(const struct picture *picture,
                      const char *text,
                      double x,
                      double width,
                      uint32_t depth)
{
    AUTO_STR struct str label = STR_INIT;
    double room = floor((width - 6) / LETTER);
    if (room < 3)
        return;
    str_add(&label, text);
    text_cut(&label, (size_t)room);
    str_addf(picture->out, "<text x=\"%.2f\" y=\"%d\">", x + 3, (int)depth * ROW + 13);
    xml_add_text(picture->out, label.data);
    str_add(picture->out, "</text>");
}

static void add_frame(const struct picture *picture, enum panel panel, size_t i)
{
    const struct flame_frame *frame = frame_at(picture, i);
    double x = picture->left[i] * picture->scale[panel];
    double width = size_of(picture, panel, i) * picture->scale[panel];
    struct str *out = picture->out;
    AUTO_STR struct str sign = STR_INIT;
    AUTO_STR struct str label = STR_INIT;
    str_add(out, "<g class=\"f");
    if (panel == PANEL_DIFFERENCE) {
        add_shade(out, told_apart(picture, frame->inclusive) / picture->gross[0]);
        add_change(&sign, picture, i);
        str_add_char(&sign, ' ');
    } else if (frame->is_in_tree) {
        str_add(out, " own");
    }
    str_addf(out, "\" data-i=\"%zu\"", i);
    if (frame->parent != FLAME_NONE)
        str_addf(out, " data-p=\"%u\"", frame->parent);
    if (frame->kind == FLAME_FUNCTION)
        str_addf(out, " data-n=\"%u\"", frame->item);
    if (sign.length)
        str_addf(out, " data-d=\"%s\"", sign.data);
    str_addf(out, "><rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\"/>", x,
             (int)frame->depth * ROW, width, ROW - 1);
    add_tip(picture, i);
    str_add(&label, sign.data);
    add_name(&label, picture->tree, frame);
    add_label(picture, label.data, x, width, frame->depth);
    str_add(out, "</g>\n");
}

/* Behind those beside it that were placed before. */
static void place(struct picture *picture, enum panel panel, size_t i)
{
    uint32_t parent = frame_at(picture, i)->parent;
    bool is_first = parent == FLAME_NONE;
    picture->left[i] = is_first ? 0 : picture->filled[parent];
    picture->filled[i] = picture->left[i];
    if (!is_first)
        picture->filled[parent] += size_of(picture, panel, i);
}

/* Draws the frames that can be seen, and returns how many rows they take. */
static uint32_t add_frames(struct picture *picture, enum panel panel)
{
    uint32_t rows = 0;
    for (size_t i = 0; i < picture->tree->frames.count; i++) {
        const struct flame_frame *frame = frame_at(picture, i);
        place(picture, panel, i);
        if (size_of(picture, panel, i) * picture->scale[panel] < LEAST)
            continue;
        add_frame(picture, panel, i);
        if (rows < frame->depth + 1)
            rows = frame->depth + 1;
    }
    return rows;
}

static void
add_line(struct str *out, int x, int y, const char *attributes, const char *text)
{
    str_addf(out, "<text x=\"%d\" y=\"%d\" %s>", x, y, attributes);
    xml_add_text(out, text);
    str_add(out, "</text>\n");
}

static const char *const panel_names[] = { "Difference", "Base", "Head" };

static void add_heading(const struct picture *picture, enum panel panel, struct str *out)
{
    str_addf(out, "%s: ", panel_names[panel]);
    if (panel != PANEL_DIFFERENCE) {
        flame_add_costs(out, picture->tree, size_of(picture, panel, 0));
        str_add(out, ", the project's own code in green");
    } else if (picture->gross[0] > 0) {
        str_add(out, "more in orange with +, less in blue with −; as wide as what "
                     "changed in and below it");
    } else {
        str_add(out, picture->tree->is_sampled ? "none that chance alone would not make"
                                               : "none");
    }
}

/* Returns where the next panel begins. */
static int add_panel(struct picture *picture, enum panel panel, int y)
{
    AUTO_STR struct str heading = STR_INIT;
    add_heading(picture, panel, &heading);
    add_line(picture->out, MARGIN, y + LINE, "class=\"name\"", heading.data);
    str_addf(picture->out,
             "<g class=\"panel\" role=\"group\" aria-label=\"%s\" "
             "transform=\"translate(%d %d)\">\n",
             panel_names[panel], MARGIN, y + HEADING);
    uint32_t rows = add_frames(picture, panel);
    str_add(picture->out, "</g>\n");
    return y + HEADING + (int)rows * ROW + GAP;
}

static void add_summary(const struct picture *picture, struct str *out)
{
    const struct flame_frame *all = frame_at(picture, 0);
    text_add_clean(out, picture->title->base, SHOWN_NAME);
    str_add(out, " -> ");
    text_add_clean(out, picture->title->head, SHOWN_NAME);
    str_add(out, ": ");
    flame_add_number(out, picture->tree, all->inclusive[SIDE_BASE]);
    str_add(out, " -> ");
    flame_add_costs(out, picture->tree, all->inclusive[SIDE_HEAD]);
    str_add(out, ", ");
    add_change(out, picture, 0);
}

static void add_notes(const struct picture *picture)
{
    for (int i = 0; i < FLAME_NOTES; i++) {
        AUTO_STR struct str note = STR_INIT;
        flame_add_note(&note, picture->tree, (size_t)i);
        add_line(picture->out, MARGIN, 62 + i * LINE, "class=\"faint\"", note.data);
    }
}

static void add_top(const struct picture *picture)
{
    struct str *out = picture->out;
    AUTO_STR struct str title = STR_INIT;
    AUTO_STR struct str summary = STR_INIT;
    text_add_clean(&title, picture->title->bench_id, SHOWN_NAME);
    add_summary(picture, &summary);
    str_add(out, "<title id=\"title\">Flame graph of ");
    xml_add_text(out, title.data);
    str_add(out, "</title>\n<desc id=\"desc\">");
    xml_add_text(out, summary.data);
    str_add(out, "</desc>\n");
    flame_add_style(out);
    str_add(out, "<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
    add_line(out, MARGIN, 26, "class=\"title\"", title.data);
    add_line(out, MARGIN, 44, "", summary.data);
    add_notes(picture);
    str_addf(out, "<g id=\"controls\" transform=\"translate(%d 102)\"></g>\n", MARGIN);
    add_line(out, MARGIN + 232, 119, "id=\"found\" aria-live=\"polite\"", "");
    add_line(out, MARGIN, 142, "id=\"details\" class=\"faint\"", "");
}

static void picture_clear(struct picture *picture)
{
    free_pointer(&picture->gross);
    free_pointer(&picture->left);
    free_pointer(&picture->filled);
}

void flame_svg(const struct flame_tree *tree,
               const struct flame_title *title,
               struct str *out)
{
    size_t count = tree->frames.count;
    int y = TOP;
    AUTO_STR struct str body = STR_INIT;
    AUTO(picture_clear)
    struct picture picture = { .tree = tree,
                               .title = title,
                               .gross = xcalloc(count, sizeof(double)),
                               .left = xcalloc(count, sizeof(double)),
                               .filled = xcalloc(count, sizeof(double)),
                               .out = &body };
    add_up_changes(&picture);
    set_scales(&picture);
    add_top(&picture);
    for (enum panel panel = 0; panel < PANEL_COUNT; panel++)
        y = add_panel(&picture, panel, y);
    str_addf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
             "width=\"%d\" height=\"%d\" role=\"group\" aria-labelledby=\"title "
             "desc\">\n",
             WIDTH, y, WIDTH, y);
    str_add(out, body.data);
    if (!title->is_still)
        flame_add_script(out);
    str_add(out, "</svg>\n");
}
