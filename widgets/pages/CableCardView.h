// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <QFrame>

#include <vector>

class QLabel;

namespace dt {

/// A card with numbers of a neuron: length constant, length in length constants, time constant,
/// areas, how finely it is cut, its synapses - and one sentence that says what they mean.
class CableCardView : public QFrame
{
    Q_OBJECT

public:
    explicit CableCardView(QWidget *parent = nullptr);

    void setNeuron(const Neuron &neuron);

private:
    struct Tile
    {
        QLabel *value;
        QLabel *name;
    };
    Tile addTile(const QString &name, const QString &label, const QString &tip);

    std::vector<Tile> m_tiles;
    QLabel *m_meaning;
    QLabel *m_warning;
};

} // namespace dt
