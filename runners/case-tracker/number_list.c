#include "runners/case-tracker/number_list.h"

#include <string.h>

#include "gate/base/array.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case.h"
#include "runners/case-tracker/case_id.h"

void number_list_clear(struct number_list *numbers)
{
    array_clear(numbers);
}

static int add_line(struct number_list *numbers, char *line, struct error *err)
{
    size_t length = strlen(line);
    if (length && line[length - 1] == '\r')
        line[--length] = '\0';
    return length ? case_id_parse(line, array_push(numbers), err) : 0;
}

int number_list_read(struct number_list *numbers, const char *path, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (file_read(path, &text, err) < 0)
        return -1;
    size_t line_number = 1;
    for (char *line = text.data; *line; line_number++) {
        char *end = strchr(line, '\n');
        char *next = end ? end + 1 : line + strlen(line);
        if (end)
            *end = '\0';
        if (add_line(numbers, line, err) < 0)
            return error_prefix(err, "in '%s', line %zu: ", path, line_number);
        line = next;
    }
    return 0;
}
