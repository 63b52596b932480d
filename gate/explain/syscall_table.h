/* System calls of both sides, one beside the other. */
#pragma once

struct explanation;
struct syscall_counts;

/* Fills the explanation's list with those whose time or number differs most, that most
 * first; both are by name. */
void syscall_table_join(const struct syscall_counts *base,
                        const struct syscall_counts *head,
                        struct explanation *explanation);
