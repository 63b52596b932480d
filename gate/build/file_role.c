#include "gate/build/file_role.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "gate/base/path.h"
#include "gate/base/str.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const source_endings[] = {
    ".c",   ".h",   ".cc",  ".cpp", ".cxx", ".c++",  ".hh",    ".hpp",
    ".hxx", ".inl", ".s",   ".S",   ".rs",  ".go",   ".zig",   ".m",
    ".mm",  ".f",   ".f90", ".md",  ".rst", ".adoc", ".cmake", ".mk",
};
static const char *const source_names[] = {
    "CMakeLists.txt",
    "Cargo.toml",
    "Cargo.lock",
    "go.mod",
    "go.sum",
    "CMakePresets.json",
    "Makefile",
    "GNUmakefile",
    "makefile",
    "meson.build",
    "meson_options.txt",
    "configure.ac",
    "Makefile.am",
    "Makefile.in",
    "LICENSE",
    "COPYING",
    "NOTICE",
    "AUTHORS",
    "README",
    "CHANGELOG",
    "CONTRIBUTING",
    "CODEOWNERS",
    ".gitignore",
    ".gitattributes",
    ".clang-format",
    ".clang-tidy",
    ".editorconfig",
    "LICENSE.txt",
    "COPYING.txt",
    "README.txt",
    "CHANGELOG.txt",
    "NOTICE.txt",
};
static const char *const source_folders[] = { "doc", "docs", ".github" };

static const char *const byproduct_endings[] = {
    ".d",    ".o",    ".obj",   ".lo",    ".la",        ".log",
    ".gcno", ".gcda", ".rmeta", ".ninja", ".ninja_log", ".ninja_deps",
};
static const char *const byproduct_names[] = {
    "CMakeCache.txt", "compile_commands.json", "config.status",
    ".cargo-lock",    ".rustc_info.json",
};
static const char *const byproduct_folders[] = {
    "CMakeFiles", "Testing",    ".fingerprint",  "incremental", ".deps",
    "meson-logs", "meson-info", "meson-private", "__pycache__",
};

static bool
is_among(const char *text, size_t length, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(list[i]) == length && memcmp(list[i], text, length) == 0)
            return true;
    }
    return false;
}

static bool has_folder(const char *path, const char *const *list, size_t count)
{
    const char *start = path;
    for (const char *slash = strchr(start, '/'); slash; slash = strchr(start, '/')) {
        if (is_among(start, (size_t)(slash - start), list, count))
            return true;
        start = slash + 1;
    }
    return false;
}

static bool has_ending(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_ends_with(name, list[i]))
            return true;
    }
    return false;
}

/* docs/ holds what people read in formats that programs read too; only texts count. */
static bool is_document(const char *path)
{
    static const char *const endings[] = { ".txt", ".png", ".svg", ".html", ".yml" };
    return has_folder(path, source_folders, COUNT(source_folders)) &&
           has_ending(path, endings, COUNT(endings));
}

enum file_role file_role_of(const char *path)
{
    static const char *const git[] = { ".git" };
    const char *name = path_base(path);
    size_t length = strlen(name);

    if (has_folder(path, git, COUNT(git)) || is_among(name, length, git, COUNT(git)))
        return FILE_ROLE_GIT;
    if (has_folder(path, byproduct_folders, COUNT(byproduct_folders)) ||
        has_ending(name, byproduct_endings, COUNT(byproduct_endings)) ||
        is_among(name, length, byproduct_names, COUNT(byproduct_names)))
        return FILE_ROLE_BYPRODUCT;
    if (has_ending(name, source_endings, COUNT(source_endings)) ||
        is_among(name, length, source_names, COUNT(source_names)) || is_document(path))
        return FILE_ROLE_SOURCE;
    return FILE_ROLE_DATA;
}
