// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is drawn and said can be read: captions over traces, choices in the dark theme, refusals
// that neither vanish nor push the form about.
#include "app/simulate/SimulationController.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/theme/Theme.h"

#include <QAbstractButton>
#include <QApplication>

using namespace dt;
using namespace dt::test;

class tst_Readable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(); }
    void cleanup()
    {
        m_bench.reset();
        theme::apply(*qApp, theme::Scheme::Light, false);
    }

    void tracesDoNotStrikeCaptions();
    void nearASpikeIsDefined();
    void choicesAreSeenInTheDark();
    void refusalDoesNotMoveTheForm();

private:
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }

    std::unique_ptr<Bench> m_bench;
};

void tst_Readable::tracesDoNotStrikeCaptions()
{
    window().simulation()->run();
    m_bench->engine.setWave({-80.0, 0.5, {500, 990}});
    m_bench->engine.complete();
    auto *soma = child<PlotCanvas>(*window().simulatePage(), "somaPlot");
    const QColor ink = window().palette().color(QPalette::WindowText);
    const double half = QFontMetrics(theme::captionFont()).height() / 2.0;
    const auto seen = [&](double ms) { // half a line above the line at 0 mV
        return shows(soma, ink, soma->toPixel({ms, 0.0}) - QPointF(0.0, half), 2, 12);
    };
    QTRY_VERIFY(seen(500.5));
    QVERIFY(!seen(990.5)); // behind "spike above 0 mV"
}

void tst_Readable::nearASpikeIsDefined()
{
    const QString tip = child<QWidget>(window(), "nearPanel")->toolTip();
    QVERIFY2(tip.contains(QStringLiteral("10 ms")) && tip.contains(QStringLiteral("-67 mV")),
             qPrintable(tip));
}

void tst_Readable::choicesAreSeenInTheDark()
{
    window().showPage(MainWindow::Neuron);
    trigger(window(), "darkThemeAction");
    for (const char *name : {"toScaleRadio", "expertCheck"}) { // both not chosen
        auto *box = child<QAbstractButton>(window(), name);
        QVERIFY(!box->isChecked());
        const QImage image = box->grab().toImage();
        int outline = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < 14; ++x)
                outline += image.pixelColor(x, y).lightness() > 100;
        }
        QVERIFY2(outline >= 16, name);
    }
}

void tst_Readable::refusalDoesNotMoveTheForm()
{
    window().showPage(MainWindow::Neuron);
    QCoreApplication::processEvents();
    const QString explanation = labelText(window(), "dend_L_umWhyLabel");
    auto *below = child<QuantityField>(window(), "dend_diam_umField");
    const QPoint place = below->mapTo(&window(), QPoint());
    typeInto(child<QuantityField>(window(), "dend_L_umField"), QStringLiteral("0"));
    QVERIFY(labelText(window(), "dend_L_umWhyLabel") != explanation);
    QCoreApplication::processEvents();
    QCOMPARE(below->mapTo(&window(), QPoint()), place);
    below->setFocus();
    QCOMPARE(labelText(window(), "dend_L_umWhyLabel"), explanation);
}

DT_TEST(tst_Readable, QApplication)
#include "tst_Readable.moc"
