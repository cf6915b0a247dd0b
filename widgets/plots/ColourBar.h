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
    /// Sets the colour of each share (0..1) of the range; without this call the colours are those
    /// of voltages.
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
