/* How others find changes in such histories, from their papers and with their usual
 * parameters. Each fills found with the ascending indexes of the first values after a
 * change, and returns how many; found has room for n. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* E-divisive (Matteson and James 2014): energy distance, 199 permutations within the
 * parts, at the level, segments of at least 5. */
size_t edivisive_find(
    const double *values, size_t n, double level, uint64_t number, size_t *found);

/* Hunter (Fleming et al. 2023; now Apache Otava): energy distance within overlapping
 * windows of 50, Student's t-test at .01, then merged until all have p < .001. */
size_t hunter_find(const double *values, size_t n, size_t *found);
