// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/ScriptView.h"

#include "widgets/theme/Theme.h"

#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace dt {

namespace {

/// More lies in the lists of events of huge inputs, which nobody reads.
constexpr qsizetype ShownCharacters = 1'000'000;

QFont scriptFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(theme::bodyFont().pointSizeF());
    return font;
}

} // namespace

ScriptView::ScriptView(QWidget *parent) :
    QDialog(parent), m_text(new QPlainTextEdit), m_message(new QLabel),
    m_copy(new QPushButton(tr("Copy"))), m_save(new QPushButton(tr("Save As...")))
{
    setObjectName(QStringLiteral("scriptView"));
    setWindowTitle(tr("Script for NEURON"));
    resize(860, 680);
    auto *about =
        new QLabel(tr("This Python script builds your neuron in plain NEURON and runs it as "
                      "the program does. It follows your changes while it is open."));
    about->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("scriptText"));
    m_text->setAccessibleName(tr("Script"));
    m_text->setToolTip(tr("Python for plain NEURON. The text can be selected."));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(scriptFont());
    m_message->setObjectName(QStringLiteral("scriptMessageLabel"));
    theme::setRole(m_message, "muted");
    for (QPushButton *button : {m_copy, m_save})
        button->setAutoDefault(false);
    m_copy->setObjectName(QStringLiteral("scriptCopyButton"));
    m_copy->setToolTip(tr("Copy the whole script"));
    m_save->setObjectName(QStringLiteral("scriptSaveButton"));
    m_save->setToolTip(tr("Save the script as a Python file"));
    auto *close = new QPushButton(tr("Close"));
    close->setObjectName(QStringLiteral("scriptCloseButton"));
    close->setToolTip(tr("Close this window"));
    close->setAutoDefault(false);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_copy);
    buttons->addWidget(m_save);
    buttons->addSpacing(theme::Grid);
    buttons->addWidget(m_message, 1);
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * theme::Grid, 2 * theme::Grid, 2 * theme::Grid, 2 * theme::Grid);
    layout->setSpacing(theme::Grid);
    layout->addWidget(about);
    layout->addWidget(m_text, 1);
    layout->addLayout(buttons);

    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_script);
        setMessage(tr("Copied."));
    });
    connect(m_save, &QPushButton::clicked, this, &ScriptView::saveRequested);
    connect(close, &QPushButton::clicked, this, &QWidget::close);
    setStale(true);
}

void ScriptView::setScript(const QString &text)
{
    setStale(false);
    if (text == m_script)
        return;
    m_script = text;
    setMessage({});
    const int line = m_text->verticalScrollBar()->value();
    const int column = m_text->horizontalScrollBar()->value();
    const bool whole = text.size() <= ShownCharacters;
    m_text->setPlainText(whole ? text : text.left(text.lastIndexOf(u'\n', ShownCharacters)));
    m_text->verticalScrollBar()->setValue(line);
    m_text->horizontalScrollBar()->setValue(column);
    if (!whole)
        setMessage(tr("Its beginning is shown; Copy and Save As take all of it."));
}

void ScriptView::setStale(bool stale)
{
    m_copy->setEnabled(!stale);
    m_save->setEnabled(!stale);
}

void ScriptView::setMessage(const QString &sentence)
{
    m_message->setText(sentence);
}

void ScriptView::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (!event->spontaneous())
        Q_EMIT shown();
}

void ScriptView::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::FontChange)
        m_text->setFont(scriptFont());
}

} // namespace dt
