/* What DHAT writes: texts by hand, and a recorded one (tests/data/dhat/make.sh), whose
 * sums Python's json module gave. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/str.h"
#include "runners/dhat/dhat.h"
#include "runners/dhat/heap_left.h"
#include "tests/unit/counting/counted.h"

#define HEAD                                                                  \
    "{\"dhatFileVersion\":2,\"mode\":\"heap\",\"pps\":[{\"eb\":16,\"ebk\":2," \
    "\"fs\":[1,2]},{\"eb\":0,\"ebk\":0,\"fs\":[2]}],\"ftbl\":[\"[root]\","

static int read_text(struct counted *counted,
                     const char *text,
                     struct heap_left *left,
                     struct error *err)
{
    sandbox_write(counted->sandbox, "heap.json", text);
    AUTO_FREE char *path = xstrdup(sandbox_file(counted->sandbox, "heap.json"));
    return heap_left_read(path, left, err);
}

static void what_is_left_is_added_up(void **state)
{
    AUTO_HEAP_LEFT struct heap_left left = { 0 };
    struct error err = { 0 };
    AUTO_FREE char *path = str_format("%s/data/dhat/kept.json", getenv("PAWL_TEST_DATA"));
    (void)state;
    assert_int_equal(heap_left_read(path, &left, &err), 0);

    assert_int_equal(left.bytes, 8576);
    assert_int_equal(left.stacks.count, 6);
    for (size_t i = 0; i < left.stacks.count; i++) {
        const struct heap_stack *stack = &left.stacks.items[i];
        const struct heap_frame *outermost =
            &left.frames.items[left.calls.items[stack->first + stack->count - 1]];
        assert_string_equal(outermost->function, "main");
        assert_string_equal(outermost->file, "/tree/kept.cc");
    }
}

static void check_frame(struct counted *counted,
                        const char *text,
                        const char *function,
                        const char *file,
                        uint32_t line)
{
    AUTO_HEAP_LEFT struct heap_left left = { 0 };
    struct error err = { 0 };
    AUTO_FREE char *all = str_format(HEAD "\"%s\",\"x\"]}", text);
    if (read_text(counted, all, &left, &err) < 0)
        fail_msg("%s", err.message);
    const struct heap_frame *frame = &left.frames.items[left.calls.items[0]];
    assert_string_equal(frame->function, function);
    assert_string_equal(frame->file, file);
    assert_int_equal(frame->line, line);
    assert_int_equal(left.stacks.count, 1);
    assert_int_equal(left.bytes, 16);
}

static void functions_are_told_with_their_place(void **state)
{
    check_frame(*state, "0x1: keep (/src/kept.c:8)", "keep", "/src/kept.c", 8);
    check_frame(*state, "0x1: malloc (in /usr/lib/d.so)", "malloc", "/usr/lib/d.so", 0);
    check_frame(*state, "0x1: f(int, g (*)(int)) (a.cc:12)", "f(int, g (*)(int))", "a.cc",
                12);
    check_frame(*state, "0x1: std::vector<int>::put(int const&) (a.cc:12)",
                "std::vector<int>::put(int const&)", "a.cc", 12);
    check_frame(*state, "0x1: ???", "???", "???", 0);
    check_frame(*state, "0x1: (a.c:3)", "(a.c:3)", "???", 0);
    check_frame(*state, "", "???", "???", 0);
}

static void other_files_are_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "[]",
        "{}",
        "{\"dhatFileVersion\":1,\"mode\":\"heap\",\"pps\":[],\"ftbl\":[]}",
        "{\"dhatFileVersion\":2,\"pps\":[],\"ftbl\":[]}",
        "{\"dhatFileVersion\":2,\"mode\":\"copy\",\"pps\":[],\"ftbl\":[]}",
        "{\"dhatFileVersion\":2,\"mode\":\"heap\",\"pps\":{},\"ftbl\":[]}",
        HEAD "\"x\"]}",
        HEAD "\"x\",3]}",
        "{\"dhatFileVersion\":2,\"mode\":\"heap\",\"pps\":[{\"eb\":-1,\"ebk\":2,"
        "\"fs\":[0]}],\"ftbl\":[\"\"]}",
        "{\"dhatFileVersion\":2,\"mode\":\"heap\",\"pps\":[{\"eb\":1,\"ebk\":2,"
        "\"fs\":[\"\"]}],\"ftbl\":[\"\"]}",
        "{\"dhatFileVersion\":2,\"mode\":\"heap\",\"pps\":[3],\"ftbl\":[\"\"]}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        AUTO_HEAP_LEFT struct heap_left left = { 0 };
        struct error err = { 0 };
        assert_int_equal(read_text(*state, texts[i], &left, &err), -1);
        assert_int_equal(err.code, ERROR_BENCHMARK);
        assert_int_equal(left.frames.count, 0);
    }
}

/* A shell leaves more, or less, than the program that it starts: both are looked at. */
static void the_process_that_leaves_most_counts(void **state)
{
    struct counted *counted = *state;
    AUTO_HEAP_LEFT struct heap_left left = { 0 };
    struct error err = { 0 };
    AUTO_FREE char *directory = xstrdup(sandbox_file(counted->sandbox, "heaps"));
    assert_int_equal(dhat_begin(directory, &err), 0);
    assert_int_equal(dhat_read(directory, &left, &err), -1);
    assert_string_equal(err.message, "no process came to its end under valgrind");
    sandbox_write(counted->sandbox, "heaps/heap.1",
                  HEAD "\"0x1: small (a.c:1)\",\"x\"]}");
    sandbox_must(counted->sandbox, "sed 's/16/32/; s/small/large/' heaps/heap.1 "
                                   ">heaps/heap.2 && cp heaps/heap.1 heaps/heap.3 && "
                                   "echo no JSON >heaps/log.1");
    assert_int_equal(dhat_read(directory, &left, &err), 0);
    assert_int_equal(left.bytes, 32);
    assert_string_equal(left.frames.items[1].function, "large");
}

static const char keeping[] =
    "#include <stdlib.h>\n"
    "static void *kept[9];\n"
    "__attribute__((noinline)) static void keep(int i) { kept[i] = malloc(1000); }\n"
    "int main(void) { for (int i = 0; i < 9; i++) keep(i); free(kept[0]);\n"
    "  free(malloc(77777)); return !kept[1]; }\n";

/* 8 of 1,000 bytes; what is given back does not count, however large. */
static void a_program_leaves_what_it_keeps(void **state)
{
    struct counted *counted = *state;
    AUTO_HEAP_LEFT struct heap_left left = { 0 };
    AUTO_STRVEC struct strvec words = { 0 };
    struct error err = { 0 };
    AUTO_FREE char *directory = xstrdup(sandbox_file(counted->sandbox, "50%p"));
    sandbox_write(counted->sandbox, "keeping.c", keeping);
    sandbox_must(counted->sandbox, "cc -g -O1 keeping.c -o keeping");
    strvec_push(&counted->argv, sandbox_file(counted->sandbox, "keeping"));
    struct outcome found = sandbox_run(counted->sandbox, "command -v valgrind");
    bool has_valgrind = found.exit_code == 0;
    outcome_clear(&found);
    if (!has_valgrind) {
        print_message("skipped: needs valgrind (apt-get install valgrind)\n");
        skip();
    }
    assert_int_equal(dhat_begin(directory, &err), 0);
    dhat_wrap(&counted->argv, directory, &words);
    struct process_result result = counted_run(counted, &words, &counted->environment);
    assert_true(process_succeeded(&result));
    if (dhat_read(directory, &left, &err) < 0)
        fail_msg("%s", err.message);

    assert_int_equal(left.bytes, 8000);
    assert_int_equal(left.stacks.count, 1);
    const struct heap_frame *keep = &left.frames.items[left.calls.items[1]];
    assert_string_equal(keep->function, "keep");
    assert_true(str_ends_with(keep->file, "/keeping.c"));
    assert_int_equal(keep->line, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTED_FACT(what_is_left_is_added_up),
        COUNTED_FACT(functions_are_told_with_their_place),
        COUNTED_FACT(other_files_are_refused),
        COUNTED_FACT(the_process_that_leaves_most_counts),
        COUNTED_FACT(a_program_leaves_what_it_keeps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
