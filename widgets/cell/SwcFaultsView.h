// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/swc/Swc.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace dt {

/// Lists what was wrong with an SWC file, or what was done to read it, line by line. The list can
/// be copied. The dialog does not block the window.
class SwcFaultsView : public QDialog
{
    Q_OBJECT

public:
    explicit SwcFaultsView(QWidget *parent = nullptr);

    /// Shows the faults of a file that was refused. `addSomaUm` > 0 offers to add a soma.
    void showFaults(const QString &fileName, const SwcReading &reading, double addSomaUm);
    /// Shows the remarks on a file that was read.
    void showRemarks(const QString &fileName, const SwcReading &reading);

Q_SIGNALS:
    void addSomaRequested();

private:
    void showList(const QString &title, const QString &summary, const std::vector<SwcIssue> &issues,
                  std::size_t count);

    QLabel *m_title;
    QLabel *m_summary;
    QPlainTextEdit *m_list;
    QPushButton *m_copy;
    QPushButton *m_addSoma;
};

} // namespace dt
