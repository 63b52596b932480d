#include "gate/cli/command.h"

#include <stdio.h>

#include "gate/base/error.h"
#include "gate/base/str.h"

static struct str *captured;

void print_out_into(struct str *text)
{
    captured = text;
}

int print_out(const struct str *text, struct error *err)
{
    if (captured) {
        str_add_bytes(captured, text->data, text->length);
        return 0;
    }
    fwrite(text->data, 1, text->length, stdout);
    if (fflush(stdout) != 0 || ferror(stdout))
        return error_errno(err, "cannot write to standard output");
    return 0;
}
