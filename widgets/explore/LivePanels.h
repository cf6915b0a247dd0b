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

/// What a click on a segment does: which kind of synapse, how strong, and whether holding goes on.
class LiveFingerPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LiveFingerPanel(Document *document, QWidget *parent = nullptr);

    /// Index into Neuron::synapseKinds; -1 when there are none.
    [[nodiscard]] int kind() const;
    [[nodiscard]] double weight() const;
    /// Events per second of the neuron's time while held; 0: one event, however long.
    [[nodiscard]] double rateHz() const;
    /// The rate that is chosen, and whether holding uses it.
    [[nodiscard]] double trainHz() const;
    [[nodiscard]] bool holdsForTrain() const;
    /// As it was left the last time.
    /// The first kind of the neuron, whatever was chosen on another one.
    void forgetKind();
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

/// An electrode that steps for as long as it is on.
class LiveElectrodePanel : public QWidget
{
    Q_OBJECT

public:
    explicit LiveElectrodePanel(QWidget *parent = nullptr);

    [[nodiscard]] const Electrode &electrode() const { return m_electrode; }
    /// Without a signal; `name` is what people call the place.
    void setPlace(const Place &place, const QString &name);
    void setOn(bool on);
    /// Off, in the soma, with the values that it begins with; without a signal.
    void reset();

Q_SIGNALS:
    void changed();
    /// Wants the place that is selected in the picture.
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

    /// The dendrite whose length and diameter are shown.
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
