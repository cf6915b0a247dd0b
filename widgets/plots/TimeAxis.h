// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <optional>

namespace dt {

/// The time axis that a stack of plots shares: what is shown, what there is, the cursor, and a mark
/// that differences at the cursor are taken from. All in ms.
class TimeAxis : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    struct Range
    {
        double from = 0.0;
        double to = 1.0;
        bool operator==(const Range &) const = default;
    };

    [[nodiscard]] Range full() const { return m_full; }
    [[nodiscard]] Range shown() const { return m_shown; }
    [[nodiscard]] std::optional<double> cursor() const { return m_cursor; }
    [[nodiscard]] std::optional<double> mark() const { return m_mark; }

    /// Sets the whole range. A view of all of the old range becomes a view of all of the new one.
    void setFull(double from, double to);
    /// Shows a range, clamped to the whole and never shorter than 2 ms.
    void show(double from, double to);
    void showAll() { show(m_full.from, m_full.to); }
    /// factor < 1 zooms in; `around` stays where it is.
    void zoom(double factor, double around);
    void pan(double ms) { show(m_shown.from + ms, m_shown.to + ms); }

    void setCursor(std::optional<double> ms);
    /// Sets the mark, which stays until it is moved or taken away.
    void setMark(std::optional<double> ms);

Q_SIGNALS:
    void shownChanged();
    /// The cursor or the mark is elsewhere.
    void cursorChanged();

private:
    Range m_full;
    Range m_shown;
    std::optional<double> m_cursor;
    std::optional<double> m_mark;
};

} // namespace dt
