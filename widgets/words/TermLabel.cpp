// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/TermLabel.h"

#include "engine/base/Glossary.h"
#include "widgets/forms/ElidedLabel.h"

#include <QEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QTextLayout>

#include <algorithm>

namespace dt {

namespace {

/// Between the letters and the dots [px].
constexpr double Gap = 2.0;

/// The text as lines on the label, laid out as the style draws it.
void layOut(QTextLayout &layout, const QLabel &label)
{
    const QRect room = label.contentsRect().marginsRemoved(
        QMargins(label.margin(), label.margin(), label.margin(), label.margin()));
    const Qt::Alignment alignment =
        QStyle::visualAlignment(label.layoutDirection(), label.alignment());
    QTextOption option;
    option.setWrapMode(label.wordWrap() ? QTextOption::WordWrap : QTextOption::ManualWrap);
    option.setAlignment(alignment & Qt::AlignHorizontal_Mask);
    layout.setTextOption(option);
    const double leading = label.fontMetrics().leading();
    double height = -leading;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(room.width());
        height += leading;
        line.setPosition({0.0, height});
        height += line.height();
    }
    layout.endLayout();
    const double free = room.height() - height;
    const double top = alignment & Qt::AlignTop ? 0.0
        : alignment & Qt::AlignBottom           ? free
                                                : free / 2.0;
    layout.setPosition(QPointF(room.left(), room.top() + top));
}

} // namespace

TermLabel::TermLabel(QLabel *label, const Glossary &glossary, QStringList keys, bool sentence) :
    QObject(label), m_label(label), m_glossary(glossary), m_keys(std::move(keys)),
    m_sentence(sentence)
{
    label->setMouseTracking(true);
    label->installEventFilter(this);
    label->update();
}

QString TermLabel::shownText() const
{
    const auto *elided = dynamic_cast<const ElidedLabel *>(m_label);
    QString text = elided ? elided->shownText() : m_label->text();
    if (m_label->textFormat() == Qt::RichText
        || (m_label->textFormat() == Qt::AutoText && Qt::mightBeRichText(text)))
        return {}; // laid out in another way
    if (m_label->buddy() && !elided)
        text.remove(u'&'); // marks the key
    text.replace(u'\n', QChar::LineSeparator);
    return text;
}

std::vector<TermLabel::Link> TermLabel::links() const
{
    struct Range
    {
        QStringList keys;
        qsizetype begin;
        qsizetype end;
    };
    const QString text = shownText();
    std::vector<Range> ranges;
    if (text.isEmpty())
        return {};
    if (m_keys.isEmpty() || m_sentence) {
        const std::string bytes = text.toStdString();
        const auto letters = [&](std::size_t bytesBefore) {
            return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytesBefore)).size();
        };
        for (const GlossaryHit &hit : m_glossary.wordsIn(bytes)) {
            const QString key = QString::fromStdString(hit.key);
            if (!m_sentence || m_keys.contains(key))
                ranges.push_back({m_sentence ? m_keys : QStringList{key}, letters(hit.begin),
                                  letters(hit.begin + hit.length)});
        }
    } else {
        ranges.push_back({m_keys, 0, text.size()});
    }
    if (ranges.empty())
        return {};
    QTextLayout layout(text, m_label->font(), m_label);
    layOut(layout, *m_label);
    std::vector<Link> links;
    for (const Range &range : ranges) {
        Link link{range.keys, {}};
        for (int i = 0; i < layout.lineCount(); ++i) {
            const QTextLine line = layout.lineAt(i);
            const int from = std::max(static_cast<int>(range.begin), line.textStart());
            const int to =
                std::min(static_cast<int>(range.end), line.textStart() + line.textLength());
            if (from >= to)
                continue;
            const QPointF at = layout.position();
            const double left = line.cursorToX(from);
            // Blanks at the end of a line have a width and are not seen.
            const double right = std::min(line.cursorToX(to), line.naturalTextRect().right());
            link.lines << QRectF(at.x() + left, at.y() + line.y(), right - left,
                                 line.ascent() + Gap);
        }
        links.push_back(std::move(link));
    }
    return links;
}

QStringList TermLabel::keys() const
{
    QStringList keys;
    for (const Link &link : links())
        keys << link.keys;
    return keys;
}

QRectF TermLabel::placeOf(const QString &key) const
{
    for (const Link &link : links()) {
        if (link.keys.contains(key))
            return link.lines.value(0);
    }
    return {};
}

const TermLabel::Link *TermLabel::linkAt(const std::vector<Link> &links, const QPointF &at) const
{
    const auto under = [&](const QRectF &line) {
        return line.adjusted(-1.0, -Gap, 1.0, 2.0 * Gap).contains(at);
    };
    const auto it = std::find_if(links.begin(), links.end(), [&](const Link &link) {
        return std::any_of(link.lines.begin(), link.lines.end(), under);
    });
    return it == links.end() ? nullptr : &*it;
}

void TermLabel::underline() const
{
    QPainter painter(m_label);
    QPen pen(m_label->palette().color(m_label->foregroundRole()), 1.0, Qt::DotLine);
    painter.setPen(pen);
    for (const Link &link : links()) {
        for (const QRectF &line : link.lines) {
            // Letters may fill the label to its last pixel.
            const double y = std::min(line.bottom(), m_label->height() - 1.0) + 0.5;
            painter.drawLine(QPointF(line.left(), y), QPointF(line.right(), y));
        }
    }
}

void TermLabel::follow(const QPointF &at)
{
    const bool pointing = linkAt(links(), at) != nullptr;
    if (pointing == m_pointing)
        return;
    m_pointing = pointing;
    if (pointing)
        m_label->setCursor(Qt::PointingHandCursor);
    else
        m_label->unsetCursor();
}

bool TermLabel::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Paint:
        watched->event(event); // the label itself, then the line on it
        underline();
        return true;
    case QEvent::MouseMove:
        follow(static_cast<QMouseEvent *>(event)->position());
        break;
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const std::vector<Link> all = links();
        const Link *link =
            mouse->button() == Qt::LeftButton ? linkAt(all, mouse->position()) : nullptr;
        if (!link)
            break;
        if (event->type() == QEvent::MouseButtonRelease) {
            const QRect word = link->lines.first().toAlignedRect();
            Q_EMIT asked(link->keys, QRect(m_label->mapToGlobal(word.topLeft()), word.size()));
        }
        return true;
    }
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace dt
