/* The id of a case: "CASE-" and its number with six digits at least: CASE-000001,
 * CASE-999999, CASE-1000000. Each number has exactly one id. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"

struct error;
struct str;

#define CASE_NUMBER_MAX UINT64_C(999999999999)

/* The number, 1 to CASE_NUMBER_MAX; 0 for a text that is no id. */
uint64_t case_id_number(const char *id);

/* The same with "'X' is not a case id such as CASE-000001" where it is none. */
int case_id_parse(const char *id, uint64_t *number, struct error *err) MUST_CHECK;

/* Appends the id, or a bare number. */
void case_id_add(struct str *text, uint64_t number);
void number_add(struct str *text, uint64_t number);

/* The id as text, for messages. */
#define CASE_ID_SIZE 32
struct case_id_text {
    char text[CASE_ID_SIZE];
};
struct case_id_text case_id_text(uint64_t number);
