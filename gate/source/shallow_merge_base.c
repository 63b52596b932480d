/* libgit2 before 1.7 knows nothing of shallow histories: its walk fails on the first
 * parent that is not there, so even a merge base that is in the clone is not found when
 * it is the last commit of it. This walk simply ends there. It visits each commit of the
 * history at most three times, and a shallow history is short. */

#include "gate/source/shallow_merge_base.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"

enum {
    REACHED_FROM_A = 1u << 0,
    REACHED_FROM_B = 1u << 1,
    BEHIND_A_COMMON_ONE = 1u << 2,
    COMMON = REACHED_FROM_A | REACHED_FROM_B,
};

struct node {
    git_oid id;
    int64_t time_s;
    unsigned marks;
};

struct history {
    git_repository *repository;
    struct node *items; /* sorted by id */
    size_t count;
    size_t capacity;
};

struct id_stack {
    git_oid *items;
    size_t count;
    size_t capacity;
};

/* Where id is in the sorted items, or would be. */
static size_t place_of(const struct history *history, const git_oid *id)
{
    size_t low = 0;
    size_t high = history->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (git_oid_cmp(&history->items[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct node *node_of(struct history *history, const git_oid *id)
{
    size_t place = place_of(history, id);
    if (place < history->count && git_oid_equal(&history->items[place].id, id))
        return &history->items[place];
    (void)array_push(history);
    struct node *node = &history->items[place];
    memmove(node + 1, node, (history->count - 1 - place) * sizeof *node);
    *node = (struct node){ .id = *id };
    return node;
}

static void push_parents(struct id_stack *stack, git_commit *commit)
{
    for (unsigned i = 0; i < git_commit_parentcount(commit); i++)
        *array_push(stack) = *git_commit_parent_id(commit, i);
}

/* Marks every commit that is there and not marked yet, from those on the stack down. */
static void mark_down(struct history *history, struct id_stack *stack, unsigned mark)
{
    while (stack->count) {
        git_oid id = stack->items[--stack->count];
        AUTO_COMMIT git_commit *commit = NULL;
        if (git_commit_lookup(&commit, history->repository, &id) < 0)
            continue;
        struct node *node = node_of(history, &id);
        if (node->marks & mark)
            continue;
        node->marks |= mark;
        node->time_s = git_commit_time(commit);
        push_parents(stack, commit);
    }
}

static void mark_behind_common_ones(struct history *history, struct id_stack *stack)
{
    for (size_t i = 0; i < history->count; i++) {
        AUTO_COMMIT git_commit *commit = NULL;
        const struct node *node = &history->items[i];
        if ((node->marks & COMMON) == COMMON &&
            git_commit_lookup(&commit, history->repository, &node->id) == 0)
            push_parents(stack, commit);
    }
    mark_down(history, stack, BEHIND_A_COMMON_ONE);
}

static const struct node *newest_common(const struct history *history)
{
    const struct node *best = NULL;
    for (size_t i = 0; i < history->count; i++) {
        const struct node *node = &history->items[i];
        if (node->marks == COMMON && (!best || node->time_s > best->time_s))
            best = node;
    }
    return best;
}

bool shallow_merge_base(git_oid *out,
                        git_repository *repository,
                        const git_oid *a,
                        const git_oid *b)
{
    struct history history = { .repository = repository };
    struct id_stack stack = { 0 };
    *array_push(&stack) = *a;
    mark_down(&history, &stack, REACHED_FROM_A);
    *array_push(&stack) = *b;
    mark_down(&history, &stack, REACHED_FROM_B);
    mark_behind_common_ones(&history, &stack);
    const struct node *best = newest_common(&history);
    if (best)
        *out = best->id;
    array_clear(&history);
    array_clear(&stack);
    return best != NULL;
}
