// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/SteadyRange.h"
#include "widgets/plots/MeasureMarks.h"
#include "widgets/runs/RunPanel.h"

namespace dt {

/// The soma's voltage with its spikes. Behind it are the ghosts; over it are the twin's voltage,
/// the selected segment's, and the measures of the response at the cursor.
class SomaPanel : public RunPanel
{
    Q_OBJECT

public:
    explicit SomaPanel(const ShownRun &run);

    /// Number of the run's own line; the ghosts' lines, one for each slot, lie behind it.
    static constexpr int SomaLine = static_cast<int>(RunHistory::MaxPinned);

    void draw() override;
    void extend(const ShownRun::Reach &drawn) override;
    [[nodiscard]] QString wordsAt(double ms, std::optional<double> markMs) const override;
    [[nodiscard]] QString words() const override;

    /// Marks of base, peak, rise and half-width on the soma's trace and on the selected segment's.
    void setMeasures(const std::vector<MeasureMarks> &marks);

private:
    static constexpr int TwinSomaLine = SomaLine + 1;
    static constexpr int SegmentLine = SomaLine + 2;
    static constexpr int MeasureLines = SomaLine + 3; ///< rise and half-width of each trace
    static constexpr int MostMeasured = 2; ///< the most traces that are measured
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
    /// The name of a curve, which may be cut at the cap.
    [[nodiscard]] QString nameOf(const QString &whose) const;
    /// The voltage as it is shown, which may be cut at the cap.
    [[nodiscard]] std::vector<float> shown(std::span<const float> mv) const;

    SteadyRange m_range;
    Extent m_seen; ///< of the run, as drawn
    Extent m_ghostsSeen;
    std::vector<MeasureMarks> m_measures;
};

} // namespace dt
