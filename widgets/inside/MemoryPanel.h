// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/MemoryCurve.h"
#include "widgets/inside/InsideTwin.h"
#include "widgets/twin/DataOffer.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace dt {

class PlotCanvas;
class PlotTile;

/// How well twins do when they see only the last ms of their input: a button that measures, and the
/// curves that were measured.
class MemoryPanel : public QWidget
{
    Q_OBJECT

public:
    /// The curve of one twin.
    struct Curve
    {
        QString title;
        MemoryCurve curve;
        bool present = false; ///< the twin that is looked at
    };

    explicit MemoryPanel(QWidget *parent = nullptr);

    void setTwin(const std::optional<InsideTwin> &twin);
    void setData(const InsideData &found);
    void setCurves(const std::vector<Curve> &curves);
    /// Sets how far measuring the twin of that name is, 0..1; negative when nothing is measured.
    void setProgress(double share, const QString &title = {});
    /// Sets a sentence on how the last measurement ended when it gave no curve; "" for nothing.
    void setSentence(const QString &sentence);
    [[nodiscard]] DataOffer *offer() const { return m_offer; }

Q_SIGNALS:
    void measureRequested();
    void cancelRequested();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateButtons();
    void draw();
    void drawCurves(PlotCanvas &canvas, bool auc);
    [[nodiscard]] QString meaning() const;

    QPushButton *m_measure;
    QPushButton *m_cancel;
    DataOffer *m_offer;
    QProgressBar *m_bar;
    QLabel *m_state;
    QLabel *m_meaning;
    PlotCanvas *m_auc;
    PlotTile *m_aucTile;
    PlotCanvas *m_soma;
    PlotTile *m_somaTile;
    std::optional<InsideTwin> m_twin;
    InsideData m_data;
    std::vector<Curve> m_curves;
    QString m_sentence;
    QString m_measured;
    double m_progress = -1.0;
};

} // namespace dt
