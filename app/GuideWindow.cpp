// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/GuideWindow.h"

#include "widgets/theme/Theme.h"

#include <QDir>
#include <QFile>
#include <QListWidget>
#include <QResizeEvent>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBrowser>
#include <QTimer>
#include <QVBoxLayout>

namespace dt {

namespace {

const QString Folder = QStringLiteral(":/docs/guide/");

/// The first heading of a Markdown file.
QString titleOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readLine()).remove(u'#').trimmed();
}

} // namespace

/// Pictures are made to fit the width.
class GuideBrowser : public QTextBrowser
{
public:
    GuideBrowser()
    {
        // A bar that comes and goes would change the width that pictures fit into.
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
        m_fit.setSingleShot(true);
        m_fit.setInterval(50);
        connect(&m_fit, &QTimer::timeout, this, [this] {
            const int position = verticalScrollBar()->value();
            reload();
            verticalScrollBar()->setValue(position);
        });
    }

protected:
    QVariant loadResource(int type, const QUrl &name) override
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
    void resizeEvent(QResizeEvent *event) override
    {
        QTextBrowser::resizeEvent(event);
        // Later: this may come in the middle of reading a text, which must not begin anew.
        if (event->oldSize().width() != event->size().width() && source().isValid())
            m_fit.start();
    }

private:
    QTimer m_fit;
};

GuideWindow::GuideWindow(QWidget *parent) :
    QDialog(parent), m_chapters(new QListWidget), m_text(new GuideBrowser)
{
    setObjectName(QStringLiteral("guideWindow"));
    setWindowTitle(tr("User Guide"));
    resize(980, 680);
    m_chapters->setObjectName(QStringLiteral("guideChapterList"));
    m_chapters->setAccessibleName(tr("Chapters"));
    m_chapters->setToolTip(tr("Choose a chapter."));
    m_chapters->setWordWrap(true);
    m_chapters->setSpacing(2);
    m_text->setObjectName(QStringLiteral("guideText"));
    m_text->setAccessibleName(tr("Text of the chapter"));
    m_text->setOpenExternalLinks(true);
    m_text->document()->setDocumentMargin(theme::Grid * 2);
    for (const QString &file : QDir(Folder).entryList({QStringLiteral("*.md")}, QDir::Files)) {
        if (file == QLatin1String("README.md"))
            continue;
        auto *item = new QListWidgetItem(titleOf(Folder + file), m_chapters);
        item->setData(Qt::UserRole, file);
    }
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_chapters);
    splitter->addWidget(m_text);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({240, 740});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Grid, theme::Grid, theme::Grid, theme::Grid);
    layout->addWidget(splitter);

    connect(m_chapters, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item)
            m_text->setSource(
                QUrl(QStringLiteral("qrc") + Folder + item->data(Qt::UserRole).toString()),
                QTextDocument::MarkdownResource);
    });
    connect(m_text, &QTextBrowser::sourceChanged, this, &GuideWindow::followLink);
    m_chapters->setCurrentRow(0);
}

void GuideWindow::showChapter(const QString &file)
{
    for (int i = 0; i < m_chapters->count(); ++i) {
        if (m_chapters->item(i)->data(Qt::UserRole).toString() == file)
            m_chapters->setCurrentRow(i);
    }
    show();
    raise();
    activateWindow();
}

// A link has led to another file: the list follows.
void GuideWindow::followLink(const QUrl &source)
{
    const QString file = source.fileName();
    for (int i = 0; i < m_chapters->count(); ++i) {
        if (m_chapters->item(i)->data(Qt::UserRole).toString() == file) {
            m_chapters->setCurrentRow(i);
            return;
        }
    }
    m_chapters->setCurrentItem(nullptr);
}

} // namespace dt
