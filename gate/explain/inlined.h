/* Functions that the compiler made part of others on one side only. */
#pragma once

struct costs;
struct matches;

/* Makes FUNCTION_INLINED of what only one side has, where the function that it was called
 * by most (or, failing that, that it called most) costs about as much more by itself on
 * the other side, where it does the work then. Most is four fifths of what the calls came
 * to, about as much is half to one and a half times as much, all that would be inlined in
 * one function taken together. */
void matches_find_inlined(struct matches *matches,
                          const struct costs *base,
                          const struct costs *head);
