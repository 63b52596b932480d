// What is kept, what is given back, and what lies behind a library and a wrapper.
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {
struct Entry {
    char *name;
    Entry *next;
};
Entry *cache;
std::vector<std::string> *lines;
} // namespace

__attribute__((noinline)) static void *allocate(size_t size)
{
    return malloc(size);
}

__attribute__((noinline)) static void remember(const char *name)
{
    Entry *entry = static_cast<Entry *>(allocate(sizeof *entry));
    entry->name = strdup(name);
    entry->next = cache;
    cache = entry;
}

__attribute__((noinline)) static void put(const std::string &line)
{
    lines->push_back(line);
}

int main()
{
    lines = new std::vector<std::string>;
    for (int i = 0; i < 200; i++) {
        remember("a name of some length");
        free(strdup("given back"));
        if (i < 10)
            put("a line that is too long to be kept in place");
    }
    return cache == nullptr;
}
