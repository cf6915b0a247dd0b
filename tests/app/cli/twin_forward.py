# SPDX-License-Identifier: GPL-3.0-or-later
"""The four networks written once more from their formulas, in double precision, for tst_TwinTorch.
`shake FOLDER NAME...` reads NAME.pt as PyTorch does, moves the weights off their special values and
saves NAME-shaken.pt; `compare FOLDER NAME...` prints how far predictions of the shaken twin are from
what is computed here, and its evaluation; of ranks the range that rounding of the scores leaves open."""
import collections
import json
import math
import sys

import h5py
import numpy
import torch
from torch.nn import functional

ROOT = "backbone_and_heads."
CHANNEL_EPS = 1e-5  # of the norm over channels
LAST_EPS = 2.0 ** -23  # of the norm over the last axis


class State:
    """Tensors by name; remembers which were asked for."""

    def __init__(self, tensors):
        self.tensors = {name: tensor.double() for name, tensor in tensors.items()}
        self.used = set()

    def __call__(self, name):
        self.used.add(ROOT + name)
        return self.tensors[ROOT + name]

    def unused(self):
        return set(self.tensors) - self.used


def activation(name, slope):
    def leaky(x, s):
        return torch.where(x > 0, x, s * x)

    return {"leaky_gelu": lambda x: 0.5 * functional.gelu(x) + 0.5 * leaky(x, 2 * slope),
            "leaky_tanh": lambda x: slope * x + (1 - slope) * torch.tanh(x)}[name]


def causal(state, name, x, dilation=1):
    weight = state(name + ".temporal_conv.weight")
    past = (weight.shape[3] - 1) * dilation
    return functional.conv2d(functional.pad(x, (past, 0)), weight,
                             state(name + ".temporal_conv.bias"), dilation=(1, dilation))


def channel_norm(state, name, x):
    size = torch.sqrt((x * x).mean(dim=1, keepdim=True) + CHANNEL_EPS)
    return x / size * state(name + ".weight").reshape(1, -1, 1, 1)


def last_norm(state, name, x):
    return x * torch.rsqrt((x * x).mean(dim=-1, keepdim=True) + LAST_EPS) * state(name + ".weight")


def first_layer(state, x, act):
    return act(channel_norm(state, "backbone.first_norm", causal(state, "backbone.first_conv", x)))


def tcn(state, config, x):
    act = activation(config["nonlinearity_str"], config["leaky_slope"])
    z = first_layer(state, x, act)
    for b, layers in enumerate(config["num_layers_per_block_list"]):
        for layer in range(layers):
            place = f"backbone.block{b}."
            z = causal(state, f"{place}conv{layer}", z,
                       config["temporal_dilation_per_block_list"][b])
            z = act(channel_norm(state, f"{place}norm{layer}", z))
    return z


def resnet_tcn(state, config, x):
    act = activation(config["nonlinearity_str"], config["leaky_slope"])
    z = first_layer(state, x, act)
    for b, blocks in enumerate(config["num_miniblocks_per_block_list"]):
        dilation = config["temporal_dilation_per_block_list"][b]
        for m in range(blocks):
            place = f"backbone.block{b}.block{m}."
            r = z
            for i in (1, 2):
                r = causal(state, f"{place}conv{i}", r, dilation)
                r = act(channel_norm(state, f"{place}norm{i}", r))
            z = r + functional.conv2d(z, state(place + "shortcut_conv.weight"),
                                      state(place + "shortcut_conv.bias"))
    return z


def elm(state, config, x):
    act = activation(config["mlp_nonlinearity_str"], config["mlp_leaky_slope"])
    post = activation(config["post_mlp_nonlinearity_str"], config["post_mlp_leaky_slope"])
    dt = config["delta_t"]
    low, high = config["memory_tau_min"], config["memory_tau_max"]
    tau_m = low + (high - low) * torch.sigmoid(state("backbone._proto_tau_m"))
    keep_s = torch.exp(-dt / state("backbone.tau_s").clamp(min=1e-6))
    keep_m = torch.exp(-dt / tau_m.clamp(min=1e-6))
    lines = x.reshape(x.shape[0], -1, x.shape[3]) * state("backbone._proto_w_s").reshape(1, -1, 1)
    s = torch.zeros(lines.shape[:2], dtype=x.dtype)
    m = torch.zeros((x.shape[0], tau_m.shape[0]), dtype=x.dtype)
    hidden = config["mlp_num_hidden_layers"]
    out = []
    for t in range(x.shape[3]):
        s = keep_s * s + lines[:, :, t]
        decayed = keep_m * m
        u = last_norm(state, "backbone.mlp.pre_norm", torch.cat((s, decayed), dim=1))
        for h in range(hidden + 1):
            u = functional.linear(u, state(f"backbone.mlp.fc{h}.weight"),
                                  state(f"backbone.mlp.fc{h}.bias"))
            u = act(u) if h < hidden else post(u)
        m = decayed + config["lambda_value"] * (1 - keep_m) * u
        out.append(m)
    return torch.stack(out, dim=2).unsqueeze(2)


def turned(x, theta):
    """Rotary embedding of B x T x heads x d: neighbours are pairs."""
    angle = torch.arange(x.shape[1], dtype=x.dtype)[:, None] * theta[None, :]
    cos, sin = torch.cos(angle)[:, None, :], torch.sin(angle)[:, None, :]
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack((a * cos - b * sin, a * sin + b * cos), dim=-1).flatten(-2)


def attention(state, place, config, h):
    batch, length, width = h.shape
    heads, window = config["n_heads"], config["window_size"]
    d = width // heads
    theta = 10000.0 ** (-2.0 * torch.arange(d // 2, dtype=h.dtype) / d)
    q, k, v = (functional.linear(h, state(f"{place}.{w}.weight")).reshape(batch, length, heads, d)
               for w in ("wq", "wk", "wv"))
    q, k = turned(q, theta), turned(k, theta)
    # Keys and values of each query's window, the query's own ms last: B x T x heads x d x window.
    near = [functional.pad(x, (0, 0, 0, 0, window - 1, 0)).unfold(1, window, 1) for x in (k, v)]
    scores = torch.einsum("bthd,bthdw->bthw", q, near[0]) / math.sqrt(d)
    time = torch.arange(length)[:, None] - (window - 1) + torch.arange(window)[None, :]
    scores = scores.masked_fill((time < 0)[None, :, None, :], -math.inf)
    mixed = torch.einsum("bthw,bthdw->bthd", torch.softmax(scores, dim=-1), near[1])
    for table, function in (("cos", torch.cos), ("sin", torch.sin)):
        given = state(f"{place}.rope.freqs_{table}")
        angle = torch.arange(given.shape[0], dtype=h.dtype)[:, None] * theta[None, :]
        assert given.shape == (config["max_seq_len"], d // 2)
        assert (given - function(angle)).abs().max() < 1e-4
    return functional.linear(mixed.reshape(batch, length, width), state(f"{place}.wo.weight"))


def transformer(state, config, x):
    act = activation(config["first_nonlinearity_str"], config["first_leaky_slope"])
    h = first_layer(state, x, act).squeeze(2).transpose(1, 2)
    for layer in range(config["num_layers"]):
        place = f"backbone.block{layer}."
        h = h + attention(state, place + "attn", config, last_norm(state, place + "ln1", h))
        g = last_norm(state, place + "ln2", h)
        w1, w2, w3 = (state(f"{place}mlp.w{i}.weight") for i in (1, 2, 3))
        gate = functional.linear(g, w1)
        h = h + functional.linear(gate * torch.sigmoid(gate) * functional.linear(g, w2), w3)
    return last_norm(state, "backbone.final_norm", h).transpose(1, 2).unsqueeze(2)


BACKBONES = {"TCN": tcn, "ResNetTCN": resnet_tcn, "ELM": elm, "Transformer": transformer}


def outputs(tensors, spec, weights):
    """Of B x 2 x S x T weights, in physical units, as B x T and B x S x T."""
    config = spec["config"]
    state = State(tensors)
    with torch.no_grad():
        z = BACKBONES[spec["arch"]](state, config, torch.from_numpy(weights) / config["X_scale"])
        raw = {}
        for head in ("spikes", "soma", "near_spike", "inst_rate", "dend_v"):
            raw[head] = causal(state, head + "_head", z).squeeze(2).numpy()
    assert not state.unused(), state.unused()  # as strict as load_state_dict
    return {"spike_probability": 1 / (1 + numpy.exp(-raw["spikes"][:, 0])),
            "near_spike_probability": 1 / (1 + numpy.exp(-raw["near_spike"][:, 0])),
            "soma_v_mV": raw["soma"][:, 0] * config["V_scale_soma"] + config["V_bias_soma"],
            "inst_rate": raw["inst_rate"][:, 0] / config["y_inst_rate_multiplier"],
            "dend_v_mV": raw["dend_v"] * config["V_scale_dend"] + config["V_bias_dend"]}


def auc_range(scores, labels, rounding):
    """Least and greatest area when scores that differ by no more than `rounding` may have either
    order: what is computed in single precision depends on the processor in its last digits."""
    negative = numpy.sort(scores[~labels])
    positive = scores[labels]
    below = numpy.searchsorted(negative, positive - rounding, "left")
    not_above = numpy.searchsorted(negative, positive + rounding, "right")
    pairs = positive.size * negative.size
    return [float(below.sum() / pairs), float(not_above.sum() / pairs)]


def evaluation(tensors, spec, path, rounding):
    with h5py.File(path) as file:
        test = file["test"]
        total = test["spikes"].shape[1]
        window = slice(16, 16 + min(8128, total - 33))
        inputs = test["inputs"][..., window].astype(numpy.float64)
        spikes = test["spikes"][:, window] > 0
        soma = test["soma_v"][:, window].astype(numpy.float64)
        dend = test["dend_v"][..., window].astype(numpy.float64)
    said = outputs(tensors, spec, inputs)
    error = dend - said["dend_v_mV"]
    return {"spikes_auc": auc_range(said["spike_probability"].ravel(), spikes.ravel(), rounding),
            "soma_rmse_mV": math.sqrt(((soma - said["soma_v_mV"]) ** 2).mean()),
            "dend_mae_mV": numpy.abs(error).mean(),
            "dend_ev_percent": 100 * (1 - error.var() / dend.var())}


def load(path):
    strict = torch.load(path, weights_only=True)
    plain = torch.load(path, weights_only=False)
    assert list(strict) == list(plain)
    assert all(torch.equal(strict[name], plain[name]) for name in plain)
    return strict


def shake(folder, name):
    torch.manual_seed(11)
    shaken = collections.OrderedDict()
    for key, tensor in load(f"{folder}/{name}.pt").items():
        if "rope" in key:
            shaken[key] = tensor
        elif tensor.dim() == 2:  # attention and the ELM's memory are nearly linear at first
            shaken[key] = tensor * 5 + 0.05 * torch.randn_like(tensor)
        elif key.endswith("_head.temporal_conv.weight"):  # probabilities from .1 to .9, not all 1
            shaken[key] = torch.randn_like(tensor) * 2 / math.sqrt(tensor[0].numel())
        else:
            shaken[key] = tensor * (1 + 0.3 * torch.randn_like(tensor))
    torch.save(shaken, f"{folder}/{name}-shaken.pt")


def compare(folder, name):
    with open(f"{folder}/{name}.info", encoding="utf-8") as file:
        spec = json.load(file)["spec"]
    tensors = load(f"{folder}/{name}-again.pt")
    kept = load(f"{folder}/{name}-shaken.pt")
    assert set(kept) == set(tensors)
    assert all(torch.equal(kept[key], tensors[key]) for key in kept if "rope" not in key)
    with h5py.File(f"{folder}/in.h5") as file:
        weights = numpy.stack((file["input_exc"][:], file["input_inh"][:]))[None]
    said = outputs(tensors, spec, weights.astype(numpy.float64))
    config = spec["config"]
    unit = {"soma_v_mV": config["V_scale_soma"], "dend_v_mV": config["V_scale_dend"],
            "inst_rate": 1 / config["y_inst_rate_multiplier"]}
    result = {"differences": {}, "spread": {}}
    with h5py.File(f"{folder}/{name}.h5") as file:
        for key, value in said.items():
            difference = numpy.abs(file[key][:] - value[0]).max() / unit.get(key, 1)
            result["differences"][key] = difference
            result["spread"][key] = value.std() / unit.get(key, 1)
    rounding = 10 * result["differences"]["spike_probability"] + 1e-7
    result["evaluation"] = evaluation(tensors, spec, f"{folder}/ds.h5", rounding)
    return result


torch.set_num_threads(1)
if sys.argv[1] == "shake":
    for one in sys.argv[3:]:
        shake(sys.argv[2], one)
else:
    print(json.dumps({one: compare(sys.argv[2], one) for one in sys.argv[3:]}))
