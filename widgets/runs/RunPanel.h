// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotPanel.h"
#include "widgets/runs/ShownRun.h"

namespace dt {

/// One plot of the run that is shown, with what lies over and behind it. It only reads the run,
/// which must outlive it: RunPlots says when something has changed.
class RunPanel : public PlotPanel
{
    Q_OBJECT

public:
    RunPanel(const QString &name, const QString &title, const ShownRun &run);

    /// Draws everything anew: after a change of run, twin, selection, ghosts or colours.
    virtual void draw() = 0;
    /// Draws what is new since the run and its twin were as far as `drawn`.
    virtual void extend(const ShownRun::Reach &drawn) = 0;
    /// What the caption says while the cursor is on the run, at a time that the run covers [ms]. It
    /// is compared with the mark where that is on the run, too.
    [[nodiscard]] virtual QString wordsAt(double ms, std::optional<double> markMs) const = 0;
    /// What the caption says without a cursor on the run.
    [[nodiscard]] virtual QString words() const { return {}; }

protected:
    /// Line numbers in plots that show only the neuron and its twin.
    static constexpr int NeuronLine = 0;
    static constexpr int TwinLine = 1;

    [[nodiscard]] const ShownRun &run() const { return m_run; }
    /// Colour of what the twin says.
    [[nodiscard]] QColor twinColour() const;
    /// Adds what the twin has said from fromMs on, one value per ms; the value of ms 0 is drawn at
    /// x0.
    void drawTwin(int line, std::span<const float> said, int fromMs, double scale = 1.0,
                  double x0 = 0.0);
    /// What the twin says at this time, as words that follow those of the neuron.
    [[nodiscard]] QString besides(const std::vector<float> &said, double ms, double scale,
                                  int digits) const;
    [[nodiscard]] static QString inMv(float value);
    [[nodiscard]] static QString withSign(double value, int digits);

    void changeEvent(QEvent *event) override;

private:
    const ShownRun &m_run;
};

} // namespace dt
