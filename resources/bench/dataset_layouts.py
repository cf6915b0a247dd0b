# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares ways to lay out a data set in HDF5: size, writing, reading random windows.

    python3 dataset_layouts.py ds.h5

Reads up to 200 training simulations of a data set and writes them in several layouts to a
temporary folder. Prints bytes per simulation, simulations written per second, and 2048-ms windows
of all fields read per second from the warm cache, one simulation each (medians of three).
"""
import os
import sys
import tempfile
import time

import h5py
import numpy as np

FIELDS = ("inputs", "spikes", "near_spikes", "soma_v", "inst_rate", "dend_v")
WINDOW = 2048
LAYOUTS = [
    # name, ms per chunk, options
    ("no compression, whole simulations", 8192, {}),
    ("deflate 1, whole simulations", 8192, {"compression": "gzip", "compression_opts": 1}),
    ("shuffle + deflate 1, whole simulations", 8192,
     {"shuffle": True, "compression": "gzip", "compression_opts": 1}),
    ("shuffle + deflate 1, 2048-ms chunks", 2048,
     {"shuffle": True, "compression": "gzip", "compression_opts": 1}),
    ("shuffle + deflate 6, whole simulations", 8192,
     {"shuffle": True, "compression": "gzip", "compression_opts": 6}),
    ("shuffle + lzf, whole simulations", 8192, {"shuffle": True, "compression": "lzf"}),
]


def write(path, arrays, chunk_ms, options):
    with h5py.File(path, "w", libver="latest") as file:
        for name, values in arrays.items():
            chunk = (1,) + values.shape[1:-1] + (min(chunk_ms, values.shape[-1]),)
            file.create_dataset(name, data=values, chunks=chunk, fletcher32=True, **options)


def windows(path, count, rng):
    with h5py.File(path, "r", rdcc_nbytes=0) as file:
        sets = [file[name] for name in FIELDS]
        n, duration = sets[1].shape
        for _ in range(count):
            i = rng.integers(n)
            t = rng.integers(max(1, duration - WINDOW))
            for data in sets:
                data[i, ..., t:t + WINDOW]


def main():
    with h5py.File(sys.argv[1], "r") as file:
        n = min(200, len(file["train/spikes"]))
        arrays = {name: file["train"][name][:n] for name in FIELDS}
    raw = sum(values.nbytes for values in arrays.values()) / n
    print(f"{n} simulations, {raw / 1000:.0f} kB each in memory")
    print(f"{'layout':42} {'kB':>7} {'written/s':>10} {'windows/s':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for name, chunk_ms, options in LAYOUTS:
            path = os.path.join(folder, "layout.h5")
            writing, reading = [], []
            for repeat in range(3):
                start = time.perf_counter()
                write(path, arrays, chunk_ms, options)
                writing.append(n / (time.perf_counter() - start))
                start = time.perf_counter()
                windows(path, 300, np.random.default_rng(repeat))
                reading.append(300 / (time.perf_counter() - start))
            size = os.path.getsize(path) / n
            print(f"{name:42} {size / 1000:7.1f} {np.median(writing):10.0f} {np.median(reading):10.0f}")


if __name__ == "__main__":
    main()
