/* A program whose allocations are known: what the tests of counting run. Built plainly,
 * with and without -static, and with a malloc of its own. Prints nothing: printf would
 * allocate. */
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef OWN_MALLOC
/* Gives from one array and takes nothing back. */
static unsigned char heap[1 << 20];
static size_t used;

void *malloc(size_t size)
{
    void *memory = heap + used;
    used += (size + 15) / 16 * 16;
    return memory;
}

void free(void *memory)
{
    (void)memory;
}
#endif

static void *blocks[10000];

static void keep(int count, size_t size)
{
    for (int i = 0; i < count; i++)
        blocks[i] = malloc(size);
}

static void give_back(int count)
{
    for (int i = 0; i < count; i++)
        free(blocks[i]);
}

/* From 1000 bytes to 10,000 in steps of 1000: 10 allocations, 55,000 bytes. */
static void grow(void)
{
    char *memory = NULL;
    for (size_t size = 1000; size <= 10000; size += 1000)
        memory = realloc(memory, size);
    memory = realloc(memory, 100);
    free(memory);
}

/* Each way to memory once, 1000 bytes each; the last of them fail. */
static void try_all_ways(void)
{
    void *memory = NULL;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    free(malloc(1000));
    free(calloc(10, 100));
    free(realloc(NULL, 1000));
    free(reallocarray(NULL, 10, 100));
    free(aligned_alloc(1024, 1024));
    free(memalign(64, 1000));
    free(valloc(1000));
    free(pvalloc(page));
    if (posix_memalign(&memory, 4096, 1000) == 0)
        free(memory);
    free(strdup("eleven byte"));
    volatile size_t nothing = 0;
    memory = malloc(1000);
    memory = realloc(memory, nothing); /* freed, in the GNU C library */
    free(NULL);

    volatile size_t too_much = SIZE_MAX / 2;
    free(malloc(too_much));
    free(calloc(too_much, 4));
    free(reallocarray(NULL, too_much, 4));
    memory = malloc(1000);
    if (!realloc(memory, too_much))
        free(memory);
}

static void *work(void *unused)
{
    (void)unused;
    for (int i = 0; i < 10000; i++)
        free(malloc(100));
    return NULL;
}

static void run_threads(void)
{
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
}

/* The child begins with a copy of 100 blocks, frees them, and has 300 of its own. */
static void run_fork(void)
{
    keep(100, 1000);
    pid_t child = fork();
    if (child == 0) {
        give_back(100);
        keep(300, 1000);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    give_back(100);
}

/* One copy of the loop, whatever the compiler would make of several. */
__attribute__((noinline)) static void burn(volatile long count)
{
    for (long i = 0; i < count; i++)
        ;
}

/* 3 children that do half as much as their parent did before. */
static void burn_and_fork(void)
{
    burn(300000);
    for (int i = 0; i < 3; i++)
        if (fork() == 0) {
            burn(150000);
            _exit(0);
        }
    while (wait(NULL) > 0)
        ;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    if (strcmp(what, "nothing") == 0)
        return 0;
    if (strcmp(what, "grow") == 0)
        grow();
    else if (strcmp(what, "all-ways") == 0)
        try_all_ways();
    else if (strcmp(what, "threads") == 0)
        run_threads();
    else if (strcmp(what, "fork") == 0)
        run_fork();
    else if (strcmp(what, "burn") == 0)
        burn(300000);
    else if (strcmp(what, "burn-and-fork") == 0)
        burn_and_fork();
    else
        keep(1000, 1000); /* and then: */

    if (strcmp(what, "keep-half") == 0)
        give_back(500);
    else if (strcmp(what, "exec") == 0)
        execl(argv[0], argv[0], "keep-half", (char *)NULL);
    else if (strcmp(what, "exit") == 0)
        _exit(0);
    else if (strcmp(what, "abort") == 0)
        abort();
    else if (strcmp(what, "kill") == 0)
        raise(SIGKILL);
    return 0;
}
