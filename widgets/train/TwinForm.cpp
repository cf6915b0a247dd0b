// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/train/TwinForm.h"

#include "widgets/forms/QuantityField.h"
#include "widgets/words/Text.h"

#include <QComboBox>
#include <QFormLayout>

namespace dt {

namespace {

TcnConfig &tcn(TwinNetworkConfig &config)
{
    return std::get<TcnConfig>(config);
}

const TcnConfig &tcn(const TwinNetworkConfig &config)
{
    return std::get<TcnConfig>(config);
}

} // namespace

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
    using Config = TwinNetworkConfig;
    constexpr auto Tcn = Architecture::Tcn;
    addSize(
        Tcn, QStringLiteral("tcnLayers"), tr("Layers"), 1, 32, {},
        [](const Config &c) { return double(tcn(c).layers[0]); },
        [](Config &c, double v) { tcn(c).layers[0] = int(v); });
    addSize(
        Tcn, QStringLiteral("tcnWidth"), tr("Channels"), 1, 512, {},
        [](const Config &c) { return double(tcn(c).widths[0]); },
        [](Config &c, double v) { tcn(c).widths[0] = int(v); });
    addSize(
        Tcn, QStringLiteral("tcnKernel"), tr("Kernel"), 1, 500, QStringLiteral("ms"),
        [](const Config &c) { return double(tcn(c).kernels[0]); },
        [](Config &c, double v) {
            // As in the assignment: the first layer's is the same.
            tcn(c).kernels[0] = int(v);
            tcn(c).firstKernel = int(v);
        });
    constexpr auto ResNet = Architecture::ResNetTcn;
    addSize(
        ResNet, QStringLiteral("resnetBlocks"), tr("Mini-blocks"), 1, 64, {},
        [](const Config &c) { return double(std::get<ResNetTcnConfig>(c).miniBlocks[0]); },
        [](Config &c, double v) { std::get<ResNetTcnConfig>(c).miniBlocks[0] = int(v); });
    addSize(
        ResNet, QStringLiteral("resnetWidth"), tr("Channels"), 1, 512, {},
        [](const Config &c) { return double(std::get<ResNetTcnConfig>(c).widths[0]); },
        [](Config &c, double v) { std::get<ResNetTcnConfig>(c).widths[0] = int(v); });
    addSize(
        ResNet, QStringLiteral("resnetKernel"), tr("Kernel"), 1, 200, QStringLiteral("ms"),
        [](const Config &c) { return double(std::get<ResNetTcnConfig>(c).kernels[0]); },
        [](Config &c, double v) { std::get<ResNetTcnConfig>(c).kernels[0] = int(v); });
    constexpr auto Elm = Architecture::Elm;
    addSize(
        Elm, QStringLiteral("elmMemory"), tr("Memory units"), 1, 1024, {},
        [](const Config &c) { return double(std::get<ElmConfig>(c).memory); },
        [](Config &c, double v) { std::get<ElmConfig>(c).memory = int(v); });
    addSize(
        Elm, QStringLiteral("elmTau"), tr("Max memory"), 3, 2000, QStringLiteral("ms"),
        [](const Config &c) { return std::get<ElmConfig>(c).memoryTauMaxMs; },
        [](Config &c, double v) { std::get<ElmConfig>(c).memoryTauMaxMs = v; });
    constexpr auto Transformer = Architecture::Transformer;
    addSize(
        Transformer, QStringLiteral("transformerLayers"), tr("Layers"), 1, 32, {},
        [](const Config &c) { return double(std::get<TransformerConfig>(c).layers); },
        [](Config &c, double v) { std::get<TransformerConfig>(c).layers = int(v); });
    addSize(
        Transformer, QStringLiteral("transformerHeads"), tr("Heads"), 1, 32, {},
        [](const Config &c) { return double(std::get<TransformerConfig>(c).heads); },
        [](Config &c, double v) {
            // As wide a head as before: any number of heads is a sound network.
            TransformerConfig &t = std::get<TransformerConfig>(c);
            const int each = t.width / t.heads;
            t.heads = int(v);
            t.width = each * t.heads;
            t.feedForwardWidth = 3 * t.width;
        });
    addSize(
        Transformer, QStringLiteral("transformerWindow"), tr("Window"), 1, 1000,
        QStringLiteral("ms"),
        [](const Config &c) { return double(std::get<TransformerConfig>(c).windowMs); },
        [](Config &c, double v) { std::get<TransformerConfig>(c).windowMs = int(v); });
    connect(m_preset, &QComboBox::currentIndexChanged, this, [this] {
        fill();
        Q_EMIT presetChanged();
        Q_EMIT changed();
    });
    fill();
}

void TwinForm::addSize(Architecture architecture, const QString &name, const QString &label,
                       double min, double max, const QString &unit,
                       double (*get)(const TwinNetworkConfig &),
                       void (*set)(TwinNetworkConfig &, double))
{
    auto *field = new QuantityField;
    field->setObjectName(name + QStringLiteral("Field"));
    field->configure(min, max, 1, 0, unit);
    m_form->addRow(label, field);
    m_sizes.push_back({architecture, field, get, set});
    connect(field, &QuantityField::edited, this, &TwinForm::changed);
}

void TwinForm::fill()
{
    const Result<TwinSpec> spec = presetTwin(preset().toStdString());
    if (!spec)
        return;
    for (const Size &size : m_sizes) {
        const bool mine = size.architecture == spec->architecture();
        if (mine)
            size.field->setQuantity(size.get(spec->network));
        m_form->setRowVisible(size.field, mine && m_sizesVisible);
    }
}

void TwinForm::setSizesVisible(bool visible)
{
    m_sizesVisible = visible;
    const Result<TwinSpec> spec = presetTwin(preset().toStdString());
    for (const Size &size : m_sizes)
        m_form->setRowVisible(size.field,
                              visible && spec && size.architecture == spec->architecture());
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
    for (const Size &size : m_sizes) {
        // Untouched sizes leave the preset as it is, so that it keeps its name.
        if (size.architecture == spec.architecture()
            && size.get(spec.network) != size.field->value())
            size.set(spec.network, size.field->value());
    }
    return spec;
}

} // namespace dt
