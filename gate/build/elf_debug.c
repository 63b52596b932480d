/* Why: where lines move, so does debug information, though the code stays. And linkers
 * order its merged strings by a hash of their text, so that two builds of one source in
 * two directories differ by chance. */
#include "gate/build/elf_debug.h"

#include <string.h>

#include "gate/base/str.h"
#include "gate/build/elf_image.h"

static bool is_debug(const struct elf_image *image, const Elf64_Shdr *section)
{
    return section->sh_type == SHT_PROGBITS && !(section->sh_flags & SHF_ALLOC) &&
           str_starts_with(elf_section_name(image, section), ".debug_");
}

/* Where nothing that the headers tell of comes any more. */
static uint64_t end_of_sections(const struct elf_image *image)
{
    uint64_t end =
        image->header.e_shoff + (uint64_t)image->header.e_shnum * sizeof(Elf64_Shdr);
    for (size_t i = 0; i < image->header.e_shnum; i++) {
        Elf64_Shdr section = elf_section_at(image, i);
        uint64_t section_end = section.sh_offset + section.sh_size;
        if (section.sh_type != SHT_NOBITS && section_end > end)
            end = section_end;
    }
    return end;
}

/* The first byte of a debug section; all that is loaded comes before it. */
static uint64_t start_of_debug(const struct elf_image *image)
{
    uint64_t start = image->size;
    for (size_t i = 0; i < image->header.e_shnum; i++) {
        Elf64_Shdr section = elf_section_at(image, i);
        if (is_debug(image, &section) && section.sh_offset < start)
            start = section.sh_offset;
    }
    return start;
}

static bool
sections_equal(const struct elf_image *base, const struct elf_image *head, size_t index)
{
    Elf64_Shdr a = elf_section_at(base, index);
    Elf64_Shdr b = elf_section_at(head, index);
    bool are_debug = is_debug(base, &a) && is_debug(head, &b);
    if (!str_equal(elf_section_name(base, &a), elf_section_name(head, &b)) ||
        a.sh_type != b.sh_type || a.sh_flags != b.sh_flags || a.sh_addr != b.sh_addr ||
        a.sh_link != b.sh_link || a.sh_info != b.sh_info || a.sh_entsize != b.sh_entsize)
        return false;
    if (are_debug)
        return true;
    if (a.sh_size != b.sh_size)
        return false;
    return a.sh_type == SHT_NOBITS ||
           (elf_is_inside(base, a.sh_offset, a.sh_size) &&
            elf_is_inside(head, b.sh_offset, b.sh_size) &&
            memcmp(base->bytes + a.sh_offset, head->bytes + b.sh_offset, a.sh_size) == 0);
}

/* Everything up to the debug sections, where the files must agree byte by byte, but for
 * the place of the table of sections. */
static bool fronts_equal(const struct elf_image *base, const struct elf_image *head)
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
    struct elf_image base;
    struct elf_image head;
    if (!elf_image_open(&base, base_bytes, base_size) ||
        !elf_image_open(&head, head_bytes, head_size) ||
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
static size_t next_loaded(const struct elf_image *image, size_t index)
{
    while (index < image->header.e_shnum &&
           !(elf_section_at(image, index).sh_flags & SHF_ALLOC))
        index++;
    return index;
}

static bool loaded_alike(const struct elf_image *base,
                         size_t in_base,
                         const struct elf_image *head,
                         size_t in_head)
{
    Elf64_Shdr a = elf_section_at(base, in_base);
    Elf64_Shdr b = elf_section_at(head, in_head);
    if (!str_equal(elf_section_name(base, &a), elf_section_name(head, &b)) ||
        a.sh_type != b.sh_type || a.sh_flags != b.sh_flags || a.sh_addr != b.sh_addr ||
        a.sh_size != b.sh_size)
        return false;
    return a.sh_type == SHT_NOBITS ||
           (elf_is_inside(base, a.sh_offset, a.sh_size) &&
            elf_is_inside(head, b.sh_offset, b.sh_size) &&
            memcmp(base->bytes + a.sh_offset, head->bytes + b.sh_offset, a.sh_size) == 0);
}

bool elf_equal_when_loaded(const unsigned char *base_bytes,
                           size_t base_size,
                           const unsigned char *head_bytes,
                           size_t head_size)
{
    struct elf_image base;
    struct elf_image head;
    if (!elf_image_open(&base, base_bytes, base_size) ||
        !elf_image_open(&head, head_bytes, head_size))
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
    struct elf_image image;
    if (!elf_image_open(&image, bytes, size))
        return false;
    for (size_t i = 0; i < image.header.e_shnum; i++) {
        Elf64_Shdr section = elf_section_at(&image, i);
        if (str_equal(elf_section_name(&image, &section), ".debug_line"))
            return true;
    }
    return false;
}
