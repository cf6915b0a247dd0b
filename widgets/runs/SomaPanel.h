// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/SteadyRange.h"
#include "widgets/plots/MeasureMarks.h"
#include "widgets/runs/RunPanel.h"

namespace dt {

/// The soma's voltage with its spikes; behind it the ghosts', over it the twin's and that of the
/// selected segment, and the measures of the response at the cursor.
class SomaPanel : public RunPanel
{
    Q_OBJECT

public:
    explicit SomaPanel(const ShownRun &run);

    /// Line of the run itself; the ghosts' lie behind, one for each slot.
    static constexpr int SomaLine = static_cast<int>(RunHistory::MaxPinned);

    void draw() override;
    void extend(const ShownRun::Reach &drawn) override;
    [[nodiscard]] QString wordsAt(double ms, std::optional<double> markMs) const override;
    [[nodiscard]] QString words() const override;

    /// Base, peak, rise and half-width of the soma's trace and of the selected segment's.
    void setMeasures(const std::vector<MeasureMarks> &marks);

private:
    static constexpr int TwinSomaLine = SomaLine + 1;
    static constexpr int SegmentLine = SomaLine + 2;
    static constexpr int MeasureLines = SomaLine + 3; ///< rise and half-width of each trace
    static constexpr int MostMeasured = 2; ///< traces
    static constexpr int Lines = MeasureLines + 2 * MostMeasured;
    enum Markers { Spikes, BaseAndPeak };
    enum References { Threshold, Cap };

    void setLooks();
    void drawTrace(std::size_t fromSample);
    void drawSegment();
    void drawSpikes();
    void drawGhosts();
    /// The height follows the data: it grows while a run does, and fits it when it is over.
    void scale();
    /// Of a curve, which may be cut.
    [[nodiscard]] QString nameOf(const QString &whose) const;
    /// As it is shown, which may be cut.
    [[nodiscard]] std::vector<float> shown(std::span<const float> mv) const;

    SteadyRange m_range;
    Extent m_seen; ///< of the run, as drawn
    Extent m_ghostsSeen;
    std::vector<MeasureMarks> m_measures;
};

} // namespace dt
