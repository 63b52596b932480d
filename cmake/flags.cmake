# The one place where compiler flags are set: every target links pawl_flags, or pawl_warnings where
# it must not have the sanitizers or the coverage counters in it (libraries that are loaded into
# other programs).

option(PAWL_WERROR "Treat warnings as errors" OFF)
option(PAWL_SANITIZE "Build with the address and undefined behaviour sanitizers" OFF)
option(PAWL_COVERAGE "Build with gcov's line counters" OFF)

add_library(pawl_warnings INTERFACE)
target_compile_features(pawl_warnings INTERFACE c_std_11)
target_compile_definitions(pawl_warnings INTERFACE _GNU_SOURCE)
# gate/, runners/ and tests/ are named in full in every include, so that layers can be checked.
target_include_directories(pawl_warnings INTERFACE ${CMAKE_CURRENT_LIST_DIR}/..)

target_compile_options(pawl_warnings INTERFACE
    -Wall -Wextra -Wpedantic
    -Wconversion -Wdouble-promotion -Wfloat-equal
    -Wformat=2 -Wwrite-strings -Wcast-qual -Wcast-align -Wpointer-arith -Wnull-dereference
    -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wredundant-decls -Wnested-externs
    -Wshadow -Wundef -Wvla -Wdate-time -Wimplicit-fallthrough
    $<$<C_COMPILER_ID:GNU>:-Wduplicated-cond>
    $<$<C_COMPILER_ID:GNU>:-Wduplicated-branches>
    $<$<C_COMPILER_ID:GNU>:-Wlogical-op>
    $<$<C_COMPILER_ID:GNU>:-Wjump-misses-init>
    $<$<C_COMPILER_ID:GNU>:-Wformat-overflow=2>
    $<$<C_COMPILER_ID:GNU>:-Walloc-zero>
    $<$<C_COMPILER_ID:GNU>:-Wtrampolines>
    $<$<C_COMPILER_ID:Clang>:-Wcomma>
    $<$<C_COMPILER_ID:Clang>:-Wassign-enum>
    $<$<C_COMPILER_ID:Clang>:-Wextra-semi-stmt>
    $<$<C_COMPILER_ID:Clang>:-Wunreachable-code-aggressive>
    $<$<C_COMPILER_ID:Clang>:-Wconditional-uninitialized>
    $<$<C_COMPILER_ID:Clang>:-Wmissing-variable-declarations>)

if(PAWL_WERROR)
    target_compile_options(pawl_warnings INTERFACE -Werror)
endif()
add_library(pawl_flags INTERFACE)
target_link_libraries(pawl_flags INTERFACE pawl_warnings)
if(PAWL_SANITIZE)
    target_compile_options(pawl_flags INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(pawl_flags INTERFACE -fsanitize=address,undefined)
endif()
if(PAWL_COVERAGE)
    target_compile_options(pawl_flags INTERFACE --coverage)
    target_link_options(pawl_flags INTERFACE --coverage)
endif()

# pawl_layer(NAME SOURCES a.c b.c NEEDS other_layer lib): one static library a layer, named
# pawl_NAME. NEEDS lists the edges; each is a layer or an imported library.
function(pawl_layer name)
    cmake_parse_arguments(ARG "" "" "SOURCES;NEEDS" ${ARGN})
    add_library(pawl_${name} STATIC ${ARG_SOURCES})
    target_link_libraries(pawl_${name} PUBLIC pawl_flags ${ARG_NEEDS})
endfunction()
