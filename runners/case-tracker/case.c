#include "runners/case-tracker/case.h"

#include <stdbool.h>
#include <string.h>

#include "runners/case-tracker/plain.h"
#include "runners/case-tracker/utf8.h"

static bool is_control(char c)
{
    return ((unsigned char)c < 0x20) || c == 0x7f;
}

static int check_text(const char *what,
                      const char *text,
                      size_t longest_bytes,
                      const char *controls_allowed,
                      struct error *err)
{
    size_t length = strlen(text);
    if (length == 0)
        return error_set(err, ERROR_CASES, "%s is empty", what);
    if (length > longest_bytes)
        return error_set(err, ERROR_CASES, "%s has %zu bytes, at most %zu are allowed",
                         what, length, longest_bytes);
    size_t plain = plain_printable(text, length); /* mostly all of it */
    for (size_t i = plain; i < length; i++) {
        if (is_control(text[i]) && !strchr(controls_allowed, text[i]))
            return error_set(err, ERROR_CASES, "%s has a control character (0x%02x)",
                             what, (unsigned int)text[i]);
    }
    if (!utf8_is_valid(text + plain, length - plain))
        return error_set(err, ERROR_CASES, "%s is not valid UTF-8", what);
    return 0;
}

int case_check_title(const char *title, struct error *err)
{
    return check_text("the title", title, CASE_TITLE_BYTES_MAX, "", err);
}

int case_check_note(const char *note, struct error *err)
{
    return check_text("the note", note, CASE_NOTE_BYTES_MAX, "\n\t", err);
}
