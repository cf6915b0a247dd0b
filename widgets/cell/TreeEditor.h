// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/tree/TreeEdit.h"
#include "engine/project/Project.h"
#include "widgets/cell/CellLayout.h"

#include <QObject>

#include <functional>
#include <string_view>

namespace dt {

class CellSelection;
class Document;

/// What picture, table, inspector and menu do to the tree: one place for its edits, each one undo
/// step of the document, with its outcome told in a sentence and what is new selected.
class TreeEditor : public QObject
{
    Q_OBJECT

public:
    using Change = std::function<Result<EditOutcome>(Neuron &)>;

    TreeEditor(Document *document, CellSelection *selection, QObject *parent = nullptr);

    [[nodiscard]] Document *document() const { return m_document; }
    [[nodiscard]] CellSelection *selection() const { return m_selection; }

    /// The picture shows the cell's shape: what it shows stays where it is when branches come, go
    /// or move. So does all of a cell of which a part is drawn.
    void setShapeShown(bool shown) { m_shapeShown = shown; }

    /// A change of the document comes from here, not from a preset, a file or Undo.
    [[nodiscard]] bool isEditing() const { return m_editing; }

    enum class Then { Select, Leave };
    /// True when it was done. A refusal is told.
    bool edit(const QString &text, const Change &change, const QString &mergeKey = {},
              Then then = Then::Leave);

    // On what is selected. Where nothing fits, a sentence says what to select.
    void addBranch(); ///< at the tip of the selected dendrite, or at the soma
    void split(); ///< at the place last clicked
    void join();
    void duplicate();
    void removeBranches(Children children);
    void changeSegments(int by);

    /// With `points` it is drawn along them.
    bool addBranchAt(const Place &place, double lengthUm, const std::vector<Point3> &points = {});
    bool reconnectTo(int dendrite, const Place &place);
    void plant(std::string_view preset);
    void backToStick();

    /// Live edits of one drag: begin() once, any number of edit()s with this key, then end(), or
    /// cancel() for the state of the beginning.
    void beginDrag(const QString &text);
    [[nodiscard]] const QString &dragKey() const { return m_dragKey; }
    void endDrag();
    void cancelDrag();

    /// The dendrites of the selection; a sentence and an empty list if there is none.
    [[nodiscard]] std::vector<int> selected();

Q_SIGNALS:
    /// What an edit removed or did besides.
    void told(const QString &sentence);
    void refused(const QString &sentence);

private:
    void tell(const EditOutcome &outcome, const Neuron &before);
    /// An edit() of what hangs where.
    bool reshape(const QString &text, const Change &change, Then then = Then::Select);
    /// The one selected dendrite or -1, with a sentence.
    [[nodiscard]] int one();

    Document *m_document;
    CellSelection *m_selection;
    bool m_shapeShown = false;
    bool m_editing = false;
    Project m_dragStart;
    QString m_dragText;
    QString m_dragKey;
};

} // namespace dt
