// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QWidget>

#include <functional>

namespace dt {

/// The legend of every voltage colouring: the map from bottom to top with its range in mV.
class ColourBar : public QWidget
{
    Q_OBJECT

public:
    explicit ColourBar(QWidget *parent = nullptr);

    void setRange(double fromMv, double toMv);
    /// Colour of a share of the range, 0..1; that of voltages unless told.
    void setColours(const std::function<QColor(double)> &colour);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_from;
    double m_to;
    std::function<QColor(double)> m_colour;
};

} // namespace dt
