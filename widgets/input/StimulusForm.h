// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace dt {

class Document;
class EventPainter;
class QuantityField;

/// The numbers beside the event painter: duration, what a click paints, the out-and-back stamp,
/// random rain and axons with their seeds, and the selected event.
class StimulusForm : public QWidget
{
    Q_OBJECT

public:
    StimulusForm(Document *document, EventPainter *painter, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    QuantityField *addNumber(QVBoxLayout *layout, const QString &name, const QString &label,
                             const QString &why, const QString &unit, double min, double max,
                             double step);
    QLabel *problemLabel(const QString &name);
    void addProblem(QVBoxLayout *layout, QuantityField *field);
    QLabel *addHeading(QVBoxLayout *layout, const QString &text);
    void addTrainingGroup(QVBoxLayout *layout);
    void addPaintGroup(QVBoxLayout *layout);
    void addRainGroup(QVBoxLayout *layout);
    void addAxonsGroup(QVBoxLayout *layout);
    void addSelectedGroup(QVBoxLayout *layout);
    /// Adds a line with a seed and a button that rolls another one.
    void addSeed(QVBoxLayout *layout, const QString &seedName, const QString &diceName,
                 const QString &accessibleName, QuantityField *&seed, QToolButton *&dice);
    void refreshAxons();
    void refresh();
    void refreshSelected();
    void updateBrush();
    void stamp();
    void keepRainAsEvents();
    void restyle();

    Document *m_document;
    EventPainter *m_painter;
    QuantityField *m_duration = nullptr;
    QComboBox *m_brushPolarity = nullptr;
    QuantityField *m_brushWeight = nullptr;
    QPushButton *m_clear = nullptr;
    QCheckBox *m_rain = nullptr;
    QuantityField *m_seed = nullptr;
    QToolButton *m_dice = nullptr;
    QWidget *m_rainFields = nullptr;
    QuantityField *m_excWeight = nullptr;
    QuantityField *m_excRate = nullptr;
    QuantityField *m_inhWeight = nullptr;
    QuantityField *m_inhRate = nullptr;
    QLabel *m_keepProblem = nullptr;
    QCheckBox *m_axons = nullptr;
    QWidget *m_axonFields = nullptr;
    QuantityField *m_axonSeed = nullptr;
    QToolButton *m_axonDice = nullptr;
    QuantityField *m_axonCount = nullptr;
    QuantityField *m_axonExcRate = nullptr;
    QuantityField *m_axonInhRate = nullptr;
    QuantityField *m_axonPower = nullptr;
    QuantityField *m_axonMultiplier = nullptr;
    QLabel *m_axonText = nullptr;
    QCheckBox *m_training = nullptr;
    QWidget *m_trainingFields = nullptr;
    QuantityField *m_trainingSeed = nullptr;
    QToolButton *m_trainingDice = nullptr;
    QWidget *m_selected = nullptr;
    QComboBox *m_eventPolarity = nullptr;
    QuantityField *m_eventRow = nullptr;
    QuantityField *m_eventTime = nullptr;
    QuantityField *m_eventWeight = nullptr;
    QToolButton *m_remove = nullptr;
};

} // namespace dt
