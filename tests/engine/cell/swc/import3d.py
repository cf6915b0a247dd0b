# SPDX-License-Identifier: GPL-3.0-or-later
"""What NEURON's Import3d makes of SWC files: a JSON object, file name to list of sections, each
[name, parent's name or null, place on the parent, length, area]."""
import json
import sys

from neuron import h

h.load_file("stdlib.hoc")
h.load_file("import3d.hoc")


class Cell:
    pass


def plain(section):
    return section.name().split(".")[-1]


def sections(path):
    reader = h.Import3d_SWC_read()
    reader.quiet = 1
    reader.input(path)
    cell = Cell()
    h.Import3d_GUI(reader, 0).instantiate(cell)
    rows = []
    for section in cell.all:
        parent = section.parentseg()
        rows.append([plain(section), plain(parent.sec) if parent else None,
                     parent.x if parent else None, section.L,
                     sum(segment.area() for segment in section)])
    return rows


# Import3d prints what it thinks of a file on stdout: the answer goes to a file of its own.
with open(sys.argv[1], "w", encoding="utf-8") as answer:
    json.dump({path: sections(path) for path in sys.argv[2:]}, answer)
