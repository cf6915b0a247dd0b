// SPDX-License-Identifier: GPL-3.0-or-later
// RunPlots: values at the cursor, in words.
#include "widgets/runs/RunPlots.h"

#include "widgets/plots/ElectrodePlot.h"

#include "engine/document/Document.h"
#include "widgets/input/EventPainter.h"
#include "widgets/plots/VoltageMap.h"
#include "widgets/runs/RunLines.h"

#include <QCheckBox>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace dt {

namespace {

QString mv(float value)
{
    return RunPlots::tr("%1 mV").arg(static_cast<double>(value), 0, 'f', 1);
}

QString signedNumber(double value, int digits)
{
    const QString text = QString::number(value, 'f', digits);
    return value > 0.0 ? u'+' + text : text;
}

} // namespace

void RunPlots::updateReadOuts()
{
    const std::optional<double> cursor = m_axis->cursor();
    m_electrodesPanel->setReadOut(m_electrodes->words(cursor));
    const auto perMs = static_cast<double>(m_trace.samplesPerMs);
    const auto sample = static_cast<std::size_t>(cursor.value_or(0.0) * perMs);
    const auto ms = static_cast<std::size_t>(cursor.value_or(0.0));
    if (!cursor || sample >= m_trace.somaFine.size() || ms >= m_labels.instRate.size()) {
        int spikes = 0;
        for (const std::uint8_t spike : m_labels.spike)
            spikes += spike;
        m_somaPanel->setReadOut(m_labels.spike.empty() ? QString()
                                    : spikes == 1      ? tr("1 spike")
                                                       : tr("%1 spikes").arg(spikes));
        for (PlotPanel *panel : {m_spikesPanel, m_differencePanel, m_dendritePanel, m_nearPanel,
                                 m_ratePanel, m_mapPanel, m_inputPanel})
            panel->setReadOut({});
        return;
    }
    // Where the mark is on the run, too, differences are said.
    const std::optional<double> mark = m_axis->mark();
    const auto markSample = static_cast<std::size_t>(mark.value_or(0.0) * perMs);
    const auto markMs = static_cast<std::size_t>(mark.value_or(0.0));
    const bool marked =
        mark && markSample < m_trace.somaFine.size() && markMs < m_labels.instRate.size();

    const float soma = m_trace.somaFine[sample];
    const float cap = static_cast<float>(m_neuron.labels.somaCapMv);
    const auto shown = [&](float v) { return m_twinShown ? std::min(v, cap) : v; };
    QString somaText = tr("%1 at %2 ms%3")
                           .arg(mv(shown(soma)))
                           .arg(*cursor, 0, 'f', 1)
                           .arg(besides(m_twin.somaMv, 1.0, 1));
    if (marked)
        somaText += tr("; from the mark %1 ms, %2 mV")
                        .arg(signedNumber(*cursor - *mark, 1),
                             signedNumber(static_cast<double>(
                                              shown(soma) - shown(m_trace.somaFine[markSample])),
                                          2));
    m_somaPanel->setReadOut(somaText);
    m_spikesPanel->setReadOut(besides(m_twin.spikeProbability, 1.0, 2).mid(2));
    readOutInput();
    readOutDifference();
    const auto n = static_cast<std::size_t>(m_trace.segments);
    if ((ms + 1) * n <= m_trace.dendV.size() && !m_rows.empty()) {
        const float *column = m_trace.dendV.data() + ms * n;
        QString text = tr("near soma %1, tip %2").arg(mv(column[0]), mv(column[n - 1]));
        if (m_twinShown) {
            const auto row = static_cast<std::size_t>(m_rows.front());
            const auto dendCap = static_cast<float>(m_neuron.labels.dendCapMv);
            text = mv(std::min(dendCap, column[row]));
            if (m_twin.dendHeads == m_trace.segments && static_cast<int>(ms) < m_twinMs)
                text +=
                    tr(", twin %1")
                        .arg(mv(
                            m_twin.dendMv[row * static_cast<std::size_t>(m_twin.lengthMs) + ms]));
        } else if (m_selectedRow && static_cast<std::size_t>(*m_selectedRow) < n) {
            const auto row = static_cast<std::size_t>(*m_selectedRow);
            text += tr(", selected %1").arg(mv(column[row]));
            if (marked)
                text +=
                    tr(" (%1 mV from the mark)")
                        .arg(signedNumber(
                            static_cast<double>(column[row] - m_trace.dendV[markMs * n + row]), 2));
        }
        m_dendritePanel->setReadOut(text);
        if (!m_map->underMouse()) // it says itself what lies there
            readOutMap(ms);
    }
    m_nearPanel->setReadOut((m_labels.nearSpike[ms] ? tr("yes") : tr("no"))
                            + besides(m_twin.nearSpikeProbability, 1.0, 2));
    QString rate = tr("%1 Hz%2")
                       .arg(static_cast<double>(m_labels.instRate[ms]) * 1000.0, 0, 'f', 1)
                       .arg(besides(m_twin.rate, 1000.0, 1));
    if (marked)
        rate +=
            tr(", %1 Hz from the mark")
                .arg(signedNumber(
                    static_cast<double>(m_labels.instRate[ms] - m_labels.instRate[markMs]) * 1000.0,
                    1));
    m_ratePanel->setReadOut(rate);
}

// The range over the segments of what the map shows.
void RunPlots::readOutMap(std::size_t ms)
{
    const auto n = static_cast<std::size_t>(m_trace.segments);
    const auto first = m_trace.dendV.begin() + static_cast<std::ptrdiff_t>(ms * n);
    std::vector<float> values(first, first + static_cast<std::ptrdiff_t>(n));
    const RunRecord *ghost = mapGhost();
    if (ghost && (ms + 1) * n <= ghost->trace->dendV.size()) {
        for (std::size_t i = 0; i < n; ++i)
            values[i] -= ghost->trace->dendV[ms * n + i];
    }
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    QString text = n > 1 ? tr("%1 to %2").arg(mv(*low), mv(*high)) : mv(*low);
    if (ghost)
        text += tr(" more");
    m_mapPanel->setReadOut(text);
}

// What arrives in the ms under the cursor, unless the mouse is over the painter, which says more.
void RunPlots::readOutInput()
{
    if (m_painter->underMouse())
        return;
    const int ms = static_cast<int>(m_axis->cursor().value_or(0.0));
    int count[2] = {};
    double weight[2] = {};
    for (const InputEvent &event : m_document->stimulus().painted) {
        if (event.timeMs != ms)
            continue;
        const int kind = event.polarity == Polarity::Inhibitory;
        ++count[kind];
        weight[kind] += event.weight;
    }
    QStringList words;
    if (count[0] > 0)
        words << tr("%1 excitatory, weight %2").arg(count[0]).arg(weight[0], 0, 'f', 1);
    if (count[1] > 0)
        words << tr("%1 inhibitory, weight %2").arg(count[1]).arg(weight[1], 0, 'f', 1);
    m_inputPanel->setReadOut(words.isEmpty() ? tr("nothing painted at %1 ms").arg(ms)
                                             : words.join(QStringLiteral("; ")));
}

void RunPlots::readOutDifference()
{
    if (!m_differenceCheck->isChecked() || m_ghosts.empty()) {
        m_differencePanel->setReadOut({});
        return;
    }
    const auto sample =
        static_cast<std::size_t>(m_axis->cursor().value_or(0.0) * m_trace.samplesPerMs);
    QStringList words;
    for (const RunRecord &ghost : m_ghosts) {
        const std::vector<float> value =
            somaSampled(ghost, m_trace.samplesPerMs, sample, sample + 1);
        if (!value.empty() && !std::isnan(value.front()))
            words << tr("%1 mV (%2)")
                         .arg(signedNumber(
                                  static_cast<double>(m_trace.somaFine[sample] - value.front()), 2),
                              QString::fromStdString(ghost.title()));
    }
    m_differencePanel->setReadOut(words.join(QStringLiteral(", ")));
}

void RunPlots::setMeasures(const std::vector<MeasureMarks> &marks)
{
    // The cursor moves often, the response that it is on seldom changes.
    const auto same = [](const MeasureMarks &a, const MeasureMarks &b) {
        return std::bit_cast<std::array<std::uint64_t, sizeof a / 8>>(a)
            == std::bit_cast<std::array<std::uint64_t, sizeof b / 8>>(b);
    };
    if (std::equal(marks.begin(), marks.end(), m_measures.begin(), m_measures.end(), same))
        return;
    m_measures = marks;
    std::vector<PlotCanvas::Marker> dots;
    const auto dot = [&](double ms, double mv, const QString &text, PlotCanvas::Side side) {
        if (!std::isnan(ms) && !std::isnan(mv))
            dots.push_back({ms, mv, 6.0, false, text, side});
    };
    for (int i = 0; i < MostMeasured; ++i) {
        const MeasureMarks m = i < static_cast<int>(marks.size())
            ? marks[static_cast<std::size_t>(i)]
            : MeasureMarks{};
        dot(m.baseMs, m.baseMv, tr("base"), PlotCanvas::Side::Below);
        dot(m.peakMs, m.peakMv, tr("peak"), PlotCanvas::Side::Above);
        const double amplitude = m.peakMv - m.baseMv;
        const auto line = [&](int number, double from, double to, double low, double high) {
            const std::vector<double> x{from, to};
            const std::vector<double> y{m.baseMv + low * amplitude, m.baseMv + high * amplitude};
            if (std::isnan(from) || std::isnan(to))
                m_soma->setPoints(number, {}, {});
            else
                m_soma->setPoints(number, x, y);
        };
        line(SomaMeasures + 2 * i, m.riseFromMs, m.riseToMs, 0.1, 0.9);
        line(SomaMeasures + 2 * i + 1, m.halfFromMs, m.halfToMs, 0.5, 0.5);
    }
    m_soma->setMarkers(1, std::move(dots));
    m_soma->redraw();
}

// What the twin says at the cursor, to stand behind what the neuron does.
QString RunPlots::besides(const std::vector<float> &said, double scale, int digits) const
{
    const auto ms = static_cast<std::size_t>(m_axis->cursor().value_or(0.0));
    if (!m_twinShown || static_cast<int>(ms) >= m_twinMs)
        return {};
    return tr(", twin %1").arg(static_cast<double>(said[ms]) * scale, 0, 'f', digits);
}

} // namespace dt
