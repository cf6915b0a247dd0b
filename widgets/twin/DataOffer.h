// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QProgressBar;
class QPushButton;

namespace dt {

/// Buttons for what can be done where a twin's data set is missing: make a small test set of its
/// neuron, or look for a data set. Shows how far making one is. Takes no room when it has nothing
/// to offer.
class DataOffer : public QWidget
{
    Q_OBJECT

public:
    struct State
    {
        bool make = false; ///< a test set can be made
        bool locate = false; ///< a data set can be looked for
        double progress = -1.0; ///< of making a test set, 0..1; negative when none is made
        bool operator==(const State &) const = default;
    };

    /// `name` begins the object names of its buttons.
    explicit DataOffer(const QString &name, QWidget *parent = nullptr);

    void setState(const State &state);

Q_SIGNALS:
    void makeRequested();
    void cancelRequested();
    void locateRequested();

private:
    QPushButton *m_make;
    QPushButton *m_locate;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
};

} // namespace dt
