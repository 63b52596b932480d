/* libpawl-fork.so: preloaded into a program that runs under callgrind, it makes each
 * forked child begin at zero. Without it a child carries the counts of its parent up to
 * the fork, and these would be added up once for each child.
 *
 * The request to valgrind is a sequence of instructions that does nothing on the real
 * machine; it is that of valgrind.h (VALGRIND_DO_CLIENT_REQUEST), and the number that of
 * CALLGRIND_ZERO_STATS in callgrind.h, both part of valgrind. */
#include <pthread.h>
#include <stdint.h>

#define ZERO_STATS (((uint64_t)'C' << 24 | (uint64_t)'T' << 16) + 1)

static void begin_at_zero(void)
{
    volatile uint64_t request[6] = { ZERO_STATS };
#if defined __x86_64__
    uint64_t answer = 0;
    __asm__ volatile("rolq $3, %%rdi ; rolq $13, %%rdi\n\t"
                     "rolq $61, %%rdi ; rolq $51, %%rdi\n\t"
                     "xchgq %%rbx, %%rbx"
                     : "=d"(answer)
                     : "a"(&request[0]), "0"(answer)
                     : "cc", "memory");
#elif defined __aarch64__
    __asm__ volatile("mov x3, #0\n\t"
                     "mov x4, %0\n\t"
                     "ror x12, x12, #3 ; ror x12, x12, #13\n\t"
                     "ror x12, x12, #51 ; ror x12, x12, #61\n\t"
                     "orr x10, x10, x10"
                     :
                     : "r"(&request[0])
                     : "cc", "memory", "x3", "x4");
#else
    (void)request;
#endif
}

__attribute__((constructor)) static void watch_forks(void)
{
    pthread_atfork(NULL, NULL, begin_at_zero);
}
