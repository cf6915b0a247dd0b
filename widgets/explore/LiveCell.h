// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellView.h"

#include <QColor>

#include <optional>
#include <vector>

namespace dt {

/// The picture of the cell that a person can poke. It signals at once when a segment is pressed, an
/// electrode can be dragged along the cell, and the sites of the traces are marked in their
/// colours. Press with the mouse, or select with the arrow keys and press with Return.
class LiveCell : public CellView
{
    Q_OBJECT

public:
    struct Mark
    {
        Place place;
        QColor colour;
    };

    explicit LiveCell(QWidget *parent = nullptr);

    /// Shows a neuron as CellView::setNeuron() does. Marks and an electrode without a place on it
    /// are not drawn.
    void showNeuron(const Neuron &neuron);
    void setSites(std::vector<Mark> sites);
    /// Draws the electrode at a place, or none without one. `working` draws it filled.
    void setElectrode(std::optional<Place> place, bool working);
    /// Draws a short flash where an event arrived.
    void flash(int row, Polarity polarity);
    /// The point where the pipette is held [px], at which a drag begins.
    [[nodiscard]] QPointF electrodeHandle() const;

Q_SIGNALS:
    /// `part` is SomaSelected or a row.
    void pressed(int part);
    void released();
    void electrodeMoved(const dt::Place &place);
    void electrodeDropped();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    void release();
    [[nodiscard]] bool isOnCell(const Place &place) const;
    [[nodiscard]] bool onElectrode(const QPointF &position) const;
    [[nodiscard]] QPointF electrodeTip() const;
    /// The vector from the tip to the handle [px].
    [[nodiscard]] QPointF pipette() const;

    Neuron m_shown;
    std::vector<Mark> m_sites;
    std::optional<Place> m_electrode;
    bool m_working = false;
    bool m_dragging = false;
    bool m_moved = false; ///< the electrode moved since the drag began
    bool m_down = false;
    struct Flash
    {
        int row = -1;
        Polarity polarity = Polarity::Excitatory;
        int left = 0; ///< number of pictures that will still show it
    } m_flash;
};

} // namespace dt
