# dt_add_mechanisms(target mod-files...): translates NMODL with nocmodl and compiles it, with a
# modl_reg(), into one library that NEURON loads with nrn_load_dll(): the worker at start, Python
# scripts too. (Debian's nrnivmodl 8.2.2 looks for its makefile in the wrong folder.)

function(dt_add_mechanisms target)
  set(work ${CMAKE_CURRENT_BINARY_DIR}/c)
  file(MAKE_DIRECTORY ${work})
  file(GLOB includes CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.inc)
  set(sources)
  set(declarations)
  set(calls)
  foreach(mod ${ARGN})
    get_filename_component(name ${mod} NAME_WE)
    add_custom_command(
      OUTPUT ${work}/${name}.c
      # nocmodl writes beside its input and reads includes from the working folder.
      COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/${mod} ${includes} ${work}
      COMMAND ${CMAKE_SOURCE_DIR}/cmake/nocmodl.sh ${NOCMODL} ${name}.mod
      WORKING_DIRECTORY ${work}
      DEPENDS ${mod} ${includes} ${CMAKE_SOURCE_DIR}/cmake/nocmodl.sh
      COMMENT "NMODL ${mod}"
      VERBATIM)
    list(APPEND sources ${work}/${name}.c)
    string(APPEND declarations "void _${name}_reg(void);\n")
    string(APPEND calls "    _${name}_reg();\n")
  endforeach()
  file(CONFIGURE OUTPUT ${work}/modl_reg.c
       CONTENT "/* generated */\n${declarations}void modl_reg(void)\n{\n${calls}}\n")

  add_library(${target} SHARED ${sources} ${work}/modl_reg.c)
  target_include_directories(${target} SYSTEM PRIVATE ${NEURON_INCLUDE_DIR})
  # Generated code, not ours to polish (-w). NEURON's exp() is libm's with a range check that the
  # rate formulas do not need; libm picks its AVX2/FMA version on the machine it runs on.
  target_compile_definitions(${target} PRIVATE HAVE_CONFIG_H hoc_Exp=exp)
  target_compile_options(${target} PRIVATE -w -O2 -g0 -fno-math-errno -fno-trapping-math
                                           -fno-signed-zeros -freciprocal-math -fassociative-math)
  target_link_libraries(${target} PRIVATE ${NEURON_LIBRARY} m)
  set_target_properties(${target} PROPERTIES
    LIBRARY_OUTPUT_DIRECTORY ${DENDROTWIN_MODULE_DIR}
    BUILD_RPATH ${NEURON_LIBRARY_DIR} INSTALL_RPATH ${NEURON_LIBRARY_DIR})
  install(TARGETS ${target} LIBRARY DESTINATION ${DENDROTWIN_LIBDIR})
endfunction()
