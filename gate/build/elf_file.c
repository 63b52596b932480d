#include "gate/build/elf_file.h"

#include <elf.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/file.h"
#include "gate/build/elf_debug.h"
#include "gate/build/file_copy.h"

/* Both byte orders: the tool may look at what a cross compiler made. */
static uint32_t read_number(const unsigned char *at, size_t size, bool is_big_endian)
{
    uint32_t number = 0;
    for (size_t i = 0; i < size; i++)
        number |= (uint32_t)at[i] << 8 * (is_big_endian ? size - 1 - i : i);
    return number;
}

static bool is_elf(const unsigned char *bytes, size_t size)
{
    return size > EI_NIDENT && memcmp(bytes, ELFMAG, SELFMAG) == 0;
}

static enum file_kind kind_of_bytes(const unsigned char *bytes, size_t size)
{
    static const char archive[] = "!<arch>\n";
    static const char thin_archive[] = "!<thin>\n";
    if (size >= sizeof archive - 1 &&
        (memcmp(bytes, archive, sizeof archive - 1) == 0 ||
         memcmp(bytes, thin_archive, sizeof archive - 1) == 0))
        return FILE_PART;
    if (!is_elf(bytes, size) || size < offsetof(Elf32_Ehdr, e_type) + sizeof(Elf32_Half))
        return FILE_OTHER;
    uint32_t type = read_number(bytes + offsetof(Elf32_Ehdr, e_type), sizeof(Elf32_Half),
                                bytes[EI_DATA] == ELFDATA2MSB);
    if (type == ET_REL)
        return FILE_PART;
    return type == ET_EXEC || type == ET_DYN ? FILE_PROGRAM : FILE_OTHER;
}

enum file_kind file_kind_of(const char *path)
{
    unsigned char bytes[sizeof(Elf32_Ehdr)];
    AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) < 0 || !S_ISREG(info.st_mode))
        return FILE_MISSING;
    ssize_t got = pread(fd, bytes, sizeof bytes, 0);
    return got < 0 ? FILE_MISSING : kind_of_bytes(bytes, (size_t)got);
}

static bool bytes_equal(const struct file_copy *base, const struct file_copy *head)
{
    return base->size == head->size &&
           (base->size == 0 || memcmp(base->bytes, head->bytes, base->size) == 0);
}

static void replace_path(struct file_copy *copy, const char *from, const char *to)
{
    size_t length = strlen(from);
    unsigned char *rest = copy->bytes;
    size_t left = copy->size;
    if (length == 0 || length != strlen(to))
        return;
    for (;;) {
        unsigned char *found = left ? memmem(rest, left, from, length) : NULL;
        if (!found)
            return;
        memcpy(found, to, length);
        left -= (size_t)(found + length - rest);
        rest = found + length;
    }
}

/* Blanks the ids in notes: name size 4, size, type, "GNU", then the id. The linker hashes
 * it from all other bytes, paths included. */
static void blank_build_ids(struct file_copy *copy)
{
    enum {
        HEADER_BYTES = 16,
        LONGEST_ID_BYTES = 64
    };
    bool is_big_endian = copy->bytes[EI_DATA] == ELFDATA2MSB;
    for (size_t at = 0; at + HEADER_BYTES <= copy->size; at += 4) {
        unsigned char *note = copy->bytes + at;
        if (memcmp(note + 12, ELF_NOTE_GNU, sizeof ELF_NOTE_GNU) != 0 ||
            read_number(note, 4, is_big_endian) != sizeof ELF_NOTE_GNU ||
            read_number(note + 8, 4, is_big_endian) != NT_GNU_BUILD_ID)
            continue;
        uint32_t length = read_number(note + 4, 4, is_big_endian);
        if (length <= LONGEST_ID_BYTES && length <= copy->size - at - HEADER_BYTES)
            memset(note + HEADER_BYTES, 0, length);
    }
}

bool files_equal_but_for_place(const char *base_path,
                               const char *head_path,
                               const char *base_tree,
                               const char *head_tree)
{
    AUTO_FILE_COPY struct file_copy base = { 0 };
    AUTO_FILE_COPY struct file_copy head = { 0 };
    if (!file_copy_open(&base, base_path) || !file_copy_open(&head, head_path))
        return false;
    if (bytes_equal(&base, &head))
        return true;
    replace_path(&base, base_tree, head_tree);
    if (!is_elf(base.bytes, base.size) || !is_elf(head.bytes, head.size))
        return bytes_equal(&base, &head);
    blank_build_ids(&base);
    blank_build_ids(&head);
    return bytes_equal(&base, &head) ||
           elf_equal_but_for_debug(base.bytes, base.size, head.bytes, head.size);
}

bool files_run_alike(const char *base_path,
                     const char *head_path,
                     const char *base_tree,
                     const char *head_tree)
{
    AUTO_FILE_COPY struct file_copy base = { 0 };
    AUTO_FILE_COPY struct file_copy head = { 0 };
    if (!file_copy_open(&base, base_path) || !file_copy_open(&head, head_path) ||
        !is_elf(base.bytes, base.size) || !is_elf(head.bytes, head.size))
        return false;
    replace_path(&base, base_tree, head_tree);
    blank_build_ids(&base);
    blank_build_ids(&head);
    return elf_equal_when_loaded(base.bytes, base.size, head.bytes, head.size);
}

bool file_has_lines(const char *path)
{
    AUTO_FILE_COPY struct file_copy copy = { 0 };
    return file_copy_open(&copy, path) && elf_has_lines(copy.bytes, copy.size);
}
