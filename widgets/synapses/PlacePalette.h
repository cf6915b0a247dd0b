// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/synapses/PlaceItem.h"

#include <QWidget>

#include <optional>
#include <vector>

class QGridLayout;
class QMimeData;
class QToolButton;

namespace dt {

class Document;

/// The things that can be put on the cell: every kind of synapse and both electrodes. Drag one onto
/// the picture; or click it, then every click into the picture puts one there; or press Enter on it
/// to put one on the selected dendrite. Escape ends.
class PlacePalette : public QWidget
{
    Q_OBJECT

public:
    explicit PlacePalette(Document *document, QWidget *parent = nullptr);

    /// The item that a click into the picture puts there.
    [[nodiscard]] std::optional<PlaceItem> chosen() const { return m_chosen; }
    void choose(const std::optional<PlaceItem> &item);
    /// The data of a drag of the item.
    [[nodiscard]] static QMimeData *mimeOf(const PlaceItem &item);

Q_SIGNALS:
    /// A drag ended outside the cell.
    void missed();
    void chosenChanged();
    /// Enter was pressed: the item is to be put at the selected place now.
    void placeRequested(const dt::PlaceItem &item);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void rebuild();
    void addButton(const PlaceItem &item, const QString &name, const QString &text,
                   const QString &tip);
    [[nodiscard]] QIcon iconOf(const PlaceItem &item) const;
    void restyle();
    [[nodiscard]] int indexOf(const QObject *button) const;

    Document *m_document;
    QGridLayout *m_grid;
    std::vector<PlaceItem> m_items;
    std::vector<Polarity> m_polarities; ///< polarities of the synapses among m_items
    std::vector<QToolButton *> m_buttons;
    std::optional<PlaceItem> m_chosen;
    QPoint m_pressed;
    int m_pressedButton = -1;
};

} // namespace dt
