/* Options of valgrind's that name a file for each process. */
#pragma once

struct strvec;

/* Appends "--option=directory/prefix%p"; option ends with '='. */
void file_option_push(struct strvec *words,
                      const char *option,
                      const char *directory,
                      const char *prefix);
