// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/SwcFaultsView.h"

#include "widgets/theme/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace dt {

namespace {

/// Sentences of the engine are plain ASCII; the window writes units as elsewhere.
QString shown(const SwcIssue &issue)
{
    static const QRegularExpression Micrometre(QStringLiteral("\\bum\\b"));
    return QString::fromStdString(swcIssueText(issue)).replace(Micrometre, QStringLiteral("µm"));
}

} // namespace

SwcFaultsView::SwcFaultsView(QWidget *parent) :
    QDialog(parent), m_title(new QLabel), m_summary(new QLabel), m_list(new QPlainTextEdit),
    m_copy(new QPushButton(tr("Copy"))), m_addSoma(new QPushButton)
{
    setObjectName(QStringLiteral("swcFaultsView"));
    setWindowTitle(tr("SWC Import"));
    resize(720, 420);
    m_title->setObjectName(QStringLiteral("swcTitleLabel"));
    theme::setRole(m_title, "heading");
    m_summary->setObjectName(QStringLiteral("swcSummaryLabel"));
    m_summary->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("swcFaultList"));
    m_list->setAccessibleName(tr("Lines of the file"));
    m_list->setToolTip(tr("Each line of the file that needs a look. The text can be selected."));
    m_list->setReadOnly(true);
    m_list->setTabChangesFocus(true);
    m_copy->setObjectName(QStringLiteral("swcCopyButton"));
    m_copy->setToolTip(tr("Copy the whole list"));
    m_copy->setAutoDefault(false);
    m_addSoma->setObjectName(QStringLiteral("swcAddSomaButton"));
    m_addSoma->setToolTip(tr("Read the file again, with a soma as long as it is thick where the "
                             "root is"));
    auto *close = new QPushButton(tr("Close"));
    close->setObjectName(QStringLiteral("swcCloseButton"));
    close->setToolTip(tr("Close this window"));
    close->setAutoDefault(false);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    buttons->addWidget(m_addSoma);
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * theme::Grid, 2 * theme::Grid, 2 * theme::Grid, 2 * theme::Grid);
    layout->setSpacing(theme::Grid);
    layout->addWidget(m_title);
    layout->addWidget(m_summary);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);

    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_list->toPlainText()); });
    connect(m_addSoma, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT addSomaRequested();
    });
    connect(close, &QPushButton::clicked, this, &QWidget::close);
}

void SwcFaultsView::showFaults(const QString &fileName, const SwcReading &reading, double addSomaUm)
{
    const bool soma = addSomaUm > 0.0 && reading.needsOnlySoma();
    m_addSoma->setVisible(soma);
    m_addSoma->setText(tr("Add a Soma of %1 µm at the Root").arg(addSomaUm));
    m_addSoma->setDefault(soma);
    showList(
        tr("%1 was not imported").arg(fileName),
        soma ? tr("The cell has no soma. Add one, or mend the file and import it again.")
             : tr("Mend these lines of the file and import it again. Your neuron is as it was."),
        reading.faults, reading.faultCount);
}

void SwcFaultsView::showRemarks(const QString &fileName, const SwcReading &reading)
{
    m_addSoma->hide();
    showList(tr("Remarks on %1").arg(fileName),
             tr("The file was imported. Some of it was not as the format or the program wants it; "
                "this is what was done."),
             reading.warnings, reading.warnings.size());
}

void SwcFaultsView::showList(const QString &title, const QString &summary,
                             const std::vector<SwcIssue> &issues, std::size_t count)
{
    QStringList lines;
    for (const SwcIssue &issue : issues)
        lines << shown(issue);
    if (count > issues.size())
        lines << tr("%1 more are not listed.").arg(count - issues.size());
    m_title->setText(title);
    m_summary->setText(summary);
    m_list->setPlainText(lines.join(u'\n'));
    show();
    raise();
    activateWindow();
    m_list->setFocus();
}

} // namespace dt
