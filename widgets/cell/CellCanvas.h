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

/// Shows a cell, plain or coloured by voltage, with marks over it, and says what is where. Can be
/// zoomed and moved, but listens to nobody: mouse and keys are CellView's.
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

    /// [mV] soma first, then one per segment row; empty for the plain picture.
    void setVoltages(std::span<const float> mv);

    /// SomaSelected, a row, or nothing.
    void setSelection(std::optional<int> part);
    [[nodiscard]] std::optional<int> selection() const { return m_picture.selection; }
    /// The same, and emits selectionChanged() if it was another.
    void select(std::optional<int> part);
    /// Dendrites drawn as selected, besides the one segment.
    void setSelectedDendrites(std::vector<int> dendrites);

    /// Marks over the cell in place of the neuron's synapses; shown while synapses are visible.
    /// Those on places that the neuron does not have are left out.
    void setMarks(std::vector<CellMark> marks);
    [[nodiscard]] const std::vector<CellMark> &marks() const { return m_marks; }
    /// nullptr when there is none of that id.
    [[nodiscard]] const CellMark *findMark(int id) const;
    /// More marks than these in the window are thinned, see MarkLayout.
    static constexpr std::size_t MostMarks = MarkLayout::MostMarks;
    /// Draws them all the same.
    void setAllMarksShown(bool all);
    /// Of the marks, those that are drawn.
    [[nodiscard]] std::vector<int> drawnMarks() const;
    /// What the marks mean, below the picture: (mark and words, colour). This sign is drawn as a
    /// pipette.
    static constexpr QChar PipetteSign = CellCaption::PipetteSign;
    void setLegend(CellCaption::Legend legend);

    /// A hair still has to be hit with a mouse [px].
    static constexpr double ClickReach = 8.0;
    /// SomaSelected or the row that lies at this place of the widget.
    [[nodiscard]] std::optional<int> partAt(const QPointF &position) const;
    /// The id of the mark that is drawn at this place of the widget.
    [[nodiscard]] std::optional<int> markAt(const QPointF &position) const;
    /// The place on the cell within `reach` pixels of a place of the widget.
    [[nodiscard]] std::optional<Place> placeAt(const QPointF &position,
                                               double reach = ClickReach) const;
    /// Where in the widget a place of the cell's centre line is.
    [[nodiscard]] QPointF positionOf(const Place &place) const;
    /// A part in words, with its voltage if there is one.
    [[nodiscard]] QString describe(int part) const;

    [[nodiscard]] const CellLayout &layoutOfCell() const { return m_picture.layout; }
    /// From the layout's coordinates to pixels.
    [[nodiscard]] QTransform toView() const;
    /// Pixels of one um along a dendrite.
    [[nodiscard]] double pixelsPerUm() const;
    /// While a drag changes the cell, its picture keeps its scale and does not slip away under the
    /// mouse.
    void holdScale(bool hold);

    /// 1 shows all of it.
    [[nodiscard]] double zoom() const { return m_camera.zoom(); }
    static constexpr double ZoomStep = 1.25;
    /// Zooms by a factor with a place of the widget staying where it is.
    void zoomBy(double factor, const QPointF &at);
    void zoomIn() { zoomBy(ZoomStep, rect().center()); }
    void zoomOut() { zoomBy(1.0 / ZoomStep, rect().center()); }
    void zoomToFit();
    /// As far as the cell is not lost out of sight.
    void pan(const QPointF &by);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void selectionChanged();
    void zoomChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    /// What others draw over cell and marks.
    virtual void paintOver(QPainter &) { }

private:
    void layOut();
    void synapsesToMarks();
    [[nodiscard]] MarkLayout markLayout() const;
    [[nodiscard]] CellCaption caption() const;
    /// What the cell may fill at zoom 1: marks, caption and buttons have their room around it.
    [[nodiscard]] QRectF areaOfCell() const;

    Neuron m_neuron;
    CellPicture m_picture;
    CellCamera m_camera;
    std::vector<CellMark> m_marks;
    CellCaption::Legend m_legend;
    bool m_synapses = true; ///< marks are visible
    bool m_ownMarks = false; ///< given by setMarks()
    bool m_allMarks = false;
};

} // namespace dt
