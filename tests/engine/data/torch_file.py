# SPDX-License-Identifier: GPL-3.0-or-later
"""PyTorch's side of tst_TorchFile: `make FOLDER` saves a file of every kind, `show FILE` prints what
torch reads, `load FILE` loads it into a module."""
import collections
import json
import sys

import torch


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(2, 3, (2, 5))
        self.norm = torch.nn.BatchNorm2d(3)


def numbered(*shape, dtype=torch.float32):
    count = 1
    for n in shape:
        count *= n
    return (torch.arange(count, dtype=torch.float64) * 0.25 - 3.0).reshape(shape).to(dtype)


class Harm:
    def __init__(self, call, *arguments):
        self.call = call
        self.arguments = arguments

    def __reduce__(self):
        return self.call, self.arguments


def contents(kind):
    base = numbered(4, 6)
    if kind == "dict":
        return {"a": numbered(2, 3), "b": numbered(), "i": torch.tensor([1, -2, 2 ** 40]),
                "none": numbered(0, 3)}
    if kind == "ordered":
        return collections.OrderedDict([("z", numbered(2)), ("a", numbered(3))])
    if kind == "types":
        return {"f16": numbered(5, dtype=torch.float16), "f64": numbered(5, dtype=torch.float64),
                "bf16": numbered(5, dtype=torch.bfloat16), "i64": numbered(5, dtype=torch.int64),
                "i32": numbered(5, dtype=torch.int32), "i16": numbered(5, dtype=torch.int16),
                "i8": numbered(5, dtype=torch.int8),
                "u8": torch.tensor([0, 1, 255], dtype=torch.uint8),
                "bool": torch.tensor([True, False])}
    if kind == "views":
        return {"whole": base, "row": base[1], "column": base[:, 2], "turned": base.t(),
                "part": base[1:3, 2:5], "same": numbered(1, 1).expand(3, 2)}
    if kind == "state":
        return Net().state_dict()
    if kind == "parameters":
        return {"p": torch.nn.Parameter(numbered(2, 2))}
    if kind == "checkpoint":
        return {"model_state_dict": Net().state_dict(), "in_channels": 2, "name": "TCN",
                "slope": 0.15, "widths": [32, 32], "flag": True, "none": None,
                "metadata": {"a": {"b": [1.5]}}}
    if kind == "rng":
        return {"model_state_dict": Net().state_dict(), "rng": torch.get_rng_state(), "epoch": 3}
    if kind == "training":
        net = Net()
        adam = torch.optim.Adam(net.parameters())
        net.norm(net.conv(numbered(2, 2, 2, 9))).square().sum().backward()
        adam.step()
        return {"optimizer_state_dict": adam.state_dict(), "model_state_dict": net.state_dict(),
                "scheduler": torch.optim.lr_scheduler.StepLR(adam, 2).state_dict(),
                "scaler": {"scale": torch.tensor([1.0], dtype=torch.bfloat16)}}
    if kind == "objects":
        import argparse
        import datetime
        import pathlib
        import random
        return {"args": argparse.Namespace(lr=1e-3, path=pathlib.PurePosixPath("/a")),
                "random": random.getstate(), "when": datetime.datetime(2024, 1, 2),
                "set": {1, "b"}, "frozen": frozenset([2]), "bytes": b"abc", "array": bytearray(3),
                "complex": 1j, "large": 2 ** 200, "dtype": torch.float32, "device":
                torch.device("cpu"), "size": torch.Size([2]), "class": collections.Counter("aab"),
                "defaults": collections.defaultdict(list, a=[1]), "flags": torch.tensor([True]),
                "bytes_tensor": torch.zeros(3, dtype=torch.uint8),
                "state_dict": Net().state_dict()}
    if kind == "numpy":
        import numpy
        return {"metadata": {"learning_curves": {"loss": numpy.arange(3.0), "best":
                                                 numpy.float64(0.5)}},
                "rng": numpy.random.get_state(), "model_state_dict": Net().state_dict()}
    if kind == "model":
        return {"model": Net().state_dict(), "model_args": {"n": 1}, "iter_num": 5}
    if kind == "net":
        return {"epoch": 1, "net": Net().state_dict(), "acc": 0.5}
    if kind == "settings":
        return {"model": {"width": 3, "kind": "a"}, "weights": Net().state_dict()}
    if kind == "inside":
        return {"checkpoint": 1, "model": {"state_dict": Net().state_dict(), "width": 3}}
    if kind == "only":
        return {"epoch": 1, "student": Net().state_dict()}
    if kind == "two":
        return {"encoder": Net().state_dict(), "decoder": Net().state_dict()}
    if kind == "whole":
        return {"model": Net(), "epoch": 3}
    if kind == "hostile":
        return {"extra": Harm(__import__("os").system, "touch " + sys.argv[2] + "/harmed"),
                "model_state_dict": Net().state_dict()}
    if kind == "many":
        return {f"layer{i}.weight": numbered(2) for i in range(400)}
    if kind == "complex":
        return {"a": torch.tensor([1 + 1j])}
    if kind == "huge":
        return {"a": torch.tensor([1.0, 1e300], dtype=torch.float64)}
    if kind == "number":
        return {"a": 3}
    if kind == "tensor":
        return base
    if kind == "int name":
        return {3: base}
    if kind == "system":
        return {"a": Harm(__import__("os").system, "touch " + sys.argv[2] + "/harmed")}
    if kind == "eval":
        return {"a": Harm(eval, "1")}
    if kind == "module":
        return Net()
    raise SystemExit("unknown kind " + kind)


KINDS = ("rng", "rng@4", "training", "training@5", "objects", "objects@3", "objects@4", "objects@5",
         "numpy", "numpy@4", "model", "net", "settings", "inside", "only", "two", "whole", "hostile", "huge",
         "dict", "dict@4", "ordered", "ordered@5", "types", "views", "state", "parameters",
         "checkpoint", "many", "complex", "number", "tensor", "int name", "system", "eval",
         "eval@4", "module")


def make(folder):
    for kind in KINDS:
        name, _, protocol = kind.partition("@")
        torch.save(contents(name), f"{folder}/{kind}.pt", pickle_protocol=int(protocol or 2))


def show(path):
    plain = torch.load(path)
    strict = torch.load(path, weights_only=True)
    assert list(plain) == list(strict)
    for name in plain:
        assert plain[name].dtype == strict[name].dtype
        assert plain[name].shape == strict[name].shape
        assert torch.equal(plain[name], strict[name])
    print(json.dumps([{"name": name, "dtype": str(tensor.dtype), "shape": list(tensor.shape),
                       "values": tensor.reshape(-1).tolist()}
                      for name, tensor in strict.items()]))


def load(path):
    net = Net()
    net.load_state_dict(torch.load(path, weights_only=True), strict=True)
    print(int(net.norm.num_batches_tracked), float(net.conv.weight.detach().sum()))


if sys.argv[1] == "make":
    make(sys.argv[2])
elif sys.argv[1] == "show":
    show(sys.argv[2])
else:
    load(sys.argv[2])
