// What profiles of C++ are difficult for: profiled by test_callgrind_programs.
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace shape {
struct figure {
    virtual ~figure() = default;
    virtual int area(int depth) const = 0;
};
struct square : figure {
    explicit square(int side) : side(side) {}
    int area(int) const override { return side * side; }
    int side;
};
struct nested : figure {
    explicit nested(std::unique_ptr<figure> inner) : inner(std::move(inner)) {}
    int area(int depth) const override
    {
        if (depth > 6)
            throw std::out_of_range("depth " + std::to_string(depth));
        return 1 + inner->area(depth + 1);
    }
    std::unique_ptr<figure> inner;
};
} // namespace shape

template <typename Key, typename Value>
static int count_words(const std::vector<Key> &words)
{
    std::map<Key, Value> seen;
    for (const Key &word : words)
        seen[word] += Value(1);
    int most = 0;
    for (const auto &[word, count] : seen)
        most = std::max(most, int(count));
    return most;
}

template <int N> struct power {
    static int of(int base) { return base * power<N - 1>::of(base); }
};
template <> struct power<0> {
    static int of(int) { return 1; }
};

static int is_odd(int n);
static int is_even(int n) { return n == 0 ? 1 : is_odd(n - 1); }
static int is_odd(int n) { return n == 0 ? 0 : is_even(n - 1); }

static int measure(int levels)
{
    std::unique_ptr<shape::figure> figure = std::make_unique<shape::square>(3);
    for (int i = 0; i < levels; i++)
        figure = std::make_unique<shape::nested>(std::move(figure));
    try {
        return figure->area(0);
    } catch (const std::out_of_range &error) {
        return int(std::string(error.what()).size());
    }
}

int main()
{
    std::vector<std::string> words;
    std::vector<long> numbers;
    for (int i = 0; i < 200; i++) {
        words.push_back("word-" + std::to_string(i * 7919 % 50));
        numbers.push_back(i * 7919 % 20);
    }
    std::sort(words.begin(), words.end(),
              [](const std::string &a, const std::string &b) { return a > b; });
    int sum = count_words<std::string, int>(words) + count_words<long, short>(numbers);
    for (int levels = 0; levels < 12; levels++)
        sum += measure(levels);
    sum += power<5>::of(3) + is_even(20);
    std::printf("%d\n", sum);
    return sum > 0 ? 0 : 1;
}
