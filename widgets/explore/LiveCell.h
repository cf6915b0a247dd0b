// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellView.h"

#include <QColor>

#include <optional>
#include <vector>

namespace dt {

/// The picture of the cell as something to touch: a segment that is pressed says so at once, an
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

    /// As CellView::setNeuron(); marks and electrode that have no place on it are not drawn.
    void showNeuron(const Neuron &neuron);
    void setSites(std::vector<Mark> sites);
    /// Nothing: there is no electrode. `working` draws it filled.
    void setElectrode(std::optional<Place> place, bool working);
    /// A short flash where an event arrived.
    void flash(int row, Polarity polarity);
    /// Where the pipette is held [px]; for those who drag it.
    [[nodiscard]] QPointF electrodeHandle() const;

Q_SIGNALS:
    /// SomaSelected or a row.
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
    /// From the tip to where it is held.
    [[nodiscard]] QPointF pipette() const;

    Neuron m_shown;
    std::vector<Mark> m_sites;
    std::optional<Place> m_electrode;
    bool m_working = false;
    bool m_dragging = false;
    bool m_moved = false; ///< since the electrode was caught
    bool m_down = false;
    struct Flash
    {
        int row = -1;
        Polarity polarity = Polarity::Excitatory;
        int left = 0; ///< pictures that still show it
    } m_flash;
};

} // namespace dt
