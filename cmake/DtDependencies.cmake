# Every outside library, each with the Debian package that brings it.

function(dt_require found what package)
  if(NOT ${found})
    message(FATAL_ERROR "${what} was not found. On Debian: apt install ${package}\n"
                        "(installer/install-dependencies.sh installs everything at once.)")
  endif()
endfunction()

find_package(Qt6 6.4 QUIET COMPONENTS Core Gui Widgets Svg Concurrent)
dt_require(Qt6_FOUND "Qt 6.4 or newer" "qt6-base-dev qt6-svg-dev")
if(DENDROTWIN_TESTS)
  find_package(Qt6 QUIET COMPONENTS Test)
  dt_require(Qt6Test_FOUND "Qt Test" "qt6-base-dev")
endif()
find_package(QCustomPlotQt6 QUIET)
dt_require(QCustomPlotQt6_FOUND "QCustomPlot for Qt 6" "libqcustomplot-dev")
find_package(nlohmann_json 3.10 QUIET)
dt_require(nlohmann_json_FOUND "nlohmann/json" "nlohmann-json3-dev")
find_package(HDF5 QUIET COMPONENTS C)
dt_require(HDF5_FOUND "HDF5" "libhdf5-dev")
add_library(dt_hdf5 INTERFACE)
target_include_directories(dt_hdf5 SYSTEM INTERFACE ${HDF5_C_INCLUDE_DIRS})
target_link_libraries(dt_hdf5 INTERFACE ${HDF5_C_LIBRARIES})
find_package(Threads REQUIRED)

# NEURON ships no CMake files in Debian; its headers lie in /usr/include itself.
find_library(NEURON_LIBRARY nrniv PATHS /usr/lib/nrn /usr/local/lib)
dt_require(NEURON_LIBRARY "NEURON" "neuron neuron-dev")
find_path(NEURON_INCLUDE_DIR hocdec.h PATH_SUFFIXES nrn)
dt_require(NEURON_INCLUDE_DIR "NEURON's headers" "neuron-dev")
find_program(NOCMODL nocmodl)
dt_require(NOCMODL "nocmodl, NEURON's translator" "neuron-dev")
get_filename_component(NEURON_LIBRARY_DIR ${NEURON_LIBRARY} DIRECTORY)
