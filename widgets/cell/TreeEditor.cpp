// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/TreeEditor.h"

#include "engine/cell/tree/TreePresets.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "engine/input/SegmentInput.h"
#include "widgets/cell/CellShape.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr double NewBranchUm = 200.0;

} // namespace

TreeEditor::TreeEditor(Document *document, CellSelection *selection, QObject *parent) :
    QObject(parent), m_document(document), m_selection(selection)
{
}

bool TreeEditor::edit(const QString &text, const Change &change, const QString &mergeKey, Then then)
{
    const Neuron before = m_document->neuron();
    bool changed = false;
    const auto watch =
        connect(m_document, &Document::changed, this, [&changed] { changed = true; });
    m_editing = true;
    const Result<EditOutcome> outcome = m_document->editTree(text, change, mergeKey);
    m_editing = false;
    disconnect(watch);
    if (!outcome) {
        Q_EMIT refused(QString::fromStdString(outcome.error().message));
        return false;
    }
    if (then == Then::Select && !outcome->touched.empty())
        m_selection->select(CellSelection::Kind::Dendrites, outcome->touched, 1.0);
    if (changed) // what was said before stands as long as nothing has happened
        tell(*outcome, before);
    return true;
}

void TreeEditor::tell(const EditOutcome &outcome, const Neuron &before)
{
    const std::string input =
        segmentInputNote(before, m_document->neuron(), m_document->stimulus());
    Q_EMIT told(QString::fromStdString(input.empty() ? outcome.sentence() : input));
}

bool TreeEditor::reshape(const QString &text, const Change &change, Then then)
{
    return edit(
        text,
        [&](Neuron &neuron) {
            Neuron plain = neuron;
            Result<EditOutcome> outcome = change(plain);
            const bool drawn = m_shapeShown
                || std::any_of(neuron.dendrites.begin(), neuron.dendrites.end(),
                               [](const Dendrite &d) { return !d.points.empty(); });
            if (!outcome || !drawn || plain == neuron) {
                neuron = std::move(plain);
                return outcome;
            }
            drawAsShown(neuron);
            return change(neuron);
        },
        {}, then);
}

std::vector<int> TreeEditor::selected()
{
    if (m_selection->kind() == CellSelection::Kind::Dendrites)
        return m_selection->items();
    Q_EMIT refused(tr("Select a dendrite first: click it in the picture or in the table."));
    return {};
}

int TreeEditor::one()
{
    const std::vector<int> all = selected();
    if (all.size() == 1)
        return all.front();
    if (!all.empty())
        Q_EMIT refused(tr("Select one dendrite only for this."));
    return -1;
}

void TreeEditor::addBranch()
{
    if (m_selection->kind() == CellSelection::Kind::Soma) {
        addBranchAt({}, NewBranchUm);
        return;
    }
    if (const int d = one(); d >= 0)
        addBranchAt({d, 1.0}, NewBranchUm);
}

bool TreeEditor::addBranchAt(const Place &place, double lengthUm, const std::vector<Point3> &points)
{
    const bool onSoma = place.dendrite == SomaIndex;
    const Neuron &neuron = m_document->neuron();
    const auto parent = static_cast<std::size_t>(onSoma ? 0 : place.dendrite);
    const double diam = neuron.dendrites[parent].diamUm;
    return reshape(tr("Add Branch"), [&](Neuron &n) {
        // On the soma it hangs at the far end, where the stick has its dendrite.
        return dt::addBranch(n, place.dendrite, onSoma ? 1.0 : place.x, lengthUm, diam, points);
    });
}

void TreeEditor::split()
{
    const int d = one();
    if (d < 0)
        return;
    // Splits where it was clicked, but at a round number of um.
    const double length = m_document->neuron().dendrites[static_cast<std::size_t>(d)].lengthUm;
    const double grain = std::pow(10.0, std::floor(std::log10(length / 100.0)));
    const double near = std::round(m_selection->x() * length / grain) * grain;
    const double x = std::clamp(near / length, 0.0, 1.0);
    reshape(tr("Split Dendrite"), [&](Neuron &n) { return splitDendrite(n, d, x); });
}

void TreeEditor::join()
{
    if (const int d = one(); d >= 0)
        reshape(tr("Join Dendrites"), [&](Neuron &n) { return joinWithChild(n, d); });
}

void TreeEditor::duplicate()
{
    if (const int d = one(); d >= 0)
        reshape(tr("Duplicate Branch"), [&](Neuron &n) { return duplicateBranch(n, d); });
}

void TreeEditor::removeBranches(Children children)
{
    const std::vector<int> all = selected();
    if (all.empty())
        return;
    // What is selected next, so that the keyboard goes on from there.
    const int parent = m_document->neuron().dendrites[static_cast<std::size_t>(all.front())].parent;
    const QString text = all.size() == 1 ? tr("Delete Branch") : tr("Delete Branches");
    if (reshape(
            text, [&](Neuron &n) { return removeDendrites(n, all, children); }, Then::Leave)) {
        if (parent == SomaIndex)
            m_selection->select(CellSelection::Kind::Soma);
        else
            m_selection->select(CellSelection::Kind::Dendrites, {parent});
    }
}

void TreeEditor::changeSegments(int by)
{
    const std::vector<int> all = selected();
    if (all.empty())
        return;
    QString of; // a step is of these dendrites; others begin another one
    for (const int d : all)
        of += QString::number(d) + u' ';
    edit(
        tr("Change Segments"),
        [&](Neuron &n) {
            Result<EditOutcome> outcome = EditOutcome{};
            for (const int d : all) {
                const int count = n.dendrites[static_cast<std::size_t>(d)].segments + by;
                outcome = setSegmentCount(n, {d}, std::max(1, count));
                if (!outcome)
                    break;
            }
            return outcome;
        },
        QStringLiteral("segmentKeys ") + of);
}

bool TreeEditor::reconnectTo(int dendrite, const Place &place)
{
    return reshape(tr("Reconnect Branch"), [&](Neuron &n) {
        return reconnect(n, dendrite, place.dendrite, place.dendrite == SomaIndex ? 1.0 : place.x);
    });
}

void TreeEditor::plant(std::string_view preset)
{
    QString title;
    for (const TreePreset &known : treePresets()) {
        if (known.name == preset)
            title = QString::fromUtf8(known.title.data(), qsizetype(known.title.size()));
    }
    m_selection->clear();
    edit(tr("Plant %1").arg(title), [&](Neuron &n) { return plantTree(n, preset); });
}

void TreeEditor::backToStick()
{
    m_selection->clear();
    edit(tr("Back to a Stick"), [](Neuron &n) { return toStick(n); });
}

void TreeEditor::beginDrag(const QString &text)
{
    m_document->endMerge();
    m_dragStart = m_document->project();
    m_dragText = text;
    m_dragKey = QStringLiteral("treeDrag");
}

void TreeEditor::endDrag()
{
    m_document->endMerge();
    m_dragKey.clear();
}

void TreeEditor::cancelDrag()
{
    // An edit with the key of the drag that comes back to its start leaves no step.
    (void)m_document->edit(
        m_dragText, [this](Project &project) { project = m_dragStart; }, m_dragKey);
    endDrag();
}

} // namespace dt
