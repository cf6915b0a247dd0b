// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>

class QLabel;
class QProgressBar;
class QToolButton;

namespace dt {

/// The line at the bottom of the window: what runs and how long it will take, with its stop
/// button; how the last thing ended; the seed and the number of the run that is shown.
class StatusStrip : public QWidget
{
    Q_OBJECT

public:
    explicit StatusStrip(QWidget *parent = nullptr);

    /// Shows a sentence and a bar; with `fraction` < 0 nothing runs, and only the sentence is
    /// shown.
    void showState(const QString &sentence, double fraction = -1.0);
    /// Shows number and seed of a run. There is no seed when nothing in the input is random.
    void showRun(int id, std::optional<quint64> seed);
    [[nodiscard]] QString sentence() const;

Q_SIGNALS:
    void stopRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void restyle();

    QLabel *m_text;
    QProgressBar *m_bar;
    QToolButton *m_stop;
    QLabel *m_seed;
    QLabel *m_run;
};

} // namespace dt
