// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/train/TwinForm.h"

#include "widgets/forms/QuantityField.h"
#include "widgets/words/Text.h"

#include <QComboBox>
#include <QFormLayout>

namespace dt {

TwinForm::TwinForm(QWidget *parent) :
    QWidget(parent), m_form(new QFormLayout(this)), m_preset(new QComboBox)
{
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_preset->setObjectName(QStringLiteral("trainTwinBox"));
    m_preset->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const TwinPreset &preset : twinPresets()) {
        m_preset->addItem(text(preset.title), text(preset.name));
        m_preset->setItemData(m_preset->count() - 1, text(preset.description), Qt::ToolTipRole);
    }
    m_form->addRow(tr("&Twin"), m_preset);
    for (const NetworkKind *kind : networkKinds()) {
        TwinNetworkConfig standard = kind->standard();
        for (const NetworkSize &size : kind->sizes(standard))
            addSize(kind->architecture(), size);
    }
    connect(m_preset, &QComboBox::currentIndexChanged, this, [this] {
        fill();
        Q_EMIT presetChanged();
        Q_EMIT changed();
    });
    fill();
}

void TwinForm::addSize(Architecture architecture, const NetworkSize &size)
{
    auto *field = new QuantityField;
    field->setObjectName(text(size.name) + QStringLiteral("Field"));
    field->configure(size.range.least, size.range.most, 1, 0, text(size.unit));
    m_form->addRow(text(size.label), field);
    m_sizes[static_cast<std::size_t>(architecture)].push_back(field);
    connect(field, &QuantityField::edited, this, &TwinForm::changed);
}

void TwinForm::fill()
{
    Result<TwinSpec> spec = presetTwin(preset().toStdString());
    if (!spec)
        return;
    const auto &fields = m_sizes[spec->network.index()];
    const std::vector<NetworkSize> sizes = kindOf(*spec).sizes(spec->network);
    for (std::size_t i = 0; i < sizes.size(); ++i)
        fields[i]->setQuantity(sizes[i].get());
    setSizesVisible(m_sizesVisible);
}

void TwinForm::setSizesVisible(bool visible)
{
    m_sizesVisible = visible;
    const Result<TwinSpec> spec = presetTwin(preset().toStdString());
    for (std::size_t kind = 0; kind < m_sizes.size(); ++kind) {
        for (QuantityField *field : m_sizes[kind])
            m_form->setRowVisible(field, visible && spec && kind == spec->network.index());
    }
}

QList<QWidget *> TwinForm::labels() const
{
    QList<QWidget *> labels;
    for (int row = 0; row < m_form->rowCount(); ++row)
        labels.append(m_form->itemAt(row, QFormLayout::LabelRole)->widget());
    return labels;
}

QString TwinForm::preset() const
{
    return m_preset->currentData().toString();
}

void TwinForm::choosePreset(const QString &name)
{
    const int index = m_preset->findData(name);
    if (index >= 0)
        m_preset->setCurrentIndex(index);
}

TwinSpec TwinForm::spec(int segments) const
{
    TwinSpec spec;
    if (const Result<TwinSpec> named = presetTwin(preset().toStdString(), segments))
        spec = *named;
    const auto &fields = m_sizes[spec.network.index()];
    const std::vector<NetworkSize> sizes = kindOf(spec).sizes(spec.network);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        // Untouched sizes leave the preset as it is, so that it keeps its name.
        if (sizes[i].get() != fields[i]->value())
            sizes[i].set(fields[i]->value());
    }
    return spec;
}

} // namespace dt
