// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QTimer>

namespace dt {

/// A sentence that floats over the lower edge of a picture, so that nothing moves when it comes and
/// goes. Mouse events pass through it. Notes disappear by themselves.
class LiveMessage : public QLabel
{
    Q_OBJECT

public:
    explicit LiveMessage(QWidget *picture);

    void say(const QString &sentence, bool isProblem);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QTimer m_timer;
};

} // namespace dt
