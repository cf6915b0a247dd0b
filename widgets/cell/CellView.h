// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "widgets/cell/CellLayout.h"
#include "widgets/cell/CellMark.h"

#include <QStringList>
#include <QTransform>
#include <QWidget>

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace dt {

class CellTool;

/// The picture of the cell, the same on every page: plain, or coloured by voltage while it runs.
/// Click or arrow keys select the soma or a segment; wheel, pinch and the keys + - 0 zoom; dragging
/// the background or the middle button moves what is too large for the window.
///
/// Over the cell lie marks: synapses and electrodes. Without setMarks() these are the synapses of
/// the neuron. A page that edits them gives its own:
///
///     view->setMarks(marks);              // after every change of the document or the selection
///     view->setMarksMovable(true);
///     view->setAcceptedTypes({"application/x-my-synapse"});
///     connect(view, &CellView::markClicked, ...);   // select it; with Ctrl: toggle
///     connect(view, &CellView::markDragged, ...);   // edit with a mergeKey
///     connect(view, &CellView::markDropped, ...);   // Document::endMerge()
///     connect(view, &CellView::markDragCancelled, ...);  // Escape: put the state of the start
///     back
///                                         // by an edit with the same mergeKey, then endMerge()
///     connect(view, &CellView::itemsDropped, ...);  // something was dragged in from elsewhere
///
/// Places are exact; who wants to snap to segments does so with what it is given.
class CellView : public QWidget
{
    Q_OBJECT

public:
    static constexpr int SomaSelected = -1;

    explicit CellView(QWidget *parent = nullptr);
    ~CellView() override;

    void setNeuron(const Neuron &neuron);
    [[nodiscard]] const Neuron &neuron() const { return m_neuron; }
    void setMode(CellLayout::Mode mode);
    [[nodiscard]] CellLayout::Mode mode() const { return m_mode; }
    void setSynapsesVisible(bool visible);

    /// [mV] soma first, then one per segment row; empty for the plain picture.
    void setVoltages(std::span<const float> mv);

    /// SomaSelected, a row, or nothing.
    void setSelection(std::optional<int> part);
    [[nodiscard]] std::optional<int> selection() const { return m_selection; }
    /// Dendrites drawn as selected, besides the one segment.
    void setSelectedDendrites(std::vector<int> dendrites);

    /// Marks over the cell in place of the neuron's synapses; shown while synapses are visible.
    /// Those on places that the neuron does not have are left out.
    void setMarks(std::vector<CellMark> marks);
    [[nodiscard]] const std::vector<CellMark> &marks() const { return m_marks; }
    /// Marks can be dragged along the cell; without it they are not met by the mouse at all.
    void setMarksMovable(bool movable);
    [[nodiscard]] bool marksMovable() const { return m_movable; }
    /// More marks than these in the window are thinned, so that the cell is seen behind them: those
    /// that would lie too close to others of their shape are left out, selected ones and electrodes
    /// never.
    static constexpr std::size_t MostMarks = 256;
    /// Draws them all the same.
    void setAllMarksShown(bool all);
    /// Of the marks, those that are drawn.
    [[nodiscard]] std::vector<int> drawnMarks() const;
    /// What the marks mean, below the picture: (mark and words, colour). This sign is drawn as a
    /// pipette.
    static constexpr QChar PipetteSign = u'▽';
    void setLegend(std::vector<std::pair<QString, QColor>> legend);
    /// Kinds of data that may be dropped on the cell (MIME types).
    void setAcceptedTypes(const QStringList &types);

    /// The id of the mark that is drawn at this place of the widget.
    [[nodiscard]] std::optional<int> markAt(const QPointF &position) const;
    /// The place on the cell within `reach` pixels of a place of the widget.
    [[nodiscard]] std::optional<Place> placeAt(const QPointF &position,
                                               double reach = ClickReach) const;
    /// Where in the widget a place of the cell's centre line is.
    [[nodiscard]] QPointF positionOf(const Place &place) const;

    /// Sees mouse and keys first; null for none. Not owned, outlives the view or is taken away.
    void setTool(CellTool *tool);
    [[nodiscard]] CellTool *tool() const { return m_tool; }
    [[nodiscard]] const CellLayout &layoutOfCell() const { return m_layout; }
    /// From the layout's coordinates to pixels.
    [[nodiscard]] QTransform toView() const;
    /// Pixels of one um along a dendrite.
    [[nodiscard]] double pixelsPerUm() const;
    /// While a drag changes the cell, its picture keeps its scale and does not slip away under the
    /// mouse.
    void holdScale(bool hold);
    /// Selects as a click does: emits selectionChanged().
    void select(std::optional<int> part);

    /// 1 shows all of it.
    [[nodiscard]] double zoom() const { return m_zoom; }
    /// Zooms by a factor with a place of the widget staying where it is.
    void zoomBy(double factor, const QPointF &at);
    void zoomIn() { zoomBy(ZoomStep, rect().center()); }
    void zoomOut() { zoomBy(1.0 / ZoomStep, rect().center()); }
    void zoomToFit();
    /// Lets go of a mark that is being dragged, without a word: it is not what it was.
    void dropMarkDrag() { m_drag.reset(); }

    [[nodiscard]] QSize sizeHint() const override;

    /// A hair still has to be hit with a mouse [px].
    static constexpr double ClickReach = 8.0;
    static constexpr double ZoomStep = 1.25;

Q_SIGNALS:
    void selectionChanged();
    void zoomChanged();
    /// A click on the cell, on no mark; `x` is exact.
    void placeClicked(int dendrite, double x, Qt::KeyboardModifiers modifiers);
    void markClicked(int id, Qt::KeyboardModifiers modifiers);
    /// The mouse holds the mark over another place; comes often.
    void markDragged(int id, int dendrite, double x);
    /// The end of a drag.
    void markDropped(int id, int dendrite, double x);
    void markDragCancelled(int id);
    /// Data of an accepted type was dropped on the cell.
    void itemsDropped(const QString &type, const QByteArray &data, int dendrite, double x);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct MarkDrag
    {
        int id = 0;
        QPointF pressed;
        Qt::KeyboardModifiers modifiers;
        bool clickWaits = false; ///< was selected already: a click counts when it was no drag
        bool moving = false;
        Place place;
    };

    /// How much of a picture is drawn and where each mark lies [px].
    struct MarkBody
    {
        const CellMark *mark = nullptr;
        QPointF base; ///< where it touches the cell
        QPointF out; ///< unit vector away from the cell
        double reach = 0.0; ///< its length
    };

    [[nodiscard]] QTransform fitted() const;
    /// Lines of text below the cell.
    [[nodiscard]] int captionLines() const;
    [[nodiscard]] QString thicknessNote() const;
    [[nodiscard]] std::optional<int> partAt(const QPointF &position) const;
    [[nodiscard]] QString describe(int part) const;
    [[nodiscard]] std::vector<std::pair<QString, QColor>> legend() const;
    struct PlacedMark
    {
        const CellMark *mark = nullptr;
        QPointF centre; ///< on the cell's centre line [px]
    };
    [[nodiscard]] std::vector<PlacedMark> placedMarks() const;
    void thin(std::vector<PlacedMark> &marks) const;
    [[nodiscard]] std::vector<MarkBody> markBodies() const;
    void synapsesToMarks();
    void layOut();
    void paintCell(QPainter &painter) const;
    void paintSelected(QPainter &painter) const;
    void paintMarks(QPainter &painter) const;
    void paintLegend(QPainter &painter, double x, double bottom) const;
    void paintScaleBar(QPainter &painter) const;
    void pan(const QPointF &by);
    [[nodiscard]] bool dragGoesOn() const { return m_drag || m_toolHasMouse; }
    bool dragMark(const QPointF &position);
    void endMarkDrag(bool cancelled);

    Neuron m_neuron;
    CellLayout m_layout;
    CellLayout::Mode m_mode = CellLayout::Mode::Schematic;
    std::vector<float> m_mv;
    std::optional<int> m_selection;
    std::vector<int> m_selectedDendrites;
    bool m_synapses = true;

    std::vector<CellMark> m_marks;
    std::vector<std::pair<QString, QColor>> m_legend;
    bool m_ownMarks = false; ///< given by setMarks()
    bool m_movable = false;
    bool m_allMarks = false;
    std::optional<MarkDrag> m_drag;
    QStringList m_types;
    std::optional<Place> m_dropPlace;

    CellTool *m_tool = nullptr;
    bool m_toolHasMouse = false;
    double m_zoom = 1.0;
    QPointF m_pan; ///< [px]
    std::optional<QPointF> m_panning; ///< last place of the mouse
    std::optional<QPointF> m_backgroundPress;
    std::optional<QTransform> m_held;
};

} // namespace dt
