// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/synapses/PlacePalette.h"

#include "engine/document/Document.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QDrag>
#include <QGridLayout>
#include <QIcon>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace dt {

namespace {

constexpr int ColumnsOfButtons = 2;

QPixmap picture(const PlaceItem &item, Polarity polarity, const QPalette &palette, int side)
{
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(side / 16.0, side / 16.0);
    if (item.what == PlaceItem::What::Synapse) {
        const bool up = polarity == Polarity::Excitatory;
        const double tip = up ? 3.0 : 13.0;
        const double back = up ? 13.0 : 3.0;
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours::ofPolarity(polarity, palette));
        const std::array triangle{QPointF(8, tip), QPointF(2.5, back), QPointF(13.5, back)};
        painter.drawPolygon(triangle.data(), 3);
        return pixmap;
    }
    // As in a circuit: I for current, V for voltage.
    painter.setPen(QPen(palette.color(QPalette::ButtonText), 1.2));
    painter.drawEllipse(QRectF(1.0, 1.0, 14.0, 14.0));
    QPen pen(palette.color(QPalette::ButtonText), 1.6);
    pen.setJoinStyle(Qt::MiterJoin);
    painter.setPen(pen);
    if (item.what == PlaceItem::What::CurrentClamp) {
        painter.drawLine(QPointF(8, 4.5), QPointF(8, 11.5));
    } else {
        const std::array v{QPointF(5, 4.5), QPointF(8, 11.5), QPointF(11, 4.5)};
        painter.drawPolyline(v.data(), static_cast<int>(v.size()));
    }
    return pixmap;
}

} // namespace

QByteArray PlaceItem::toBytes() const
{
    switch (what) {
    case What::Synapse:
        return "synapse:" + QByteArray::fromStdString(kind);
    case What::CurrentClamp:
        return "electrode:current";
    case What::VoltageClamp:
        return "electrode:voltage";
    }
    return {};
}

std::optional<PlaceItem> PlaceItem::fromBytes(const QByteArray &bytes)
{
    if (bytes.startsWith("synapse:"))
        return PlaceItem{What::Synapse, bytes.mid(8).toStdString()};
    if (bytes == "electrode:current")
        return PlaceItem{What::CurrentClamp, {}};
    if (bytes == "electrode:voltage")
        return PlaceItem{What::VoltageClamp, {}};
    return std::nullopt;
}

PlacePalette::PlacePalette(Document *document, QWidget *parent) :
    QWidget(parent), m_document(document), m_grid(new QGridLayout(this))
{
    setObjectName(QStringLiteral("placePalette"));
    setAccessibleName(tr("What can be put on the cell"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(theme::Grid / 2);
    for (int column = 0; column < ColumnsOfButtons; ++column)
        m_grid->setColumnStretch(column, 1);
    connect(document, &Document::changed, this, [this](const ChangeEvent &event) {
        if (event.neuron)
            rebuild();
    });
    rebuild();
}

void PlacePalette::rebuild()
{
    std::vector<PlaceItem> items;
    std::vector<Polarity> polarities;
    for (const SynapseKind &kind : m_document->neuron().synapseKinds) {
        items.push_back({PlaceItem::What::Synapse, kind.name});
        polarities.push_back(kind.polarity);
    }
    items.push_back({PlaceItem::What::CurrentClamp, {}});
    items.push_back({PlaceItem::What::VoltageClamp, {}});
    polarities.resize(items.size());
    if (items == m_items && polarities == m_polarities)
        return;
    for (QToolButton *button : m_buttons) {
        button->hide();
        button->setObjectName({}); // its successor has the name
        button->deleteLater();
    }
    m_buttons.clear();
    m_items.clear();
    m_polarities = polarities;
    int number = 0;
    for (const PlaceItem &item : items) {
        switch (item.what) {
        case PlaceItem::What::Synapse: {
            const QString name = QString::fromStdString(item.kind);
            addButton(item, QStringLiteral("placeSynapse%1Button").arg(number++), name,
                      tr("Synapse of the kind \"%1\".").arg(name));
            break;
        }
        case PlaceItem::What::CurrentClamp:
            addButton(item, QStringLiteral("placeCurrentClampButton"), tr("Current Clamp"),
                      tr("Electrode that injects a step of current."));
            break;
        case PlaceItem::What::VoltageClamp:
            addButton(item, QStringLiteral("placeVoltageClampButton"), tr("Voltage Clamp"),
                      tr("Electrode that holds the voltage, with a step."));
            break;
        }
    }
    if (m_chosen && std::find(m_items.begin(), m_items.end(), *m_chosen) == m_items.end())
        choose(std::nullopt);
    choose(m_chosen);
    restyle();
}

void PlacePalette::addButton(const PlaceItem &item, const QString &name, const QString &text,
                             const QString &tip)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setProperty("fullText", text);
    button->setToolTip(
        tr("%1\nDrag it onto the cell. Or click here, then on the cell. Enter puts it on "
           "the selected dendrite.")
            .arg(tip));
    button->setCheckable(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    button->setFocusPolicy(Qt::StrongFocus);
    button->installEventFilter(this);
    const int at = static_cast<int>(m_items.size());
    m_grid->addWidget(button, at / ColumnsOfButtons, at % ColumnsOfButtons);
    m_items.push_back(item);
    m_buttons.push_back(button);
    connect(button, &QToolButton::clicked, this,
            [this, item](bool on) { choose(on ? std::optional(item) : std::nullopt); });
}

QIcon PlacePalette::iconOf(const PlaceItem &item) const
{
    const auto at =
        static_cast<std::size_t>(std::find(m_items.begin(), m_items.end(), item) - m_items.begin());
    QIcon icon;
    for (const int side : {16, 24, 32, 48})
        icon.addPixmap(picture(item, m_polarities[at], palette(), side));
    return icon;
}

int PlacePalette::indexOf(const QObject *button) const
{
    const auto it = std::find(m_buttons.begin(), m_buttons.end(), button);
    return it == m_buttons.end() ? -1 : static_cast<int>(it - m_buttons.begin());
}

void PlacePalette::choose(const std::optional<PlaceItem> &item)
{
    const bool changed = item != m_chosen;
    m_chosen = item;
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setChecked(m_chosen == m_items[i]);
    if (changed)
        Q_EMIT chosenChanged();
}

QMimeData *PlacePalette::mimeOf(const PlaceItem &item)
{
    auto *mime = new QMimeData;
    mime->setData(QLatin1String(PlaceItem::MimeType), item.toBytes());
    return mime;
}

bool PlacePalette::eventFilter(QObject *watched, QEvent *event)
{
    const int at = indexOf(watched);
    if (at < 0)
        return QWidget::eventFilter(watched, event);
    const PlaceItem item = m_items[static_cast<std::size_t>(at)];
    QToolButton *button = m_buttons[static_cast<std::size_t>(at)];
    switch (event->type()) {
    case QEvent::MouseButtonPress: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton) {
            m_pressed = mouse->position().toPoint();
            m_pressedButton = at;
        }
        break;
    }
    case QEvent::MouseMove: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (m_pressedButton != at || !(mouse->buttons() & Qt::LeftButton)
            || (mouse->position().toPoint() - m_pressed).manhattanLength()
                < QApplication::startDragDistance())
            break;
        m_pressedButton = -1;
        button->setDown(false);
        auto *drag = new QDrag(this);
        drag->setMimeData(mimeOf(item));
        const QPixmap shown =
            picture(item, m_polarities[static_cast<std::size_t>(at)], palette(), 24);
        drag->setPixmap(shown);
        drag->setHotSpot({12, 30}); // the place under the mouse stays in sight
        if (drag->exec(Qt::CopyAction) == Qt::IgnoreAction)
            Q_EMIT missed();
        return true;
    }
    case QEvent::MouseButtonRelease:
        m_pressedButton = -1;
        break;
    case QEvent::KeyPress: {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            Q_EMIT placeRequested(item);
            return true;
        }
        break;
    }
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void PlacePalette::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_chosen)
        choose(std::nullopt);
    else
        QWidget::keyPressEvent(event);
}

void PlacePalette::restyle()
{
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        QToolButton *button = m_buttons[i];
        const QFontMetrics metrics(button->font());
        button->setIcon(iconOf(m_items[i]));
        // Names are as long as people like.
        button->setText(metrics.elidedText(button->property("fullText").toString(), Qt::ElideRight,
                                           metrics.averageCharWidth() * 20));
        button->setMinimumWidth(button->sizeHint().width());
    }
}

void PlacePalette::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange)
        restyle();
}

} // namespace dt
