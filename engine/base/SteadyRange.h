// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <span>

namespace dt {

/// Lowest and highest of some values; values that are not a number (NaN) do not count.
struct Extent
{
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    [[nodiscard]] bool isEmpty() const { return !(low <= high); }
    void take(double value)
    {
        if (value < low)
            low = value;
        if (value > high)
            high = value;
    }
    void take(std::span<const float> values);
    void take(const Extent &other)
    {
        if (other.isEmpty())
            return;
        take(other.low);
        take(other.high);
    }
};

/// The range of an axis that shows all data and yet stands still while they come: its ends are
/// round numbers, it grows at once where data leave it, and shrinks only when it is told that it
/// may and they fill little of it.
class SteadyRange
{
public:
    /// Data that span less than `least` are not magnified further. Shows `from` to `to` until there
    /// are data. All are in the axis' unit.
    SteadyRange(double least, double from, double to);

    /// Makes the range show the data. At least these shares of the data's height stay free above
    /// and below them.
    void fit(const Extent &data, bool mayShrink, double roomAbove = 0.06, double roomBelow = 0.06);

    [[nodiscard]] double from() const { return m_from; }
    [[nodiscard]] double to() const { return m_to; }

private:
    double m_least;
    double m_from;
    double m_to;
};

} // namespace dt
