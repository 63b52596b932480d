#include "gate/cli/exit_code.h"

#include <stdlib.h>

enum exit_code exit_code_of(const struct error *err)
{
    switch (err->code) {
    case ERROR_NONE:
        return EXIT_PASS;
    case ERROR_USAGE:
    case ERROR_CONFIG:
    case ERROR_GIT:
        return EXIT_USAGE;
    case ERROR_BUILD:
    case ERROR_BENCHMARK:
        return EXIT_NOT_MEASURED;
    case ERROR_SYSTEM:
        return EXIT_TROUBLE;
    case ERROR_INTERRUPTED:
        return EXIT_INTERRUPTED;
    }
    abort();
}
