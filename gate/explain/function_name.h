/* What a function is called in the source, of the name that a profile has for it. */
#pragma once

#include <stddef.h>

/* The length of the part before what callgrind adds in recursions ("fib'2") and before
 * what gcc and clang add to the names of copies and parts that they make of a function:
 * ".constprop.0", ".isra.1", ".part.2", ".cold", ".lto_priv.3", ".llvm.4711". 0 for names
 * that are addresses. */
size_t function_name_length(const char *name);
