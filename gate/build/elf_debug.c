/* Why: where lines move, so does debug information, though the code stays. And linkers
 * order its merged strings by a hash of their text, so that two builds of one source in
 * two directories differ by chance. */
#include "gate/build/elf_debug.h"

#include <elf.h>
#include <endian.h>
#include <string.h>

#include "gate/base/str.h"

#if __BYTE_ORDER == __LITTLE_ENDIAN
#define OUR_BYTE_ORDER ELFDATA2LSB
#else
#define OUR_BYTE_ORDER ELFDATA2MSB
#endif

/* A file of which header and tables are known to lie inside. */
struct image {
    const unsigned char *bytes;
    size_t size;
    Elf64_Ehdr header;
    Elf64_Shdr names; /* the section of the sections' names */
};

static bool is_inside(const struct image *image, uint64_t offset, uint64_t size)
{
    return offset <= image->size && size <= image->size - offset;
}

static Elf64_Shdr section_at(const struct image *image, size_t index)
{
    Elf64_Shdr section;
    memcpy(&section, image->bytes + image->header.e_shoff + index * sizeof section,
           sizeof section);
    return section;
}

/* Whole numbers of sections past 0xff00 stand elsewhere; such files count as doubtful. */
static bool image_open(struct image *image, const unsigned char *bytes, size_t size)
{
    *image = (struct image){ .bytes = bytes, .size = size };
    Elf64_Ehdr *header = &image->header;
    if (size < sizeof *header)
        return false;
    memcpy(header, bytes, sizeof *header);
    if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
        header->e_ident[EI_CLASS] != ELFCLASS64 ||
        header->e_ident[EI_DATA] != OUR_BYTE_ORDER ||
        header->e_shentsize != sizeof(Elf64_Shdr) || header->e_shnum == 0 ||
        header->e_shstrndx >= header->e_shnum ||
        !is_inside(image, header->e_shoff,
                   (uint64_t)header->e_shnum * sizeof(Elf64_Shdr)))
        return false;
    image->names = section_at(image, header->e_shstrndx);
    return image->names.sh_size > 0 &&
           is_inside(image, image->names.sh_offset, image->names.sh_size) &&
           bytes[image->names.sh_offset + image->names.sh_size - 1] == '\0';
}

/* "" for a name that is not there. */
static const char *name_of(const struct image *image, const Elf64_Shdr *section)
{
    if (section->sh_name >= image->names.sh_size)
        return "";
    return (const char *)image->bytes + image->names.sh_offset + section->sh_name;
}

static bool is_debug(const struct image *image, const Elf64_Shdr *section)
{
    return section->sh_type == SHT_PROGBITS && !(section->sh_flags & SHF_ALLOC) &&
           str_starts_with(name_of(image, section), ".debug_");
}

/* Where nothing that the headers tell of comes any more. */
static uint64_t end_of_sections(const struct image *image)
{
    uint64_t end =
        image->header.e_shoff + (uint64_t)image->header.e_shnum * sizeof(Elf64_Shdr);
    for (size_t i = 0; i < image->header.e_shnum; i++) {
        Elf64_Shdr section = section_at(image, i);
        uint64_t section_end = section.sh_offset + section.sh_size;
        if (section.sh_type != SHT_NOBITS && section_end > end)
            end = section_end;
    }
    return end;
}

/* The first byte of a debug section; all that is loaded comes before it. */
static uint64_t start_of_debug(const struct image *image)
{
    uint64_t start = image->size;
    for (size_t i = 0; i < image->header.e_shnum; i++) {
        Elf64_Shdr section = section_at(image, i);
        if (is_debug(image, &section) && section.sh_offset < start)
            start = section.sh_offset;
    }
    return start;
}

static bool
sections_equal(const struct image *base, const struct image *head, size_t index)
{
    Elf64_Shdr a = section_at(base, index);
    Elf64_Shdr b = section_at(head, index);
    bool are_debug = is_debug(base, &a) && is_debug(head, &b);
    if (!str_equal(name_of(base, &a), name_of(head, &b)) || a.sh_type != b.sh_type ||
        a.sh_flags != b.sh_flags || a.sh_addr != b.sh_addr || a.sh_link != b.sh_link ||
        a.sh_info != b.sh_info || a.sh_entsize != b.sh_entsize)
        return false;
    if (are_debug)
        return true;
    if (a.sh_size != b.sh_size)
        return false;
    return a.sh_type == SHT_NOBITS ||
           (is_inside(base, a.sh_offset, a.sh_size) &&
            is_inside(head, b.sh_offset, b.sh_size) &&
            memcmp(base->bytes + a.sh_offset, head->bytes + b.sh_offset, a.sh_size) == 0);
}

/* Everything up to the debug sections, where the files must agree byte by byte, but for
 * the place of the table of sections. */
static bool fronts_equal(const struct image *base, const struct image *head)
{
    Elf64_Ehdr a = base->header;
    Elf64_Ehdr b = head->header;
    uint64_t front = start_of_debug(base);
    a.e_shoff = 0;
    b.e_shoff = 0;
    return front == start_of_debug(head) && front >= sizeof a &&
           memcmp(&a, &b, sizeof a) == 0 &&
           memcmp(base->bytes + sizeof a, head->bytes + sizeof a, front - sizeof a) == 0;
}

bool elf_equal_but_for_debug(const unsigned char *base_bytes,
                             size_t base_size,
                             const unsigned char *head_bytes,
                             size_t head_size)
{
    struct image base;
    struct image head;
    if (!image_open(&base, base_bytes, base_size) ||
        !image_open(&head, head_bytes, head_size) ||
        end_of_sections(&base) != base_size || end_of_sections(&head) != head_size ||
        !fronts_equal(&base, &head))
        return false;
    for (size_t i = 0; i < base.header.e_shnum; i++) {
        if (!sections_equal(&base, &head, i))
            return false;
    }
    return true;
}

/* The next section from index on that is loaded; e_shnum: none. */
static size_t next_loaded(const struct image *image, size_t index)
{
    while (index < image->header.e_shnum &&
           !(section_at(image, index).sh_flags & SHF_ALLOC))
        index++;
    return index;
}

static bool loaded_alike(const struct image *base,
                         size_t in_base,
                         const struct image *head,
                         size_t in_head)
{
    Elf64_Shdr a = section_at(base, in_base);
    Elf64_Shdr b = section_at(head, in_head);
    if (!str_equal(name_of(base, &a), name_of(head, &b)) || a.sh_type != b.sh_type ||
        a.sh_flags != b.sh_flags || a.sh_addr != b.sh_addr || a.sh_size != b.sh_size)
        return false;
    return a.sh_type == SHT_NOBITS ||
           (is_inside(base, a.sh_offset, a.sh_size) &&
            is_inside(head, b.sh_offset, b.sh_size) &&
            memcmp(base->bytes + a.sh_offset, head->bytes + b.sh_offset, a.sh_size) == 0);
}

bool elf_equal_when_loaded(const unsigned char *base_bytes,
                           size_t base_size,
                           const unsigned char *head_bytes,
                           size_t head_size)
{
    struct image base;
    struct image head;
    if (!image_open(&base, base_bytes, base_size) ||
        !image_open(&head, head_bytes, head_size))
        return false;
    size_t in_base = next_loaded(&base, 0);
    size_t in_head = next_loaded(&head, 0);
    while (in_base < base.header.e_shnum && in_head < head.header.e_shnum) {
        if (!loaded_alike(&base, in_base, &head, in_head))
            return false;
        in_base = next_loaded(&base, in_base + 1);
        in_head = next_loaded(&head, in_head + 1);
    }
    return in_base == base.header.e_shnum && in_head == head.header.e_shnum;
}

bool elf_has_lines(const unsigned char *bytes, size_t size)
{
    struct image image;
    if (!image_open(&image, bytes, size))
        return false;
    for (size_t i = 0; i < image.header.e_shnum; i++) {
        Elf64_Shdr section = section_at(&image, i);
        if (str_equal(name_of(&image, &section), ".debug_line"))
            return true;
    }
    return false;
}
