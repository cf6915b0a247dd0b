// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotCanvas.h"

#include <QWidget>

#include <vector>

namespace dt {

/// What the lines, bars or points of a plot stand for, in as many rows as the width needs. Outside
/// of the plot, so that it never covers data.
class SeriesLegend : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Bar, Line, Marker };
    struct Entry
    {
        QString text;
        QColor colour;
        Qt::PenStyle dash = Qt::SolidLine;
        Qt::BrushStyle pattern = Qt::SolidPattern;
        PlotCanvas::Shape shape = PlotCanvas::Shape::Dot;
        bool marked = false; ///< the line has the shape on it
    };

    explicit SeriesLegend(Kind kind, QWidget *parent = nullptr);

    void setEntries(std::vector<Entry> entries);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    /// Left upper corner of every entry.
    [[nodiscard]] std::vector<QPoint> places(int width) const;
    [[nodiscard]] int rowHeight() const;
    void paintSample(QPainter &painter, const Entry &entry, const QRectF &box) const;

    Kind m_kind;
    std::vector<Entry> m_entries;
};

} // namespace dt
