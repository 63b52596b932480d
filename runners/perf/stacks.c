#include "runners/perf/stacks.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "runners/callgrind/input.h"
#include "runners/callgrind/scan.h"
#include "runners/perf/stack_tree.h"

#define UNKNOWN "???"

/* What is written at once. */
#define WRITE_BYTES 262144

struct frame {
    uint32_t function; /* of the tree */
    const char *file;  /* of the line; UNKNOWN */
    unsigned long line;
};

struct stacks {
    struct stack_tree *tree;
    struct {
        struct frame *items; /* of the sample being read, the innermost first */
        size_t count;
        size_t capacity;
    } frames;
    size_t sample_count;
    struct str text; /* not yet written */
};

static void stacks_clear(struct stacks *stacks)
{
    array_clear(&stacks->frames);
    str_clear(&stacks->text);
}

static const struct stack_function *function_of(const struct stacks *stacks,
                                                const struct frame *frame)
{
    return &stacks->tree->functions.items[frame->function];
}

static void add_place(struct stacks *stacks, const struct frame *frame)
{
    const struct stack_function *function = function_of(stacks, frame);
    str_addf(&stacks->text, "ob=%s\nfl=" UNKNOWN "\nfn=%s\nfi=%s\n", function->object,
             function->name, frame->file);
}

/* Whether the call stood nearer to the innermost function already. */
static bool is_counted(const struct stacks *stacks, size_t caller)
{
    const struct frame *frames = stacks->frames.items;
    for (size_t i = 1; i < caller; i++)
        if (frames[i].function == frames[caller].function &&
            frames[i - 1].function == frames[caller - 1].function)
            return true;
    return false;
}

/* From the outermost frame, which is the last, inwards. */
static void add_to_tree(struct stacks *stacks)
{
    uint32_t node = STACK_NONE;
    for (size_t i = stacks->frames.count; i-- > 0;)
        node = stack_tree_below(stacks->tree, node, stacks->frames.items[i].function);
    stacks->tree->nodes.items[node].samples++;
}

static void end_sample(struct stacks *stacks)
{
    const struct frame *frames = stacks->frames.items;
    if (!stacks->frames.count)
        return;
    stacks->sample_count++;
    add_to_tree(stacks);
    add_place(stacks, &frames[0]);
    str_addf(&stacks->text, "%lu 1\n", frames[0].line);
    for (size_t i = 1; i < stacks->frames.count; i++) {
        const struct stack_function *callee = function_of(stacks, &frames[i - 1]);
        if (frames[i].function == frames[i - 1].function || is_counted(stacks, i))
            continue;
        add_place(stacks, &frames[i]);
        str_addf(&stacks->text, "cob=%s\ncfi=" UNKNOWN "\ncfn=%s\ncalls=0 0\n%lu 1\n",
                 callee->object, callee->name, frames[i].line);
    }
    stacks->frames.count = 0;
}

/* "[unknown]", and what would be a number and no name in the profile: "(7)". */
static bool is_no_name(const char *begin, const char *end)
{
    return end == begin || *begin == '[' || (unsigned char)*begin <= ' ' ||
           (*begin == '(' && end - begin > 1 && scan_is_digit(begin[1]));
}

static const char *intern(struct stacks *stacks, const char *begin, const char *end)
{
    bool is_unknown = is_no_name(begin, end);
    struct names *names = &stacks->tree->names;
    return is_unknown ? names_intern(names, UNKNOWN, strlen(UNKNOWN))
                      : names_intern(names, begin, (size_t)(end - begin));
}

/* "\t    11a3 work (/tmp/program)": names have blanks and brackets too, so that the
 * object is what stands in the last ones. */
static void add_frame(struct stacks *stacks, const char *line, const char *end)
{
    const char *name = line + strspn(line, " \t");
    name += strcspn(name, " \n");
    name += *name == ' ';
    const char *object = memrchr(name, '(', (size_t)(end - name));
    if (!object || object == name || end[-1] != ')')
        return;
    const struct stack_function function = {
        .name = intern(stacks, name, object - 1),
        .object = intern(stacks, object + 1, end - 1),
    };
    *array_push(&stacks->frames) = (struct frame){
        .function = stack_tree_function(stacks->tree, &function),
        .file = intern(stacks, "", ""),
    };
}

/* "  /tmp/program.c:12", of the frame before. */
static void add_source(struct stacks *stacks, const char *line, const char *end)
{
    const char *file = line + strspn(line, " ");
    const char *colon = file < end ? memrchr(file, ':', (size_t)(end - file)) : NULL;
    if (!stacks->frames.count || !colon || *file == '?')
        return;
    struct frame *frame = &stacks->frames.items[stacks->frames.count - 1];
    frame->file = intern(stacks, file, colon);
    frame->line = strtoul(colon + 1, NULL, 10);
}

static void read_line(struct stacks *stacks, const char *line, const char *end)
{
    if (line == end)
        end_sample(stacks);
    else if (*line == '\t')
        add_frame(stacks, line, end);
    else
        add_source(stacks, line, end); /* or what a sample begins with: has no ':' */
}

static int write_some(struct stacks *stacks, int fd, const char *to, struct error *err)
{
    int got = fd_write_all(fd, stacks->text.data, stacks->text.length, to, err);
    str_truncate(&stacks->text, 0);
    return got;
}

static int convert(
    struct stacks *stacks, struct input *input, int fd, const char *to, struct error *err)
{
    const char *begin = NULL;
    const char *end = NULL;
    int got = 0;
    str_add(&stacks->text, "events: Ir\n");
    while ((got = input_next(input, &begin, &end, err)) > 0)
        while (begin < end) {
            const char *line = begin;
            begin = memchr(line, '\n', (size_t)(end - line));
            read_line(stacks, line, begin++);
            if (stacks->text.length > WRITE_BYTES && write_some(stacks, fd, to, err) < 0)
                return -1;
        }
    end_sample(stacks);
    if (got < 0)
        return -1;
    str_addf(&stacks->text, "totals: %zu\n", stacks->sample_count);
    return write_some(stacks, fd, to, err);
}

int stacks_convert(const char *from,
                   const char *to,
                   struct stack_tree *tree,
                   struct error *err)
{
    AUTO_INPUT struct input input = { .fd = -1 };
    AUTO(stacks_clear) struct stacks stacks = { .tree = tree, .text = STR_INIT };
    if (input_open(&input, from, err) < 0)
        return -1;
    AUTO_FD int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return error_errno(err, "cannot write '%s'", to);
    return convert(&stacks, &input, fd, to, err);
}
