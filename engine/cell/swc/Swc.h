// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dt {

/// Traced cells as SWC text: a line is "id type x y z radius parent", lengths in um, parent -1 at
/// the root; types 1 soma, 2 axon, 3 dendrite, 4 apical dendrite. Lines become sections as in
/// NEURON's Import3d: tests compare sections, lengths, areas and places of attachment. Plain
/// functions of their arguments, for any thread. See docs/guide/morphology.md.

/// Every way an SWC text can be wrong or needs a remark. Down to SomaOutOfRange they are faults:
/// the text is refused. From TrailingFields on they are warnings: the text is read, and they say
/// what was done.
enum class SwcIssueKind {
    TooLarge, ///< more than MaxSwcBytes or MaxSwcPoints
    NotText, ///< binary bytes in a line
    Empty, ///< no line with a point
    TooFewFields, ///< fewer than seven fields in a line
    NotANumber, ///< a field that is no number
    NotAnInteger, ///< id, type or parent with a fraction, or too large to count
    NegativeId,
    DuplicateId, ///< the id of an earlier line
    CoordinateOutOfRange, ///< infinite, not a number, or farther than MaxSwcCoordinateUm
    RadiusOutOfRange, ///< negative, infinite, not a number, or above MaxSwcRadiusUm
    SelfParent,
    ParentMissing, ///< no line has the parent's id
    NoRoot, ///< every point has a parent
    SeveralRoots, ///< a second point without parent: trees that are not connected
    Loop, ///< the parents of a point lead back to it
    NoSoma, ///< no point of type 1; SwcOptions::addSoma mends it
    SomaNotAtRoot, ///< the root is no soma, but a later point is
    SomaInSeveralPlaces, ///< a soma point below a dendrite
    NoDendrite,
    SectionOutOfRange, ///< longer or thicker than the program takes
    TooManySections, ///< more than MaxSegments
    SomaOutOfRange, ///< smaller or larger than the program takes
    TrailingFields, ///< more than seven: the rest was ignored
    RootParentZero, ///< the root's parent 0 was read as -1
    PointsReordered, ///< parents after their children: put in order
    ZeroRadius, ///< a radius of 0: the point took that of a neighbour
    SamePlace, ///< a point at its parent's place adds no length
    ZeroLengthSection, ///< left out; what hung on it hangs on its parent
    UnknownType, ///< none of 1 to 4: read as a dendrite
    AxonIsPassive, ///< axons became passive branches
    SeveralSomaSections, ///< a branched soma became one cylinder
    UnlikeImport3d, ///< NEURON's Import3d would join points here that the file does not
    SomaAdded, ///< a soma was added, as asked for
};

[[nodiscard]] bool isFault(SwcIssueKind kind);

struct SwcIssue
{
    SwcIssueKind kind;
    int line; ///< from 1; 0 when it concerns the whole text
    /// A sentence without the line: what is wrong or was done, and the way out. A warning also
    /// names the other lines that it holds for.
    std::string message;
    int lines = 1; ///< number of lines that it holds for
};

/// "Line 12: ..." or the message alone.
std::string swcIssueText(const SwcIssue &issue);

inline constexpr std::size_t MaxSwcBytes = 200'000'000;
inline constexpr int MaxSwcPoints = 1'000'000;
inline constexpr double MaxSwcCoordinateUm = 1.0e6;
inline constexpr double MaxSwcRadiusUm = 1.0e4;
/// Most faults that are kept, besides the first of every kind; all are counted.
inline constexpr std::size_t MaxSwcIssues = 1000;

struct SwcOptions
{
    /// A cell without soma gets one of this length and diameter at its root.
    std::optional<double> addSomaUm;
};

/// The cell of an SWC text. `soma` is the cylinder with the length and area of the soma's sections.
/// Dendrites are named as NEURON's Import3d names them, "dend[0]", "apic[2]", "axon[1]", and
/// "dend_7[0]" for type 7; they have points relative to the soma's centre, one segment each, and
/// parents come first.
struct SwcMorphology
{
    Soma soma;
    std::vector<Dendrite> dendrites;
    Point3 somaCentre; ///< in the coordinates of the text; diam unused
    int points = 0;
    int somaSections = 1;
};

struct SwcReading
{
    std::optional<SwcMorphology> morphology; ///< empty when there are faults
    std::vector<SwcIssue> faults; ///< in the order of the lines, each for one line
    /// The warnings in the order of their first lines; one a kind (or type of points).
    std::vector<SwcIssue> warnings;
    std::size_t faultCount = 0; ///< number of all faults, kept or not

    /// True when the only thing wrong is that there is no soma.
    [[nodiscard]] bool needsOnlySoma() const;
    /// The first fault in a sentence, with the number of all faults; `place` is the file's name.
    [[nodiscard]] Error error(const std::string &place) const;
};

SwcReading readSwc(std::string_view text, const SwcOptions &options = {});

/// A neuron of this shape with everything else like `like`: membrane, channels, kinds of synapses,
/// labels. Segments by the lambda rule at ImportShareOfLambda, or coarser where the program's
/// limit of segments demands it; one excitatory and one inhibitory synapse per segment.
Neuron neuronFromSwc(const SwcMorphology &morphology, const Neuron &like);

inline constexpr double ImportShareOfLambda = 0.1;

/// SWC text of any neuron. Cylinders without points are drawn out in a plane, children fanning out
/// from their parents' ends. Reading it again gives the same lengths and areas; what the format
/// cannot say is listed in comments at the top: segments, membrane, synapses, and where
/// - a dendrite that carries branches between its ends becomes several sections,
/// - an only child of the same type continues its parent's section,
/// - a branch at a dendrite's 0 end hangs where that dendrite hangs (electrically the same),
/// - a branch at neither end nor the middle of the soma hangs on its middle.
/// `title` is one line for the comments, e.g. the project's name.
std::string writeSwc(const Neuron &neuron, std::string_view title);

} // namespace dt
