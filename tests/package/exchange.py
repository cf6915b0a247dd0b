#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that go from one machine to another, with other versions of NEURON, LibTorch and HDF5.
    exchange.py write CLI FOLDER    makes FOLDER with a recording, a data set, twins, a prediction, ...
    exchange.py read CLI FOLDER     reads such a folder, computes it again and prints the differences
CLI is dendrotwin-cli. Exit code 1, and the reason on stderr, when something does not fit."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

import h5py
import numpy

SEGMENTS, INPUT_MS = 8, 600
DATASET = ["dataset", "build", "--neuron", "nmda-cable", "--train", "8", "--valid", "2", "--test",
           "2", "--duration-ms", "1000", "--no-filter", "--seed", "3", "--jobs", "2"]
TRAINING = ["--twin", "tcn-a", "--batch", "4", "--window-ms", "200", "--lr", "2e-3", "--threads", "1"]

# What two machines may make different of the same input: rounding, in units of the data.
VOLTAGE_MV = 1e-2
HALF_FLOAT_MV = 0.07  # one step of a half float at -85 mV, where a last digit tips over
SHARE = 1e-3  # probabilities, spikes/ms, figures relative to their size


def cli(*arguments):
    done = subprocess.run([program, *map(str, arguments)], text=True, capture_output=True,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    if done.returncode != 0:
        sys.exit(f"exchange.py: {' '.join(map(str, arguments))}: {done.stderr.strip()}")
    return done.stdout


def about():
    return json.loads(cli("about", "--json"))


def interrupted(folder):
    """A run that was stopped in its middle: its checkpoint."""
    log = folder / "log.jsonl"
    run = subprocess.Popen([program, "train", "--dataset", folder / "ds.h5", *TRAINING, "--epochs",
                            "100", "--log", log, "--out", folder / "half.twin"],
                           stderr=subprocess.PIPE, text=True)
    while run.poll() is None and (not log.exists() or log.read_text().count("\n") < 20):
        try:
            run.wait(0.05)
        except subprocess.TimeoutExpired:
            pass
    run.send_signal(signal.SIGINT)
    _, said = run.communicate()
    if run.returncode != 130:
        sys.exit(f"exchange.py: the training was not interrupted: {said.strip()}")
    log.unlink()


def write(folder):
    folder.mkdir(parents=True)
    random = numpy.random.default_rng(5)
    with h5py.File(folder / "in.h5", "w") as file:
        for name in ("input_exc", "input_inh"):
            events = random.random((SEGMENTS, INPUT_MS)) < 0.01
            file[name] = (events * random.uniform(1, 6, events.shape)).astype("f2")
    cli("simulate", "--neuron", "nmda-cable", "--input", folder / "in.h5", "--out",
        folder / "recording.h5")
    cli(*DATASET, "--out", folder / "ds.h5")
    cli("train", "--dataset", folder / "ds.h5", *TRAINING, "--epochs", "30", "--out",
        folder / "x.twin")
    interrupted(folder)
    cli("predict", "--twin", folder / "x.twin", "--input", folder / "in.h5", "--out",
        folder / "prediction.h5")
    cli("twin", "export-torch", folder / "x.twin", "--out", folder / "x.pt")
    (folder / "evaluation.json").write_text(
        cli("evaluate", "--twin", folder / "x.twin", "--dataset", folder / "ds.h5", "--json"))
    (folder / "about.json").write_text(json.dumps(about()))
    print("written with", about())


class Judge:
    def __init__(self):
        self.equal = 0
        self.wrong = []

    def fits(self, what, difference, bound):
        if difference == 0:
            self.equal += 1
        else:
            print(f"{what:45} {difference:8.1e}   (at most {bound:.1e})")
        if not difference <= bound:
            self.wrong.append(what)

    def same_files(self, title, one, other, bounds):
        """Bounds by the name of a data set or its group; what is not listed must be equal."""
        with h5py.File(one) as a, h5py.File(other) as b:
            names = []
            a.visititems(lambda name, item: names.append(name) if hasattr(item, "shape") else None)
            for name in names:
                x, y = a[name][...].astype("f8"), b[name][...].astype("f8")
                difference = numpy.abs(x - y).max(initial=0) if x.shape == y.shape else numpy.inf
                bound = [bounds[part] for part in name.split("/") if part in bounds]
                self.fits(f"{title}: {name}", difference, bound[0] if bound else 0)
            if not names:
                self.wrong.append(title + " is empty")


def read(folder):
    judge = Judge()
    print("written with", json.loads((folder / "about.json").read_text()))
    print("read with   ", about())
    traces = {"soma_v_fine": VOLTAGE_MV, "soma_v": VOLTAGE_MV, "dend_v": HALF_FLOAT_MV,
              "inst_rate": SHARE, "statistics": VOLTAGE_MV}
    predictions = {"spike_probability": SHARE, "near_spike_probability": SHARE, "inst_rate": SHARE,
                   "soma_v_mV": VOLTAGE_MV, "dend_v_mV": VOLTAGE_MV}
    with tempfile.TemporaryDirectory() as name:
        here = pathlib.Path(name)
        for file in folder.iterdir():
            shutil.copy(file, here)
        cli("dataset", "verify", here / "ds.h5")
        cli("simulate", "--neuron", here / "recording.h5", "--input", here / "in.h5", "--out",
            here / "again.h5")
        judge.same_files("recording", here / "recording.h5", here / "again.h5", traces)
        cli(*DATASET, "--out", here / "again-ds.h5")
        judge.same_files("data set", here / "ds.h5", here / "again-ds.h5", traces)
        cli("predict", "--twin", here / "x.twin", "--input", here / "in.h5", "--out",
            here / "again.h5", "--force")
        judge.same_files("prediction", here / "prediction.h5", here / "again.h5", predictions)
        (here / "spec.json").write_text(
            json.dumps(json.loads(cli("twin", "info", here / "x.twin", "--json"))["spec"]))
        cli("twin", "import-torch", here / "x.pt", "--spec", here / "spec.json", "--neuron",
            here / "ds.h5", "--out", here / "torch.twin")
        cli("predict", "--twin", here / "torch.twin", "--input", here / "in.h5", "--out",
            here / "again.h5", "--force")
        judge.same_files("from PyTorch", here / "prediction.h5", here / "again.h5", predictions)
        then = json.loads((here / "evaluation.json").read_text())
        now = json.loads(cli("evaluate", "--twin", here / "x.twin", "--dataset", here / "ds.h5",
                             "--json"))
        for key, value in then.items():
            # Ranks and bins may tip over by a whole step.
            if key.startswith(("soma_", "dend_", "inst_rate_")):
                judge.fits("evaluation: " + key, abs(now[key] - value),
                           SHARE * max(1, abs(value)))
        cli("train", "--resume", here / "half.twin", "--dataset", here / "ds.h5")
        if not json.loads(cli("twin", "info", here / "half.twin", "--json"))["complete"]:
            judge.wrong.append("resumed training")
    print(f"{judge.equal} arrays and figures are equal, differences of the others are above")
    if judge.wrong:
        sys.exit("exchange.py: differs: " + ", ".join(judge.wrong))


if len(sys.argv) != 4 or sys.argv[1] not in ("write", "read"):
    sys.exit(__doc__)
program = str(pathlib.Path(sys.argv[2]).resolve())
{"write": write, "read": read}[sys.argv[1]](pathlib.Path(sys.argv[3]))
