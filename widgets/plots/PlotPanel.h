// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotCanvas.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace dt {

/// A plot with its caption: title on the left, read-out at the cursor on the right, and a button
/// that gives the plot the whole stack.
class PlotPanel : public QWidget
{
    Q_OBJECT

public:
    PlotPanel(const QString &name, const QString &title, PlotCanvas *canvas,
              QWidget *parent = nullptr);

    [[nodiscard]] PlotCanvas *canvas() const { return m_canvas; }
    /// Anything that belongs into the caption line, e.g. a check box.
    void addHeaderWidget(QWidget *widget);
    void setTitle(const QString &title);
    void setReadOut(const QString &text);
    void setMaximised(bool maximised);
    /// Whether there is a button that maximises the plot.
    void setMaximisable(bool maximisable);

Q_SIGNALS:
    void maximiseToggled(bool maximised);

protected:
    void changeEvent(QEvent *event) override;

private:
    void restyle();

    PlotCanvas *m_canvas;
    QWidget *m_header;
    QLabel *m_title;
    QLabel *m_readOut;
    QToolButton *m_maximise;
};

} // namespace dt
