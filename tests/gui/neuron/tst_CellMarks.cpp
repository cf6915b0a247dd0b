// SPDX-License-Identifier: GPL-3.0-or-later
//
// Marks of synapses on cells of many branches: thinned, so that the cell is seen.
#include "engine/cell/Frusta.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/cell/CellView.h"
#include "widgets/pages/NeuronPage.h"

#include <QApplication>
#include <QCheckBox>

#include <cmath>
#include <numbers>
#include <set>

using namespace dt;
using namespace dt::test;

namespace {

/// As traced: branches in all directions, each with branches, cut finely.
Neuron tracedCell()
{
    Neuron neuron = presetNeuron("nmda-cable").value();
    neuron.dendrites.clear();
    for (int i = 0; i < 24; ++i) {
        const double angle = i * std::numbers::pi / 12.0;
        const double c = std::cos(angle);
        const double s = std::sin(angle);
        Dendrite trunk{"d" + std::to_string(i), SomaIndex, 0.5, 0.0, 0.0, 10, {}};
        setPoints(trunk, {{12 * c, 12 * s, 0, 2}, {100 * c, 100 * s, 0, 1}});
        const int parent = static_cast<int>(neuron.dendrites.size());
        neuron.dendrites.push_back(trunk);
        for (const double turn : {-0.1, 0.1}) {
            Dendrite twig{trunk.name + (turn < 0 ? "a" : "b"), parent, 1.0, 0.0, 0.0, 10, {}};
            setPoints(twig,
                      {{100 * c, 100 * s, 0, 1},
                       {200 * std::cos(angle + turn), 200 * std::sin(angle + turn), 0, 0.5}});
            neuron.dendrites.push_back(twig);
        }
    }
    neuron.synapses = onePairPerSegment(neuron);
    return neuron;
}

} // namespace

class tst_CellMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void fewAreAllDrawn();
    void crowdedAreThinned();
    void drawnOnesAreApart();
    void allOnDemand();
    void nearerMeansMore();
    void selectedAndElectrodesStay();
    void proposedAreSeen();

private:
    void show(const Neuron &neuron)
    {
        Project project;
        project.neuron = neuron;
        m_document->reset(project, {});
    }
    [[nodiscard]] std::size_t drawn() const { return m_page->cell()->drawnMarks().size(); }
    [[nodiscard]] QCheckBox *all() const { return child<QCheckBox>(*m_page, "allSynapsesCheck"); }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<NeuronPage> m_page;
};

void tst_CellMarks::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_document = std::make_unique<Document>();
    m_page = std::make_unique<NeuronPage>(m_document.get());
    m_page->resize(1190, 650);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void tst_CellMarks::cleanup()
{
    m_page.reset();
    m_document.reset();
    m_sandbox.reset();
}

// 64 segments with a pair each: what a student begins with.
void tst_CellMarks::fewAreAllDrawn()
{
    QCOMPARE(drawn(), std::size_t{128});
    QVERIFY(!all()->isVisible());
}

void tst_CellMarks::crowdedAreThinned()
{
    show(tracedCell());
    QCOMPARE(m_document->neuron().synapses.size(), std::size_t{1440});
    QVERIFY2(drawn() > 20 && drawn() <= 300, qPrintable(QString::number(drawn())));
    QVERIFY(all()->isVisible());
    QVERIFY(!all()->isChecked());
    // Of both kinds, and on all sides of the cell.
    int up = 0;
    int down = 0;
    std::set<int> quarters;
    for (const int id : m_page->cell()->drawnMarks()) {
        const CellMark &mark = m_page->cell()->marks()[std::size_t(id)];
        (mark.shape == CellMark::Shape::Up ? up : down) += 1;
        quarters.insert(mark.place.dendrite / 18);
    }
    QCOMPARE(up, down);
    QCOMPARE(quarters.size(), std::size_t{4});
}

void tst_CellMarks::drawnOnesAreApart()
{
    show(tracedCell());
    const CellView *cell = m_page->cell();
    std::vector<QPointF> places[2];
    for (const int id : cell->drawnMarks()) {
        const CellMark &mark = cell->marks()[std::size_t(id)];
        places[mark.shape == CellMark::Shape::Up].push_back(cell->positionOf(mark.place));
    }
    for (const std::vector<QPointF> &of : places) {
        for (std::size_t i = 0; i < of.size(); ++i) {
            for (std::size_t k = 0; k < i; ++k)
                QVERIFY(std::hypot(of[i].x() - of[k].x(), of[i].y() - of[k].y()) > 25.0);
        }
    }
}

void tst_CellMarks::allOnDemand()
{
    show(tracedCell());
    const std::size_t thinned = drawn();
    all()->click();
    const std::size_t every = drawn();
    QVERIFY2(every > 3 * thinned, qPrintable(QString::number(every)));
    all()->click();
    QCOMPARE(drawn(), thinned);
    all()->click();
    show(tracedCell()); // another project begins as the first did
    QVERIFY(!all()->isChecked());
    QCOMPARE(drawn(), thinned);
}

void tst_CellMarks::nearerMeansMore()
{
    show(tracedCell());
    CellView *cell = m_page->cell();
    const auto within = [&] {
        int count = 0;
        for (const int id : cell->drawnMarks())
            count += cell->rect().contains(
                cell->positionOf(cell->marks()[std::size_t(id)].place).toPoint());
        return count;
    };
    const auto seen = [&] {
        int count = 0;
        for (const CellMark &mark : cell->marks())
            count += cell->rect().contains(cell->positionOf(mark.place).toPoint());
        return count;
    };
    cell->zoomBy(30.0, cell->positionOf({10, 0.5}));
    QVERIFY(seen() > 0 && seen() < 200);
    QCOMPARE(within(), seen());
}

void tst_CellMarks::selectedAndElectrodesStay()
{
    show(tracedCell());
    CellView *cell = m_page->cell();
    std::set<int> shown;
    for (const int id : cell->drawnMarks())
        shown.insert(id);
    int hidden = 0;
    while (shown.contains(hidden))
        ++hidden;
    m_page->selection()->select(CellSelection::Kind::Synapses, {hidden});
    const std::vector<int> ids = cell->drawnMarks();
    QVERIFY(std::find(ids.begin(), ids.end(), hidden) != ids.end());
    // Three at one place are three marks that can be met.
    QVERIFY(m_document
                ->edit(QStringLiteral("x"),
                       [](Project &p) {
                           for (const char *name : {"a", "b", "c"}) {
                               Electrode e;
                               e.name = name;
                               p.stimulus.electrodes.push_back(e);
                           }
                       })
                .ok());
    int electrodes = 0;
    for (const CellMark &mark : cell->marks()) {
        const std::vector<int> now = cell->drawnMarks();
        electrodes += mark.shape == CellMark::Shape::Electrode
            && std::find(now.begin(), now.end(), mark.id) != now.end();
    }
    QCOMPARE(electrodes, 3);
}

void tst_CellMarks::proposedAreSeen()
{
    show(tracedCell());
    std::vector<CellMark> marks = m_page->cell()->marks();
    const std::size_t before = drawn();
    for (int i = 0; i < 5; ++i) {
        CellMark mark = marks[std::size_t(8 * i * 40)];
        mark.id = 1'000'000 + i;
        mark.hollow = true;
        marks.push_back(mark);
    }
    m_page->cell()->setMarks(marks);
    QVERIFY(drawn() > before);
}

DT_TEST(tst_CellMarks, QApplication)
#include "tst_CellMarks.moc"
