/* A helper that is cheap for one caller and dear for another, and a function that calls
 * itself: what only whole stacks tell apart. */
static volatile unsigned sink;

__attribute__((noinline)) static void helper(unsigned turns)
{
    for (unsigned i = 0; i < turns; i++)
        sink += i;
}

__attribute__((noinline)) static void read_all(void)
{
    helper(20000);
    sink++;
}

__attribute__((noinline)) static void print_all(void)
{
    helper(PRINTED);
    sink++;
}

__attribute__((noinline)) static void walk(unsigned depth)
{
    helper(5000);
    if (depth)
        walk(depth - 1);
    sink++;
}

int main(void)
{
    for (unsigned i = 0; i < 8000; i++) {
        read_all();
        print_all();
        walk(2);
    }
    return 0;
}
