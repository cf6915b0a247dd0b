// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/CellTool.h"
#include "widgets/cell/CellView.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QLayout>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

namespace dt {

namespace {

constexpr double Margin = 16.0;
constexpr double Hair = 1.5; ///< the thinnest that is drawn [px]
/// Triangles of synapses [px].
constexpr double MarkLength = 7.0;
constexpr double MarkHalf = 3.5;
constexpr double PipetteLength = 30.0;
/// Between thinned marks of a shape [px].
constexpr double ThinGap = 30.0;

const QString LegendGap = QStringLiteral("      ");

/// 1, 2 or 5 times a power of ten, at most `length`.
double roundLength(double length)
{
    const double power = std::pow(10.0, std::floor(std::log10(length)));
    for (const double factor : {5.0, 2.0, 1.0}) {
        if (factor * power <= length)
            return factor * power;
    }
    return power;
}

QRectF grown(const QRectF &box, double x, double y)
{
    return box.adjusted(-x, -y, x, y);
}

/// What is selected, and what there are few of, is always drawn.
bool isThinned(const CellMark &mark)
{
    return !mark.selected && mark.shape != CellMark::Shape::Electrode;
}

} // namespace

void CellView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintCell(painter);
    paintSelected(painter);
    if (m_synapses)
        paintMarks(painter);
    if (m_dropPlace) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2.0));
        painter.drawEllipse(positionOf(*m_dropPlace), 8.0, 8.0);
    }
    if (m_tool)
        m_tool->paint(painter);
    paintScaleBar(painter);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1.0, Qt::DotLine));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void CellView::paintCell(QPainter &painter) const
{
    const QTransform transform = toView();
    const QColor ink = palette().color(QPalette::WindowText);
    const QColor fill = colours::ghost(palette());
    QColor edge = ink;
    edge.setAlpha(110);
    const bool coloured = m_mv.size() == m_layout.segments.size() + 1;
    const QRectF visible = grown(QRectF(rect()), 4.0, 4.0);
    // Borders between segments disappear when they would be all there is.
    const bool borders =
        static_cast<double>(m_layout.segments.size()) <= 200.0 * std::max(1.0, m_zoom);

    const auto colourOf = [&](std::size_t i) {
        return coloured ? colours::voltage(static_cast<double>(m_mv[i])) : fill;
    };
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colours::muted(palette()), Hair));
    for (const CellLayout::Branch &branch : m_layout.branches) {
        if (!branch.link.isEmpty())
            painter.drawPolyline(transform.map(branch.link));
    }
    const double scale = transform.m11();
    for (const CellLayout::Segment &segment : m_layout.segments) {
        const QColor colour = colourOf(static_cast<std::size_t>(segment.row) + 1);
        QRectF box = transform.mapRect(segment.outline.boundingRect());
        if (!grown(box, 1.0, 1.0).intersects(visible))
            continue;
        if (m_mode != CellLayout::Mode::Shape && segment.outline.size() == 4) {
            const auto upright = segment.outline;
            const bool straight = upright[0].y() == upright[1].y();
            if (straight) {
                if (box.height() < Hair) // a hair stays visible
                    box = grown(box, 0.0, (Hair - box.height()) / 2.0);
                painter.setBrush(colour);
                painter.setPen(borders && box.height() > 5.0 ? QPen(edge, 0.8) : QPen(Qt::NoPen));
                painter.drawRect(box);
                continue;
            }
        }
        const qsizetype half = segment.outline.size() / 2;
        const double across = std::hypot(segment.outline.front().x() - segment.outline.back().x(),
                                         segment.outline.front().y() - segment.outline.back().y())
            * scale;
        if (across < 2.0 * Hair) {
            // As a thin polygon: filling is several times as quick as stroking.
            const double wide = std::max(Hair, across) / 2.0;
            QPolygonF left;
            QPolygonF right;
            for (qsizetype k = 0; k < half; ++k) {
                const QPointF a = transform.map(segment.outline[k]);
                const QPointF b = transform.map(segment.outline[segment.outline.size() - 1 - k]);
                const QPointF side = unit(a - b) * wide;
                left << (a + b) / 2.0 + side;
                right.prepend((a + b) / 2.0 - side);
            }
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour);
            painter.drawPolygon(left + right);
        } else {
            painter.setBrush(colour);
            // Without an outline of their own colour, neighbours would have a seam between them.
            painter.setPen(borders && across > 5.0 ? QPen(edge, 0.8) : QPen(colour, 0.5));
            painter.drawPolygon(transform.map(segment.outline));
        }
    }
    painter.setBrush(colourOf(0));
    painter.setPen(QPen(ink, 1.0));
    painter.drawEllipse(transform.mapRect(m_layout.soma));
}

void CellView::paintSelected(QPainter &painter) const
{
    const QTransform transform = toView();
    const QColor accent = palette().color(QPalette::Highlight);
    painter.setBrush(Qt::NoBrush);
    for (const int dendrite : m_selectedDendrites) {
        if (dendrite >= static_cast<int>(m_layout.branches.size()))
            continue;
        const CellLayout::Branch &branch = m_layout.branches[static_cast<std::size_t>(dendrite)];
        QPolygonF left;
        QPolygonF right;
        const qsizetype n = branch.line.size();
        for (qsizetype i = 0; i < n; ++i) {
            const auto k = static_cast<std::size_t>(i);
            const QPointF along = unit(branch.line[std::min(i + 1, n - 1)]
                                       - branch.line[std::max<qsizetype>(i - 1, 0)]);
            const double half = std::max(branch.half[k] * transform.m11(), Hair) + 3.0;
            const QPointF across = QPointF(along.y(), -along.x()) * half;
            const QPointF at = transform.map(branch.line[i]);
            left << at + across;
            right.prepend(at - across);
        }
        painter.setPen(QPen(accent, 2.0));
        painter.drawPolygon(left + right);
    }
    painter.setPen(QPen(accent, 2.5));
    if (m_selection == SomaSelected)
        painter.drawEllipse(grown(transform.mapRect(m_layout.soma), 3.0, 3.0));
    else if (m_selection && *m_selection < static_cast<int>(m_layout.segments.size())) {
        const CellLayout::Segment &segment =
            m_layout.segments[static_cast<std::size_t>(*m_selection)];
        const QPolygonF outline = transform.map(segment.outline);
        QRectF box = outline.boundingRect();
        if (m_mode != CellLayout::Mode::Shape) {
            if (box.height() < Hair)
                box = grown(box, 0.0, (Hair - box.height()) / 2.0);
            painter.drawRect(grown(box, 2.0, 3.0));
        } else {
            QPainterPath path;
            path.addPolygon(outline);
            path.closeSubpath();
            QPainterPathStroker stroker(
                QPen(Qt::black, 8.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter.drawPath(stroker.createStroke(path).united(path).simplified());
        }
    }
}

std::vector<CellView::PlacedMark> CellView::placedMarks() const
{
    std::vector<PlacedMark> placed;
    const QTransform transform = toView();
    const int dendrites = static_cast<int>(m_layout.branches.size());
    // Marks closer than they are wide would be one band: those are drawn that fit.
    std::map<std::pair<int, CellMark::Shape>, QPointF> last;
    for (const CellMark &mark : m_marks) {
        if (mark.place.dendrite < SomaIndex || mark.place.dendrite >= dendrites)
            continue;
        const QPointF centre = transform.map(m_layout.pointAt(mark.place));
        if (isThinned(mark)) {
            const auto [it, isNew] = last.try_emplace({mark.place.dendrite, mark.shape}, centre);
            if (!isNew) {
                const QPointF gap = centre - it->second;
                if (std::hypot(gap.x(), gap.y()) < 2.0 * MarkHalf * std::min(1.0, mark.size))
                    continue;
                it->second = centre;
            }
        }
        placed.push_back({&mark, centre});
    }
    return placed;
}

// Over all dendrites: a traced cell has so many that their marks would be all there is to see.
void CellView::thin(std::vector<PlacedMark> &marks) const
{
    const QRectF visible = grown(QRectF(rect()), MarkLength, MarkLength);
    const auto seen = std::count_if(marks.begin(), marks.end(), [&](const PlacedMark &placed) {
        return isThinned(*placed.mark) && visible.contains(placed.centre);
    });
    if (m_allMarks || static_cast<std::size_t>(seen) <= MostMarks)
        return;
    // Squares as wide as the gap hold one mark of a shape each; its neighbours are in nine of them.
    // What is only proposed is thinned by itself.
    std::map<std::tuple<CellMark::Shape, bool, int, int>, QPointF> taken;
    std::erase_if(marks, [&](const PlacedMark &placed) {
        if (!isThinned(*placed.mark))
            return false;
        const QPointF &at = placed.centre;
        const int column = static_cast<int>(std::floor(at.x() / ThinGap));
        const int row = static_cast<int>(std::floor(at.y() / ThinGap));
        for (int x = column - 1; x <= column + 1; ++x) {
            for (int y = row - 1; y <= row + 1; ++y) {
                const auto near = taken.find({placed.mark->shape, placed.mark->hollow, x, y});
                if (near != taken.end()
                    && std::hypot(near->second.x() - at.x(), near->second.y() - at.y()) < ThinGap)
                    return true;
            }
        }
        taken[{placed.mark->shape, placed.mark->hollow, column, row}] = at;
        return false;
    });
}

std::vector<CellView::MarkBody> CellView::markBodies() const
{
    std::vector<PlacedMark> placed = placedMarks();
    thin(placed);
    std::vector<MarkBody> bodies;
    const double scale = toView().m11();
    for (const auto &[shown, centre] : placed) {
        const CellMark &mark = *shown;
        const QPointF along = m_layout.directionAt(mark.place);
        QPointF up(along.y(), -along.x());
        if (up.y() > 1e-9 || (std::abs(up.y()) <= 1e-9 && up.x() < 0.0))
            up = -up;
        const double half = std::max(m_layout.halfAt(mark.place) * scale, Hair / 2.0);
        MarkBody body{&mark, centre, up, MarkLength * mark.size};
        switch (mark.shape) {
        case CellMark::Shape::Up:
            body.base += up * (half + 2.0);
            break;
        case CellMark::Shape::Down:
            body.out = -up;
            body.base -= up * (half + 2.0);
            break;
        case CellMark::Shape::Circle:
            body.reach = 0.0;
            break;
        case CellMark::Shape::Electrode:
            body.base += up * half;
            body.out = unit(up + QPointF(0.55, 0.0));
            body.reach = PipetteLength;
            break;
        }
        bodies.push_back(body);
    }
    return bodies;
}

void CellView::paintMarks(QPainter &painter) const
{
    const QColor ink = palette().color(QPalette::WindowText);
    const QColor accent = palette().color(QPalette::Highlight);
    const auto paint = [&](const MarkBody &body) {
        const CellMark &mark = *body.mark;
        QColor colour = mark.colour;
        if (!colour.isValid())
            colour = mark.shape == CellMark::Shape::Up
                ? colours::ofPolarity(Polarity::Excitatory, palette())
                : mark.shape == CellMark::Shape::Down
                ? colours::ofPolarity(Polarity::Inhibitory, palette())
                : ink;
        const QPointF across(-body.out.y(), body.out.x());
        const bool triangle =
            mark.shape == CellMark::Shape::Up || mark.shape == CellMark::Shape::Down;
        if (triangle && !mark.selected && !mark.hollow) { // most are, and there may be thousands
            const QPointF side = across * MarkHalf * mark.size;
            const std::array corners{body.base + body.out * body.reach, body.base - side,
                                     body.base + side};
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour);
            painter.drawPolygon(corners.data(), static_cast<int>(corners.size()));
            return;
        }
        QPainterPath path;
        switch (mark.shape) {
        case CellMark::Shape::Up:
        case CellMark::Shape::Down: {
            const QPointF side = across * MarkHalf * mark.size;
            path.addPolygon(
                QPolygonF{body.base + body.out * body.reach, body.base - side, body.base + side});
            path.closeSubpath();
            break;
        }
        case CellMark::Shape::Circle:
            path.addEllipse(body.base, 4.0 * mark.size, 4.0 * mark.size);
            break;
        case CellMark::Shape::Electrode:
            path.addPolygon(QPolygonF{body.base, body.base + body.out * body.reach - across * 5.0,
                                      body.base + body.out * body.reach + across * 5.0});
            path.closeSubpath();
            break;
        }
        if (mark.selected) {
            // A ring with a gap: the mark itself keeps its colour.
            painter.setBrush(Qt::NoBrush);
            const QColor gap = palette().color(QPalette::Base);
            for (const auto &[ring, wide] : {std::pair(accent, 8.0), std::pair(gap, 4.0)}) {
                painter.setPen(QPen(ring, wide, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
                painter.drawPath(path);
            }
        }
        painter.setPen(mark.hollow || mark.shape == CellMark::Shape::Electrode ? QPen(colour, 1.5)
                                                                               : QPen(Qt::NoPen));
        QColor inside = colour;
        if (mark.shape == CellMark::Shape::Electrode)
            inside.setAlpha(70);
        painter.setBrush(mark.hollow ? QBrush(palette().color(QPalette::Base)) : QBrush(inside));
        painter.drawPath(path);
    };
    const std::vector<MarkBody> bodies = markBodies();
    for (const bool selected : {false, true}) { // the selected ones on top
        for (const MarkBody &body : bodies) {
            if (body.mark->selected == selected)
                paint(body);
        }
    }
}

std::optional<int> CellView::markAt(const QPointF &position) const
{
    if (!m_synapses)
        return std::nullopt;
    std::optional<int> found;
    double best = 1e300;
    for (const MarkBody &body : markBodies()) {
        const double length = body.mark->shape == CellMark::Shape::Circle ? 0.0 : body.reach;
        const double along =
            std::clamp(QPointF::dotProduct(position - body.base, body.out), 0.0, length);
        const QPointF off = position - (body.base + body.out * along);
        double distance = std::hypot(off.x(), off.y());
        if (distance > 5.0)
            continue;
        if (body.mark->selected)
            distance -= 10.0; // on top
        if (distance <= best) {
            best = distance;
            found = body.mark->id;
        }
    }
    return found;
}

QTransform CellView::fitted() const
{
    if (m_held)
        return *m_held;
    // Room for synapse marks and the scale bar.
    const double below =
        Margin + (captionLines() + 0.6) * QFontMetricsF(theme::captionFont()).height();
    const bool pipettes = std::any_of(m_marks.begin(), m_marks.end(), [](const CellMark &mark) {
        return mark.shape == CellMark::Shape::Electrode;
    });
    double above = pipettes && m_synapses ? PipetteLength + 2.0 : Margin;
    if (layout() && layout()->count() > 0) // buttons in the corner
        above = std::max<double>(above, layout()->itemAt(0)->geometry().bottom() + 2.0);
    const QRectF area = QRectF(rect()).adjusted(Margin, above, -Margin, -below);
    const QRectF bounds = m_layout.bounds;
    if (bounds.isEmpty() || area.isEmpty())
        return {};
    const double scale = std::min(area.width() / bounds.width(), area.height() / bounds.height());
    QTransform transform;
    transform.translate(area.left() + (area.width() - bounds.width() * scale) / 2.0,
                        area.center().y());
    transform.scale(scale, scale);
    transform.translate(-bounds.left(), -bounds.center().y());
    return transform;
}

QTransform CellView::toView() const
{
    return fitted() * QTransform::fromScale(m_zoom, m_zoom)
        * QTransform::fromTranslate(m_pan.x(), m_pan.y());
}

QString CellView::thicknessNote() const
{
    return m_mode == CellLayout::Mode::Schematic ? tr("thickness not to scale") : tr("to scale");
}

std::vector<std::pair<QString, QColor>> CellView::legend() const
{
    if (m_ownMarks)
        return m_legend;
    return {{tr("▲ excitatory"), colours::ofPolarity(Polarity::Excitatory, palette())},
            {tr("▼ inhibitory"), colours::ofPolarity(Polarity::Inhibitory, palette())}};
}

// One, or two where the legend has no place between the note and the longest scale bar.
int CellView::captionLines() const
{
    if (!m_synapses)
        return 1;
    const QFontMetricsF metrics(theme::captionFont());
    double needs = metrics.horizontalAdvance(thicknessNote()) + width() / 4.0 + 2.0 * Margin;
    for (const auto &[text, colour] : legend())
        needs += metrics.horizontalAdvance(LegendGap + text);
    return needs > width() ? 2 : 1;
}

void CellView::paintLegend(QPainter &painter, double x, double bottom) const
{
    for (auto [text, colour] : legend()) {
        painter.setPen(colour.isValid() ? colour : palette().color(QPalette::WindowText));
        if (text.startsWith(PipetteSign)) { // as in the picture, not as in the font
            const double side = painter.fontMetrics().ascent() * 0.9;
            painter.drawPolygon(QPolygonF{QPointF(x, bottom - 2.0),
                                          QPointF(x + 0.4 * side, bottom - 2.0 - side),
                                          QPointF(x + 0.8 * side, bottom - 2.0 - 0.7 * side)});
            x += side;
            text = text.mid(1);
        }
        painter.drawText(QRectF(x, bottom - 42.0, width(), 42.0), Qt::AlignLeft | Qt::AlignBottom,
                         text);
        x += painter.fontMetrics().horizontalAdvance(text + LegendGap);
    }
}

void CellView::paintScaleBar(QPainter &painter) const
{
    const double pixels = pixelsPerUm();
    if (!(pixels > 0.0))
        return;
    const double um = roundLength(std::max(1e-3, width() / 4.0 / pixels));
    const double length = um * pixels;
    painter.setFont(theme::captionFont());
    painter.setPen(QPen(colours::muted(palette()), 1.5));
    const double y = height() - 6.0;
    const double right = width() - Margin;
    painter.drawLine(QPointF(right - length, y), QPointF(right, y));
    painter.drawText(QRectF(right - length - 200.0, y - 40.0, length + 200.0, 38.0),
                     Qt::AlignRight | Qt::AlignBottom, tr("%1 µm").arg(um));
    const double noteWidth = painter.fontMetrics().horizontalAdvance(thicknessNote());
    if (Margin + noteWidth > right - length - 8.0)
        return; // too small a picture for words
    painter.drawText(QRectF(Margin, y - 40.0, width(), 42.0), Qt::AlignLeft | Qt::AlignBottom,
                     thicknessNote());
    if (m_synapses && captionLines() == 1)
        paintLegend(painter,
                    Margin + noteWidth + painter.fontMetrics().horizontalAdvance(LegendGap),
                    y + 2.0);
    else if (m_synapses)
        paintLegend(painter, Margin, y - 2.0 - painter.fontMetrics().height());
}

} // namespace dt
