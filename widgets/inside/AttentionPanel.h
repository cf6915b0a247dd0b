// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inside/InsideTwin.h"
#include "widgets/twin/DataOffer.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QSpinBox;

namespace dt {

class PlotCanvas;
class PlotTile;

/// Where a Transformer looks during a piece of a simulation: below the input, over time, how much
/// attention each ms pays to the input of so many ms ago, by layer and head.
class AttentionPanel : public QWidget
{
    Q_OBJECT

public:
    static constexpr int PieceMs = 400;

    explicit AttentionPanel(QWidget *parent = nullptr);

    void setTwin(const std::optional<InsideTwin> &twin);
    void setData(const InsideData &found);
    /// Shows attention. When it is empty there is none yet, or the sentence says why.
    void setAttention(const std::optional<SimulationAttention> &attention,
                      const QString &sentence = {});

    [[nodiscard]] DataOffer *offer() const { return m_offer; }
    [[nodiscard]] int simulation() const; ///< from 0
    [[nodiscard]] int startMs() const;

Q_SIGNALS:
    /// The person wants to see another piece.
    void pieceChosen();

protected:
    void changeEvent(QEvent *event) override;

private:
    void draw();

    QSpinBox *m_simulation;
    QSpinBox *m_start;
    QComboBox *m_layer;
    QComboBox *m_head;
    DataOffer *m_offer;
    QLabel *m_sentence;
    PlotCanvas *m_input;
    PlotTile *m_inputTile;
    PlotCanvas *m_map;
    PlotTile *m_mapTile;
    PlotCanvas *m_profile;
    PlotTile *m_profileTile;
    std::optional<InsideTwin> m_twin;
    InsideData m_data;
    std::optional<SimulationAttention> m_attention;
    QString m_why;
};

} // namespace dt
