// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace dt {

/// The neuron that is simulated: an active soma, a tree of passive dendritic cylinders, and an
/// explicit table of synapses. Plain values, compared with ==; whoever holds a Neuron owns it.
/// Equations, defaults and sources: docs/BIOPHYSICS.md.
/// Units are in the names; lengths and diameters um, conductances as named.

/// Index used for "the soma" where a dendrite index is expected.
inline constexpr int SomaIndex = -1;

struct Soma
{
    double lengthUm = 25.0;
    double diamUm = 25.0;
    bool operator==(const Soma &) const = default;
};

/// A point of a section's centre line, relative to the soma's centre, with the diameter there, as
/// in SWC files [um].
struct Point3
{
    double x = 0.0;
    double y = 0.0;
    double z = 0.0;
    double diam = 1.0;
    bool operator==(const Point3 &) const = default;
};

/// One unbranched dendritic section: a cylinder, or frusta along `points`. `parent` is SomaIndex or
/// the index of an *earlier* dendrite (parents come first, so a list in order is a tree by
/// construction).
struct Dendrite
{
    std::string name = "dend";
    int parent = SomaIndex;
    double parentX = 1.0; ///< where on the parent the dendrite's 0 end attaches, 0..1
    double lengthUm = 2048.0;
    double diamUm = 1.0;
    int segments = 64;
    /// Empty for a cylinder, else at least two points from the proximal to the distal end. lengthUm
    /// and diamUm then follow from them (engine/cell/Frusta.h): the length of the line, and the
    /// diameter of the cylinder of that length with the same area.
    std::vector<Point3> points;
    bool operator==(const Dendrite &) const = default;
};

/// Passive membrane and cytoplasm. The soma's leak is its own value, not 1/Rm.
struct Membrane
{
    double raOhmCm = 150.0;
    double cmUfPerCm2 = 1.0;
    double rmOhmCm2 = 20000.0; ///< dendrite: g_pas = 1/Rm
    double somaLeakSPerCm2 = 3.0e-5; ///< soma: g_pas
    double restMv = -85.0; ///< e_pas everywhere; also the initial voltage
    bool operator==(const Membrane &) const = default;
};

/// Factors on the somatic channel densities of Channels.h.
struct SomaChannels
{
    double rhoFactor = 1.0; ///< multiplies every density
    /// Multiplies SK_E2 as well: 0 regular spiking, 1 slow afterhyperpolarization.
    double skFactor = 0.0;
    bool operator==(const SomaChannels &) const = default;
};

enum class Polarity { Excitatory, Inhibitory };

/// A kind of synapse with its kinetics. Excitatory kinds have an AMPA and an NMDA component,
/// inhibitory kinds only the first component (GABA_A).
struct SynapseKind
{
    std::string name = "excitatory";
    Polarity polarity = Polarity::Excitatory;
    double gMaxUs = 4.0e-4; ///< AMPA or GABA_A peak conductance at weight 1
    double tauRiseMs = 0.3;
    double tauDecayMs = 3.0;
    double nmdaGMaxUs = 8.0e-4; ///< 0 = no NMDA component
    double nmdaTauRiseMs = 2.0;
    double nmdaTauDecayMs = 70.0;
    double nmdaGammaPerMv = 0.08; ///< steepness of the magnesium block
    double mgMm = 1.0;
    double reversalMv = 0.0;
    bool operator==(const SynapseKind &) const = default;
};

/// One synapse: a kind at a place.
struct Synapse
{
    int kind = 0; ///< index into Neuron::synapseKinds
    int dendrite = 0; ///< index into Neuron::dendrites
    double x = 0.5; ///< 0..1 along the dendrite, from its proximal end
    double weight = 1.0; ///< multiplies the weight of every event that arrives
    bool operator==(const Synapse &) const = default;
};

/// How the outputs are derived from the voltage (engine/recording/Labels.h).
struct LabelSettings
{
    double spikeThresholdMv = 0.0;
    double somaCapMv = -62.0;
    double dendCapMv = 0.0;
    double nearSpikeVDiffMv = 5.0;
    int nearSpikeMs = 10;
    int rateWindowMs = 50;
    double rateSmoothingMs = 2.0; ///< standard deviation of the Gaussian
    bool operator==(const LabelSettings &) const = default;
};

struct Neuron
{
    Soma soma;
    std::vector<Dendrite> dendrites{Dendrite{}};
    Membrane membrane;
    SomaChannels channels;
    std::vector<SynapseKind> synapseKinds;
    std::vector<Synapse> synapses;
    LabelSettings labels;
    int samplesPerMs = 40; ///< integration steps per ms; dt = 1/samplesPerMs

    bool operator==(const Neuron &) const = default;

    /// True for soma plus one cylinder on its 1 end: the neurons that the scalar names of the
    /// command line describe in full, as long as the synapses are one pair per segment.
    [[nodiscard]] bool isBallAndStick() const;
    /// Number of segments of all dendrites, which is the number of input rows.
    [[nodiscard]] int segmentCount() const;
    [[nodiscard]] const SynapseKind &kindOf(const Synapse &synapse) const
    {
        return synapseKinds[static_cast<std::size_t>(synapse.kind)];
    }
};

/// Where a segment lies. Rows are numbered depth first from the soma, proximal to distal.
struct SegmentRef
{
    int dendrite = 0;
    int segment = 0; ///< within the dendrite
    double x = 0.5; ///< centre, 0..1
};

/// All segments in row order: the rows of the input matrix and of dend_v.
std::vector<SegmentRef> segmentRows(const Neuron &neuron);

/// First row of each dendrite (same length as neuron.dendrites).
std::vector<int> firstRows(const Neuron &neuron);

/// Number of the segment of this dendrite that contains the place; 0 lies in the first, 1 in the
/// last.
int segmentAt(const Dendrite &dendrite, double x);
/// Centre of the segment of this dendrite that contains the place, as x in 0..1.
double segmentCentre(const Dendrite &dendrite, double x);
/// Row of the segment that contains the place.
int rowAt(const Neuron &neuron, int dendrite, double x);

/// The x at which NEURON is to put what sits at a place of the cell: the centre of its segment, in
/// every kind of run and in scripts. NEURON's own 0 and 1 are points without membrane between
/// sections, and the 0 of a dendrite is even a part of what the dendrite hangs on.
double simulatedX(const Neuron &neuron, int dendrite, double x);

/// The index in `after` of the same dendrite: the one of the same name, or, where both neurons have
/// a single dendrite, that one, whatever it is called. -1 when there is none.
int sameDendrite(const Neuron &before, int dendrite, const Neuron &after);

/// Default kinds: [0] excitatory, [1] inhibitory (GABA_A 0.001 uS, 0.2/8 ms, -85 mV).
std::vector<SynapseKind> defaultSynapseKinds();

/// One synapse of kind 0 and one of kind 1 at every segment's centre, in row order.
std::vector<Synapse> onePairPerSegment(const Neuron &neuron);

[[nodiscard]] bool hasOnePairPerSegment(const Neuron &neuron);

/// Changes a dendrite's segment count. A table of one pair per segment stays one; any other
/// table keeps its places.
void setSegments(Neuron &neuron, int dendrite, int segments);

} // namespace dt
