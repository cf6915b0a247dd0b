// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/document/Document.h"
#include "engine/input/MovedStimulus.h"

#include "engine/cell/Validation.h"
#include "engine/input/UsualRain.h"

#include <QUndoCommand>

#include <algorithm>
#include <utility>

namespace dt {

namespace {

/// More steps than anybody takes back, and memory stays bounded however long a lecture is.
constexpr int UndoSteps = 1000;

} // namespace

/// Before and after as whole values: a project is small, and undo is then right by construction.
/// What is after one edit and before the next is one value that both share.
class EditCommand : public QUndoCommand
{
public:
    using Shared = std::shared_ptr<const Project>;

    EditCommand(Document *document, const QString &text, Shared before, Shared after,
                const QString &mergeKey) :
        QUndoCommand(text),
        m_document(document), m_before(std::move(before)), m_after(std::move(after)),
        m_mergeKey(mergeKey)
    {
    }

    void undo() override { m_document->apply(m_before, true); }
    void redo() override { m_document->apply(m_after, std::exchange(m_wasDone, true)); }
    int id() const override { return m_mergeKey.isEmpty() ? -1 : 1; }

    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *next = static_cast<const EditCommand *>(other);
        if (next->m_mergeKey != m_mergeKey)
            return false;
        m_after = next->m_after;
        setObsolete(*m_after == *m_before); // dragged back to where it was
        return true;
    }

private:
    Document *m_document;
    Shared m_before;
    Shared m_after;
    QString m_mergeKey;
    bool m_wasDone = false;
};

Document::Document(QObject *parent) :
    QObject(parent), m_shared(std::make_shared<const Project>(m_project))
{
    m_undo.setUndoLimit(UndoSteps);
    connect(&m_undo, &QUndoStack::cleanChanged, this, &Document::titleChanged);
}

Status Document::edit(const QString &text, const std::function<void(Project &)> &change,
                      const QString &mergeKey)
{
    Project after = m_project;
    change(after);
    return commit(text, std::move(after), mergeKey, Follow::Everything);
}

Status Document::replace(const QString &text, const Project &project)
{
    endMerge();
    return commit(text, project, {}, Follow::Nothing);
}

Result<EditOutcome> Document::editTree(const QString &text,
                                       const std::function<Result<EditOutcome>(Neuron &)> &change,
                                       const QString &mergeKey)
{
    Project after = m_project;
    Result<EditOutcome> outcome = change(after.neuron);
    if (!outcome)
        return outcome;
    // Before the stimulus is moved: its rows are counted, and absurd counts take long.
    if (const Status valid = validateNeuron(after.neuron); !valid)
        return valid.error();
    // Where nothing but lengths or segments changed, places stay what they are.
    const auto sameName = [](const Dendrite &a, const Dendrite &b) { return a.name == b.name; };
    const bool sameTree =
        std::equal(after.neuron.dendrites.begin(), after.neuron.dendrites.end(),
                   m_project.neuron.dendrites.begin(), m_project.neuron.dendrites.end(), sameName);
    if (!sameTree) {
        const StimulusLoss loss =
            moveStimulus(m_project.neuron, outcome->places, after.neuron, after.stimulus);
        outcome->removedEvents = loss.events;
        outcome->removedElectrodes = loss.electrodes;
    }
    if (const Status done =
            commit(text, std::move(after), mergeKey, sameTree ? Follow::Everything : Follow::Rain);
        !done)
        return done.error();
    return outcome;
}

Status Document::commit(const QString &text, Project after, const QString &mergeKey, Follow follow)
{
    if (after == m_project)
        return Done{};
    if (const Status valid = validateNeuron(after.neuron); !valid)
        return valid;
    if (const Status valid = validateStimulus(after.stimulus); !valid)
        return valid;
    const bool moved =
        follow == Follow::Everything && after.neuron.dendrites != m_project.neuron.dendrites;
    if (moved && after.stimulus.electrodes == m_project.stimulus.electrodes)
        after.stimulus.electrodes =
            remapElectrodes(m_project.stimulus.electrodes, m_project.neuron, after.neuron);
    if (const Status valid = validateElectrodes(after.stimulus.electrodes, after.neuron); !valid)
        return valid;
    if (follow != Follow::Nothing && after.stimulus.rain == m_project.stimulus.rain)
        followNeuron(after.stimulus.rain, m_project.neuron, after.neuron);
    const QString key =
        mergeKey.isEmpty() ? QString() : mergeKey + u'#' + QString::number(m_mergeGeneration);
    if (moved && after.stimulus.painted == m_project.stimulus.painted)
        after.stimulus.painted =
            remapEvents(m_project.stimulus.painted, m_project.neuron, after.neuron);
    m_undo.push(new EditCommand(this, text, m_shared,
                                std::make_shared<const Project>(std::move(after)), key));
    return Done{};
}

void Document::apply(const std::shared_ptr<const Project> &project, bool replayed)
{
    ChangeEvent event;
    event.replayed = replayed;
    event.neuron = !(project->neuron == m_project.neuron);
    event.stimulus = !(project->stimulus == m_project.stimulus);
    m_project = *project;
    m_shared = project;
    Q_EMIT changed(event);
}

void Document::reset(const Project &project, const QString &path, bool modified)
{
    m_undo.clear();
    m_project = project;
    m_shared = std::make_shared<const Project>(project);
    m_path = path;
    m_recovered = modified;
    endMerge();
    Q_EMIT changed({true, true, true});
    Q_EMIT titleChanged();
}

void Document::setSaved(const QString &path)
{
    m_path = path;
    m_recovered = false;
    m_undo.setClean();
    endMerge();
    Q_EMIT titleChanged();
}

} // namespace dt
