// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/PlanPlaces.h"

#include <QWidget>

namespace dt {

class CellView;

/// The cell of an experiment with the places where events arrive, electrodes sit and voltages are
/// measured, so that one sees in advance what is going to happen.
class PlanPicture : public QWidget
{
    Q_OBJECT

public:
    explicit PlanPicture(QWidget *parent = nullptr);

    void show(const Neuron &neuron, std::vector<PlanPlace> places);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fitHeight();
    void showMarks();

    CellView *m_cell;
    std::vector<PlanPlace> m_places;
};

} // namespace dt
