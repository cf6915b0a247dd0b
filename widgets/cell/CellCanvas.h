// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "widgets/cell/CellCamera.h"
#include "widgets/cell/CellCaption.h"
#include "widgets/cell/CellMark.h"
#include "widgets/cell/CellPicture.h"
#include "widgets/cell/MarkLayout.h"

#include <QWidget>

#include <optional>
#include <span>
#include <vector>

namespace dt {

/// Shows a cell, plain or coloured by voltage, with marks over it, and says what lies where. It can
/// be zoomed and moved, but does not handle mouse and keys: CellView does.
class CellCanvas : public QWidget
{
    Q_OBJECT

public:
    static constexpr int SomaSelected = CellPicture::SomaSelected;

    explicit CellCanvas(QWidget *parent = nullptr);

    void setNeuron(const Neuron &neuron);
    [[nodiscard]] const Neuron &neuron() const { return m_neuron; }
    void setMode(CellLayout::Mode mode);
    [[nodiscard]] CellLayout::Mode mode() const { return m_picture.mode; }
    void setSynapsesVisible(bool visible);

    /// Voltages [mV]: the soma first, then one per segment row; empty for the plain picture.
    void setVoltages(std::span<const float> mv);

    /// Selects SomaSelected, a segment row, or nothing; emits no signal.
    void setSelection(std::optional<int> part);
    [[nodiscard]] std::optional<int> selection() const { return m_picture.selection; }
    /// Selects a part like setSelection(), and emits selectionChanged() if the selection changed.
    void select(std::optional<int> part);
    /// Dendrites that are drawn as selected, besides the one segment.
    void setSelectedDendrites(std::vector<int> dendrites);

    /// Marks over the cell in place of the neuron's synapses; shown while synapses are visible.
    /// Marks on places that the neuron does not have are left out.
    void setMarks(std::vector<CellMark> marks);
    [[nodiscard]] const std::vector<CellMark> &marks() const { return m_marks; }
    /// The mark with this id; nullptr when there is none.
    [[nodiscard]] const CellMark *findMark(int id) const;
    /// When the window holds more marks than this, they are thinned (MarkLayout).
    static constexpr std::size_t MostMarks = MarkLayout::MostMarks;
    /// Whether all marks are drawn, however many there are.
    void setAllMarksShown(bool all);
    /// Ids of the marks that are drawn.
    [[nodiscard]] std::vector<int> drawnMarks() const;
    /// The legend below the picture says what the marks mean: (mark and words, colour). This sign
    /// is drawn as a pipette.
    static constexpr QChar PipetteSign = CellCaption::PipetteSign;
    void setLegend(CellCaption::Legend legend);

    /// How near to the cell a click must be [px], so that thin dendrites can be hit with a mouse.
    static constexpr double ClickReach = 8.0;
    /// The part at this place of the widget: SomaSelected or a segment row.
    [[nodiscard]] std::optional<int> partAt(const QPointF &position) const;
    /// The id of the mark that is drawn at this place of the widget.
    [[nodiscard]] std::optional<int> markAt(const QPointF &position) const;
    /// The place on the cell within `reach` pixels of a place of the widget.
    [[nodiscard]] std::optional<Place> placeAt(const QPointF &position,
                                               double reach = ClickReach) const;
    /// Where a place of the cell's centre line lies in the widget.
    [[nodiscard]] QPointF positionOf(const Place &place) const;
    /// Describes a part in words, with its voltage if there is one.
    [[nodiscard]] QString describe(int part) const;

    [[nodiscard]] const CellLayout &layoutOfCell() const { return m_picture.layout; }
    /// Transform from the layout's coordinates to pixels.
    [[nodiscard]] QTransform toView() const;
    /// Pixels per um along a dendrite.
    [[nodiscard]] double pixelsPerUm() const;
    /// While a drag changes the cell, its picture keeps its scale and does not slip away under the
    /// mouse.
    void holdScale(bool hold);

    /// How much the picture is zoomed; 1 shows all of the cell.
    [[nodiscard]] double zoom() const { return m_camera.zoom(); }
    static constexpr double ZoomStep = 1.25;
    /// Zooms by a factor; what lies at `at` in the widget stays there.
    void zoomBy(double factor, const QPointF &at);
    void zoomIn() { zoomBy(ZoomStep, rect().center()); }
    void zoomOut() { zoomBy(1.0 / ZoomStep, rect().center()); }
    void zoomToFit();
    /// Moves the picture by so many pixels, but never all of the cell out of sight.
    void pan(const QPointF &by);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void selectionChanged();
    void zoomChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    /// Here subclasses draw over cell and marks.
    virtual void paintOver(QPainter &) { }

private:
    void layOut();
    void synapsesToMarks();
    [[nodiscard]] MarkLayout markLayout() const;
    [[nodiscard]] CellCaption caption() const;
    /// The area that the cell may fill at zoom 1. Marks, caption and buttons have their room around
    /// it.
    [[nodiscard]] QRectF areaOfCell() const;

    Neuron m_neuron;
    CellPicture m_picture;
    CellCamera m_camera;
    std::vector<CellMark> m_marks;
    CellCaption::Legend m_legend;
    bool m_synapses = true; ///< marks are visible
    bool m_ownMarks = false; ///< marks were given by setMarks()
    bool m_allMarks = false;
};

} // namespace dt
