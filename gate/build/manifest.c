#include "gate/build/manifest.h"

#include <string.h>
#include <sys/stat.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/source/hash.h"

/* One entry: "mode size seconds.nanoseconds name" and a NUL, as names may hold anything
 * else. */
static void add_entry(struct str *list, const char *name, const struct stat *info)
{
    str_addf(list, "%o %lld %lld.%09ld %s", info->st_mode, (long long)info->st_size,
             (long long)info->st_mtim.tv_sec, info->st_mtim.tv_nsec, name);
    str_add_char(list, '\0');
}

static bool is_of_git(const char *name)
{
    return str_equal(name, ".git") || str_starts_with(name, ".git/") ||
           str_ends_with(name, "/.git") || strstr(name, "/.git/");
}

static int
visit(void *context, const char *name, const struct stat *info, struct error *err)
{
    (void)err;
    if (!is_of_git(name) && (S_ISREG(info->st_mode) || S_ISLNK(info->st_mode)))
        add_entry(context, name, info);
    return 0;
}

int manifest_write(const char *root,
                   const char *path,
                   char hash[SOURCE_ID_SIZE],
                   struct error *err)
{
    AUTO_STR struct str list = STR_INIT;
    if (tree_walk(root, visit, &list, err) < 0 ||
        file_write(path, list.data, list.length, err) < 0)
        return -1;
    source_hash_text(list.data, list.length, hash);
    return 0;
}

static const char *name_of(const char *entry)
{
    const char *name = entry;
    for (int blanks = 0; blanks < 3 && name; blanks++) {
        name = strchr(name, ' ');
        name = name ? name + 1 : NULL;
    }
    return name ? name : "";
}

static bool entry_holds(const char *root, const char *entry, struct str *why)
{
    const char *name = name_of(entry);
    AUTO_FREE char *path = path_join(root, name);
    AUTO_STR struct str now = STR_INIT;
    struct stat info;
    if (lstat(path, &info) < 0) {
        str_addf(why, "'%s' is gone", name);
        return false;
    }
    add_entry(&now, name, &info);
    if (str_equal(now.data, entry))
        return true;
    str_addf(why, "'%s' was changed", name);
    return false;
}

bool manifest_holds(const char *root, const char *path, const char *hash, struct str *why)
{
    AUTO_STR struct str list = STR_INIT;
    struct error err = { 0 };
    char found[SOURCE_ID_SIZE];
    if (file_read(path, &list, &err) < 0) {
        str_add(why, err.message);
        return false;
    }
    source_hash_text(list.data, list.length, found);
    if (!str_equal(found, hash)) {
        str_add(why, "its list of files is damaged");
        return false;
    }
    for (size_t at = 0; at < list.length; at += strlen(list.data + at) + 1) {
        if (!entry_holds(root, list.data + at, why))
            return false;
    }
    return true;
}
