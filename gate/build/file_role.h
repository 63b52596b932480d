/* What a file in a built tree is for, told from its name alone. */
#pragma once

enum file_role {
    FILE_ROLE_DATA,      /* anything else: may be read when a program runs */
    FILE_ROLE_SOURCE,    /* is compiled, tells how to build, or is read by people */
    FILE_ROLE_BYPRODUCT, /* a build or test tool's own notes: dependencies, caches, logs
                          */
    FILE_ROLE_GIT        /* git's own */
};

/* path is relative to the tree. Doubt counts as data: a ".txt" is source only where its
 * name or folder says that people read it. */
enum file_role file_role_of(const char *path);
