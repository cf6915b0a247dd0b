// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/tree/TreeEdit.h"
#include "engine/project/Project.h"

#include <QObject>
#include <QUndoStack>

#include <functional>
#include <memory>

namespace dt {

/// What an edit touched; a change of Everything means another project was opened.
struct ChangeEvent
{
    bool neuron = false;
    bool stimulus = false;
    bool everything = false;
    bool replayed = false; ///< by Undo or Redo: the state was there before
};

/// The open project and its undo history. The only way to change a project is edit(): every edit
/// is one undo step, is validated first, and is announced by one changed(). GUI thread.
class Document : public QObject
{
    Q_OBJECT

public:
    explicit Document(QObject *parent = nullptr);

    [[nodiscard]] const Project &project() const { return m_project; }
    [[nodiscard]] const Neuron &neuron() const { return m_project.neuron; }
    [[nodiscard]] const Stimulus &stimulus() const { return m_project.stimulus; }

    /// Applies `change` to a copy of the project. If the outcome is invalid nothing happens and
    /// the reason is returned; if it is equal nothing happens. Edits in a row with the same
    /// non-empty `mergeKey` become one undo step (a drag, a spun wheel) until endMerge().
    ///
    /// When dendrites change, painted events and electrodes keep their places on the cell, unless
    /// `change` moved them itself.
    Status edit(const QString &text, const std::function<void(Project &)> &change,
                const QString &mergeKey = {});
    /// The same for an edit of the dendritic tree (engine/cell/tree/TreeEdit.h): painted events and
    /// electrodes go where the outcome says that their places went, renamed and split dendrites
    /// keep them, and what was lost with a branch is counted in the outcome that is returned.
    Result<EditOutcome> editTree(const QString &text,
                                 const std::function<Result<EditOutcome>(Neuron &)> &change,
                                 const QString &mergeKey = {});
    /// One undo step to this very project: nothing follows by itself, not even the places of
    /// events.
    Status replace(const QString &text, const Project &project);
    /// The next edit starts a new undo step, whatever its key.
    void endMerge() { ++m_mergeGeneration; }

    /// Replaces the project and forgets the history: new, open, recover.
    void reset(const Project &project, const QString &path, bool modified = false);

    /// Where it was loaded from or last saved to; empty when never saved.
    [[nodiscard]] const QString &path() const { return m_path; }
    void setSaved(const QString &path);
    [[nodiscard]] bool isModified() const { return m_recovered || !m_undo.isClean(); }

    [[nodiscard]] QUndoStack *undoStack() { return &m_undo; }
    /// The project as a value that Undo and Redo come back to: who keeps what belongs to a state
    /// knows it by its address.
    [[nodiscard]] std::shared_ptr<const Project> state() const { return m_shared; }

Q_SIGNALS:
    void changed(const dt::ChangeEvent &event);
    /// Path or modified state is different.
    void titleChanged();

private:
    friend class EditCommand;
    /// What follows the neuron where the edit did not say it itself: places of events and
    /// electrodes, rates of rain. Rain alone where places are done already; nothing for a state
    /// that is taken over.
    enum class Follow { Nothing, Rain, Everything };
    Status commit(const QString &text, Project after, const QString &mergeKey, Follow follow);
    void apply(const std::shared_ptr<const Project> &project, bool replayed);

    Project m_project;
    std::shared_ptr<const Project> m_shared; ///< the same for the history; never null
    QString m_path;
    QUndoStack m_undo;
    int m_mergeGeneration = 0;
    bool m_recovered = false; ///< unsaved although the undo stack is clean
};

} // namespace dt
