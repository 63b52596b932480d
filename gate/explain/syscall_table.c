#include "gate/explain/syscall_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/verdict/explanation.h"
#include "runners/syscalls.h"

#define MOST_CALLS 12

static void add(const char *name,
                const struct syscall_count *base,
                const struct syscall_count *head,
                struct explanation *to)
{
    *array_push(&to->syscalls) = (struct explained_syscall){
        .name = xstrdup(name),
        .base_calls = base ? base->calls : 0,
        .head_calls = head ? head->calls : 0,
        .base_s = base ? base->seconds : 0,
        .head_s = head ? head->seconds : 0,
    };
}

static int compare(const void *a, const void *b)
{
    const struct explained_syscall *x = a;
    const struct explained_syscall *y = b;
    double of_x = fabs(x->head_s - x->base_s);
    double of_y = fabs(y->head_s - y->base_s);
    if (of_x > of_y || of_x < of_y)
        return of_x > of_y ? -1 : 1;
    return strcmp(x->name, y->name);
}

void syscall_table_join(const struct syscall_counts *base,
                        const struct syscall_counts *head,
                        struct explanation *explanation)
{
    size_t of_base = 0;
    size_t of_head = 0;
    while (of_base < base->count && of_head < head->count) {
        const struct syscall_count *x = &base->items[of_base];
        const struct syscall_count *y = &head->items[of_head];
        int order = strcmp(x->name, y->name);
        add(order <= 0 ? x->name : y->name, order <= 0 ? x : NULL, order >= 0 ? y : NULL,
            explanation);
        of_base += order <= 0;
        of_head += order >= 0;
    }
    for (; of_base < base->count; of_base++)
        add(base->items[of_base].name, &base->items[of_base], NULL, explanation);
    for (; of_head < head->count; of_head++)
        add(head->items[of_head].name, NULL, &head->items[of_head], explanation);
    qsort(explanation->syscalls.items, explanation->syscalls.count,
          sizeof *explanation->syscalls.items, compare);
    while (explanation->syscalls.count > MOST_CALLS)
        free(explanation->syscalls.items[--explanation->syscalls.count].name);
}
