// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording/NeuronScript.h"

#include "engine/base/NumberText.h"
#include "engine/base/Version.h"
#include "engine/cell/Channels.h"
#include "engine/input/NeuronTerms.h"

#include <algorithm>
#include <string_view>

namespace dt {

namespace {

std::string num(double value)
{
    return formatNumber(value);
}

/// A Python string literal.
std::string quoted(std::string_view text)
{
    constexpr std::string_view Hex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (byte >= 0x20 && byte != 0x7f)
            out += c;
        else
            ((out += "\\x") += Hex[byte >> 4]) += Hex[byte & 15];
    }
    return out + "\"";
}

/// For a comment or the text at the top: one line, and nothing that ends it.
std::string oneLine(std::string_view text)
{
    std::string out;
    for (const char c : text)
        out += c == '\n' || c == '\r' || c == '"' || c == '\\' ? ' ' : c;
    return out;
}

/// A name that is a section's in NEURON: plain ASCII.
std::string sectionName(std::string_view text)
{
    std::string out;
    for (const char c : text)
        out += c > 0x20 && c < 0x7f ? c : '_';
    return quoted(out);
}

/// A Python list in lines of at most 96 characters.
class List
{
public:
    explicit List(std::string head) : m_text(std::move(head)) { m_text += " = ["; }
    void add(const std::string &item)
    {
        if (m_line.size() + item.size() + 6 > 96) {
            m_text += "\n    " + m_line;
            m_line.clear();
        }
        m_line += (m_line.empty() ? "" : " ") + item + ",";
        m_empty = false;
    }
    std::string end() { return m_text + (m_empty ? "]\n" : "\n    " + m_line + "\n]\n"); }

private:
    std::string m_text;
    std::string m_line;
    bool m_empty = true;
};

std::string point(const Point3 &p)
{
    return "(" + num(p.x) + ", " + num(p.y) + ", " + num(p.z) + ", " + num(p.diam) + ")";
}

std::string placeOf(int dendrite)
{
    return dendrite == SomaIndex ? "None" : std::to_string(dendrite);
}

std::string header(const Neuron &neuron, const Stimulus &stimulus, const ScriptOptions &options)
{
    return "#!/usr/bin/env python3\n"
           "\"\"\""
        + oneLine(options.title)
        + "\n\n"
          "Written by DendroTwin "
        + std::string(ProgramVersion)
        + " for plain NEURON (on Debian: apt install python3-neuron).\n"
          "It builds the same cell, gives it the same input and takes the same steps as the "
          "program, so\n"
          "the soma's voltage is the same.\n\n"
          "    python3 run.py                 runs it, and shows a plot if matplotlib is there\n"
          "    python3 run.py --out soma.csv  saves time [ms] and voltage [mV]; or soma.npy\n"
          "\"\"\"\n"
          "import argparse\n"
          "import os\n"
          "import sys\n\n"
          "from neuron import h\n\n"
          "# The channels and synapses are NMODL mechanisms of DendroTwin, compiled for NEURON "
          "8.2.\n"
          "MECHANISMS = os.environ.get(\n"
          "    \"DENDROTWIN_MECHANISMS\",\n"
          "    "
        + quoted(options.mechanismLibrary)
        + ")\n\n"
          "DURATION_MS = "
        + std::to_string(stimulus.durationMs)
        + "\nSTEPS_PER_MS = " + std::to_string(neuron.samplesPerMs) + "\nSPIKE_MV = "
        + num(neuron.labels.spikeThresholdMv) + "  # a rise above it is counted as a spike\n";
}

/// "name=1, other=2": arguments of a Python call, at most four in a line. "del" is a word of
/// Python's own, so NEURON calls that variable "delay" there.
std::string arguments(const NeuronValues &values)
{
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto &[name, value] = values[i];
        text += i == 0 ? "" : i % 4 == 0 ? ",\n            " : ", ";
        text += (name == "del" ? "delay" : name) + "=" + num(value);
    }
    return text;
}

/// A mechanism as ("name", dict(...)).
std::string pair(const NeuronMechanism &mechanism)
{
    return "(" + quoted(mechanism.name) + ", dict(" + arguments(mechanism.values) + "))";
}

std::string membrane(const std::string &name, const NeuronMembrane &membrane)
{
    std::string text = name + " = (\n    dict(" + arguments(membrane.cable) + "),\n    [\n";
    for (const NeuronMechanism &mechanism : membrane.mechanisms)
        text += "        " + pair(mechanism) + ",\n";
    return text + "    ],\n    dict(" + arguments(membrane.ions) + "),\n)\n";
}

std::string membranes(const Neuron &neuron)
{
    return "\n# ---- Membrane: cable [ohm cm, uF/cm2], mechanisms [S/cm2, mV, ms], reversals of "
           "ions [mV].\n"
           "# The channels of the soma are those of Hay et al. 2011; CaDynamics_E2 turns calcium "
           "current into\n"
           "# the concentration that SK_E2 reads.\n"
        + membrane("SOMA", somaMembrane(neuron)) + membrane("DENDRITE", dendriteMembrane(neuron))
        + "REST_MV = " + num(neuron.membrane.restMv)
        + "  # the voltage at the start\nCELSIUS = " + num(CelsiusDeg) + "\n";
}

std::string shape(const Neuron &neuron)
{
    std::string text = "\n# ---- Shape [um]\n"
                       "SOMA_LENGTH, SOMA_DIAM = "
        + num(neuron.soma.lengthUm) + ", " + num(neuron.soma.diamUm)
        + "\n"
          "# Name, parent (None is the soma, else the number in this list), where on the parent (0 "
          "to 1),\n"
          "# segments, length, diameter\n"
          "DENDRITES = [\n";
    bool drawn = false;
    for (const Dendrite &d : neuron.dendrites) {
        text += "    (" + sectionName(d.name) + ", " + placeOf(d.parent) + ", " + num(d.parentX)
            + ", " + std::to_string(d.segments) + ", " + num(d.lengthUm) + ", " + num(d.diamUm)
            + "),\n";
        drawn = drawn || !d.points.empty();
    }
    text += "]\n";
    if (drawn) {
        text += "# Traced dendrites: points (x, y, z, diameter) from which NEURON takes length, "
                "areas and\n"
                "# resistances instead\n"
                "POINTS = {}\n";
        for (std::size_t i = 0; i < neuron.dendrites.size(); ++i) {
            const std::vector<Point3> &points = neuron.dendrites[i].points;
            if (points.empty())
                continue;
            List list("POINTS[" + std::to_string(i) + "]");
            for (const Point3 &p : points)
                list.add(point(p));
            text += list.end();
        }
    } else {
        text += "POINTS = {}  # none is traced: all are cylinders\n";
    }
    List rows("FIRST_ROW");
    for (const int row : firstRows(neuron))
        rows.add(std::to_string(row));
    return text
        + "# Input comes in rows, one for each dendritic segment. Number of each dendrite's first "
          "row:\n"
        + rows.end();
}

std::string kinds(const Neuron &neuron)
{
    std::string text = "\n# ---- Synapses: mechanism and its parameters [uS, ms, 1/mV, mM, mV]\n"
                       "KINDS = [\n";
    for (const SynapseKind &kind : neuron.synapseKinds)
        text += "    # " + oneLine(kind.name) + "\n    " + pair(synapseProcess(kind)) + ",\n";
    text += "]\n";
    if (hasOnePairPerSegment(neuron))
        return text
            + "# One of each at the middle of every segment: kind, dendrite, place, weight.\n"
              "SYNAPSES = [(kind, i, (segment + 0.5) / row[3], 1)\n"
              "            for i, row in enumerate(DENDRITES) for segment in range(row[3])\n"
              "            for kind in (0, 1)]\n";
    List list("SYNAPSES");
    for (const Synapse &s : neuron.synapses)
        list.add("(" + std::to_string(s.kind) + ", " + std::to_string(s.dendrite) + ", "
                 + num(simulatedX(neuron, s.dendrite, s.x)) + ", " + num(s.weight) + ")");
    return text
        + "# Kind, dendrite, place (the middle of its segment, 0 to 1), and a weight that "
          "multiplies that\n"
          "# of each event\n"
        + list.end();
}

std::string electrodes(const Neuron &neuron, const Stimulus &stimulus)
{
    const auto on = [](const Electrode &e) { return e.on; };
    if (std::none_of(stimulus.electrodes.begin(), stimulus.electrodes.end(), on))
        return "\nELECTRODES = []  # none is on\n";
    std::string text = "\n# ---- Electrodes: clamp, dendrite (None is the soma), place, parameters "
                       "[ms, nA, mV, Mohm]\n"
                       "ELECTRODES = [\n";
    for (const Electrode &e : stimulus.electrodes) {
        if (!e.on)
            continue;
        const NeuronMechanism clamp = clampProcess(e);
        text += "    # " + oneLine(e.name) + "\n    (" + quoted(clamp.name) + ", "
            + placeOf(e.dendrite) + ", " + num(simulatedX(neuron, e.dendrite, e.x)) + ", dict("
            + arguments(clamp.values) + ")),\n";
    }
    return text + "]\n";
}

std::string events(const SpikeInput &input)
{
    const auto list = [&](Polarity polarity, const char *name) {
        List events(name);
        for (const InputEvent &e : input.events) {
            if (e.polarity == polarity)
                events.add("(" + std::to_string(e.timeMs) + ", " + std::to_string(e.row) + ", "
                           + num(e.weight) + ")");
        }
        return events.end();
    };
    return "\n# ---- Input: time [ms], row, weight. An event reaches all synapses of its sort in "
           "the segment\n"
        + list(Polarity::Excitatory, "EXCITATORY") + list(Polarity::Inhibitory, "INHIBITORY");
}

/// What is the same for every neuron.
constexpr std::string_view Functions = R"py(

def make_membrane(section, membrane):
    cable, mechanisms, ions = membrane
    for name, value in cable.items():
        setattr(section, name, value)
    for mechanism, parameters in mechanisms:
        section.insert(mechanism)
        for name, value in parameters.items():
            setattr(section, name + "_" + mechanism, value)
    for name, value in ions.items():
        setattr(section, name, value)


def build_soma():
    soma = h.Section(name="soma")
    soma.L, soma.diam = SOMA_LENGTH, SOMA_DIAM
    make_membrane(soma, SOMA)
    return soma


def build_dendrites(soma):
    dendrites = []
    for i, (name, parent, place, segments, length, diam) in enumerate(DENDRITES):
        dendrite = h.Section(name=name)
        dendrite.connect((soma if parent is None else dendrites[parent])(place), 0)
        if i in POINTS:
            for x, y, z, d in POINTS[i]:
                dendrite.pt3dadd(x, y, z, d)
        else:
            dendrite.L, dendrite.diam = length, diam
        dendrite.nseg = segments
        make_membrane(dendrite, DENDRITE)
        dendrites.append(dendrite)
    return dendrites


def place_synapses(dendrites):
    """The synapses, and who hears an event: {(is it excitatory, row): [(connection, weight)]}."""
    synapses, listeners = [], {}
    for kind, i, place, weight in SYNAPSES:
        mechanism, parameters = KINDS[kind]
        synapse = getattr(h, mechanism)(dendrites[i](place))
        for name, value in parameters.items():
            setattr(synapse, name, value)
        synapses.append(synapse)
        segment = min(int(place * DENDRITES[i][3]), DENDRITES[i][3] - 1)
        connection = h.NetCon(None, synapse)
        listeners.setdefault((mechanism == "AmpaNmda", FIRST_ROW[i] + segment), []).append(
            (connection, weight))
    return synapses, listeners


def place_electrodes(soma, dendrites):
    electrodes = []
    for clamp, i, place, parameters in ELECTRODES:
        electrode = getattr(h, clamp)((soma if i is None else dendrites[i])(place))
        for name, value in parameters.items():
            setattr(electrode, name, value)
        electrodes.append(electrode)
    return electrodes


def events_by_ms():
    by_ms = {}
    for excitatory, events in ((True, EXCITATORY), (False, INHIBITORY)):
        for ms, row, weight in events:
            by_ms.setdefault(ms, []).append((excitatory, row, weight))
    return by_ms


def run(soma, listeners):
    """The soma's voltage [mV] at every step, from 0 to the end."""
    h.celsius = CELSIUS
    h.dt = 1 / STEPS_PER_MS
    h.secondorder = 0
    h.finitialize(REST_MV)
    by_ms = events_by_ms()
    voltage = []
    for ms in range(DURATION_MS):
        # What is queued now arrives at the start of the next step: the sample at this ms does not
        # show it yet.
        for excitatory, row, event_weight in by_ms.get(ms, ()):
            for connection, weight in listeners.get((excitatory, row), ()):
                connection.weight[0] = event_weight * weight
                connection.event(h.t)
        for _ in range(STEPS_PER_MS):
            voltage.append(soma(0.5).v)
            h.fadvance()
    voltage.append(soma(0.5).v)
    return voltage


def save(path, voltage):
    if path.endswith(".npy"):
        import numpy
        numpy.save(path, numpy.array(voltage))
        return
    with open(path, "w", encoding="utf-8") as file:
        file.write("time_ms,soma_mV\n")
        for i, v in enumerate(voltage):
            file.write(f"{i / STEPS_PER_MS!r},{v!r}\n")


def plot(voltage):
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        print("Install matplotlib to see a plot, or use --out to save the voltage.")
        return
    plt.plot([i / STEPS_PER_MS for i in range(len(voltage))], voltage, color="black", lw=1)
    plt.xlabel("Time (ms)")
    plt.ylabel("Soma voltage (mV)")
    plt.show()


def main():
    parser = argparse.ArgumentParser(description="Runs a neuron of DendroTwin in plain NEURON.")
    parser.add_argument("--out", help="file for the voltage: .csv, or .npy (needs numpy)")
    parser.add_argument("--mechanisms", default=MECHANISMS, help="DendroTwin's libdendromech.so")
    arguments = parser.parse_args()
    if not os.path.exists(arguments.mechanisms):
        sys.exit(f"There is no {arguments.mechanisms}. Name the libdendromech.so that was installed "
                 "with DendroTwin: --mechanisms PATH.")
    h.nrn_load_dll(arguments.mechanisms)

    soma = build_soma()
    dendrites = build_dendrites(soma)
    # NEURON drops what nobody holds: keep synapses and electrodes.
    synapses, listeners = place_synapses(dendrites)
    electrodes = place_electrodes(soma, dendrites)
    print(f"{len(dendrites)} dendrites, {len(synapses)} synapses, {len(electrodes)} electrodes, "
          f"{DURATION_MS} ms")

    voltage = run(soma, listeners)
    spikes = sum(a < SPIKE_MV <= b for a, b in zip(voltage, voltage[1:]))
    print(f"{spikes} spikes; soma from {min(voltage):.3f} to {max(voltage):.3f} mV")
    if arguments.out:
        save(arguments.out, voltage)
    else:
        plot(voltage)


if __name__ == "__main__":
    main()
)py";

} // namespace

std::string neuronScript(const Neuron &neuron, const Stimulus &stimulus,
                         const ScriptOptions &options)
{
    return header(neuron, stimulus, options) + membranes(neuron) + shape(neuron) + kinds(neuron)
        + electrodes(neuron, stimulus) + events(renderStimulus(stimulus, neuron.segmentCount()))
        + std::string(Functions);
}

} // namespace dt
