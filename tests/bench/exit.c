/* The program of the overhead benchmark: as little as a program can do. */
int main(void)
{
    return 0;
}
