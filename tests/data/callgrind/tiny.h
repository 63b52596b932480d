static inline int sum_to(int n)
{
    int sum = 0;
    for (int i = 1; i <= n; i++)
        sum += i % 3 ? i : -1;
    return sum;
}
