// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestProgram.h"
#include "widgets/input/StimulusForm.h"

#include "engine/base/ReadUnits.h"
#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/Neurons.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/forms/WheelGuard.h"
#include "widgets/input/EventPainter.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/theme/Colours.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QLabel>

#include <array>
#include <set>

using namespace dt;
using namespace dt::test;

class tst_StimulusForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void duration_data();
    void duration();
    void shorterRunKeepsEvents();
    void refusedInput_data();
    void refusedInput();
    void stamp_data();
    void stamp();
    void stampOnATree();
    void stampOfTheOtherKind();
    void stampTwice();
    void clear();
    void rainOnAndOff();
    void seed();
    void twoSeedsAreTwoSteps();
    void die();
    void rainNumbers_data();
    void rainNumbers();
    void rainRate();
    void keepRain();
    void tooMuchRainToKeep();
    void axonsOnAndOff();
    void likeTrainingData();
    void axonNumbers_data();
    void axonNumbers();
    void tutorialAxons();
    void wheelScrollsBy();
    void everythingIsReachedWithTab();

private:
    [[nodiscard]] const Stimulus &stimulus() const { return m_document->stimulus(); }
    [[nodiscard]] int steps() const { return m_document->undoStack()->count(); }
    void undo() { m_document->undoStack()->undo(); }
    [[nodiscard]] QuantityField *field(const char *name) const
    {
        return child<QuantityField>(*m_page, name);
    }
    [[nodiscard]] QAbstractButton *button(const char *name) const
    {
        return child<QAbstractButton>(*m_page, name);
    }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<WheelGuard> m_guard; ///< as in the window
    std::unique_ptr<Document> m_document;
    std::unique_ptr<SimulatePage> m_page;
};

void tst_StimulusForm::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_guard = std::make_unique<WheelGuard>();
    m_document = std::make_unique<Document>();
    m_page = std::make_unique<SimulatePage>(m_document.get());
    m_page->resize(1190, 650);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void tst_StimulusForm::cleanup()
{
    m_page.reset();
    m_document.reset();
    m_guard.reset();
    m_sandbox.reset();
}

void tst_StimulusForm::duration_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("ms");
    QTest::newRow("plain") << QStringLiteral("500") << 500;
    QTest::newRow("unit") << QStringLiteral("300 ms") << 300;
    QTest::newRow("longest") << QStringLiteral("60000") << 60000;
    QTest::newRow("part of a ms") << QStringLiteral("200.7") << 200;
}

void tst_StimulusForm::duration()
{
    QFETCH(QString, text);
    QFETCH(int, ms);
    typeInto(field("durationField"), text);
    QCOMPARE(stimulus().durationMs, ms);
    QCOMPARE(field("durationField")->value(), double(ms));
    QCOMPARE(m_page->plots()->timeAxis()->full().to, double(ms));
    QCOMPARE(m_page->plots()->timeAxis()->shown().to, double(ms));
    QCOMPARE(steps(), 1);
    undo();
    QCOMPARE(stimulus().durationMs, 1024);
    QCOMPARE(field("durationField")->value(), 1024.0);
}

void tst_StimulusForm::shorterRunKeepsEvents()
{
    const std::vector<InputEvent> before = stimulus().painted;
    typeInto(field("durationField"), QStringLiteral("100"));
    typeInto(field("durationField"), QStringLiteral("1024"));
    QCOMPARE(stimulus().painted, before); // what lay beyond is back
}

void tst_StimulusForm::refusedInput_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("range");
    QTest::newRow("duration") << QByteArray("duration") << QStringLiteral("5")
                              << QStringLiteral("10 to 60000 ms");
    QTest::newRow("garbage") << QByteArray("duration") << QStringLiteral("long")
                             << QStringLiteral("10 to 60000 ms");
    QTest::newRow("weight") << QByteArray("brushWeight") << QStringLiteral("0")
                            << QStringLiteral("0.5 to 1000");
    QTest::newRow("rate") << QByteArray("rainExcRate") << QStringLiteral("1001")
                          << QStringLiteral("0 to 1000 Hz");
    QTest::newRow("seed") << QByteArray("seed") << QStringLiteral("-1")
                          << QStringLiteral("0 to 2147483647");
    QTest::newRow("event beyond the end")
        << QByteArray("eventTime") << QStringLiteral("1024") << QStringLiteral("0 to 1023 ms");
    QTest::newRow("event beyond the tip")
        << QByteArray("eventRow") << QStringLiteral("64") << QStringLiteral("0 to 63");
}

void tst_StimulusForm::refusedInput()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, text);
    QFETCH(QString, range);
    m_page->plots()->painter()->select(0);
    QuantityField *f = field((name + "Field").constData());
    auto *problem = child<QLabel>(*m_page, (name + "WhyLabel").constData());
    const QString shown = f->text();
    QVERIFY(!problem->isVisible());
    typeInto(f, text);
    QCOMPARE(f->text(), shown);
    QCOMPARE(m_document->project(), Project{});
    QVERIFY(problem->isVisible());
    QVERIFY2(problem->text().contains(range), qPrintable(problem->text()));
    typeInto(f, shown);
    QVERIFY(!problem->isVisible());
    // So does Return on the value that is back, and leaving the field.
    typeInto(f, text);
    QVERIFY(problem->isVisible());
    QTest::keyClick(f, Qt::Key_Return);
    QVERIFY(!problem->isVisible());
    typeInto(f, text);
    QVERIFY(problem->isVisible());
    m_page->plots()->painter()->setFocus();
    QVERIFY(!problem->isVisible());
    // An undo elsewhere settles it, too.
    typeInto(f, text);
    QVERIFY(problem->isVisible());
    QVERIFY(
        m_document->edit(QStringLiteral("x"), [](Project &p) { p.stimulus.rain.seed = 9; }).ok());
    QVERIFY(!problem->isVisible());
}

void tst_StimulusForm::stamp_data()
{
    QTest::addColumn<QByteArray>("preset");
    QTest::addColumn<int>("ms");
    QTest::newRow("64 segments") << QByteArray("nmda-cable-64") << 1024;
    QTest::newRow("8 segments") << QByteArray("nmda-cable") << 300;
}

void tst_StimulusForm::stamp()
{
    QFETCH(QByteArray, preset);
    QFETCH(int, ms);
    Project project;
    project.neuron = presetNeuron(preset.constData()).value();
    project.stimulus.durationMs = ms;
    project.stimulus.painted = {{Polarity::Inhibitory, 1, 2, 3.0}};
    m_document->reset(project, {});
    typeInto(field("brushWeightField"), QStringLiteral("4.5"));
    click(button("stampButton"));
    QCOMPARE(stimulus().painted.size(), std::size_t(10));
    QCOMPARE(stimulus().painted[0], project.stimulus.painted[0]); // it adds
    // 5, 25, 50, 75, 95, 75, 50, 25, 5 % of the dendrite, at every tenth of the time
    const std::array percent{5, 25, 50, 75, 95, 75, 50, 25, 5};
    const int rows = project.neuron.segmentCount();
    for (std::size_t i = 0; i < percent.size(); ++i) {
        const InputEvent expected{Polarity::Excitatory, percent[i] * rows / 100,
                                  static_cast<int>(i + 1) * ms / 10, 4.5};
        QCOMPARE(stimulus().painted[i + 1], expected);
    }
    QCOMPARE(steps(), 1);
    undo();
    QCOMPARE(m_document->project(), project);
}

// To the tip that is farthest from the soma, not through the rows of all dendrites.
void tst_StimulusForm::stampOnATree()
{
    QVERIFY(m_document
                ->edit(QStringLiteral("tree"),
                       [](Project &p) {
                           p.neuron = smallTree(); // the farthest way: rows 0 to 4 of 8
                           p.stimulus.painted.clear();
                       })
                .ok());
    click(button("stampButton"));
    std::vector<int> rows;
    for (const InputEvent &event : stimulus().painted)
        rows.push_back(event.row);
    QCOMPARE(rows, (std::vector{0, 1, 2, 3, 4, 3, 2, 1, 0}));
}

void tst_StimulusForm::stampOfTheOtherKind()
{
    click(button("clearButton"));
    choose(child<QComboBox>(*m_page, "brushPolarityCombo"), QStringLiteral("Inhibitory"));
    click(button("stampButton"));
    QCOMPARE(stimulus().painted.size(), std::size_t(9));
    for (const InputEvent &e : stimulus().painted)
        QCOMPARE(e.polarity, Polarity::Inhibitory);
}

void tst_StimulusForm::stampTwice()
{
    // A twin on top of an event could not be seen, and Delete would leave one.
    click(button("clearButton"));
    click(button("stampButton"));
    typeInto(field("brushWeightField"), QStringLiteral("2"));
    click(button("stampButton"));
    QCOMPARE(stimulus().painted.size(), std::size_t(9));
    for (const InputEvent &e : stimulus().painted)
        QCOMPARE(e.weight, 10.0);
    QCOMPARE(steps(), 3);
    undo();
    for (const InputEvent &e : stimulus().painted)
        QCOMPARE(e.weight, 8.0);
    // The other kind is another event.
    choose(child<QComboBox>(*m_page, "brushPolarityCombo"), QStringLiteral("Inhibitory"));
    click(button("stampButton"));
    QCOMPARE(stimulus().painted.size(), std::size_t(18));
    // The keyboard's way of painting, too.
    EventPainter *painter = m_page->plots()->painter();
    painter->setFocus();
    QTest::keyClick(painter, Qt::Key_Insert);
    QTest::keyClick(painter, Qt::Key_Insert);
    QCOMPARE(stimulus().painted.size(), std::size_t(19));
    QCOMPARE(stimulus().painted.back().weight, 4.0);
    QCOMPARE(painter->selection(), std::optional<std::size_t>(18));
}

void tst_StimulusForm::clear()
{
    m_page->plots()->painter()->select(2);
    QVERIFY(button("clearButton")->isEnabled());
    click(button("clearButton"));
    QVERIFY(stimulus().painted.empty());
    QVERIFY(stimulus().rain.on);
    QVERIFY(!button("clearButton")->isEnabled());
    QVERIFY(!m_page->plots()->painter()->selection());
    QVERIFY(!field("eventRowField")->isVisible());
    QCOMPARE(steps(), 1);
    undo();
    QCOMPARE(m_document->project(), Project{});
    QVERIFY(button("clearButton")->isEnabled());
}

void tst_StimulusForm::rainOnAndOff()
{
    QAbstractButton *check = button("rainCheck");
    QVERIFY(check->isChecked());
    QVERIFY(field("rainExcWeightField")->isVisible());
    click(check);
    QVERIFY(!stimulus().rain.on);
    QVERIFY(!field("rainExcWeightField")->isVisible());
    QVERIFY(!field("seedField")->isVisible());
    QTest::keyClick(check, Qt::Key_Space);
    QVERIFY(stimulus().rain.on);
    QVERIFY(field("rainExcWeightField")->isVisible());
    QCOMPARE(steps(), 2);
    undo();
    QVERIFY(!check->isChecked());
    undo();
    QVERIFY(check->isChecked());
}

void tst_StimulusForm::seed()
{
    auto *seedField = field("seedField");
    QCOMPARE(seedField->value(), 13.0);
    typeInto(seedField, QStringLiteral("4711"));
    QCOMPARE(stimulus().rain.seed, std::uint64_t(4711));
    QCOMPARE(steps(), 1);
    undo();
    QCOMPARE(seedField->value(), 13.0);
    QCOMPARE(stimulus().rain.seed, std::uint64_t(13));
    // Typing is one edit, not one for every digit: no run for seeds 4, 47 and 471.
    bringIntoView(seedField);
    seedField->setFocus();
    seedField->selectAll();
    QTest::keyClicks(seedField, QStringLiteral("4711"));
    QCOMPARE(stimulus().rain.seed, std::uint64_t(13));
}

void tst_StimulusForm::twoSeedsAreTwoSteps()
{
    auto *seedField = field("seedField");
    typeInto(seedField, QStringLiteral("5"));
    typeInto(seedField, QStringLiteral("7"));
    QCOMPARE(steps(), 2);
    undo();
    QCOMPARE(stimulus().rain.seed, std::uint64_t(5));
}

void tst_StimulusForm::die()
{
    QAbstractButton *dice = button("rerollButton");
    std::set<std::uint64_t> seeds{stimulus().rain.seed};
    for (int i = 0; i < 5; ++i) {
        click(dice);
        seeds.insert(stimulus().rain.seed);
        QCOMPARE(field("seedField")->value(), static_cast<double>(stimulus().rain.seed));
    }
    QVERIFY(seeds.size() >= 5); // one of 100000 may come again
    QVERIFY(steps() >= 4);
    while (m_document->undoStack()->canUndo())
        undo();
    QCOMPARE(m_document->project(), Project{});
}

void tst_StimulusForm::rainNumbers_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::newRow("excitatory weight")
        << QByteArray("rainExcWeight") << QStringLiteral("3,5") << 3.5;
    QTest::newRow("excitatory rate") << QByteArray("rainExcRate") << QStringLiteral("10") << 10.0;
    QTest::newRow("inhibitory weight") << QByteArray("rainInhWeight") << QStringLiteral("0") << 0.0;
    QTest::newRow("inhibitory rate") << QByteArray("rainInhRate") << QStringLiteral("0.1") << 0.1;
}

void tst_StimulusForm::rainNumbers()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, text);
    QFETCH(double, value);
    QuantityField *f = field((name + "Field").constData());
    const auto now = [&] {
        const Rain &rain = stimulus().rain;
        return name == "rainExcWeight" ? rain.excMaxWeight
            : name == "rainExcRate"    ? rainRateHz(rain.excSparsity)
            : name == "rainInhWeight"  ? rain.inhMaxWeight
                                       : rainRateHz(rain.inhSparsity);
    };
    const double before = now();
    QCOMPARE(f->value(), before);
    typeInto(f, text);
    QCOMPARE(now(), value);
    QCOMPARE(steps(), 1);
    undo();
    QCOMPARE(now(), before);
    QCOMPARE(f->value(), before);
}

// Larger numbers are more events; what is stored is the tutorial's sparsity.
void tst_StimulusForm::rainRate()
{
    QCOMPARE(field("rainExcRateField")->text(), QStringLiteral("2 Hz"));
    QCOMPARE(field("rainInhRateField")->text(), QStringLiteral("1 Hz"));
    typeInto(field("rainExcRateField"), QStringLiteral("10"));
    QCOMPARE(stimulus().rain.excSparsity, 0.99);
    typeInto(field("rainExcRateField"), QStringLiteral("1000"));
    QCOMPARE(stimulus().rain.excSparsity, 0.0);
    typeInto(field("rainExcRateField"), QStringLiteral("2"));
    QCOMPARE(stimulus().rain.excSparsity, Rain{}.excSparsity);
}

void tst_StimulusForm::keepRain()
{
    const int rows = m_document->neuron().segmentCount();
    const SpikeInput before = renderStimulus(stimulus(), rows);
    const std::size_t drops = rainEvents(stimulus().rain, rows, 1024).size();
    QVERIFY(drops > 50);
    click(button("keepRainButton"));
    QVERIFY(!stimulus().rain.on);
    QCOMPARE(stimulus().painted.size(), drops + 9);
    // The neuron gets exactly what it got before.
    QCOMPARE(renderStimulus(stimulus(), rows).events, before.events);
    QCOMPARE(steps(), 1);
    undo();
    QCOMPARE(m_document->project(), Project{});
}

void tst_StimulusForm::tooMuchRainToKeep()
{
    typeInto(field("rainExcRateField"), QStringLiteral("400")); // 26,000 drops or so
    const Project before = m_document->project();
    auto *why = child<QLabel>(*m_page, "keepRainWhyLabel");
    QVERIFY(!why->isVisible());
    click(button("keepRainButton"));
    QVERIFY(m_document->project() == before);
    QVERIFY(why->isVisible());
    QVERIFY2(why->text().contains(QStringLiteral("the most is 20000."))
                 && why->text().startsWith(QStringLiteral("That would be 26")),
             qPrintable(why->text()));
    typeInto(field("rainExcRateField"), QStringLiteral("200"));
    QVERIFY(!why->isVisible());
    click(button("keepRainButton"));
    QVERIFY(!stimulus().rain.on);
    QVERIFY(stimulus().painted.size() > 10'000);
}

void tst_StimulusForm::axonsOnAndOff()
{
    auto *plot = child<PlotCanvas>(*m_page, "inputPlot");
    typeInto(field("durationField"), QStringLiteral("300"));
    click(button("rainCheck"));
    click(button("clearButton"));
    const QColor excitatory = colours::ofPolarity(Polarity::Excitatory, plot->palette());
    QTRY_COMPARE(pixelsLike(plot, excitatory, {}, -1, 90), 0);
    QVERIFY(!field("axonSeedField")->isVisible());
    click(button("axonsCheck"));
    QVERIFY(stimulus().axons.on);
    QVERIFY(field("axonSeedField")->isVisible());
    QTRY_VERIFY(pixelsLike(plot, excitatory, {}, -1, 90) > 50);
    const std::uint64_t seed = stimulus().axons.seed;
    const auto events = axonEvents(stimulus().axons, 64, 300);
    typeInto(field("axonSeedField"), QStringLiteral("4711"));
    QCOMPARE(stimulus().axons.seed, std::uint64_t(4711));
    QVERIFY(axonEvents(stimulus().axons, 64, 300) != events);
    undo();
    QCOMPARE(stimulus().axons.seed, seed);
    click(button("axonRerollButton"));
    QVERIFY(stimulus().axons.seed != seed);
    undo();
    click(button("axonsCheck"));
    QVERIFY(!stimulus().axons.on);
    QTRY_COMPARE(pixelsLike(plot, excitatory, {}, -1, 90), 0);
}

// One click: alone, with a seed; undo brings back what was there.
void tst_StimulusForm::likeTrainingData()
{
    const Stimulus before = stimulus();
    QVERIFY(before.rain.on && !before.painted.empty());
    QVERIFY(!field("trainingSeedField")->isVisible());
    click(button("trainingInputCheck"));
    QVERIFY(stimulus().training.on);
    QVERIFY(!stimulus().rain.on && !stimulus().axons.on && stimulus().painted.empty());
    QCOMPARE(steps(), 1);
    auto *plot = child<PlotCanvas>(*m_page, "inputPlot");
    const QColor excitatory = colours::ofPolarity(Polarity::Excitatory, plot->palette());
    QTRY_VERIFY(pixelsLike(plot, excitatory, {}, -1, 90) > 50);
    typeInto(field("trainingSeedField"), QStringLiteral("4711"));
    QCOMPARE(stimulus().training.seed, std::uint64_t(4711));
    click(button("trainingRerollButton"));
    QVERIFY(stimulus().training.seed != 4711);
    undo();
    undo();
    undo();
    QCOMPARE(stimulus(), before);
}

void tst_StimulusForm::axonNumbers_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Axons>("expected");
    Axons axons;
    axons.on = true;
    const auto row = [&](const char *name, const char *text, auto Axons::*member, auto value) {
        Axons changed = axons;
        changed.*member = value;
        QTest::newRow(name) << QByteArray(name) << QString::fromLatin1(text) << changed;
    };
    row("axonCount", "16", &Axons::count, 16);
    row("axonExcRate", "20 Hz", &Axons::excRateHz, 20.0);
    row("axonInhRate", "0", &Axons::inhRateHz, 0.0);
    row("axonPower", "1", &Axons::power, 1.0);
    row("axonMultiplier", "2.5", &Axons::multiplier, 2.5);
}

void tst_StimulusForm::axonNumbers()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, text);
    QFETCH(Axons, expected);
    click(button("axonsCheck"));
    QuantityField *f = field((name + "Field").constData());
    const double before = f->value();
    typeInto(f, text);
    QCOMPARE(stimulus().axons, expected);
    QCOMPARE(steps(), 2);
    undo();
    QCOMPARE(f->value(), before);
}

void tst_StimulusForm::tutorialAxons()
{
    const Stimulus before = stimulus();
    click(button("axonsCheck"));
    typeInto(field("axonCountField"), QStringLiteral("5"));
    click(button("tutorialAxonsButton"));
    Stimulus expected;
    expected.durationMs = 2048;
    expected.rain = before.rain;
    expected.rain.on = false;
    expected.axons = {true, 1, 64, 10.0, 2.0, 5.0, 3.0};
    QCOMPARE(stimulus(), expected);
    QVERIFY2(labelText(*m_page, "axonTextLabel").contains(QStringLiteral("0.5 on average")),
             qPrintable(labelText(*m_page, "axonTextLabel")));
    QCOMPARE(steps(), 3);
    for (int i = 0; i < 3; ++i)
        undo();
    QCOMPARE(stimulus(), before);
}

void tst_StimulusForm::wheelScrollsBy()
{
    m_page->plots()->painter()->select(0);
    QCoreApplication::processEvents();
    auto *form = m_page->findChild<StimulusForm *>();
    int tried = 0;
    for (QWidget *widget : usableWidgets(form)) {
        bringIntoView(widget);
        m_page->plots()->painter()->setFocus();
        wheel(widget, QRectF(widget->rect()).center(), -1);
        QVERIFY2(m_document->project() == Project{}, qPrintable(widget->objectName()));
        QVERIFY2(!widget->hasFocus(), qPrintable(widget->objectName()));
        ++tried;
    }
    QVERIFY(tried >= 15);
    QCOMPARE(child<QComboBox>(*m_page, "brushPolarityCombo")->currentIndex(), 0);
    QCOMPARE(field("brushWeightField")->value(), 8.0);
}

void tst_StimulusForm::everythingIsReachedWithTab()
{
    m_page->plots()->painter()->select(0); // with the fields of an event
    QVERIFY(usableWidgets(m_page.get()).size() > 25);
    const QStringList missed = unreachable(m_page.get(), m_page.get());
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QStringLiteral(", "))));
}

DT_TEST(tst_StimulusForm, QApplication)
#include "tst_StimulusForm.moc"
