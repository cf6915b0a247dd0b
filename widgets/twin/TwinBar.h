// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/evaluation/TwinErrors.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QFrame;
class QLabel;
class QPushButton;

namespace dt {

class ElidedLabel;

/// A twin that may be chosen.
struct TwinChoice
{
    QString path;
    QString title;
    QString problem; ///< in few words, why it cannot be used with this neuron; empty when it can
    bool sound = true; ///< false when its file cannot be read
};

/// Over the plots of a run: which twin is drawn beside the neuron, what the colours mean, how far
/// the two are apart and how long each computes. It also says what prevents the comparison.
class TwinBar : public QWidget
{
    Q_OBJECT

public:
    explicit TwinBar(QWidget *parent = nullptr);

    /// Sets the twins to choose from. `chosen` is the path of one of them, or empty for none.
    void setChoices(const std::vector<TwinChoice> &choices, const QString &chosen);
    /// Sets a few words beside an empty choice; they may be empty.
    void setHint(const QString &text);
    /// Shows a sentence, with a button for the twin's own neuron where that helps; empty hides it.
    void setMessage(const QString &sentence, bool offerNeuron);
    /// Shows the legend when the plots show a twin.
    void setTwinShown(bool shown);
    /// Shows how far neuron and twin are apart; empty when there is nothing to compare yet.
    void setErrors(const std::optional<TwinErrors> &errors);
    /// Shows the milliseconds of computing that so many simulated ones take; negative when not
    /// known.
    void setSpeed(double neuronMs, double twinMs, int simulatedMs);

Q_SIGNALS:
    /// A twin was chosen; empty for none.
    void twinChosen(const QString &path);
    void neuronWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showMeasures();
    void restyle();

    QComboBox *m_choice;
    ElidedLabel *m_hint;
    QWidget *m_legend;
    QLabel *m_neuronSwatch;
    QLabel *m_twinSwatch;
    QLabel *m_measures;
    QFrame *m_message;
    QLabel *m_messageText;
    QPushButton *m_useNeuron;
    QString m_errors; ///< the text on the errors
    QString m_speed;
};

} // namespace dt
