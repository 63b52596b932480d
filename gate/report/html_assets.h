/* The style and the script of the HTML report, as they stand in gate/report/html; made
 * into arrays when pawl is built (cmake/embed.cmake). NUL-terminated ASCII. */
#pragma once

extern const unsigned char html_style[];
extern const unsigned char html_script[];
/* SHA-256 of the script, in base64, as the page's policy names it. */
extern const char html_script_hash[];
