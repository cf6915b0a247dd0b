// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

class QCPAxis;

namespace dt {

/// How much of its height a plot shows: all that its data want, or what a person has zoomed into.
class PlotHeight
{
public:
    explicit PlotHeight(QCPAxis &axis);

    /// Sets the whole range, which is shown unless a person has zoomed into a part of it.
    void setWhole(double from, double to);
    /// The axis has words instead of numbers and is not zoomed.
    void setWords() { m_hasWords = true; }

    /// The range that is seen.
    [[nodiscard]] std::pair<double, double> shown() const;
    [[nodiscard]] double middle() const;
    [[nodiscard]] bool isZoomed() const { return m_zoomed; }
    [[nodiscard]] bool canBeZoomed() const { return !m_hasWords && m_from < m_to; }

    /// factor < 1 zooms in; `around` stays where it is.
    void zoom(double factor, double around);
    /// While zoomed: what is at `to` comes to where `from` was.
    void pan(double from, double to);
    /// Ends a zoom; false where there was none.
    bool showWhole();

private:
    [[nodiscard]] bool isLogarithmic() const;

    QCPAxis &m_axis;
    double m_from = 0.0; ///< start of the whole range
    double m_to = 0.0;
    bool m_zoomed = false;
    bool m_hasWords = false;
};

} // namespace dt
