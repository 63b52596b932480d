# Libraries of other people, found through pkg-config.

option(PAWL_PORTABLE "Link libraries into the program, but those that systems with git have" OFF)

# Has PkgConfig::NAME linked as archives, with those that it needs itself. The parts of the C library
# stay shared, as does Kerberos, of which Debian has no archives.
function(pawl_link_archives name)
    set(archives)
    foreach(library ${${name}_STATIC_LIBRARIES})
        if(library MATCHES "^(dl|m|pthread|rt|gssapi_krb5)$")
            list(APPEND archives ${library})
            continue()
        elseif(library MATCHES "^(krb5|k5crypto|com_err|krb5support)$")
            continue() # gssapi_krb5 loads them
        endif()
        find_library(PAWL_ARCHIVE_${library} lib${library}.a REQUIRED)
        list(APPEND archives ${PAWL_ARCHIVE_${library}})
    endforeach()
    set_target_properties(PkgConfig::${name} PROPERTIES INTERFACE_LINK_LIBRARIES "${archives}")
endfunction()

# pawl_library(NAME MODULE [MODULE_OF_ARCHIVE...]): the imported target PkgConfig::NAME, of a module
# as pkg-config names it, with the version that is needed. The further modules are those that its
# archive needs, too, without its pkg-config file saying so.
macro(pawl_library name module)
    set(pawl_modules ${module})
    if(PAWL_PORTABLE)
        list(APPEND pawl_modules ${ARGN})
    endif()
    pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${pawl_modules})
    if(PAWL_PORTABLE)
        pawl_link_archives(${name})
    endif()
endmacro()
