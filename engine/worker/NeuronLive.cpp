// SPDX-License-Identifier: GPL-3.0-or-later
//
// The part of NeuronEngine that changes a cell while it runs. NEURON takes new values at any time,
// and new point processes, too: it lays out its arrays again and leaves all state as it is. Only
// INITIAL blocks do not run then, so our synapses have a procedure for what theirs computes
// (factors()).

#include "engine/cell/Frusta.h"
#include "engine/worker/HocText.h"

#include <algorithm>

#include "engine/worker/NeuronPrivate.h"

#include "section.h"

void setup_topology();
void v_setup_vectors();
void recalc_diam();
extern int tree_changed;
extern int v_structure_change;
extern int diam_changed;

namespace dt {

namespace {

Section *sectionOf(const char *name, std::size_t index)
{
    return hocSEC(hoc_top_level_data[hoc_lookup(name)->u.oboff].psecitm[index]);
}

double *voltageIn(Section *section, int segment)
{
    return section->pnode[segment]->_v;
}

} // namespace

Status NeuronEngine::Private::settle()
{
    const bool moved = tree_changed != 0 || v_structure_change != 0;
    if (tree_changed)
        setup_topology();
    if (v_structure_change)
        v_setup_vectors();
    if (diam_changed)
        recalc_diam();
    if (moved)
        findVoltages();
    return Done{};
}

// Through NEURON's own structures: asking hoc for each takes 30 ms for a thousand segments.
void NeuronEngine::Private::findVoltages()
{
    soma.assign(1, voltageIn(sectionOf("dtSoma", 0), 0));
    dend.assign(1, {});
    for (const SegmentRef &row : segmentRows(*neuron))
        dend[0].push_back(
            voltageIn(sectionOf("dtDend", static_cast<std::size_t>(row.dendrite)), row.segment));
    probes.assign(1, {});
    for (const Probe &probe : liveProbes) {
        if (probe.dendrite == SomaIndex) {
            probes[0].push_back(soma[0]);
            continue;
        }
        const auto dendrite = static_cast<std::size_t>(probe.dendrite);
        probes[0].push_back(voltageIn(sectionOf("dtDend", dendrite),
                                      segmentAt(neuron->dendrites[dendrite], probe.x)));
    }
}

Status NeuronEngine::beginLive(const Neuron &neuron)
{
    endLive();
    if (Status built = build(neuron, {CellSetup{}}); !built)
        return built;
    Status status = d->all({"objref dtNil, dtFinger, dtPoke, dtFingers, dtPokes, dtClamp[1]",
                            "dtFingers = new List()", "dtPokes = new List()"});
    if (status)
        d->findVoltages();
    return status;
}

void NeuronEngine::endLive()
{
    if (!d->neuron)
        return;
    d->fingers.clear();
    d->fingersMade = 0;
    d->liveElectrodes.clear();
    d->liveProbes.clear();
    // What was added is not part of what build() thinks is there.
    (void)d->all({"objref dtFinger, dtPoke, dtFingers, dtPokes, dtClamp[1]"});
    d->neuron.reset();
}

Status NeuronEngine::change(const Neuron &to)
{
    const Neuron from = *d->neuron;
    d->neuron = to;
    d->neuron->labels = {};
    const bool membrane = !(from.membrane == to.membrane);
    std::vector<std::string> s;
    if (membrane || !(from.soma == to.soma) || !(from.channels == to.channels))
        s.push_back("dtSoma[0] {" + hoc::sizes(to.soma.lengthUm, to.soma.diamUm)
                    + hoc::assigned(somaMembrane(to)) + " }");
    const std::string dendriteWall = hoc::assigned(dendriteMembrane(to));
    for (std::size_t k = 0; k < to.dendrites.size(); ++k) {
        const Dendrite &dendrite = to.dendrites[k];
        const Dendrite &before = from.dendrites[k];
        const std::string section = hoc::at("dtDend", k);
        if (before.lengthUm != dendrite.lengthUm || before.diamUm != dendrite.diamUm
            || before.points != dendrite.points)
            hoc::appendShape(s, section, dendrite);
        if (membrane)
            s.push_back(section + " {" + dendriteWall + " }");
    }

    const auto kindChanged = [&](int kind) {
        const auto k = static_cast<std::size_t>(kind);
        return k < from.synapseKinds.size() && k < to.synapseKinds.size()
            && !(from.synapseKinds[k] == to.synapseKinds[k]);
    };
    const auto setKind = [&](const std::string &object, int kind) {
        s.push_back(
            "{ "
            + hoc::assigned(object, synapseProcess(to.synapseKinds[static_cast<std::size_t>(kind)]))
            + " " + object + ".factors()\n }");
    };
    for (std::size_t k = 0; k < to.synapses.size(); ++k) {
        if (kindChanged(to.synapses[k].kind))
            setKind(hoc::at("dtSyn", k), to.synapses[k].kind);
    }
    // Of kinds that went, and of new ones that took their number; in NEURON they stay, silent.
    std::erase_if(d->fingers, [&](const auto &finger) {
        const auto k = static_cast<std::size_t>(finger.first.first);
        return k >= from.synapseKinds.size() || k >= to.synapseKinds.size();
    });
    for (const auto &[place, finger] : d->fingers) {
        if (kindChanged(place.first))
            setKind("dtFingers.o(" + std::to_string(finger.index) + ")", place.first);
    }
    // Weights of synapses are ours, not NEURON's: a live run has no events at them.
    if (Status status = d->all(s); !status)
        return status;
    return d->settle();
}

Status NeuronEngine::setElectrodes(const std::vector<Electrode> &electrodes)
{
    std::vector<Electrode> on;
    std::copy_if(electrodes.begin(), electrodes.end(), std::back_inserter(on),
                 [](const Electrode &e) { return e.on; });
    const auto samePlace = [](const Electrode &a, const Electrode &b) {
        return a.clamp == b.clamp && a.dendrite == b.dendrite && a.x == b.x;
    };
    const bool same = on.size() == d->liveElectrodes.size()
        && std::equal(on.begin(), on.end(), d->liveElectrodes.begin(), samePlace);
    std::vector<std::string> s;
    if (!same)
        s.push_back("objref " + hoc::at("dtClamp", std::max<std::size_t>(1, on.size())));
    for (std::size_t i = 0; i < on.size(); ++i) {
        const Electrode &e = on[i];
        const std::string object = hoc::at("dtClamp", i);
        const NeuronMechanism clamp = endlessClampProcess(e);
        s.push_back(same ? "{ " + hoc::assigned(object, clamp) + " }"
                         : d->sectionName(0, e.dendrite) + " { "
                            + hoc::created(object, clamp, simulatedX(*d->neuron, e.dendrite, e.x))
                            + " }");
    }
    d->liveElectrodes = std::move(on);
    if (Status status = d->all(s); !status)
        return status;
    return d->settle();
}

Status NeuronEngine::setProbes(const std::vector<Probe> &probes)
{
    d->liveProbes = probes;
    d->findVoltages();
    return Done{};
}

Status NeuronEngine::poke(int kind, int row, double weight)
{
    auto found = d->fingers.find({kind, row});
    if (found == d->fingers.end()) {
        const SynapseKind &k = d->neuron->synapseKinds[static_cast<std::size_t>(kind)];
        const SegmentRef place = segmentRows(*d->neuron)[static_cast<std::size_t>(row)];
        Status status = d->all({d->sectionName(0, place.dendrite) + " { "
                                    + hoc::created("dtFinger", synapseProcess(k), place.x) + " }",
                                "dtPoke = new NetCon(dtNil, dtFinger)",
                                "{ dtFingers.append(dtFinger) dtPokes.append(dtPoke) }"});
        if (status)
            status = d->settle();
        if (status)
            status = d->oc("{ dtFinger.factors() }"); // after settle(): it asks for the step
        if (!status)
            return status;
        Finger finger;
        finger.index = d->fingersMade++;
        finger.target.netCon = *hoc_top_level_data[hoc_lookup("dtPoke")->u.oboff].pobj;
        finger.target.weight = hoc_val_pointer("dtPoke.weight");
        if (!finger.target.netCon || !finger.target.weight)
            return Error{ErrorCode::Engine, "NEURON lost a synapse it built.", "NEURON"};
        d->eventSymbol = hoc_table_lookup("event", finger.target.netCon->ctemplate->symtable);
        found = d->fingers.emplace(std::pair(kind, row), finger).first;
    }
    const Target &target = found->second.target;
    *target.weight = weight;
    hoc_pushx(*d->time);
    hoc_call_ob_proc(target.netCon, d->eventSymbol, 1);
    hoc_xpop();
    return Done{};
}

} // namespace dt
