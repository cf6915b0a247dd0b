// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/tree/TreeEdit.h"

#include "engine/base/Index.h"
#include "engine/base/NumberText.h"
#include "engine/base/Words.h"
#include "engine/cell/Frusta.h"
#include "engine/cell/LambdaRule.h"
#include "engine/cell/Names.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/Validation.h"
#include "engine/cell/tree/TreePoints.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

namespace dt {

namespace {

std::string quoted(const Neuron &neuron, int dendrite)
{
    return dendrite == SomaIndex ? std::string("the soma")
                                 : "'" + neuron.dendrites[at(dendrite)].name + "'";
}

bool exists(const Neuron &neuron, int dendrite)
{
    return dendrite >= 0 && dendrite < static_cast<int>(neuron.dendrites.size());
}

Error refusal(const std::string &sentence, const std::string &place)
{
    return {ErrorCode::InvalidValue, sentence, place};
}

Error noSuch()
{
    return {ErrorCode::NotFound, "There is no such dendrite any more. Select one that is there.",
            "dendrites"};
}

/// Range of a stick's parameter; drawn dendrites may be as small as traced ones are.
Status inRange(const char *parameter, const char *what, double value, const std::string &name,
               bool drawn = false)
{
    const ParameterInfo &info = *findParameter(parameter);
    const double least = drawn && !info.integer ? MinDrawnUm : info.min;
    if (value >= least && value <= info.max) // false for NaN
        return Done{};
    const std::string unit = info.unit.empty() ? " segments" : " " + std::string(info.unit);
    return refusal("'" + name + "': " + what + " of " + roundedOutside(value, least, info.max)
                       + unit + " is outside the range of " + formatNumber(least) + " to "
                       + formatNumber(info.max) + unit + ".",
                   name);
}

Status shareOnParent(double x, const std::string &name)
{
    if (x >= 0.0 && x <= 1.0)
        return Done{};
    return refusal(
        "'" + name + "' would begin at " + formatNumber(x)
            + " of its parent. That must lie between 0, its near end, and 1, its far end.",
        name);
}

/// What an edit works on: the neuron as it was, and the one it becomes.
struct Draft
{
    explicit Draft(Neuron &neuron) : target(neuron), before(neuron), after(neuron)
    {
        outcome.places = PlaceMap::same(neuron.dendrites.size());
    }

    Neuron &target;
    const Neuron before;
    Neuron after;
    EditOutcome outcome;

    /// Puts the list in order, moves the synapses, and hands over.
    EditOutcome finish();
};

/// New index of each dendrite when every parent is to come before its children. Who comes too early
/// waits for its parent; the order of all others, which pictures go by, stays. There is no loop.
std::vector<int> parentsFirst(const std::vector<Dendrite> &dendrites)
{
    const std::size_t n = dendrites.size();
    std::vector<int> index(n, -1);
    std::vector<std::vector<std::size_t>> waiting(n);
    std::set<std::size_t> ready;
    for (std::size_t i = 0; i < n; ++i) {
        if (dendrites[i].parent == SomaIndex)
            ready.insert(i);
        else
            waiting[at(dendrites[i].parent)].push_back(i);
    }
    for (int next = 0; !ready.empty(); ++next) {
        const std::size_t first = *ready.begin();
        ready.erase(ready.begin());
        index[first] = next;
        ready.insert(waiting[first].begin(), waiting[first].end());
    }
    return index;
}

EditOutcome Draft::finish()
{
    const std::vector<int> index = parentsFirst(after.dendrites);
    std::vector<Dendrite> sorted(after.dendrites.size());
    for (std::size_t i = 0; i < index.size(); ++i) {
        Dendrite d = std::move(after.dendrites[i]);
        if (d.parent != SomaIndex)
            d.parent = index[at(d.parent)];
        sorted[at(index[i])] = std::move(d);
    }
    after.dendrites = std::move(sorted);
    outcome.places.renumber(index);
    for (int &dendrite : outcome.touched)
        dendrite = index[at(dendrite)];
    std::sort(outcome.touched.begin(), outcome.touched.end());
    outcome.removedSynapses = moveSynapses(before, outcome.places, after);
    target = std::move(after);
    return std::move(outcome);
}

/// Takes out the marked dendrites; none of the others hangs on one of them.
void erase(Draft &draft, const std::vector<bool> &gone)
{
    std::vector<int> index(gone.size(), -1);
    std::vector<Dendrite> kept;
    for (std::size_t i = 0; i < gone.size(); ++i) {
        if (gone[i]) {
            draft.outcome.places.forget(static_cast<int>(i));
            continue;
        }
        index[i] = static_cast<int>(kept.size());
        kept.push_back(std::move(draft.after.dendrites[i]));
    }
    for (Dendrite &d : kept) {
        if (d.parent != SomaIndex)
            d.parent = index[at(d.parent)];
    }
    draft.outcome.places.renumber(index);
    draft.after.dendrites = std::move(kept);
}

} // namespace

Result<EditOutcome> addBranch(Neuron &neuron, int parent, double x, double lengthUm, double diamUm,
                              std::vector<Point3> points)
{
    if (parent != SomaIndex && !exists(neuron, parent))
        return noSuch();
    Dendrite d;
    d.name = freeDendriteName(neuron, "dend");
    d.parent = parent;
    d.parentX = x;
    d.lengthUm = lengthUm;
    d.diamUm = diamUm;
    if (const Status good = shareOnParent(x, d.name); !good)
        return good.error();
    if (const Status good = inRange("dend_L_um", "a length", lengthUm, d.name); !good)
        return good.error();
    if (const Status good = inRange("dend_diam_um", "a diameter", diamUm, d.name); !good)
        return good.error();
    setPoints(d, std::move(points)); // without any it stays a cylinder
    setLengthUm(d, lengthUm);
    setDiamUm(d, diamUm);
    d.segments = segmentsByLambda(d, neuron.membrane, UsualShareOfLambda);
    Draft draft(neuron);
    draft.after.dendrites.push_back(d);
    if (parent != SomaIndex)
        attachPoints(draft.after, static_cast<int>(neuron.dendrites.size()));
    draft.outcome.touched = {static_cast<int>(neuron.dendrites.size())};
    return draft.finish();
}

Result<EditOutcome> splitDendrite(Neuron &neuron, int dendrite, double x)
{
    if (!exists(neuron, dendrite))
        return noSuch();
    const Dendrite &whole = neuron.dendrites[at(dendrite)];
    const bool drawn = !whole.points.empty();
    const double least = drawn ? MinDrawnUm : findParameter("dend_L_um")->min;
    if (!(x * whole.lengthUm >= least) || !((1.0 - x) * whole.lengthUm >= least))
        return refusal("'" + whole.name + "' cannot be split there: each part must be at least "
                           + formatNumber(least)
                           + " um long. Choose a place farther from its ends.",
                       whole.name);
    Draft draft(neuron);
    Dendrite near = whole;
    Dendrite far = whole;
    far.name = freeDendriteName(neuron, whole.name);
    far.parent = dendrite;
    far.parentX = 1.0;
    near.lengthUm = whole.lengthUm * x;
    far.lengthUm = whole.lengthUm - near.lengthUm;
    if (drawn) {
        auto [nearPoints, farPoints] = splitPoints(whole.points, x);
        setPoints(near, std::move(nearPoints));
        setPoints(far, std::move(farPoints));
    }
    const int share = static_cast<int>(std::lround(whole.segments * x));
    near.segments = std::clamp(share, 1, std::max(1, whole.segments - 1));
    far.segments = std::max(1, whole.segments - near.segments);

    // Behind all others for now: finish() puts it before what hangs on it.
    const int farIndex = static_cast<int>(neuron.dendrites.size());
    for (Dendrite &child : draft.after.dendrites) {
        if (child.parent != dendrite)
            continue;
        if (child.parentX >= x) { // at the cut, too: then near and far can be joined again
            child.parent = farIndex;
            child.parentX = std::clamp((child.parentX - x) / (1.0 - x), 0.0, 1.0);
        } else {
            child.parentX = std::clamp(child.parentX / x, 0.0, 1.0);
        }
    }
    draft.after.dendrites[at(dendrite)] = near;
    draft.after.dendrites.push_back(far);
    draft.outcome.places.of[at(dendrite)] = {{0.0, x, dendrite, 0.0, 1.0},
                                             {x, 1.0, farIndex, 0.0, 1.0}};
    draft.outcome.touched = {farIndex};
    return draft.finish();
}

Result<EditOutcome> joinWithChild(Neuron &neuron, int dendrite)
{
    if (!exists(neuron, dendrite))
        return noSuch();
    const Dendrite near = neuron.dendrites[at(dendrite)];
    const std::vector<int> atEnd = childrenAtEnd(neuron, dendrite);
    if (atEnd.size() != 1)
        return refusal("'" + near.name + "' cannot be joined: "
                           + (atEnd.empty() ? "nothing hangs on its end."
                                            : std::to_string(atEnd.size())
                                      + " branches hang on its end, and a section does not fork."),
                       near.name);
    const int child = atEnd.front();
    const Dendrite far = neuron.dendrites[at(child)];
    const double length = near.lengthUm + far.lengthUm;
    Dendrite joined = near;
    Draft draft(neuron);
    if (near.points.empty() && far.points.empty()) {
        joined.lengthUm = length;
        joined.diamUm = (near.lengthUm * near.diamUm + far.lengthUm * far.diamUm) / length;
        if (near.diamUm == far.diamUm)
            joined.diamUm = near.diamUm;
        else
            draft.outcome.note = "The joined dendrite is of one diameter, "
                + formatNumber(std::round(joined.diamUm * 1000.0) / 1000.0)
                + " um, and has the same membrane area.";
    } else {
        setPoints(joined, joinedPoints(near, far));
    }
    if (const Status good =
            inRange("dend_L_um", "a length", joined.lengthUm, near.name, !joined.points.empty());
        !good)
        return good.error();
    joined.segments = std::min(near.segments + far.segments, MaxSegmentsOfDendrite);
    const double cut = near.lengthUm / length;
    for (Dendrite &d : draft.after.dendrites) {
        if (d.parent == dendrite)
            d.parentX *= cut;
        else if (d.parent == child) {
            d.parent = dendrite;
            d.parentX = d.parentX == 1.0 ? 1.0 : cut + d.parentX * (1.0 - cut);
        }
    }
    draft.after.dendrites[at(dendrite)] = joined;
    draft.outcome.places.of[at(dendrite)] = {{0.0, 1.0, dendrite, 0.0, cut}};
    draft.outcome.places.of[at(child)] = {{0.0, 1.0, dendrite, cut, 1.0}};
    std::vector<bool> gone(neuron.dendrites.size(), false);
    gone[at(child)] = true;
    erase(draft, gone);
    draft.outcome.touched = {dendrite}; // the child came behind it
    return draft.finish();
}

Result<EditOutcome> reconnect(Neuron &neuron, int dendrite, int parent, double x)
{
    if (!exists(neuron, dendrite) || (parent != SomaIndex && !exists(neuron, parent)))
        return noSuch();
    const std::string &name = neuron.dendrites[at(dendrite)].name;
    if (const Status good = shareOnParent(x, name); !good)
        return good.error();
    if (parent == dendrite)
        return refusal(
            "'" + name + "' cannot hang on itself. Choose another dendrite, or the soma.", name);
    if (parent != SomaIndex && isPartOfBranch(neuron, parent, dendrite))
        return refusal(
            "'" + name + "' cannot hang on " + quoted(neuron, parent)
                + ", which hangs on it: the branches would form a loop. Choose a dendrite "
                  "outside this branch.",
            name);
    Draft draft(neuron);
    Dendrite &d = draft.after.dendrites[at(dendrite)];
    if (d.parent != parent || d.parentX != x) {
        const bool moved = d.parent != parent || parent != SomaIndex;
        d.parent = parent;
        d.parentX = x;
        if (moved)
            attachPoints(draft.after, dendrite);
    }
    draft.outcome.touched = {dendrite};
    return draft.finish();
}

Result<EditOutcome> removeDendrites(Neuron &neuron, const std::vector<int> &dendrites,
                                    Children children)
{
    std::vector<bool> gone(neuron.dendrites.size(), false);
    for (const int d : dendrites) {
        if (!exists(neuron, d))
            return noSuch();
        if (children == Children::Remove) {
            for (const int part : branchOf(neuron, d))
                gone[at(part)] = true;
        } else {
            gone[at(d)] = true;
        }
    }
    const auto count = static_cast<int>(std::count(gone.begin(), gone.end(), true));
    if (count == static_cast<int>(gone.size()))
        return refusal(
            "A neuron needs at least one dendrite: synapses sit on dendrites. Change this "
            "one instead, or choose another tree.",
            "dendrites");
    Draft draft(neuron);
    draft.outcome.removedDendrites = count;
    std::vector<int> moved;
    for (std::size_t i = 0; i < gone.size(); ++i) {
        Dendrite &d = draft.after.dendrites[i];
        if (gone[i] || d.parent == SomaIndex || !gone[at(d.parent)])
            continue;
        while (d.parent != SomaIndex && gone[at(d.parent)]) {
            const Dendrite &parent = neuron.dendrites[at(d.parent)];
            d.parentX = parent.parentX;
            d.parent = parent.parent;
        }
        moved.push_back(static_cast<int>(i));
    }
    for (const int i : moved)
        attachPoints(draft.after, i);
    erase(draft, gone);
    return draft.finish();
}

Result<EditOutcome> duplicateBranch(Neuron &neuron, int dendrite)
{
    if (!exists(neuron, dendrite))
        return noSuch();
    const std::vector<int> branch = branchOf(neuron, dendrite);
    Draft draft(neuron);
    std::vector<int> copyOf(neuron.dendrites.size(), -1);
    for (const int i : branch) {
        Dendrite copy = neuron.dendrites[at(i)];
        copy.name = freeDendriteName(draft.after, copy.name);
        if (i != dendrite)
            copy.parent = copyOf[at(copy.parent)];
        copyOf[at(i)] = static_cast<int>(draft.after.dendrites.size());
        draft.outcome.touched.push_back(copyOf[at(i)]);
        draft.after.dendrites.push_back(std::move(copy));
    }
    turnPoints(draft.after, draft.outcome.touched);
    draft.outcome.touched.resize(1); // the branch goes by its first dendrite
    const bool paired = hasOnePairPerSegment(neuron);
    const std::vector<Synapse> table = neuron.synapses;
    EditOutcome outcome = draft.finish();
    if (!paired) { // nothing was moved, so the copies are where they were put
        for (Synapse s : table) {
            if (copyOf[at(s.dendrite)] >= 0) {
                s.dendrite = copyOf[at(s.dendrite)];
                neuron.synapses.push_back(s);
            }
        }
    }
    return outcome;
}

Result<EditOutcome> renameDendrite(Neuron &neuron, int dendrite, const std::string &name)
{
    if (!exists(neuron, dendrite))
        return noSuch();
    const std::string &old = neuron.dendrites[at(dendrite)].name;
    const bool blank =
        std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isspace(c); });
    if (blank)
        return refusal("'" + old + "' needs a name: files and tables refer to it by that.", old);
    if (name.size() > 100)
        return refusal("That name is too long for tables. Use at most 100 letters.", old);
    if (dendriteNamed(neuron, name).value_or(dendrite) != dendrite || name == "soma")
        return refusal("The name '" + name + "' is taken. Give '" + old + "' one of its own.", old);
    Draft draft(neuron);
    draft.after.dendrites[at(dendrite)].name = name;
    draft.outcome.touched = {dendrite};
    return draft.finish();
}

Result<EditOutcome> setParentX(Neuron &neuron, int dendrite, double x)
{
    if (!exists(neuron, dendrite))
        return noSuch();
    return reconnect(neuron, dendrite, neuron.dendrites[at(dendrite)].parent, x);
}

namespace {

/// The same change to each dendrite of a list.
template <typename Change>
Result<EditOutcome> each(Neuron &neuron, const std::vector<int> &dendrites, const char *parameter,
                         const char *what, double value, const Change &change)
{
    for (const int d : dendrites) {
        if (!exists(neuron, d))
            return noSuch();
        const Dendrite &dendrite = neuron.dendrites[at(d)];
        if (const Status good =
                inRange(parameter, what, value, dendrite.name, !dendrite.points.empty());
            !good)
            return good.error();
    }
    Draft draft(neuron);
    draft.outcome.touched = dendrites;
    for (const int d : dendrites)
        change(draft.after, d);
    return draft.finish();
}

} // namespace

Result<EditOutcome> setLength(Neuron &neuron, const std::vector<int> &dendrites, double lengthUm)
{
    return each(neuron, dendrites, "dend_L_um", "a length", lengthUm, [&](Neuron &n, int d) {
        const Dendrite was = n.dendrites[at(d)];
        setLengthUm(n.dendrites[at(d)], lengthUm);
        for (int i = d + 1; i < static_cast<int>(n.dendrites.size()); ++i) {
            if (n.dendrites[at(i)].parent == d)
                followParent(n, i, was);
        }
    });
}

Result<EditOutcome> setDiameter(Neuron &neuron, const std::vector<int> &dendrites, double diamUm)
{
    return each(neuron, dendrites, "dend_diam_um", "a diameter", diamUm,
                [&](Neuron &n, int d) { setDiamUm(n.dendrites[at(d)], diamUm); });
}

Result<EditOutcome> setSegmentCount(Neuron &neuron, const std::vector<int> &dendrites, int segments)
{
    return each(neuron, dendrites, "num_segments", "a count", segments,
                [&](Neuron &n, int d) { n.dendrites[at(d)].segments = segments; });
}

Result<EditOutcome> setSegmentsByLambda(Neuron &neuron, const std::vector<int> &dendrites,
                                        double shareOfLambda)
{
    if (!(shareOfLambda >= 0.001 && shareOfLambda <= 10.0))
        return refusal("A segment of " + formatNumber(shareOfLambda)
                           + " length constants is outside the range of 0.001 to 10.",
                       "dendrites");
    std::vector<int> chosen = dendrites;
    if (chosen.empty()) {
        for (int i = 0; i < static_cast<int>(neuron.dendrites.size()); ++i)
            chosen.push_back(i);
    }
    return each(neuron, chosen, "num_segments", "a count", 1.0, [&](Neuron &n, int d) {
        n.dendrites[at(d)].segments =
            segmentsByLambda(n.dendrites[at(d)], n.membrane, shareOfLambda);
    });
}

bool isUnbranched(const Neuron &neuron)
{
    for (std::size_t i = 0; i < neuron.dendrites.size(); ++i) {
        const Dendrite &d = neuron.dendrites[i];
        if (d.parent != static_cast<int>(i) - 1 || (i > 0 && d.parentX != 1.0))
            return false;
    }
    return !neuron.dendrites.empty();
}

Result<EditOutcome> toStick(Neuron &neuron)
{
    if (!isUnbranched(neuron))
        return refusal(
            "Only an unbranched tree is a stick. Delete the branches, or choose the stick "
            "among the trees.",
            "dendrites");
    const Neuron before = neuron;
    Neuron after = neuron;
    EditOutcome all;
    all.places = PlaceMap::same(neuron.dendrites.size());
    double total = 0.0;
    double area = 0.0;
    for (Dendrite &d : after.dendrites) {
        area += dendriteAreaUm2(d);
        total += d.lengthUm;
        d.points.clear();
    }
    std::vector<double> from;
    double path = 0.0;
    int segments = 0;
    for (const Dendrite &d : after.dendrites) {
        from.push_back(path / total);
        path += d.lengthUm;
        segments += d.segments;
    }
    Dendrite stick = after.dendrites.front();
    const bool even = std::all_of(after.dendrites.begin(), after.dendrites.end(),
                                  [&](const Dendrite &d) { return d.diamUm == stick.diamUm; });
    stick.parentX = 1.0;
    stick.lengthUm = total;
    if (!even || after.dendrites.size() == 1)
        stick.diamUm = even ? stick.diamUm : area / (3.14159265358979323846 * total);
    stick.segments = std::min(segments, MaxSegmentsOfDendrite);
    if (const Status good = inRange("dend_L_um", "a length", total, stick.name); !good)
        return good.error();
    if (const Status good = inRange("dend_diam_um", "a diameter", stick.diamUm, stick.name); !good)
        return good.error();
    for (std::size_t i = 0; i < from.size(); ++i)
        all.places.of[i] = {{0.0, 1.0, 0, from[i], i + 1 < from.size() ? from[i + 1] : 1.0}};
    if (!even)
        all.note = "The stick is of one diameter and has the same membrane area as the tree had.";
    after.dendrites = {stick};
    all.removedSynapses = moveSynapses(before, all.places, after);
    all.touched = {0};
    neuron = std::move(after);
    return all;
}

} // namespace dt
