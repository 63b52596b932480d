#include "runners/program.h"

#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"

/* An interpreter may be a script in turn; Linux follows four. */
#define MOST_SCRIPTS 4

static const char *find_path(const struct strvec *environment)
{
    for (size_t i = 0; i < environment->count; i++)
        if (str_starts_with(environment->items[i], "PATH="))
            return environment->items[i] + strlen("PATH=");
    return "/usr/bin:/bin";
}

char *
program_find(const char *word, const struct strvec *environment, const char *directory)
{
    if (strchr(word, '/')) {
        char *path = directory ? path_join(directory, word) : xstrdup(word);
        if (file_exists(path))
            return path;
        free(path);
        return NULL;
    }
    for (const char *at = find_path(environment); *at;) {
        size_t length = strcspn(at, ":");
        AUTO_FREE char *where = xstrndup(at, length);
        char *path = path_join(*where ? where : ".", word);
        if (access(path, X_OK) == 0 && !file_is_directory(path))
            return path;
        free(path);
        at += length + (at[length] == ':');
    }
    return NULL;
}

/* Program headers of a 64-bit file of this machine. */
static enum program_kind look_at_headers(int fd, const Elf64_Ehdr *elf)
{
    Elf64_Phdr header;
    for (uint16_t i = 0; i < elf->e_phnum; i++) {
        off_t at = (off_t)(elf->e_phoff + (uint64_t)i * elf->e_phentsize);
        if (pread(fd, &header, sizeof header, at) != (ssize_t)sizeof header)
            return PROGRAM_UNKNOWN;
        if (header.p_type == PT_INTERP)
            return PROGRAM_DYNAMIC;
    }
    return PROGRAM_STATIC;
}

static uint16_t own_machine(void)
{
#if defined __x86_64__
    return EM_X86_64;
#elif defined __aarch64__
    return EM_AARCH64;
#else
    return EM_NONE;
#endif
}

/* The interpreter in "#! /bin/sh -e"; the caller's. */
static char *read_interpreter(const char *start, size_t length)
{
    AUTO_FREE char *line = xstrndup(start, length);
    const char *name = line + strlen("#!");
    name += strspn(name, " \t");
    return xstrndup(name, strcspn(name, " \t\n"));
}

static enum program_kind look_at(const char *path, char **interpreter)
{
    AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
    union {
        Elf64_Ehdr elf;
        char text[256];
    } start = { .text = "" };
    ssize_t got = fd < 0 ? -1 : pread(fd, &start, sizeof start, 0);
    if (got > 2 && memcmp(start.text, "#!", 2) == 0)
        *interpreter = read_interpreter(start.text, (size_t)got);
    if (got < (ssize_t)sizeof start.elf || memcmp(start.text, ELFMAG, SELFMAG) != 0)
        return PROGRAM_UNKNOWN;
    if (start.elf.e_ident[EI_CLASS] != ELFCLASS64 || start.elf.e_machine != own_machine())
        return PROGRAM_FOREIGN;
    return look_at_headers(fd, &start.elf);
}

enum program_kind program_kind_of(const char *path)
{
    AUTO_FREE char *current = xstrdup(path);
    for (int i = 0; i <= MOST_SCRIPTS; i++) {
        char *interpreter = NULL;
        enum program_kind kind = look_at(current, &interpreter);
        if (!interpreter)
            return kind;
        free(current);
        current = interpreter;
    }
    return PROGRAM_UNKNOWN;
}
