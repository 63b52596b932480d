#include "gate/build/elf_image.h"

#include <endian.h>
#include <string.h>

#if __BYTE_ORDER == __LITTLE_ENDIAN
#define OUR_BYTE_ORDER ELFDATA2LSB
#else
#define OUR_BYTE_ORDER ELFDATA2MSB
#endif

bool elf_is_inside(const struct elf_image *image, uint64_t offset, uint64_t size)
{
    return offset <= image->size && size <= image->size - offset;
}

Elf64_Shdr elf_section_at(const struct elf_image *image, size_t index)
{
    Elf64_Shdr section;
    memcpy(&section, image->bytes + image->header.e_shoff + index * sizeof section,
           sizeof section);
    return section;
}

bool elf_image_open(struct elf_image *image, const unsigned char *bytes, size_t size)
{
    *image = (struct elf_image){ .bytes = bytes, .size = size };
    Elf64_Ehdr *header = &image->header;
    if (size < sizeof *header)
        return false;
    memcpy(header, bytes, sizeof *header);
    if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
        header->e_ident[EI_CLASS] != ELFCLASS64 ||
        header->e_ident[EI_DATA] != OUR_BYTE_ORDER ||
        header->e_shentsize != sizeof(Elf64_Shdr) || header->e_shnum == 0 ||
        header->e_shstrndx >= header->e_shnum ||
        !elf_is_inside(image, header->e_shoff,
                       (uint64_t)header->e_shnum * sizeof(Elf64_Shdr)))
        return false;
    image->names = elf_section_at(image, header->e_shstrndx);
    return image->names.sh_size > 0 &&
           elf_is_inside(image, image->names.sh_offset, image->names.sh_size) &&
           bytes[image->names.sh_offset + image->names.sh_size - 1] == '\0';
}

const char *elf_section_name(const struct elf_image *image, const Elf64_Shdr *section)
{
    if (section->sh_name >= image->names.sh_size)
        return "";
    return (const char *)image->bytes + image->names.sh_offset + section->sh_name;
}
