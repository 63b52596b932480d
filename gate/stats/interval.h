/* A range of values, both ends belonging to it. An end that the data can't bound at the
 * wanted confidence is -INFINITY or INFINITY. */
#pragma once

struct interval {
    double low;
    double high;
};
