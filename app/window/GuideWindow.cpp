// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/GuideWindow.h"

#include "app/window/GuideBrowser.h"
#include "widgets/theme/Theme.h"

#include <QDir>
#include <QFile>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTextDocument>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

namespace {

const QString Folder = QStringLiteral(":/docs/guide/");

QString contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The first heading of a Markdown file.
QString titleOf(const QString &path)
{
    return contentsOf(path).section(u'\n', 0, 0).remove(u'#').trimmed();
}

} // namespace

GuideWindow::GuideWindow(QWidget *parent) :
    QDialog(parent), m_search(new QLineEdit), m_found(new QLabel), m_chapters(new QListWidget),
    m_text(new GuideBrowser)
{
    setObjectName(QStringLiteral("guideWindow"));
    setWindowTitle(tr("User Guide"));
    resize(980, 680);
    m_search->setObjectName(QStringLiteral("guideSearchEdit"));
    m_search->setAccessibleName(tr("Search the guide"));
    m_search->setPlaceholderText(tr("Search the Guide"));
    m_search->setToolTip(tr("Search all chapters (Ctrl+F). Return goes to the next place."));
    m_search->setClearButtonEnabled(true);
    m_found->setObjectName(QStringLiteral("guideFoundLabel"));
    theme::setRole(m_found, "muted");
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
    auto *row = new QHBoxLayout;
    row->addWidget(m_search, 1);
    row->addWidget(m_found);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Grid, theme::Grid, theme::Grid, theme::Grid);
    layout->addLayout(row);
    layout->addWidget(splitter, 1);

    connect(m_chapters, &QListWidget::currentRowChanged, this, &GuideWindow::openChapter);
    connect(m_text, &QTextBrowser::sourceChanged, this, &GuideWindow::followLink);
    connect(m_search, &QLineEdit::textChanged, this, &GuideWindow::search);
    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    m_chapters->setCurrentRow(0);
    m_chapters->setFocus();
}

void GuideWindow::openChapter(int row)
{
    if (const QListWidgetItem *item = m_chapters->item(row))
        m_text->setSource(
            QUrl(QStringLiteral("qrc") + Folder + item->data(Qt::UserRole).toString()),
            QTextDocument::MarkdownResource);
}

void GuideWindow::showChapter(const QString &link)
{
    // Shown first: a place in a text has no height before.
    show();
    raise();
    activateWindow();
    if (link.isEmpty())
        return;
    m_text->setSource(QUrl(QStringLiteral("qrc") + Folder + link), QTextDocument::MarkdownResource);
    followLink(m_text->source()); // also when it was open already
}

// A link has led to another file: the list follows.
void GuideWindow::followLink(const QUrl &source)
{
    const QString file = source.fileName();
    const QSignalBlocker quiet(m_chapters);
    m_chapters->setCurrentItem(nullptr);
    for (int i = 0; i < m_chapters->count(); ++i) {
        if (m_chapters->item(i)->data(Qt::UserRole).toString() == file)
            m_chapters->setCurrentRow(i);
    }
    if (source.hasFragment())
        m_text->showHeading(source.fragment());
}

const QString &GuideWindow::plainText(int row)
{
    if (m_plainTexts.isEmpty()) {
        for (int i = 0; i < m_chapters->count(); ++i) {
            QTextDocument document;
            document.setMarkdown(
                contentsOf(Folder + m_chapters->item(i)->data(Qt::UserRole).toString()));
            m_plainTexts << document.toPlainText();
        }
    }
    return m_plainTexts.at(row);
}

// Chapters without the text step back; the first one that has it is opened unless this one does.
void GuideWindow::search(const QString &text)
{
    const QString searched = text.trimmed();
    m_text->setSearched(searched);
    int chapters = 0;
    int first = -1;
    for (int i = 0; i < m_chapters->count(); ++i) {
        const bool has = searched.isEmpty() || plainText(i).contains(searched, Qt::CaseInsensitive);
        m_chapters->setRowHidden(i, !has);
        chapters += has;
        if (has && first < 0)
            first = i;
    }
    m_found->setText(searched.isEmpty()  ? QString()
                         : chapters == 0 ? tr("Not found")
                         : chapters == 1 ? tr("In 1 chapter")
                                         : tr("In %1 chapters").arg(chapters));
    if (searched.isEmpty() || first < 0)
        return;
    const int current = m_chapters->currentRow();
    if (current < 0 || m_chapters->isRowHidden(current))
        m_chapters->setCurrentRow(first);
    m_text->showNext(true);
}

void GuideWindow::showNext()
{
    if (m_text->showNext(false))
        return;
    const int count = m_chapters->count();
    for (int i = 1; i <= count; ++i) {
        const int row = (std::max(m_chapters->currentRow(), 0) + i) % count;
        if (m_chapters->isRowHidden(row))
            continue;
        m_chapters->setCurrentRow(row);
        m_text->showNext(true);
        return;
    }
}

void GuideWindow::keyPressEvent(QKeyEvent *event)
{
    const bool inSearch = m_search->hasFocus();
    if (inSearch && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        showNext();
        return;
    }
    if (inSearch && event->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace dt
