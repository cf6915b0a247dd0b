// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/input/Electrode.h"
#include "widgets/cell/CellLayout.h"

#include <QWidget>

#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSlider;
class QVBoxLayout;

namespace dt {

class Document;
class ParameterRow;
class QuantityField;

/// Settings of what a click on a segment does: the kind of synapse, the strength, and whether
/// holding the button sends a train of events.
class LiveFingerPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LiveFingerPanel(Document *document, QWidget *parent = nullptr);

    /// Chosen kind as an index into Neuron::synapseKinds; -1 when there are none.
    [[nodiscard]] int kind() const;
    [[nodiscard]] double weight() const;
    /// Events per second of the neuron's time while the button is held; 0 for one event, however
    /// long it is held.
    [[nodiscard]] double rateHz() const;
    /// The rate that is chosen, and whether holding uses it.
    [[nodiscard]] double trainHz() const;
    [[nodiscard]] bool holdsForTrain() const;
    /// Chooses the first kind of the neuron, whatever was chosen on another one.
    void forgetKind();
    /// Restores the settings as they were left the last time.
    void setFinger(double weight, double trainHz, bool holdsForTrain);

Q_SIGNALS:
    void changed();

private:
    void refresh();

    Document *m_document;
    QComboBox *m_kind;
    QuantityField *m_weight;
    QCheckBox *m_train;
    QuantityField *m_rate;
};

/// Settings of an electrode that holds its step for as long as it is on.
class LiveElectrodePanel : public QWidget
{
    Q_OBJECT

public:
    explicit LiveElectrodePanel(QWidget *parent = nullptr);

    [[nodiscard]] const Electrode &electrode() const { return m_electrode; }
    /// Sets the place, without a signal. `name` is what people call the place.
    void setPlace(const Place &place, const QString &name);
    void setOn(bool on);
    /// Turns the electrode off, puts it into the soma and sets its first values, without a signal.
    void reset();

Q_SIGNALS:
    void changed();
    /// The electrode is to move to the place that is selected in the picture.
    void moveRequested();

private:
    void showClamp();
    void take(double value);

    Electrode m_electrode;
    QCheckBox *m_on;
    QComboBox *m_clamp;
    QLabel *m_place;
    QLabel *m_what;
    QSlider *m_slider;
    QuantityField *m_field;
};

/// The parameters that are most worth turning while a neuron runs. Edits the document; a drag is
/// one step of undo.
class LiveNeuronPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LiveNeuronPanel(Document *document, QWidget *parent = nullptr);

    /// Sets the dendrite whose length and diameter are shown.
    void setDendrite(int dendrite);

private:
    /// Length or diameter.
    struct DendriteSize
    {
        double Dendrite::*um = nullptr;
        void (*set)(Dendrite &dendrite, double um) = nullptr;
    };
    struct Row
    {
        ParameterRow *field = nullptr;
        std::optional<DendriteSize> size; ///< of the dendrite; else it is of the whole neuron
    };

    void addRow(QVBoxLayout *column, const char *parameter,
                const std::optional<DendriteSize> &size = {});
    void commit(const Row &row, double value);
    void refresh();

    Document *m_document;
    QLabel *m_branch;
    std::vector<Row> m_rows;
    int m_dendrite = 0;
};

} // namespace dt
