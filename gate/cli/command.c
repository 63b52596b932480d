#include "gate/cli/command.h"

#include <stdio.h>

#include "gate/base/error.h"
#include "gate/base/str.h"

int print_out(const struct str *text, struct error *err)
{
    fwrite(text->data, 1, text->length, stdout);
    if (fflush(stdout) != 0 || ferror(stdout))
        return error_errno(err, "cannot write to standard output");
    return 0;
}
