/* --export FILE of `pawl measure`: the format is told by the file's ending. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"

struct error;
struct result;
struct runs;
struct str;

enum export_format {
    EXPORT_JSON,
    EXPORT_CSV,
    EXPORT_MARKDOWN
};

/* That of a path: .json, .csv, .md. -1 with ERROR_USAGE for any other ending. */
int export_format_of(const char *path, enum export_format *out, struct error *err)
    MUST_CHECK;

/* Refuses paths with other endings, before anything is measured. */
int export_check(const struct strvec *paths, struct error *err) MUST_CHECK;

/* Write each file whole: one command's runs; or two commands' result, as CSV its pairs
 * ("base,head" and the metric that was judged), which `pawl compare --paired` reads. */
int export_runs(const struct strvec *paths,
                const struct strvec *argv,
                const struct runs *runs,
                struct error *err) MUST_CHECK;
int export_result(const struct strvec *paths,
                  const struct result *result,
                  struct error *err) MUST_CHECK;
