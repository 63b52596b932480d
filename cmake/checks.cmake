# Targets for people and CI: format, check-format, tidy, tidy-quick, coverage-report.

file(GLOB_RECURSE PAWL_C_FILES CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/gate/*.[ch] ${PROJECT_SOURCE_DIR}/runners/*.[ch]
    ${PROJECT_SOURCE_DIR}/tests/*.[ch])

find_program(CLANG_FORMAT NAMES clang-format-14 clang-format)
if(CLANG_FORMAT)
    add_custom_target(format COMMAND ${CLANG_FORMAT} -i ${PAWL_C_FILES} VERBATIM)
    add_custom_target(check-format COMMAND ${CLANG_FORMAT} --dry-run -Werror ${PAWL_C_FILES} VERBATIM)
endif()

find_program(CLANG_TIDY NAMES clang-tidy-14 clang-tidy)
if(CLANG_TIDY)
    add_custom_target(tidy
        COMMAND ${PROJECT_SOURCE_DIR}/tests/lint/tidy.sh ${CLANG_TIDY} ${PROJECT_BINARY_DIR}
        WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
    add_custom_target(tidy-quick
        COMMAND ${PROJECT_SOURCE_DIR}/tests/lint/tidy.sh ${CLANG_TIDY} ${PROJECT_BINARY_DIR} quick
        WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
endif()

if(PAWL_COVERAGE)
    find_program(GCOVR NAMES gcovr REQUIRED)
    add_custom_target(coverage-report
        COMMAND ${GCOVR} --root ${PROJECT_SOURCE_DIR} --filter gate/ --filter runners/
            --exclude-throw-branches --print-summary --sort-percentage
            --object-directory ${PROJECT_BINARY_DIR}
        WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
endif()
