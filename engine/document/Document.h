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

/// What an edit touched; `everything` means that another project was opened.
struct ChangeEvent
{
    bool neuron = false;
    bool stimulus = false;
    bool everything = false;
    bool replayed = false; ///< by Undo or Redo, so the state is a former one
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

    /// Applies `change` to a copy of the project. If the outcome is invalid, nothing happens and
    /// the reason is returned; if nothing changed, nothing happens. Edits in a row with the same
    /// non-empty `mergeKey` become one undo step (a drag, a spun wheel) until endMerge().
    ///
    /// When dendrites change, painted events and electrodes keep their places on the cell, unless
    /// `change` moved them itself.
    Status edit(const QString &text, const std::function<void(Project &)> &change,
                const QString &mergeKey = {});
    /// Applies an edit of the dendritic tree (engine/cell/tree/TreeEdit.h) as edit() does. Painted
    /// events and electrodes go where the outcome says that their places went, so renamed and split
    /// dendrites keep them. The outcome that is returned counts what was lost with a branch.
    Result<EditOutcome> editTree(const QString &text,
                                 const std::function<Result<EditOutcome>(Neuron &)> &change,
                                 const QString &mergeKey = {});
    /// Makes this project the present one in one undo step. Nothing is adapted to it, not even the
    /// places of events.
    Status replace(const QString &text, const Project &project);
    /// The next edit starts a new undo step, whatever its key.
    void endMerge() { ++m_mergeGeneration; }

    /// Replaces the project and forgets the history: new, open, recover.
    void reset(const Project &project, const QString &path, bool modified = false);

    /// Where the project was loaded from or last saved to; empty when it was never saved.
    [[nodiscard]] const QString &path() const { return m_path; }
    void setSaved(const QString &path);
    [[nodiscard]] bool isModified() const { return m_recovered || !m_undo.isClean(); }

    [[nodiscard]] QUndoStack *undoStack() { return &m_undo; }
    /// The project as a value that Undo and Redo come back to. Its address identifies the state for
    /// code that remembers something about it.
    [[nodiscard]] std::shared_ptr<const Project> state() const { return m_shared; }

Q_SIGNALS:
    void changed(const dt::ChangeEvent &event);
    /// The path or the modified state has changed.
    void titleChanged();

private:
    friend class EditCommand;
    /// What is adapted to the new neuron unless the edit changed it itself: the places of events
    /// and electrodes, and the rates of rain. Rain alone where the edit moved the places; nothing
    /// for a project that is taken as it is.
    enum class Follow { Nothing, Rain, Everything };
    Status commit(const QString &text, Project after, const QString &mergeKey, Follow follow);
    void apply(const std::shared_ptr<const Project> &project, bool replayed);

    Project m_project;
    std::shared_ptr<const Project> m_shared; ///< m_project as a value for the history; never null
    QString m_path;
    QUndoStack m_undo;
    int m_mergeGeneration = 0;
    bool m_recovered = false; ///< the project is unsaved although the undo stack is clean
};

} // namespace dt
