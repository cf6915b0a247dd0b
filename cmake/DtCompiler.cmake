# Compiler settings for everything we wrote: link dt_flags PRIVATE.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# Debian's address for "the same code again".
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(dt_flags INTERFACE)
target_include_directories(dt_flags INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
target_compile_options(dt_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                                          -Wold-style-cast)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 warns of its own std::string operator+ (bug 105651).
  target_compile_options(dt_flags INTERFACE -Wno-restrict)
endif()
if(DENDROTWIN_WERROR)
  target_compile_options(dt_flags INTERFACE -Werror)
endif()
if(DENDROTWIN_SANITIZE)
  add_compile_options(-fsanitize=${DENDROTWIN_SANITIZE} -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=${DENDROTWIN_SANITIZE})
endif()

# What waits for a person or for a disk, or runs once, gains nothing from -O3 and compiles a quarter
# faster without.
add_library(dt_quick_flags INTERFACE)
target_link_libraries(dt_quick_flags INTERFACE dt_flags)
target_compile_options(dt_quick_flags INTERFACE $<$<CONFIG:Release>:-O1>)

# The sources of one folder are compiled several at a time (a "unity build"), as reading the headers of
# Qt and of the standard library takes most of the time of each. So two sources of a folder cannot
# have helpers of the same name, and a helper that stands twice is found at once.
option(DENDROTWIN_JOIN_SOURCES "Compile the sources of a target several at a time" ON)
function(dt_join_sources target)
  if(NOT DENDROTWIN_JOIN_SOURCES)
    return()
  endif()
  set(most 10) # of them at a time, so that two cores both have work
  get_target_property(sources ${target} SOURCES)
  foreach(source ${sources})
    if(source MATCHES "\\.cpp$")
      cmake_path(GET source PARENT_PATH folder)
      string(MAKE_C_IDENTIFIER "in_${folder}" folder)
      math(EXPR count "0${${folder}} + 1")
      set(${folder} ${count})
      math(EXPR batch "${count} / ${most}")
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP "${folder}_${batch}")
    endif()
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

# dt_add_library(name SOURCES ... [PUBLIC libs...] [PRIVATE libs...])
function(dt_add_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  dt_join_sources(${name})
  target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE dt_flags ${ARG_PRIVATE})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
endfunction()
