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
    QString problem; ///< in few words, why it cannot be used with this neuron; empty: it can
    bool sound = true; ///< false: its file cannot be read
};

/// Over the plots of a run: which twin is drawn beside the neuron, what the colours mean, how far
/// the two are apart and how long each computes. What stands in the way is said here, too.
class TwinBar : public QWidget
{
    Q_OBJECT

public:
    explicit TwinBar(QWidget *parent = nullptr);

    /// `chosen` is the path of one of them, or empty for none.
    void setChoices(const std::vector<TwinChoice> &choices, const QString &chosen);
    /// In few words, beside an empty choice; may be empty.
    void setHint(const QString &text);
    /// A sentence, with a button for the twin's own neuron where that helps; empty hides it.
    void setMessage(const QString &sentence, bool offerNeuron);
    /// The legend belongs to plots that show a twin.
    void setTwinShown(bool shown);
    /// Empty: nothing to compare yet.
    void setErrors(const std::optional<TwinErrors> &errors);
    /// Milliseconds of computing for so many simulated ones; negative: not known.
    void setSpeed(double neuronMs, double twinMs, int simulatedMs);

Q_SIGNALS:
    /// Empty: none.
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
    QString m_errors; ///< in words
    QString m_speed;
};

} // namespace dt
