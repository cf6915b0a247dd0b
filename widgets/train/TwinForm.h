// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/NetworkKind.h"

#include <QWidget>

#include <array>
#include <vector>

class QComboBox;
class QFormLayout;

namespace dt {

class QuantityField;

/// Which network to train: a named one, and the few sizes that make it larger or smaller.
class TwinForm : public QWidget
{
    Q_OBJECT

public:
    explicit TwinForm(QWidget *parent = nullptr);

    /// Of the preset with the sizes of the fields.
    [[nodiscard]] TwinSpec spec(int segments) const;
    [[nodiscard]] QString preset() const;
    void choosePreset(const QString &name);
    void setSizesVisible(bool visible);
    /// The form's labels, to line up with those of a form around it.
    [[nodiscard]] QList<QWidget *> labels() const;

Q_SIGNALS:
    void changed();
    /// Another preset: what goes with it may follow.
    void presetChanged();

private:
    void addSize(Architecture architecture, const NetworkSize &size);
    void fill();

    QFormLayout *m_form;
    QComboBox *m_preset;
    /// By architecture, as NetworkKind::sizes() lists them.
    std::array<std::vector<QuantityField *>, std::tuple_size_v<NetworkKinds>> m_sizes;
    bool m_sizesVisible = false;
};

} // namespace dt
