# Makes a C file of the HTML report's style and script: cmake -DOUTPUT=... -DHEADER=... -DSTYLE=...
# "-DSCRIPTS=a.js,b.js" -P embed.cmake. Needs nothing but CMake.

function(as_array name text out)
    string(HEX "${text}" hex)
    string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
    set(${out} "const unsigned char ${name}[] = {\n${hex}0x00\n};\n" PARENT_SCOPE)
endfunction()

# SHA-256 in base64: three hexadecimal digits are two of its characters.
function(as_base64 hex out)
    set(alphabet ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)
    set(text "")
    foreach(at RANGE 0 60 3)
        string(SUBSTRING ${hex} ${at} 3 digits)
        math(EXPR high "0x${digits} >> 6")
        math(EXPR low "0x${digits} & 63")
        string(SUBSTRING ${alphabet} ${high} 1 first)
        string(SUBSTRING ${alphabet} ${low} 1 second)
        string(APPEND text "${first}${second}")
    endforeach()
    string(SUBSTRING ${hex} 63 1 digits)
    math(EXPR last "0x${digits} << 2")
    string(SUBSTRING ${alphabet} ${last} 1 first)
    set(${out} "${text}${first}=" PARENT_SCOPE)
endfunction()

file(READ "${STYLE}" style)
string(REPLACE "," ";" scripts "${SCRIPTS}")
# The marks let an XML parser pass over what it would take for markup.
set(script "/*<![CDATA[*/\n'use strict';\n(() => {\n")
foreach(file IN LISTS scripts)
    file(READ "${file}" part)
    string(APPEND script "${part}")
endforeach()
string(APPEND script "})();\n/*]]>*/")
string(SHA256 hash "${script}")
as_base64(${hash} hash)
as_array(html_style "\n${style}" style_array)
as_array(html_script "${script}" script_array)
file(WRITE "${OUTPUT}" "/* Made by cmake/embed.cmake. */\n#include \"${HEADER}\"\n\n"
    "${style_array}\n${script_array}\nconst char html_script_hash[] = \"${hash}\";\n")
