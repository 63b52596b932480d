/* What the profiles beside this are of: inlined code from another file, a recursion, two
 * functions that call each other, threads. */
#include "tiny.h"

#include <pthread.h>

__attribute__((noinline)) static int fib(int n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

__attribute__((noinline)) static int is_odd(int n);

__attribute__((noinline)) static int is_even(int n)
{
    return n == 0 ? 1 : is_odd(n - 1);
}

static int is_odd(int n)
{
    return n == 0 ? 0 : is_even(n - 1);
}

static void *work(void *argument)
{
    int *result = argument;
    *result = sum_to(*result) + fib(5) + is_even(6);
    return argument;
}

int main(void)
{
    int results[2] = { 20, 30 };
    pthread_t thread;
    work(&results[0]);
    pthread_create(&thread, 0, work, &results[1]);
    pthread_join(thread, 0);
    return results[0] == results[1];
}
