// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/recording/Recording.h"
#include "widgets/plots/PlotCanvas.h"

#include <memory>
#include <vector>

namespace dt {

class ColourBar;

/// V(x, t): one row per segment, one column per ms, with its colour bar. It can also show V(x, t)
/// minus the voltages of another run with as many rows.
class VoltageMap : public PlotCanvas
{
    Q_OBJECT

public:
    explicit VoltageMap(QWidget *parent = nullptr);

    void begin(const Neuron &neuron, int durationMs);
    /// Adds columns from `fromMs` on, time-major [mV].
    void extend(int fromMs, std::span<const float> dendV);
    /// Subtracts another run; null shows the voltages themselves.
    void setMinus(std::shared_ptr<const VoltageTrace> other);
    /// The range over the segments of what is shown at this ms, in words; empty where nothing is
    /// shown.
    [[nodiscard]] QString wordsAt(int ms) const;

Q_SIGNALS:
    /// Words for the caption: voltage under the mouse.
    void hovered(const QString &text);
    /// This row was clicked, not dragged.
    void rowClicked(int row);

protected:
    void plotMousePress(QMouseEvent *event) override;
    void plotMouseMove(QMouseEvent *event) override;
    void plotMouseRelease(QMouseEvent *event) override;
    void applyTheme() override;

private:
    void placeBar();
    void draw(int fromMs);
    [[nodiscard]] bool isDifference() const;

    ColourBar *m_bar;
    std::vector<float> m_values; ///< time-major, for the read-out
    std::shared_ptr<const VoltageTrace> m_minus;
    float m_largest = 0.0F; ///< largest difference [mV]
    int m_rows = 1;
    int m_columns = 1;
    QPointF m_pressed; ///< [px]
};

} // namespace dt
