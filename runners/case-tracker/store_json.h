/* A store in a JSON file: read whole, changed in memory, written whole. Functions as in
 * store.h. */
#pragma once

#include "runners/case-tracker/case_index.h"
#include "runners/case-tracker/case_list.h"

/* Reads the whole store into empty cases and index. */
int store_json_load(const char *path,
                    struct case_list *cases,
                    struct case_index *index,
                    struct error *err) MUST_CHECK;

int store_json_find(const char *path,
                    const uint64_t *numbers,
                    size_t count,
                    struct case_list *found,
                    struct error *err) MUST_CHECK;
int store_json_add_case(const char *path,
                        const char *title,
                        uint64_t *number,
                        struct error *err) MUST_CHECK;
int store_json_add_note(const char *path,
                        uint64_t number,
                        const char *note,
                        struct error *err) MUST_CHECK;
int store_json_transition(const char *path,
                          uint64_t number,
                          enum status to,
                          struct error *err) MUST_CHECK;
/* is_new: without looking at what path holds. */
int store_json_import(const char *path,
                      const char *csv_path,
                      bool is_new,
                      uint64_t *count,
                      struct error *err) MUST_CHECK;
