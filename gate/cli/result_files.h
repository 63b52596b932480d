/* Where a result is written to. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/verdict/result.h"

struct error;
struct report_flames;

/* Borrowed; NULL: not there. */
struct result_files {
    const char *directory; /* gets report.html, report.md and result.json */
    const char *markdown_path;
    const char *json_path;
};

/* Makes their directories, and sees that they can be written, before any work is done. */
int result_files_check(const struct result_files *files, struct error *err) MUST_CHECK;
/* flames: for the page; NULL where nothing was profiled. */
int result_files_write(const struct result_files *files,
                       const struct result *result,
                       const struct report_flames *flames,
                       struct error *err) MUST_CHECK;
