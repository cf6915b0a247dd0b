// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/document/CellSelection.h"

#include "engine/document/Document.h"

#include <algorithm>
#include <iterator>

namespace dt {

CellSelection::CellSelection(Document *document, QObject *parent) :
    QObject(parent), m_document(document)
{
    connect(document, &Document::changed, this, &CellSelection::follow);
}

bool CellSelection::contains(Kind kind, int item) const
{
    return kind == m_kind && std::binary_search(m_items.begin(), m_items.end(), item);
}

int CellSelection::single(Kind kind) const
{
    return kind == m_kind && m_items.size() == 1 ? m_items.front() : -1;
}

void CellSelection::select(Kind kind, std::vector<int> items, double x)
{
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    if (kind == Kind::Nothing || kind == Kind::Soma)
        items.clear();
    else if (items.empty())
        kind = Kind::Nothing;
    const bool same = kind == m_kind && items == m_items && x == m_x;
    m_kind = kind;
    m_items = std::move(items);
    m_x = x;
    m_count = count();
    m_names.clear();
    if (kind == Kind::Dendrites) {
        for (const int i : m_items)
            m_names.push_back(m_document->neuron().dendrites.at(static_cast<std::size_t>(i)).name);
    }
    if (!same)
        Q_EMIT changed();
}

void CellSelection::toggle(Kind kind, int item)
{
    std::vector<int> items = kind == m_kind ? m_items : std::vector<int>{};
    if (const auto it = std::find(items.begin(), items.end(), item); it != items.end())
        items.erase(it);
    else
        items.push_back(item);
    select(kind, std::move(items), m_x);
}

std::size_t CellSelection::count() const
{
    switch (m_kind) {
    case Kind::Dendrites:
        return m_document->neuron().dendrites.size();
    case Kind::Synapses:
        return m_document->neuron().synapses.size();
    case Kind::Electrodes:
        return m_document->stimulus().electrodes.size();
    case Kind::Nothing:
    case Kind::Soma:
        break;
    }
    return 0;
}

void CellSelection::follow(const ChangeEvent &event)
{
    if (event.everything) {
        clear();
        return;
    }
    const Neuron &neuron = m_document->neuron();
    std::vector<int> items;
    if (m_kind == Kind::Dendrites) {
        for (std::size_t i = 0; i < neuron.dendrites.size(); ++i) {
            if (std::find(m_names.begin(), m_names.end(), neuron.dendrites[i].name)
                != m_names.end())
                items.push_back(static_cast<int>(i));
        }
        // Renamed, not gone: the only one keeps its index.
        if (items.empty() && m_items.size() == 1 && count() == m_count)
            items = m_items;
    } else if (count() == m_count) { // else an index may be that of another one
        std::copy_if(m_items.begin(), m_items.end(), std::back_inserter(items),
                     [&](int i) { return i < static_cast<int>(m_count); });
    }
    select(m_kind, std::move(items), m_x);
}

} // namespace dt
