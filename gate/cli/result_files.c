#include "gate/cli/result_files.h"

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/cli/check.h"
#include "gate/report/report.h"

int result_files_check(const struct result_files *files, struct error *err)
{
    if (files->directory) {
        AUTO_FREE char *path = path_join(files->directory, "report.md");
        if (check_place(path, err) < 0)
            return -1;
    }
    if (files->json_path && check_place(files->json_path, err) < 0)
        return -1;
    return files->markdown_path ? check_place(files->markdown_path, err) : 0;
}

static int write_file(const char *path, const struct str *text, struct error *err)
{
    AUTO_FREE char *directory = path_directory(path);
    if (tree_make(directory, err) < 0)
        return -1;
    return file_write(path, text->data, text->length, err);
}

static int write_into(const char *directory,
                      const char *name,
                      const struct str *text,
                      struct error *err)
{
    AUTO_FREE char *path = path_join(directory, name);
    return write_file(path, text, err);
}

static int write_page(const char *directory,
                      const struct result *result,
                      const struct report_flames *flames,
                      struct error *err)
{
    AUTO_STR struct str page = STR_INIT;
    report_html_with(result, flames, &page);
    return write_into(directory, "report.html", &page, err);
}

int result_files_write(const struct result_files *files,
                       const struct result *result,
                       const struct report_flames *flames,
                       struct error *err)
{
    AUTO_STR struct str markdown = STR_INIT;
    AUTO_STR struct str json = STR_INIT;
    report_markdown(result, &markdown);
    report_json_text(result, &json);
    if (files->directory &&
        (write_into(files->directory, "result.json", &json, err) < 0 ||
         write_into(files->directory, "report.md", &markdown, err) < 0 ||
         write_page(files->directory, result, flames, err) < 0))
        return -1;
    if (files->json_path && write_file(files->json_path, &json, err) < 0)
        return -1;
    return files->markdown_path ? write_file(files->markdown_path, &markdown, err) : 0;
}
