// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace dt {

/// Shows one piece of long work: what it is, how far it is, and a button to cancel it. Hidden while
/// nothing runs.
class TaskStrip : public QFrame
{
    Q_OBJECT

public:
    explicit TaskStrip(QWidget *parent = nullptr);

    void begin(const QString &what);
    void setFraction(double fraction);
    void end();

Q_SIGNALS:
    void cancelRequested();

private:
    QLabel *m_text;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
};

} // namespace dt
