// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QSlider>
#include <QWheelEvent>

namespace dt {

/// Input widgets for forms that scroll: the wheel changes them only when they have the focus, so
/// that scrolling past never changes a number.
template <typename Base>
class Quiet : public Base
{
public:
    using Base::Base;

protected:
    void wheelEvent(QWheelEvent *event) override
    {
        if (this->hasFocus())
            Base::wheelEvent(event);
        else
            event->ignore();
    }
};

using QuietComboBox = Quiet<QComboBox>;
using QuietSlider = Quiet<QSlider>;

} // namespace dt
