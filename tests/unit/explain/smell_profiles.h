/* Small profiles that smell, as the texts that callgrind writes. */
#pragma once

#define HEADER "events: Ir\nob=/tree/program\n"
/* Main's own costs make up the rest of 100,000, roughly. */
#define MAIN(self) "fl=/tree/main.c\nfn=main\n5 " self "\n"
/* Calls in line 7 of the function before. */
#define CALL(name, count, cost) \
    "cob=/lib/lib.so\ncfi=./lib.c\ncfn=" name "\ncalls=" count " 1\n7 " cost "\n"
#define LIBRARY(name, cost) "ob=/lib/lib.so\nfl=./lib.c\nfn=" name "\n1 " cost "\n"
#define CALLED(name, count, cost) \
    HEADER MAIN("50000") CALL(name, count, cost) LIBRARY(name, cost)
#define NOTHING HEADER MAIN("50000")
