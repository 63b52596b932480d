#include "runners/root_file.h"

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"

void root_read(const char *root, const char *path, struct str *text)
{
    AUTO_FREE char *full = str_format("%s%s", root, path);
    struct error ignored = { 0 };
    str_reset(text);
    if (file_read(full, text, &ignored) < 0)
        str_reset(text);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

char *root_read_line(const char *root, const char *path)
{
    struct str text = STR_INIT;
    root_read(root, path, &text);
    while (text.length && is_blank(text.data[text.length - 1]))
        str_truncate(&text, text.length - 1);
    return str_detach(&text);
}

bool root_has(const char *root, const char *path)
{
    AUTO_FREE char *full = str_format("%s%s", root, path);
    return file_exists(full);
}
