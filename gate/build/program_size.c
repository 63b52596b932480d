#include "gate/build/program_size.h"

#include "gate/build/elf_image.h"
#include "gate/build/file_copy.h"

/* Adds to the part that the section is of; false where it does not lie inside the file,
 * or the sum is more than a program can be. As berkeley_sum of binutils/size.c. */
static bool
add_section(const struct elf_image *image, size_t index, struct program_size *size)
{
    Elf64_Shdr section = elf_section_at(image, index);
    bool has_contents = section.sh_type != SHT_NOBITS;
    bool is_text =
        section.sh_flags & SHF_EXECINSTR || !(section.sh_flags & (uint64_t)SHF_WRITE);
    int64_t *part = is_text        ? &size->text_bytes
                    : has_contents ? &size->data_bytes
                                   : &size->bss_bytes;
    if (section.sh_type == SHT_NULL || !(section.sh_flags & SHF_ALLOC))
        return true;
    if (has_contents && !elf_is_inside(image, section.sh_offset, section.sh_size))
        return false;
    if (section.sh_size > (uint64_t)(INT64_MAX - *part))
        return false;
    *part += (int64_t)section.sh_size;
    return true;
}

static bool add_sections(const struct file_copy *file, struct program_size *size)
{
    struct elf_image image;
    if (!elf_image_open(&image, file->bytes, file->size))
        return false;
    for (size_t i = 0; i < image.header.e_shnum; i++) {
        if (!add_section(&image, i, size))
            return false;
    }
    return true;
}

struct program_size program_size_of(const char *path)
{
    AUTO_FILE_COPY struct file_copy file = { 0 };
    if (!file_copy_open(&file, path))
        return (struct program_size){ 0 };
    struct program_size size = { .is_there = true,
                                 .has_parts = true,
                                 .file_bytes = (int64_t)file.size };
    if (add_sections(&file, &size))
        return size;
    return (struct program_size){ .is_there = true, .file_bytes = size.file_bytes };
}
