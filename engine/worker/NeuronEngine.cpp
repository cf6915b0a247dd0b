// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/worker/NeuronEngine.h"

#include "engine/cell/Channels.h"
#include "engine/worker/HocText.h"

#include <algorithm>

#include "engine/worker/NeuronPrivate.h"

extern "C" {
void nrnmpi_init(int underNrnControl, int *argc, char ***argv);
/// NEURON calls this at start to register built-in mechanisms; ours come from a library.
void modl_reg() { }
}
int ivocmain_session(int argc, const char **argv, const char **env, int startSession);
void nrn_fixed_step();
const char *nrn_version(int which);
extern int nrn_main_launch;
extern int nrn_nobanner_;

namespace dt {

NeuronEngine::NeuronEngine() : d(std::make_unique<Private>()) { }
NeuronEngine::~NeuronEngine() = default;

Result<std::unique_ptr<NeuronEngine>> NeuronEngine::start(const std::string &mechanismLibrary)
{
    static bool started = false;
    if (started)
        return Error{ErrorCode::Engine, "NEURON is already running in this process.", "NEURON"};
    started = true;

    // Static: NEURON keeps the pointers.
    static const char *arguments[] = {"dendrotwin-worker", "-nogui", nullptr};
    static const char *environment[] = {nullptr};
    int argc = 2;
    auto argv = const_cast<char **>(arguments);
    nrn_main_launch = 1;
    nrn_nobanner_ = 1;
    nrnmpi_init(1, &argc, &argv);
    ivocmain_session(argc, const_cast<const char **>(argv), environment, 0);

    std::unique_ptr<NeuronEngine> engine(new NeuronEngine);
    const Status loaded = engine->d->all(
        {"{nrn_load_dll(\"" + mechanismLibrary + "\")}", "objref dtCvode", "dtCvode = new CVode()",
         // Contiguous arrays: a third faster with several cells.
         "{dtCvode.cache_efficient(1)}", "celsius = " + hoc::num(CelsiusDeg), "secondorder = 0"});
    if (!loaded)
        return loaded.error();
    if (!hoc_lookup("AmpaNmda"))
        return Error{ErrorCode::Engine,
                     "NEURON could not load the channel library " + mechanismLibrary
                         + ". Build or install DendroTwin again.",
                     mechanismLibrary};
    return engine;
}

std::string NeuronEngine::version() const
{
    const std::string package = nrn_version(0); // "8.2.2", perhaps with a suffix
    return "NEURON " + package.substr(0, package.find_first_not_of("0123456789."));
}

std::vector<std::string> NeuronEngine::Private::sectionStatements() const
{
    const Neuron &n = *neuron;
    const std::size_t count = cells.size();
    const std::size_t perCell = n.dendrites.size();
    const std::string somaWall =
        " nseg = 1" + hoc::sizes(n.soma.lengthUm, n.soma.diamUm) + hoc::inserted(somaMembrane(n));
    const std::string dendriteWall = hoc::inserted(dendriteMembrane(n));
    std::vector<std::string> s{"create " + hoc::at("dtSoma", count) + ", "
                               + hoc::at("dtDend", count * perCell)};
    for (std::size_t c = 0; c < count; ++c) {
        s.push_back(hoc::at("dtSoma", c) + " {" + somaWall + " }");
        for (std::size_t k = 0; k < perCell; ++k) {
            const Dendrite &dendrite = n.dendrites[k];
            const std::string section = hoc::at("dtDend", c * perCell + k);
            s.push_back("connect " + section + "(0), " + sectionName(c, dendrite.parent) + "("
                        + hoc::num(dendrite.parentX) + ")");
            hoc::appendShape(s, section, dendrite);
            s.push_back(section + " { nseg = " + std::to_string(dendrite.segments) + dendriteWall
                        + " }");
        }
    }
    return s;
}

std::vector<std::string> NeuronEngine::Private::synapseStatements() const
{
    const Neuron &n = *neuron;
    const std::size_t count = cells.size();
    const std::size_t perCell = n.synapses.size();
    if (perCell == 0)
        return {};
    std::vector<std::string> s{"objref dtNil, " + hoc::at("dtSyn", count * perCell) + ", "
                               + hoc::at("dtCon", count * perCell)};
    for (std::size_t c = 0; c < count; ++c) {
        for (std::size_t k = 0; k < perCell; ++k) {
            const Synapse &synapse = n.synapses[k];
            const std::size_t i = c * perCell + k;
            const std::string object = hoc::at("dtSyn", i);
            s.push_back(sectionName(c, synapse.dendrite) + " { "
                        + hoc::created(object, synapseProcess(n.kindOf(synapse)),
                                       simulatedX(n, synapse.dendrite, synapse.x))
                        + " " + hoc::at("dtCon", i) + " = new NetCon(dtNil, " + object + ")\n }");
        }
    }
    return s;
}

std::string NeuronEngine::Private::sectionName(std::size_t cell, int dendrite) const
{
    return dendrite == SomaIndex
        ? hoc::at("dtSoma", cell)
        : hoc::at("dtDend", cell * neuron->dendrites.size() + static_cast<std::size_t>(dendrite));
}

std::vector<std::string> NeuronEngine::Private::electrodeStatements() const
{
    std::size_t count = 0;
    for (const CellSetup &cell : cells)
        count += cell.electrodes.size();
    if (count == 0)
        return {};
    std::vector<std::string> s{"objref " + hoc::at("dtClamp", count)};
    std::size_t i = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        for (const Electrode &e : cells[c].electrodes) {
            const std::string object = hoc::at("dtClamp", i++);
            if (e.on)
                s.push_back(
                    sectionName(c, e.dendrite) + " { "
                    + hoc::created(object, clampProcess(e), simulatedX(*neuron, e.dendrite, e.x))
                    + " }");
        }
    }
    return s;
}

Status NeuronEngine::Private::findProbes()
{
    probes.assign(cells.size(), {});
    std::size_t firstElectrode = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        for (const Probe &p : cells[c].probes) {
            const auto electrode = static_cast<std::size_t>(p.electrode);
            double *value = nullptr;
            if (p.what == Probe::What::Voltage)
                value = hoc_val_pointer((sectionName(c, p.dendrite) + ".v("
                                         + hoc::num(simulatedX(*neuron, p.dendrite, p.x)) + ")")
                                            .c_str());
            else if (!cells[c].electrodes[electrode].on)
                value = &silent;
            else
                value = hoc_val_pointer(
                    (hoc::at("dtClamp", firstElectrode + electrode) + ".i").c_str());
            if (!value)
                return Error{ErrorCode::Engine, "NEURON lost a place to measure at.", "NEURON"};
            probes[c].push_back(value);
        }
        firstElectrode += cells[c].electrodes.size();
    }
    return Done{};
}

Status NeuronEngine::Private::findPointers()
{
    const Neuron &n = *neuron;
    const std::vector<SegmentRef> rows = segmentRows(n);
    const auto pointer = [](const std::string &name) { return hoc_val_pointer(name.c_str()); };

    soma.clear();
    dend.clear();
    time = pointer("t");
    for (std::size_t c = 0; c < cells.size(); ++c) {
        soma.push_back(pointer(hoc::at("dtSoma", c) + ".v(0.5)"));
        std::vector<double *> voltages;
        for (const SegmentRef &row : rows)
            voltages.push_back(pointer(
                hoc::at("dtDend", c * n.dendrites.size() + static_cast<std::size_t>(row.dendrite))
                + ".v(" + hoc::num(row.x) + ")"));
        dend.push_back(std::move(voltages));
    }
    const auto missing = [](const double *p) { return !p; };
    if (!time || std::any_of(soma.begin(), soma.end(), missing))
        return Error{ErrorCode::Engine, "NEURON lost the soma it built.", "NEURON"};
    for (const std::vector<double *> &voltages : dend) {
        if (std::any_of(voltages.begin(), voltages.end(), missing))
            return Error{ErrorCode::Engine, "NEURON lost a dendrite it built.", "NEURON"};
    }

    for (auto &perPolarity : targets)
        perPolarity.assign(cells.size(), std::vector<std::vector<Target>>(rows.size()));
    if (n.synapses.empty())
        return Done{};
    Object **const netCons = hoc_top_level_data[hoc_lookup("dtCon")->u.oboff].pobj;
    const std::vector<int> first = firstRows(n);
    for (std::size_t c = 0; c < cells.size(); ++c) {
        for (std::size_t k = 0; k < n.synapses.size(); ++k) {
            const Synapse &synapse = n.synapses[k];
            const auto dendrite = static_cast<std::size_t>(synapse.dendrite);
            const int segment = segmentAt(n.dendrites[dendrite], synapse.x);
            const std::string con = hoc::at("dtCon", c * n.synapses.size() + k);
            Target target;
            target.netCon = netCons[c * n.synapses.size() + k];
            target.weight = pointer(con + ".weight");
            target.factor = synapse.weight;
            if (!target.netCon || !target.weight)
                return Error{ErrorCode::Engine, "NEURON lost a synapse it built.", "NEURON"};
            eventSymbol = hoc_table_lookup("event", target.netCon->ctemplate->symtable);
            targets[n.kindOf(synapse).polarity == Polarity::Inhibitory][c]
                   [static_cast<std::size_t>(first[dendrite] + segment)]
                       .push_back(target);
        }
    }
    return Done{};
}

Status NeuronEngine::build(const Neuron &neuron, const std::vector<CellSetup> &cells)
{
    // Labels are derived elsewhere: a change of them needs no new cell.
    Neuron wanted = neuron;
    wanted.labels = {};
    if (d->neuron && *d->neuron == wanted && d->cells == cells)
        return Done{};

    d->neuron.reset();
    Status status = d->all({"objref dtCon[1], dtSyn[1], dtClamp[1]", "forall delete_section()"});
    if (!status)
        return status;
    d->neuron = wanted;
    d->cells = cells;
    status = d->all(d->sectionStatements());
    if (status)
        status = d->all(d->synapseStatements());
    if (status)
        status = d->all(d->electrodeStatements());
    if (status)
        status = d->oc("dt = 1/" + std::to_string(wanted.samplesPerMs));
    // Initialising lays out NEURON's arrays; pointers taken before would dangle.
    if (status)
        status = initialise();
    if (status)
        status = d->findPointers();
    if (status)
        status = d->findProbes();
    if (!status)
        d->neuron.reset(); // half-built: build anew next time
    return status;
}

Status NeuronEngine::initialise()
{
    return d->oc("{finitialize(" + hoc::num(d->neuron->membrane.restMv) + ")}");
}

void NeuronEngine::deliver(int cell, Polarity polarity, int row, double weight)
{
    for (const Target &target :
         d->targets[polarity == Polarity::Inhibitory][static_cast<std::size_t>(cell)]
                   [static_cast<std::size_t>(row)]) {
        // The weight is read when the event arrives, at the start of the next step.
        *target.weight = weight * target.factor;
        hoc_pushx(*d->time);
        hoc_call_ob_proc(target.netCon, d->eventSymbol, 1);
        hoc_xpop();
    }
}

void NeuronEngine::step()
{
    nrn_fixed_step();
}

double NeuronEngine::somaV(int cell) const
{
    return *d->soma[static_cast<std::size_t>(cell)];
}

std::span<double *const> NeuronEngine::dendV(int cell) const
{
    return d->dend[static_cast<std::size_t>(cell)];
}

std::span<double *const> NeuronEngine::probes(int cell) const
{
    return d->probes[static_cast<std::size_t>(cell)];
}

} // namespace dt
