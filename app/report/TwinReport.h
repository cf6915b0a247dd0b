// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/twin/evaluation/TwinComparison.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QPixmap>
#include <QString>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

class QWidget;

namespace dt {

/// A report as one HTML document that needs no other file: of a run when it is about one twin, else
/// of a comparison with every twin behind it. Figures are drawn by the program's own widgets in the
/// light theme: drawNext() is called, once a turn of the event loop, until it isDone(); then html()
/// has it all. GUI thread; works on the offscreen platform.
class TwinReport
{
    Q_DECLARE_TR_FUNCTIONS(TwinReport)

public:
    /// Twins that could not be read are left out.
    explicit TwinReport(const ComparedTwins &twins);
    ~TwinReport();

    [[nodiscard]] int figures() const { return static_cast<int>(m_figures.size()); }
    [[nodiscard]] int drawn() const { return m_drawn; }
    [[nodiscard]] bool isDone() const { return m_drawn == figures(); }
    /// Makes the next figure, or takes its picture: two calls a figure.
    void drawNext();

    /// Figures that are not drawn yet are left out.
    [[nodiscard]] QByteArray html() const;

private:
    struct Figure
    {
        QString title;
        QString text; ///< text below the figure
        QSize size;
        std::function<QWidget *()> make;
        QByteArray png{};
    };

    void planComparison();
    void planTwin(const std::shared_ptr<const ComparedTwin> &twin);
    [[nodiscard]] QString figureHtml(const Figure &figure) const;
    [[nodiscard]] QString comparisonHtml() const;
    [[nodiscard]] QString twinHtml(std::size_t twin) const;
    [[nodiscard]] QString title() const;

    ComparedTwins m_twins;
    std::vector<Figure> m_figures;
    std::size_t m_ofComparison = 0; ///< number of figures before those of the twins
    std::vector<std::pair<std::size_t, std::size_t>>
        m_ofTwin; ///< first figure of each twin and number of its figures
    int m_drawn = 0;
    std::unique_ptr<QWidget> m_drawing; ///< made, but its picture is not taken yet
};

/// Writes a whole file. Nothing is left behind when writing fails; an older file stays as it was.
Status writeWhole(const QString &path, const QByteArray &bytes);

QByteArray pngOf(const QPixmap &picture);

/// Reads the files and writes their report; says on stderr what it did. Returns the exit code: 1
/// when a file could not be read or the report not be written.
int runReport(const QString &out, const QStringList &twins);

} // namespace dt
