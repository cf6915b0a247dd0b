// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/synapses/SynapseDistribution.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace dt {

class CellSelection;
class Document;
class NumberRow;
class QuantityField;

/// Many synapses at once: along the whole cell, on chosen dendrites or on the way to a tip; evenly
/// or at random with a seed. While it is visible, what it would add is shown as a preview. Not
/// modal: the picture stays usable, and Apply is one step.
class DistributePane : public QWidget
{
    Q_OBJECT

public:
    DistributePane(Document *document, CellSelection *selection, QWidget *parent = nullptr);

    /// What Apply would add now; empty while the pane is hidden.
    [[nodiscard]] const std::vector<Synapse> &preview() const { return m_preview; }
    /// To the middle of segments; several may then share a place, and their conductances add up.
    void setSnap(bool snap);

Q_SIGNALS:
    void previewChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void addWhere(QVBoxLayout *layout);
    void addAmount(QVBoxLayout *layout);
    void addPlacing(QVBoxLayout *layout);
    void addButtons(QVBoxLayout *layout);
    [[nodiscard]] Distribution wanted() const;
    void refreshChoices();
    void refresh();
    /// Something was changed here: the next addition.
    void propose();
    void apply();
    void removeAll();
    void onePair();
    void restyle();

    Document *m_document;
    CellSelection *m_selection;
    std::vector<Synapse> m_preview;
    std::vector<int> m_dendrites; ///< those last selected: placing synapses selects these instead
    QString m_tipName; ///< that somebody chose; empty for the first one
    int m_added = 0; ///< by the last click, as long as nothing has changed since
    bool m_wholeWay = true; ///< the end of the stretch follows the cell until somebody sets it
    QComboBox *m_kind = nullptr;
    QComboBox *m_where = nullptr;
    QComboBox *m_tip = nullptr;
    QLabel *m_chosen = nullptr;
    NumberRow *m_from = nullptr;
    NumberRow *m_to = nullptr;
    QComboBox *m_amount = nullptr;
    NumberRow *m_count = nullptr;
    NumberRow *m_density = nullptr;
    NumberRow *m_areaDensity = nullptr;
    NumberRow *m_gradient = nullptr;
    QComboBox *m_placing = nullptr;
    QWidget *m_seedRow = nullptr;
    QuantityField *m_seed = nullptr;
    QToolButton *m_dice = nullptr;
    bool m_snap = true;
    NumberRow *m_weight = nullptr;
    QLabel *m_summary = nullptr;
    QPushButton *m_apply = nullptr;
    QPushButton *m_removeAll = nullptr;
    QPushButton *m_onePair = nullptr;
};

} // namespace dt
