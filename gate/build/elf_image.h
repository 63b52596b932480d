/* A 64-bit ELF file of this machine's byte order, as bytes in memory: its header and its
 * table of sections. Files may be damaged: nothing outside the bytes is read. */
#pragma once

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

/* Header and tables are known to lie inside. */
struct elf_image {
    const unsigned char *bytes; /* borrowed */
    size_t size;
    Elf64_Ehdr header;
    Elf64_Shdr names; /* the section of the sections' names */
};

/* False for what is no such file, and for one whose tables do not lie inside. Whole
 * numbers of sections past 0xff00 stand elsewhere; such files count as doubtful. */
bool elf_image_open(struct elf_image *image, const unsigned char *bytes, size_t size)
    MUST_CHECK;

/* index is below header.e_shnum. */
Elf64_Shdr elf_section_at(const struct elf_image *image, size_t index);
/* "" for a name that is not there. Borrowed from the bytes. */
const char *elf_section_name(const struct elf_image *image, const Elf64_Shdr *section);
/* Whether so many bytes from offset on are part of the file. */
bool elf_is_inside(const struct elf_image *image, uint64_t offset, uint64_t size);
