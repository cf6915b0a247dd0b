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

/// All edits that picture, table, inspector and menu make to the tree. Each is one undo step of the
/// document; its outcome is told in a sentence, and what is new is selected.
class TreeEditor : public QObject
{
    Q_OBJECT

public:
    using Change = std::function<Result<EditOutcome>(Neuron &)>;

    TreeEditor(Document *document, CellSelection *selection, QObject *parent = nullptr);

    [[nodiscard]] Document *document() const { return m_document; }
    [[nodiscard]] CellSelection *selection() const { return m_selection; }

    /// Whether the picture shows the cell's shape. If it does, what it shows stays where it is when
    /// branches come, go or move. In a cell of which a part is drawn, everything stays in any case.
    void setShapeShown(bool shown) { m_shapeShown = shown; }

    /// Whether the document is being changed by this editor, not by a preset, a file or Undo.
    [[nodiscard]] bool isEditing() const { return m_editing; }

    enum class Then { Select, Leave };
    /// Makes an edit; true when it was done. A refusal is told by refused().
    bool edit(const QString &text, const Change &change, const QString &mergeKey = {},
              Then then = Then::Leave);

    // Edits of the selection. When the selection does not fit, a sentence says what to select.
    void addBranch(); ///< adds it at the tip of the selected dendrite, or at the soma
    void split(); ///< splits at the place last clicked
    void join();
    void duplicate();
    void removeBranches(Children children);
    void changeSegments(int by);

    /// Adds a branch; with `points` it is drawn along them.
    bool addBranchAt(const Place &place, double lengthUm, const std::vector<Point3> &points = {});
    bool reconnectTo(int dendrite, const Place &place);
    void plant(std::string_view preset);
    void backToStick();

    /// Live edits of one drag: call beginDrag() once, then edit() with dragKey() any number of
    /// times, then endDrag(), or cancelDrag() to get back the state of the beginning.
    void beginDrag(const QString &text);
    [[nodiscard]] const QString &dragKey() const { return m_dragKey; }
    void endDrag();
    void cancelDrag();

    /// The selected dendrites; an empty list and a sentence when there are none.
    [[nodiscard]] std::vector<int> selected();

Q_SIGNALS:
    /// Says what an edit removed or did besides.
    void told(const QString &sentence);
    void refused(const QString &sentence);

private:
    void tell(const EditOutcome &outcome, const Neuron &before);
    /// An edit() that changes what hangs where.
    bool reshape(const QString &text, const Change &change, Then then = Then::Select);
    /// The one selected dendrite; -1 and a sentence when there is not exactly one.
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
