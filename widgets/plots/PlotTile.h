// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace dt {

class PlotCanvas;

/// A small plot of many: a caption above it, with a read-out on the right. Neither makes
/// a tile wider than its neighbours.
class PlotTile : public QWidget
{
    Q_OBJECT

public:
    PlotTile(const QString &title, PlotCanvas *canvas, QWidget *parent = nullptr);

    void setReadOut(const QString &text);

private:
    QLabel *m_caption;
    QLabel *m_readOut;
};

} // namespace dt
