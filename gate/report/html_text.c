#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"
#include "gate/report/html_parts.h"
#include "gate/report/phrase.h"

void html_add_text(struct str *out, const char *text)
{
    xml_add_text(out, text);
}

void html_add_code(struct str *out, const char *text)
{
    AUTO_STR struct str name = STR_INIT;
    text_add_clean(&name, text, SHOWN_NAME);
    str_add(out, "<code>");
    xml_add_text(out, name.data);
    str_add(out, "</code>");
}

void html_open_section(struct str *out, const char *id, const char *title)
{
    str_addf(out,
             "<section id=\"%s\" aria-labelledby=\"%s-title\">\n<h2 id=\"%s-title\">", id,
             id, id);
    html_add_text(out, title);
    str_add(out, "</h2>\n");
}

void html_close_section(struct str *out)
{
    str_add(out, "</section>\n");
}

void html_open_table(struct str *out, const char *caption, const char *const *heads)
{
    str_addf(out,
             "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">"
             "<table>\n<caption class=\"unseen\">%s</caption>\n<thead><tr>",
             caption, caption);
    for (; *heads; heads++) {
        bool is_number = **heads == '>';
        str_addf(out, "<th scope=\"col\"%s>%s</th>", is_number ? " class=\"number\"" : "",
                 *heads + is_number);
    }
    str_add(out, "</tr></thead>\n<tbody>\n");
}

void html_close_table(struct str *out)
{
    str_add(out, "</tbody>\n</table></div>\n");
}

void html_add_cell(struct str *out, const char *text)
{
    str_add(out, "<td>");
    html_add_text(out, text);
    str_add(out, "</td>");
}

void html_add_code_cell(struct str *out, const char *text)
{
    str_add(out, "<td>");
    html_add_code(out, text);
    str_add(out, "</td>");
}

void html_add_number_cell(struct str *out, const char *text)
{
    str_add(out, "<td class=\"number\">");
    html_add_text(out, text);
    str_add(out, "</td>");
}

void html_add_left_out(struct str *out, size_t count, const char *noun)
{
    if (!count)
        return;
    str_add(out, "<p class=\"aside\">… and ");
    phrase_add_count(out, count, noun);
    str_add(out, " more, left out here for size; the JSON result has all of them.</p>\n");
}

void html_add_paragraph(struct str *out, const char *text)
{
    str_add(out, "<p>");
    html_add_text(out, text);
    str_add(out, "</p>\n");
}

void html_add_list_of(struct str *out,
                      const struct strvec *items,
                      const char *noun,
                      void (*add)(struct str *out, const char *text))
{
    size_t shown = items->count < HTML_LISTED ? items->count : HTML_LISTED;
    str_add(out, "<ul>\n");
    for (size_t i = 0; i < shown; i++) {
        str_add(out, "<li>");
        add(out, items->items[i]);
        str_add(out, "</li>\n");
    }
    str_add(out, "</ul>\n");
    html_add_left_out(out, items->count - shown, noun);
}

void html_add_list(struct str *out, const struct strvec *items)
{
    html_add_list_of(out, items, "item", html_add_text);
}
