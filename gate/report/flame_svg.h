/* A flame graph as one SVG file: three panels below one another, what base and head
 * differ by, base, and head; the first frame on top.
 *
 * It is whole without its script, as on a page that lets none run: every frame has a
 * hover text. With it, in a browser, frames can be searched, enlarged (a click, or Enter)
 * and walked by keyboard; "#search=TEXT" and "#zoom=NUMBER" behind the file's address do
 * the first two at once. Nothing is fetched. The same tree makes the same bytes.
 *
 * Base and head have one scale, so that what grew is longer. In the difference a frame is
 * as wide as the changes in and below it come to, up and down not set off against each
 * other: what a function itself gained or lost. Orange with "+" says more, blue with "-"
 * less; the colours are those of Okabe and Ito, "Color universal design" (2008). */
#pragma once

#include <stdbool.h>

struct flame_tree;
struct str;

/* Borrowed; whatever characters they have. */
struct flame_title {
    const char *bench_id;
    const char *base; /* the commits, as people name them */
    const char *head;
    bool is_still; /* without its script, for a page that lets none but its own run */
};

/* Of a tree that was made (flame_tree_make): one with a frame at least. */
void flame_svg(const struct flame_tree *tree,
               const struct flame_title *title,
               struct str *out);
