// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ReadUnits.h"
#include "engine/cell/Parameters.h"
#include "tests/gui/neuron/NeuronPageBench.h"
#include "tests/support/TestProgram.h"
#include "widgets/theme/Colours.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>

using namespace dt;
using namespace dt::test;

class tst_NeuronPage : public NeuronPageBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { NeuronPageBench::init(); }
    void cleanup() { NeuronPageBench::cleanup(); }

    void everyParameterHasItsRow();
    void typing_data();
    void typing();
    void refusedInput_data();
    void refusedInput();
    void refusalGoesAway();
    void arrowKeysStep();
    void sliderDragIsOneStep();
    void sliderDraggedBackIsNoStep();
    void sliderReachesItsEnds_data();
    void sliderReachesItsEnds();
    void resetButton();
    void wheelScrollsTheForm();
    void expertDetail();
    void presets();
    void customCannotBeChosen();
    void synapseTypes();
    void clickingTheSoma();
    void clickingTheDendrite();
    void clickingBesideTheCell();
    void keyboardInThePicture();
    void toScale();
    void undoIsSeenEverywhere();
    void everythingIsReachedWithTab();

private:
    [[nodiscard]] QSlider *slider(const char *name) const
    {
        return child<QSlider>(*m_page, qPrintable(QLatin1String(name) + QLatin1String("Slider")));
    }
    [[nodiscard]] QString why(const char *name) const
    {
        return labelText(*m_page, qPrintable(QLatin1String(name) + QLatin1String("WhyLabel")));
    }
    [[nodiscard]] QToolButton *resetButtonOf(const char *name) const
    {
        return child<QToolButton>(*m_page,
                                  qPrintable(QLatin1String(name) + QLatin1String("ResetButton")));
    }
    [[nodiscard]] const Dendrite &stick() const { return m_document->neuron().dendrites[0]; }
    [[nodiscard]] int steps() const { return m_document->undoStack()->count(); }
    [[nodiscard]] QScrollArea *form() const
    {
        return child<QScrollArea>(*m_page, "parameterScrollArea");
    }
    [[nodiscard]] bool inView(const QWidget *widget) const
    {
        const QWidget *viewport = form()->viewport();
        return widget->isVisible()
            && viewport->rect().contains(QRect(widget->mapTo(viewport, QPoint()), widget->size()));
    }
    /// Where the picture marks what the keyboard selects.
    [[nodiscard]] QRect placeOf(Qt::Key key) const;
};

QRect tst_NeuronPage::placeOf(Qt::Key key) const
{
    CellView *picture = cell();
    QTest::keyClick(picture, key);
    const QRect marked = boundsOf(picture, picture->palette().color(QPalette::Highlight), 40);
    picture->setSelection(std::nullopt);
    return marked;
}

void tst_NeuronPage::everyParameterHasItsRow()
{
    for (const ParameterInfo &parameter : parameters()) {
        const std::string name(parameter.name);
        QCOMPARE(field(name.c_str())->value(),
                 readValue(parameter.get(m_document->neuron()), parameter.unit)); // nS of uS
        const QString said = why(name.c_str());
        QVERIFY2(said.contains(field(name.c_str())->rangeText()), qPrintable(said));
        QCOMPARE(m_page->findChildren<QSlider *>(QString::fromStdString(name + "Slider")).size(),
                 parameter.usualMax > parameter.usualMin ? 1 : 0);
    }
}

void tst_NeuronPage::typing_data()
{
    QTest::addColumn<QByteArray>("parameter");
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::newRow("plain") << QByteArray("dend_L_um") << QStringLiteral("512") << 512.0;
    QTest::newRow("unit") << QByteArray("dend_L_um") << QStringLiteral("512 µm") << 512.0;
    QTest::newRow("ASCII unit") << QByteArray("Rm_ohm_cm2") << QStringLiteral("1000 ohm cm2")
                                << 1000.0;
    QTest::newRow("comma") << QByteArray("dend_diam_um") << QStringLiteral("0,75") << 0.75;
    QTest::newRow("no unit") << QByteArray("multiplicative_SKE2_factor") << QStringLiteral("0.5")
                             << 0.5;
    QTest::newRow("whole number") << QByteArray("num_segments") << QStringLiteral("12") << 12.0;
}

void tst_NeuronPage::typing()
{
    QFETCH(QByteArray, parameter);
    QFETCH(QString, text);
    QFETCH(double, value);
    const ParameterInfo &info = *findParameter(parameter.constData());
    const double before = info.get(m_document->neuron());
    typeInto(field(parameter.constData()), text);
    QCOMPARE(info.get(m_document->neuron()), value);
    QCOMPARE(steps(), 1);
    typeInto(field(parameter.constData()), QString::number(before));
    QCOMPARE(steps(), 2); // Enter ends a step
    m_document->undoStack()->undo();
    m_document->undoStack()->undo();
    QCOMPARE(info.get(m_document->neuron()), before);
    QCOMPARE(field(parameter.constData())->value(), before);
}

void tst_NeuronPage::refusedInput_data()
{
    QTest::addColumn<QByteArray>("parameter");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("too small") << QByteArray("dend_L_um") << QStringLiteral("0")
                               << QStringLiteral("1 to 20000 µm");
    QTest::newRow("too large") << QByteArray("dend_L_um") << QStringLiteral("20001 um")
                               << QStringLiteral("1 to 20000 µm");
    QTest::newRow("garbage") << QByteArray("dend_diam_um") << QStringLiteral("thick")
                             << QStringLiteral("0.05 to 100 µm");
    QTest::newRow("too many segments")
        << QByteArray("num_segments") << QStringLiteral("1001") << QStringLiteral("1 to 1000");
    QTest::newRow("half a segment")
        << QByteArray("num_segments") << QStringLiteral("2.5") << QStringLiteral("whole number");
}

void tst_NeuronPage::refusedInput()
{
    QFETCH(QByteArray, parameter);
    QFETCH(QString, text);
    QFETCH(QString, says);
    QuantityField *f = field(parameter.constData());
    const QString shown = f->text();
    const QString explanation = why(parameter.constData());
    typeInto(f, text);
    const QString said = why(parameter.constData());
    QVERIFY(said != explanation);
    QVERIFY2(said.contains(says), qPrintable(said));
    QCOMPARE(m_document->project(), Project{});
    QCOMPARE(steps(), 0);
    QCOMPARE(f->text(), shown);
    auto *label = child<QLabel>(
        *m_page, qPrintable(QString::fromLatin1(parameter) + QStringLiteral("WhyLabel")));
    QVERIFY(label->isVisible());
    QVERIFY(shows(label, colours::onto(colours::Failure, m_page->palette()),
                  QRectF(label->rect()).center(), 500, 60)); // in the colour of problems
}

void tst_NeuronPage::refusalGoesAway()
{
    const QString explanation = why("dend_L_um");
    for (const QString &good : {QStringLiteral("100"), QStringLiteral("100")}) {
        typeInto(field("dend_L_um"), QStringLiteral("0"));
        QVERIFY(why("dend_L_um") != explanation);
        typeInto(field("dend_L_um"), good); // the second time: the value it has already
        QCOMPARE(why("dend_L_um"), explanation);
    }
}

void tst_NeuronPage::arrowKeysStep()
{
    QuantityField *f = field("dend_L_um");
    bringIntoView(f);
    f->setFocus(Qt::TabFocusReason);
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(f, Qt::Key_Up);
    QCOMPARE(stick().lengthUm, 2048.0 + 3 * 64.0);
    QCOMPARE(steps(), 1);
    QTest::keyClick(f, Qt::Key_Down);
    QCOMPARE(stick().lengthUm, 2048.0 + 2 * 64.0);
    QTest::keyClick(f, Qt::Key_Tab); // leaving ends the step
    f->setFocus(Qt::TabFocusReason);
    QTest::keyClick(f, Qt::Key_Up);
    QCOMPARE(steps(), 2);
    m_document->undoStack()->undo();
    QCOMPARE(stick().lengthUm, 2048.0 + 2 * 64.0);
    m_document->undoStack()->undo();
    QCOMPARE(stick().lengthUm, 2048.0);
}

void tst_NeuronPage::sliderDragIsOneStep()
{
    QSlider *s = slider("dend_L_um");
    bringIntoView(s);
    const int start = s->value();
    QSignalSpy changed(m_document.get(), &Document::changed);
    drag(s, sliderHandle(s, start), sliderHandle(s, 100));
    QVERIFY2(changed.count() > 3, qPrintable(QString::number(changed.count()))); // seen on the way
    QCOMPARE(steps(), 1);
    const double dragged = stick().lengthUm;
    QVERIFY2(dragged > 50.0 && dragged < 80.0, qPrintable(QString::number(dragged))); // 16 * 4^1
    QCOMPARE(field("dend_L_um")->value(), dragged);
    drag(s, sliderHandle(s, s->value()), sliderHandle(s, 200));
    QCOMPARE(steps(), 2);
    m_document->undoStack()->undo();
    QCOMPARE(stick().lengthUm, dragged);
    m_document->undoStack()->undo();
    QCOMPARE(m_document->project(), Project{});
    QCOMPARE(s->value(), start);
}

void tst_NeuronPage::sliderDraggedBackIsNoStep()
{
    // On a neuron that slider positions can hit exactly.
    QVERIFY(
        m_document->edit(QStringLiteral("x"), [](Project &p) { p.neuron.channels.skFactor = 1.0; })
            .ok());
    m_document->undoStack()->clear();
    QSlider *s = slider("multiplicative_SKE2_factor");
    bringIntoView(s);
    const QPointF handle = sliderHandle(s, s->value());
    moveTo(s, handle);
    press(s, handle);
    moveTo(s, handle + QPointF(40.0, 0.0));
    QCOMPARE(steps(), 1);
    moveTo(s, handle);
    release(s, handle);
    QCOMPARE(m_document->neuron().channels.skFactor, 1.0);
    QCOMPARE(steps(), 0);
}

void tst_NeuronPage::sliderReachesItsEnds_data()
{
    QTest::addColumn<QByteArray>("parameter");
    for (const ParameterInfo &parameter : parameters()) {
        if (parameter.usualMax > parameter.usualMin)
            QTest::newRow(parameter.name.data()) << QByteArray(parameter.name.data());
    }
}

void tst_NeuronPage::sliderReachesItsEnds()
{
    QFETCH(QByteArray, parameter);
    const ParameterInfo &info = *findParameter(parameter.constData());
    QSlider *s = slider(parameter.constData());
    bringIntoView(s);
    s->setFocus(Qt::TabFocusReason);
    QTest::keyClick(s, Qt::Key_End);
    QCOMPARE(info.get(m_document->neuron()), info.usualMax);
    QTest::keyClick(s, Qt::Key_Home);
    QCOMPARE(info.get(m_document->neuron()), info.usualMin);
    // Arrow keys get away from every place.
    for (int i = 0; i < 40; ++i)
        QTest::keyClick(s, Qt::Key_Right);
    QVERIFY(info.get(m_document->neuron()) > info.usualMin);
    for (int i = 0; i < 60; ++i)
        QTest::keyClick(s, Qt::Key_Left);
    QCOMPARE(info.get(m_document->neuron()), info.usualMin);
}

void tst_NeuronPage::resetButton()
{
    QToolButton *reset = resetButtonOf("dend_L_um");
    QVERIFY(!reset->isVisible());
    typeInto(field("dend_L_um"), QStringLiteral("100"));
    QVERIFY(reset->isVisible());
    QVERIFY2(reset->toolTip().contains(QStringLiteral("2048 µm")), qPrintable(reset->toolTip()));
    click(reset);
    QCOMPARE(stick().lengthUm, 2048.0);
    QCOMPARE(field("dend_L_um")->value(), 2048.0);
    QVERIFY(!reset->isVisible());
    QCOMPARE(steps(), 2);
    m_document->undoStack()->undo();
    QCOMPARE(stick().lengthUm, 100.0);
    QVERIFY(reset->isVisible());
}

void tst_NeuronPage::wheelScrollsTheForm()
{
    click(child<QCheckBox>(*m_page, "expertCheck"));
    QScrollBar *bar = form()->verticalScrollBar();
    QVERIFY(bar->maximum() > 0);
    int tried = 0;
    for (QWidget *widget : usableWidgets(form()->widget())) {
        bar->setValue(0);
        bringIntoView(widget);
        cell()->setFocus();
        const int steps = bar->value() > bar->maximum() / 2 ? 2 : -2;
        const int before = bar->value();
        wheel(widget, QRectF(widget->rect()).center(), steps);
        const QString name = widget->objectName();
        QVERIFY2(m_document->project() == Project{}, qPrintable(name));
        QVERIFY2(!widget->hasFocus(), qPrintable(name));
        QVERIFY2(bar->value() != before, qPrintable(name)); // the form scrolls in its place
        ++tried;
    }
    QVERIFY(tried > 25);
}

void tst_NeuronPage::expertDetail()
{
    auto *check = child<QCheckBox>(*m_page, "expertCheck");
    const auto visible = [this](const ParameterInfo &parameter) {
        return field(std::string(parameter.name).c_str())->isVisible();
    };
    for (const ParameterInfo &parameter : parameters())
        QCOMPARE(visible(parameter), !parameter.expert);
    click(check);
    QVERIFY(check->isChecked());
    for (const ParameterInfo &parameter : parameters())
        QVERIFY2(visible(parameter), parameter.name.data());
    QTest::keyClick(check, Qt::Key_Space);
    for (const ParameterInfo &parameter : parameters())
        QCOMPARE(visible(parameter), !parameter.expert);
    QCOMPARE(steps(), 0); // what is shown is no edit
}

void tst_NeuronPage::presets()
{
    auto *combo = child<QComboBox>(*m_page, "presetCombo");
    QCOMPARE(combo->currentText(), QStringLiteral("NMDA Cable, 64 Segments"));
    for (const NeuronPreset &preset : neuronPresets()) {
        const QString title = QString::fromUtf8(preset.title.data());
        choose(combo, title);
        QCOMPARE(m_document->neuron(), presetNeuron(preset.name).value());
        QCOMPARE(combo->currentText(), title);
    }
    choose(combo, QStringLiteral("AMPA Point"));
    const int before = steps();
    typeInto(field("dend_L_um"), QStringLiteral("100"));
    QCOMPARE(combo->currentText(), QStringLiteral("Custom"));
    QCOMPARE(steps(), before + 1);
    m_document->undoStack()->undo();
    QCOMPARE(combo->currentText(), QStringLiteral("AMPA Point"));
    // The same by hand is the preset, too.
    m_document->undoStack()->redo();
    typeInto(field("dend_L_um"), QStringLiteral("128"));
    QCOMPARE(combo->currentText(), QStringLiteral("AMPA Point"));
}

void tst_NeuronPage::customCannotBeChosen()
{
    for (const char *name : {"presetCombo", "synapseTypeCombo"}) {
        auto *combo = child<QComboBox>(*m_page, name);
        const QString before = combo->currentText();
        choose(combo, QStringLiteral("Custom"));
        QCOMPARE(combo->currentText(), before);
        QCOMPARE(steps(), 0);
    }
}

void tst_NeuronPage::synapseTypes()
{
    auto *combo = child<QComboBox>(*m_page, "synapseTypeCombo");
    QCOMPARE(combo->currentText(), QStringLiteral("AMPA + NMDA (Human)"));
    choose(combo, QStringLiteral("AMPA Only"));
    QCOMPARE(m_document->neuron().synapseKinds[0].nmdaGMaxUs, 0.0);
    QCOMPARE(labelText(*m_page, "synapseValueLabel"), QStringLiteral("AMPA Only"));
    QCOMPARE(child<QComboBox>(*m_page, "presetCombo")->currentText(), QStringLiteral("Custom"));
    choose(combo, QStringLiteral("AMPA + NMDA (Rodent)"));
    QCOMPARE(m_document->neuron().synapseKinds[0].nmdaGMaxUs, 4.0e-4);
    QCOMPARE(steps(), 2);
    click(child<QCheckBox>(*m_page, "expertCheck"));
    typeInto(field("g_max_NMDA_uS"), QStringLiteral("0.5"));
    QCOMPARE(combo->currentText(), QStringLiteral("Custom"));
    m_document->undoStack()->undo();
    m_document->undoStack()->undo();
    m_document->undoStack()->undo();
    QCOMPARE(combo->currentText(), QStringLiteral("AMPA + NMDA (Human)"));
}

void tst_NeuronPage::clickingTheSoma()
{
    const QPoint soma = placeOf(Qt::Key_Home).center();
    click(child<QCheckBox>(*m_page, "expertCheck")); // it was opened
    QVERIFY(!field("soma_L_um")->isVisible());
    clickAt(cell(), soma);
    QCOMPARE(cell()->selection(), std::optional(int(CellView::SomaSelected)));
    QVERIFY(child<QCheckBox>(*m_page, "expertCheck")->isChecked()); // all of it is expert detail
    QTRY_VERIFY(inView(field("soma_L_um")));
    QTRY_VERIFY(inView(field("soma_diam_um")));
}

void tst_NeuronPage::clickingTheDendrite()
{
    const QPoint tip = placeOf(Qt::Key_End).center();
    click(child<QCheckBox>(*m_page, "expertCheck"));
    form()->verticalScrollBar()->setValue(form()->verticalScrollBar()->maximum());
    QVERIFY(!inView(field("dend_L_um")));
    clickAt(cell(), tip);
    QCOMPARE(cell()->selection(), std::optional(63));
    QTRY_VERIFY(inView(field("dend_L_um")));
    QVERIFY(inView(field("dend_diam_um")));
}

void tst_NeuronPage::clickingBesideTheCell()
{
    clickAt(cell(), placeOf(Qt::Key_End).center());
    QVERIFY(cell()->selection());
    clickAt(cell(), QPointF(20.0, 20.0));
    QVERIFY(!cell()->selection());
}

void tst_NeuronPage::keyboardInThePicture()
{
    QSignalSpy selected(cell(), &CellView::selectionChanged);
    cell()->setFocus();
    QTest::keyClick(cell(), Qt::Key_Right);
    QCOMPARE(cell()->selection(), std::optional(int(CellView::SomaSelected)));
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(cell(), Qt::Key_Right);
    QCOMPARE(cell()->selection(), std::optional(2));
    QVERIFY(cell()->hasFocus()); // the walk can go on
    QTest::keyClick(cell(), Qt::Key_Left);
    QCOMPARE(cell()->selection(), std::optional(1));
    QTest::keyClick(cell(), Qt::Key_End);
    QTest::keyClick(cell(), Qt::Key_Right);
    QCOMPARE(cell()->selection(), std::optional(63));
    QTest::keyClick(cell(), Qt::Key_Home);
    QTest::keyClick(cell(), Qt::Key_Left);
    QCOMPARE(cell()->selection(), std::optional(int(CellView::SomaSelected)));
    QCOMPARE(selected.count(), 7);
}

void tst_NeuronPage::toScale()
{
    const QRect soma = placeOf(Qt::Key_Home);
    auto *scale = child<QRadioButton>(*m_page, "toScaleRadio");
    click(scale);
    QCOMPARE(cell()->mode(), CellLayout::Mode::ToScale);
    const QRect hair = placeOf(Qt::Key_Home);
    QVERIFY(!hair.isEmpty());
    QVERIFY2(hair.height() < soma.height() / 2,
             qPrintable(QStringLiteral("%1, %2").arg(soma.height()).arg(hair.height())));
    const QPoint tip = placeOf(Qt::Key_End).center();
    clickAt(cell(), tip); // a hair can still be hit
    QCOMPARE(cell()->selection(), std::optional(63));
    scale->setFocus(Qt::TabFocusReason);
    QTest::keyClick(scale, Qt::Key_Left);
    QCOMPARE(cell()->mode(), CellLayout::Mode::Schematic);
    QCOMPARE(placeOf(Qt::Key_Home), soma);
    QCOMPARE(steps(), 0);
}

void tst_NeuronPage::undoIsSeenEverywhere()
{
    const QImage before = cell()->grab().toImage();
    const int position = slider("num_segments")->value();
    typeInto(field("num_segments"), QStringLiteral("4"));
    QVERIFY(cell()->grab().toImage() != before);
    QVERIFY(slider("num_segments")->value() < position);
    m_document->undoStack()->undo();
    QTRY_COMPARE(cell()->grab().toImage(), before);
    QCOMPARE(slider("num_segments")->value(), position);
    QCOMPARE(field("num_segments")->value(), 64.0);
    QCOMPARE(labelText(*m_page, "segmentValueLabel"), QStringLiteral("0.055 λ"));
}

void tst_NeuronPage::everythingIsReachedWithTab()
{
    typeInto(field("dend_L_um"), QStringLiteral("100")); // a reset button is there
    QVERIFY(resetButtonOf("dend_L_um")->isVisible());
    click(child<QCheckBox>(*m_page, "expertCheck"));
    QVERIFY(usableWidgets(m_page.get()).size() > 30);
    const QStringList missed = unreachable(m_page.get(), m_page.get());
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QStringLiteral(", "))));
}

DT_TEST(tst_NeuronPage, QApplication)
#include "tst_NeuronPage.moc"
