/* What the command lines of all of valgrind's tools have in common. */
#pragma once

struct strvec;

/* Sets words to "valgrind --tool=TOOL" and what holds for each tool: nothing from
 * ~/.valgrindrc or $VALGRIND_OPTS, no pipes for a debugger, children too. */
void valgrind_words_begin(struct strvec *words, const char *tool);

/* Appends an option that names a file for each process: "--option=directory/prefix%p";
 * option ends with '='. */
void valgrind_words_push_file(struct strvec *words,
                              const char *option,
                              const char *directory,
                              const char *prefix);
