# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints an HDF5 file as h5py sees it: one JSON object with its attributes and data sets."""
import json
import sys

import h5py


def plain(value):
    return value if isinstance(value, str) else value.item()


with h5py.File(sys.argv[1], "r") as file:
    print(json.dumps({
        "attributes": {name: plain(value) for name, value in file.attrs.items()},
        "sets": {
            name: {
                "dtype": str(item.dtype),
                "shape": list(item.shape),
                "attributes": {key: plain(value) for key, value in item.attrs.items()},
                "sum": float(item[...].astype("float64").sum()),
                "last": float(item[...].ravel()[-1]),
            } for name, item in file.items()
        },
    }))
