#include "gate/cli/report_untrusted.h"

#include <string.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/report/report.h"

static int read_file(const char *path, struct str *text, struct error *err)
{
    if (file_read_plain(path, UNTRUSTED_BYTES, text, err) < 0) {
        err->code = ERROR_USAGE;
        return -1;
    }
    if (strlen(text->data) != text->length)
        return error_set(err, ERROR_USAGE,
                         "in '%s': a NUL byte, which JSON does not allow", path);
    return 0;
}

static bool is_id(const char *text)
{
    size_t length = text ? strlen(text) : 0;
    return (length == 40 || length == 64) && !text[strspn(text, "0123456789abcdef")];
}

static int
check_commit(const char *side, const struct revision_info *revision, struct error *err)
{
    if (!is_id(revision->commit))
        return error_set(err, ERROR_USAGE,
                         "in the result, '/%s/commit' must be an id in hex, not '%.80s'",
                         side, revision->commit);
    if (revision->merged && !is_id(revision->merged))
        return error_set(err, ERROR_USAGE,
                         "in the result, '/%s/merged' must be an id in hex, not '%.80s'",
                         side, revision->merged);
    return 0;
}

int report_read_untrusted(const char *path, struct result *out, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (read_file(path, &text, err) < 0)
        return -1;
    AUTO_JSON json_t *json = json_read_text(text.data, path, ERROR_USAGE, err);
    if (!json)
        return -1;
    if (report_json_read(json, out, err) < 0 ||
        check_commit("base", &out->base, err) < 0 ||
        check_commit("head", &out->head, err) < 0)
        return error_prefix(err, "in '%s': ", path);
    return 0;
}

int report_expect_head(const struct result *result, const char *id, struct error *err)
{
    const struct revision_info *head = &result->head;
    if (!is_id(id))
        return error_set(err, ERROR_USAGE,
                         "--expect-head must be a commit's whole id in hex, not '%s'",
                         id);
    if (str_equal(head->commit, id) || (head->merged && str_equal(head->merged, id)))
        return 0;
    return error_set(
        err, ERROR_USAGE,
        "the result is of head %.40s, and not of %s as --expect-head asks: it "
        "is another commit's",
        head->merged ? head->merged : head->commit, id);
}
