// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/GuideBrowser.h"

#include "engine/base/Glossary.h"
#include "widgets/theme/Theme.h"

#include <QAbstractTextDocumentLayout>
#include <QResizeEvent>
#include <QScrollBar>

namespace dt {

GuideBrowser::GuideBrowser(QWidget *parent) : QTextBrowser(parent)
{
    // A bar that comes and goes would change the width that pictures fit into.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_fit.setSingleShot(true);
    m_fit.setInterval(50);
    connect(&m_fit, &QTimer::timeout, this, &GuideBrowser::refit);
    connect(this, &QTextBrowser::sourceChanged, this, &GuideBrowser::markFound);
}

QTextBlock GuideBrowser::firstShown() const
{
    const int top = verticalScrollBar()->value();
    QTextBlock block = document()->begin();
    while (block.next().isValid()
           && document()->documentLayout()->blockBoundingRect(block).bottom() <= top + 1)
        block = block.next();
    return block;
}

void GuideBrowser::keepPlace(const std::function<void()> &change)
{
    const auto topOf = [this](const QTextBlock &block) {
        return document()->documentLayout()->blockBoundingRect(block).top();
    };
    const QTextBlock first = firstShown();
    const int block = first.blockNumber();
    const double below = verticalScrollBar()->value() - topOf(first);
    change();
    verticalScrollBar()->setValue(qRound(topOf(document()->findBlockByNumber(block)) + below));
}

void GuideBrowser::refit()
{
    keepPlace([this] {
        reload();
        markFound();
    });
}

void GuideBrowser::showHeading(const QString &anchor)
{
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() == 0
            || headingAnchor(block.text().toStdString()) != anchor.toStdString())
            continue;
        setTextCursor(QTextCursor(block));
        verticalScrollBar()->setValue(
            qRound(document()->documentLayout()->blockBoundingRect(block).top()));
        return;
    }
    verticalScrollBar()->setValue(0);
}

void GuideBrowser::setSearched(const QString &searched)
{
    m_searched = searched;
    markFound();
}

int GuideBrowser::foundCount() const
{
    return static_cast<int>(extraSelections().size());
}

void GuideBrowser::markFound()
{
    QList<ExtraSelection> found;
    QTextCharFormat mark;
    mark.setBackground(palette().highlight());
    mark.setForeground(palette().highlightedText());
    if (!m_searched.isEmpty()) {
        for (QTextCursor at = document()->find(m_searched); !at.isNull();
             at = document()->find(m_searched, at))
            found.append({at, mark});
    }
    setExtraSelections(found);
}

bool GuideBrowser::showNext(bool fromTop)
{
    const QTextCursor from = fromTop ? QTextCursor(document()) : textCursor();
    const QTextCursor next =
        m_searched.isEmpty() ? QTextCursor() : document()->find(m_searched, from);
    if (next.isNull())
        return false;
    setTextCursor(next);
    return true;
}

QVariant GuideBrowser::loadResource(int type, const QUrl &name)
{
    const QVariant resource = QTextBrowser::loadResource(type, name);
    if (type != QTextDocument::ImageResource)
        return resource;
    const QImage image = resource.typeId() == QMetaType::QByteArray
        ? QImage::fromData(resource.toByteArray())
        : resource.value<QImage>();
    const int room = viewport()->width() - 4 * theme::Grid;
    return image.width() > room ? image.scaledToWidth(room, Qt::SmoothTransformation) : image;
}

void GuideBrowser::resizeEvent(QResizeEvent *event)
{
    if (event->oldSize().width() == event->size().width() || !source().isValid()) {
        QTextBrowser::resizeEvent(event);
        return;
    }
    keepPlace([&] { QTextBrowser::resizeEvent(event); });
    // Later: this may come in the middle of reading a text, which must not begin anew.
    m_fit.start();
}

} // namespace dt
