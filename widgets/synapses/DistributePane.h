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

/// Adds many synapses at once: along the whole cell, on chosen dendrites or on the way to a tip;
/// evenly or at random with a seed. While it is visible, what it would add is shown as a preview.
/// It is not modal: the picture stays usable. Apply is one undo step.
class DistributePane : public QWidget
{
    Q_OBJECT

public:
    DistributePane(Document *document, CellSelection *selection, QWidget *parent = nullptr);

    /// What Apply would add now; empty while the pane is hidden.
    [[nodiscard]] const std::vector<Synapse> &preview() const { return m_preview; }
    /// Chooses whether synapses go to the middle of segments. Several may then share a place, and
    /// their conductances add up.
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
    /// Proposes the next addition after a setting was changed here.
    void propose();
    void apply();
    void removeAll();
    void onePair();
    void restyle();

    Document *m_document;
    CellSelection *m_selection;
    std::vector<Synapse> m_preview;
    /// The dendrites selected last; kept because adding synapses selects these instead.
    std::vector<int> m_dendrites;
    QString m_tipName; ///< tip that a person chose; empty for the first one
    int m_added = 0; ///< number added by the last click, until something changes
    bool m_wholeWay = true; ///< the end of the stretch follows the cell until a person sets it
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
