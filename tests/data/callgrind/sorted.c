/* Sorts, prints into a buffer, and calls itself: profiled by test_callgrind_programs. */
#include <stdio.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static int fib(int n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

int main(void)
{
    static int v[3000];
    unsigned seed = 1;
    for (int i = 0; i < 3000; i++)
        v[i] = (int)((seed = seed * 1103515245 + 12345) >> 8);
    qsort(v, 3000, sizeof *v, compare);
    char text[64];
    int n = 0;
    for (int i = 0; i < 100; i++)
        n += snprintf(text, sizeof text, "%d %s", v[i], "x");
    return fib(12) + n > 0 ? 0 : 1;
}
