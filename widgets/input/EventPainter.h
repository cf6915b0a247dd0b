// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/Stimulus.h"
#include "widgets/plots/PlotCanvas.h"

#include <optional>
#include <vector>

namespace dt {

class Document;

/// The input of a run, segment x time, and the place where it is painted: click adds an event,
/// drag moves it, wheel changes its weight, Delete removes it. Rain and axons are shown but not
/// editable.
///
/// Keyboard: Insert adds, Ctrl+Left/Right selects the previous/next event, arrows move the
/// selected one (Shift: by ten), + and - change its weight, Escape deselects.
class EventPainter : public PlotCanvas
{
    Q_OBJECT

public:
    explicit EventPainter(Document *document, QWidget *parent = nullptr);

    /// Sets the event that a click paints.
    void setBrush(Polarity polarity, double weight);

    /// Selected event as an index into the document's painted events.
    [[nodiscard]] std::optional<std::size_t> selection() const { return m_selection; }
    void select(std::optional<std::size_t> index);
    void removeSelected();
    /// What is painted in this ms.
    [[nodiscard]] QString wordsAt(int ms) const;

Q_SIGNALS:
    void selectionChanged();
    /// A text for the caption about what lies under the mouse.
    void hovered(const QString &text);

protected:
    void plotMousePress(QMouseEvent *event) override;
    void plotMouseMove(QMouseEvent *event) override;
    void plotMouseRelease(QMouseEvent *event) override;
    void plotDoubleClick(QMouseEvent *event) override;
    void plotWheel(QWheelEvent *event) override;
    void applyTheme() override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refresh();
    void followSelection(bool anotherProject);
    [[nodiscard]] std::optional<std::size_t> eventAt(const QPointF &pixel) const;
    [[nodiscard]] bool isHeard(const InputEvent &event) const;
    [[nodiscard]] QString describe(const InputEvent &event, const QString &origin = {}) const;
    void drawAxons(std::vector<Marker> (&markers)[2]);
    void add(int row, int timeMs);
    void changeSelected(const QString &text, const QString &key,
                        const std::function<void(InputEvent &)> &change);
    void moveSelected(int rows, int ms);
    void changeWeight(double by);
    void selectNeighbour(int direction);

    Document *m_document;
    std::vector<InputEvent> m_rain;
    std::vector<InputEvent> m_axonEvents; ///< the strongest events of the axons
    Stimulus m_axonsOf; ///< stimulus that m_axonEvents belong to; only axons and duration count
    int m_axonRows = 0;
    Polarity m_brushPolarity = Polarity::Excitatory;
    double m_brushWeight = 8.0;
    std::optional<std::size_t> m_selection;
    InputEvent m_selectedEvent; ///< the selected event as it was last seen
    std::size_t m_paintedCount = 0;
    int m_markers[2][2] = {}; ///< [painted][polarity]
    int m_unheardMarkers = 0; ///< painted events that find no synapse
    std::vector<bool> m_hears[2]; ///< [polarity]: rows with a synapse of it
    QPointF m_pressed; ///< [px]
    QPointF m_grabbed; ///< from the dragged event to the mouse [ms, rows]
    bool m_moved = false;
    bool m_mayAdd = false;
    bool m_dragging = false;
};

} // namespace dt
