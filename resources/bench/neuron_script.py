# SPDX-License-Identifier: GPL-3.0-or-later
"""The yardstick of `dendrotwin-cli bench simulate`: the same cell and events as a newcomer would
write them on NEURON's Python interface, with DendroTwin's own mechanisms.

Reads one JSON object on stdin: mechanisms (library), duration_ms, repeats, and events as
[inhibitory, segment, ms, weight]. Writes one JSON object: seconds per simulation (stimuli, run and
recorded traces as arrays; the cell is built once, before the clock starts) and spike counts."""

import json
import sys
import time

import numpy as np
from neuron import h

task = json.load(sys.stdin)
h.load_file("stdrun.hoc")
h.nrn_load_dll(task["mechanisms"])

soma = h.Section(name="soma")
soma.L = soma.diam = 25
dend = h.Section(name="dend")
dend.L, dend.diam, dend.nseg = 2048, 1, 8
dend.connect(soma(1), 0)
for sec in (soma, dend):
    sec.Ra, sec.cm = 150, 1
    sec.insert("pas")
    for seg in sec:
        seg.pas.e = -85
        seg.pas.g = 3e-5 if sec is soma else 1 / 20000
DENSITIES = {
    "Im": 8e-6, "Ca_LVAst": 5.57e-4, "Ca_HVA": 6.44e-4, "SK_E2": 0, "SKv3_1": 0.338029,
    "NaTs2_t": 0.998912, "Ih": 7.5e-5, "K_Tst": 0.077274, "K_Pst": 0.188851,
    "Nap_Et2": 0.005834, "NaTa_t": 3.89618,
}
for name, density in DENSITIES.items():
    soma.insert(name)
    setattr(soma(0.5), "gbar_" + name, density)
soma.insert("CaDynamics_E2")
soma(0.5).decay_CaDynamics_E2 = 294.679571
soma.ek, soma.ena = -85, 50

excitatory, inhibitory = [], []
for seg in dend:
    syn = h.AmpaNmda(seg)
    syn.gMaxAmpa, syn.gMaxNmda, syn.gamma = 0.0004, 0.0008, 0.08
    excitatory.append(syn)
    inhibitory.append(h.GabaA(seg))

h.celsius = 6.3
h.dt = 0.025
seconds, spikes = [], []
for _ in range(task["repeats"]):
    start = time.perf_counter()
    stimuli, connections = [], []
    for is_inhibitory, segment, ms, weight in task["events"]:
        stim = h.NetStim()
        stim.number, stim.start, stim.noise = 1, ms, 0
        con = h.NetCon(stim, (inhibitory if is_inhibitory else excitatory)[segment])
        con.delay, con.weight[0] = 0, weight
        stimuli.append(stim)
        connections.append(con)
    soma_v = h.Vector().record(soma(0.5)._ref_v)
    dend_v = [h.Vector().record(seg._ref_v) for seg in dend]
    h.finitialize(-85)
    h.continuerun(task["duration_ms"])
    v = np.array(soma_v)
    np.array([np.array(trace) for trace in dend_v])
    seconds.append(time.perf_counter() - start)
    spikes.append(int(np.sum((v[:-1] < 0) & (v[1:] >= 0))))

json.dump({"seconds": seconds, "spikes": spikes}, sys.stdout)
