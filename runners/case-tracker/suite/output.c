/* Writing many cases: compact or pretty; in blocks or as one text. */
#include <fcntl.h>
#include <unistd.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "runners/case-tracker/case_format.h"
#include "runners/case-tracker/options.h"
#include "runners/case-tracker/sink.h"
#include "runners/case-tracker/store.h"
#include "runners/case-tracker/suite/suite.h"

/* The disk is not what these ask about: no fsync, and the file of an earlier run is
 * removed, since some file systems write a file to disk that was cut and filled again. */
static int write_out(const char *path,
                     const struct case_format *format,
                     size_t block_size,
                     const struct case_list *cases,
                     struct error *err)
{
    (void)unlink(path);
    AUTO_FD int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return error_errno(err, "cannot create '%s'", path);
    AUTO_SINK struct sink out;
    sink_init(&out, fd, path, block_size);
    if (case_format_write(format, cases, &out, err) < 0)
        return -1;
    return sink_flush(&out, err);
}

/* FILE TIMES OUT: several times, since loading costs as much as saving. */
static int save(const char *const *arguments,
                const struct case_format *format,
                size_t block_size,
                struct str *answer,
                struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    uint64_t times = 0;
    if (options_number(arguments[1], "TIMES", 1, 1000000, &times, err) < 0 ||
        store_load(arguments[0], &cases, err) < 0)
        return -1;
    for (uint64_t i = 0; i < times; i++) {
        if (write_out(arguments[2], format, block_size, &cases, err) < 0)
            return -1;
    }
    str_addf(answer, "%zu cases written\n", cases.count);
    return 0;
}

int run_save_compact(const char *const *arguments, struct str *answer, struct error *err)
{
    return save(arguments, &case_format_json, SINK_BLOCK_SIZE, answer, err);
}

int run_save_pretty(const char *const *arguments, struct str *answer, struct error *err)
{
    return save(arguments, &case_format_json_pretty, SINK_BLOCK_SIZE, answer, err);
}

int run_output_stream(const char *const *arguments, struct str *answer, struct error *err)
{
    return save(arguments, &case_format_text, SINK_BLOCK_SIZE, answer, err);
}

int run_output_whole(const char *const *arguments, struct str *answer, struct error *err)
{
    return save(arguments, &case_format_text, SINK_WHOLE, answer, err);
}
