/* spin THOUSANDS [LOG2_BYTES]: so many thousand turns of a loop that reads and writes at
 * random in so much memory; 64 KiB where that is not said. */
#include <stdint.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    long turns = argc > 1 ? strtol(argv[1], NULL, 10) * 1000 : 0;
    unsigned bits = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 16;
    if (bits < 3 || bits > 34)
        return 2;
    size_t count = (size_t)1 << (bits - 2);
    uint32_t *memory = malloc(count * sizeof *memory);
    if (!memory)
        return 1;
    for (size_t i = 0; i < count; i++)
        memory[i] = (uint32_t)i * UINT32_C(2654435761);
    uint32_t x = 1;
    for (long i = 0; i < turns; i++) {
        x = x * UINT32_C(1664525) + UINT32_C(1013904223) + memory[(x >> 7) & (count - 1)];
        memory[(x >> 3) & (count - 1)] ^= x;
    }
    free(memory);
    return x == 77;
}
