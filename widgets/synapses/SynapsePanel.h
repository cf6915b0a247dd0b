// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;
class QTabWidget;

namespace dt {

class CellSelection;
class CellView;
class DistributePane;
class Document;
class KindForm;
class MarkEditor;
class PlacePalette;
class SynapseTable;

/// Everything about synapses and electrodes beside the picture of the cell: the palette they come
/// from, their table and form, the kinds, adding many at once, and the electrodes. It also puts
/// their marks on the picture.
class SynapsePanel : public QWidget
{
    Q_OBJECT

public:
    SynapsePanel(Document *document, CellSelection *selection, CellView *picture,
                 QWidget *parent = nullptr);

    enum Tab { Table, Kinds, Distribute, Electrodes };
    void showTab(Tab tab);
    /// Whether a click on a dendrite now means a place to put something, and not that its own
    /// numbers are wanted.
    [[nodiscard]] bool wantsPlaces() const;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *tablePage(Document *document, CellSelection *selection);
    void count();
    void follow();
    void say(const QString &sentence, bool problem = true);

    Document *m_document;
    CellSelection *m_selection;
    PlacePalette *m_palette;
    QLabel *m_hint;
    QCheckBox *m_snap;
    QTabWidget *m_tabs;
    SynapseTable *m_table = nullptr;
    QLabel *m_count = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_remove = nullptr;
    KindForm *m_kinds;
    DistributePane *m_distribute;
    MarkEditor *m_marks;
};

} // namespace dt
