// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Neuron.h"
#include "widgets/cell/CellLayout.h"

#include <QWidget>

#include <optional>
#include <span>
#include <vector>

namespace dt {

/// The picture of the cell, the same on every page: plain, or coloured by voltage while it runs.
/// Click or arrow keys select the soma or a segment.
class CellView : public QWidget
{
    Q_OBJECT

public:
    static constexpr int SomaSelected = -1;

    explicit CellView(QWidget *parent = nullptr);

    void setNeuron(const Neuron &neuron);
    void setMode(CellLayout::Mode mode);
    [[nodiscard]] CellLayout::Mode mode() const { return m_mode; }
    void setSynapsesVisible(bool visible);

    /// [mV] soma first, then one per segment row; empty for the plain picture.
    void setVoltages(std::span<const float> mv);

    /// SomaSelected, a row, or nothing.
    void setSelection(std::optional<int> part);
    [[nodiscard]] std::optional<int> selection() const { return m_selection; }

    /// The place on the cell within `reach` pixels of a place of the widget.
    [[nodiscard]] std::optional<CellPlace> placeAt(const QPointF &position,
                                                   double reach = ClickReach) const;
    /// Where in the widget a place of the cell's centre line is.
    [[nodiscard]] QPointF positionOf(const CellPlace &place) const;

    [[nodiscard]] QSize sizeHint() const override;

    /// A hair still has to be hit with a mouse [px].
    static constexpr double ClickReach = 8.0;

Q_SIGNALS:
    void selectionChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QTransform toView() const;
    /// Lines of text below the cell.
    [[nodiscard]] int captionLines() const;
    [[nodiscard]] QString thicknessNote() const;
    [[nodiscard]] std::optional<int> partAt(const QPointF &position,
                                            double reach = ClickReach) const;
    [[nodiscard]] QString describe(int part) const;
    void paintLegend(QPainter &painter, double x, double bottom) const;
    void paintScaleBar(QPainter &painter, const QTransform &transform) const;
    void paintSynapses(QPainter &painter, const QTransform &transform) const;
    void select(std::optional<int> part);

    Neuron m_neuron;
    CellLayout m_layout;
    CellLayout::Mode m_mode = CellLayout::Mode::Schematic;
    std::vector<float> m_mv;
    std::optional<int> m_selection;
    bool m_synapses = true;
};

} // namespace dt
