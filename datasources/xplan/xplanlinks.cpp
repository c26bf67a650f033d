// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanparser.h"

#include "datasources/xplan/xplantexts.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

enum class Role { Plan, Bereich, Text, Presentation, Scan, Other, Content };

bool hasAreaPrefix(const QString &type)
{
    static const QSet<QString> prefixes{u"BP"_s, u"FP"_s, u"RP"_s, u"LP"_s, u"SO"_s, u"XP"_s};
    return prefixes.contains(type.first(std::min<qsizetype>(2, type.size())));
}

Role roleOf(const QString &type)
{
    const auto kind = type.sliced(std::min<qsizetype>(3, type.size()));
    const bool known = hasAreaPrefix(type);
    if (known && kind == "Plan"_L1)
        return Role::Plan;
    if (known && kind == "Bereich"_L1)
        return Role::Bereich;
    if (kind == "TextAbschnitt"_L1)
        return Role::Text;
    if (kind == "Rasterdarstellung"_L1 || kind == "RasterplanAenderung"_L1 || kind == "RasterplanBasis"_L1)
        return Role::Scan;
    static const QSet<QString> presentations{
        u"PPO"_s, u"PTO"_s, u"LPO"_s, u"LTO"_s, u"FPO"_s, u"Nutzungsschablone"_s, u"Praesentationsobjekt"_s};
    if (type.startsWith("XP_"_L1))
        return presentations.contains(kind) ? Role::Presentation : Role::Other;
    return Role::Content;
}

XplanReference referenceFrom(const QList<XplanProperty> &parts)
{
    XplanReference reference;
    for (const auto &part : parts) {
        if (part.name == "referenzName"_L1)
            reference.name = part.text;
        else if (part.name == "referenzURL"_L1)
            reference.url = part.text;
        else if (part.name == "typ"_L1)
            reference.kind = part.text;
        else if (part.name == "datum"_L1)
            reference.date = part.text;
        else if (part.name == "beschreibung"_L1)
            reference.description = part.text;
    }
    return reference;
}

std::vector<XplanReference> referencesOf(const XplanObject &object, const QSet<QString> &properties)
{
    std::vector<XplanReference> found;
    for (const auto &property : object.properties) {
        if (!properties.contains(property.name) || property.parts.isEmpty())
            continue;
        auto reference = referenceFrom(property.parts);
        if (reference.kind.isEmpty() && property.name == "refScan"_L1)
            reference.kind = u"scan"_s;
        if (!reference.name.isEmpty() || !reference.url.isEmpty())
            found.push_back(std::move(reference));
    }
    return found;
}

class Linker
{
public:
    explicit Linker(XplanDocument &document)
        : m_document(document)
    {
    }

    void link()
    {
        noteDangling();
        makePlans();
        assignBereiche();
        assignContents();
        assignTexts();
        collectReferences();
        settleLoose();
    }

private:
    static constexpr std::size_t none = std::size_t(-1);

    void noteDangling();
    void makePlans();
    void assignBereiche();
    void assignContents();
    void assignTexts();
    void collectReferences();
    void settleLoose();
    std::size_t planAt(const QString &id, const QHash<QString, std::size_t> &map) const { return map.value(id, none); }
    void addTo(std::size_t plan, std::size_t object);
    XplanText toText(const XplanObject &object) const;

    XplanDocument &m_document;
    QHash<QString, std::size_t> m_planOfPlanId;
    QHash<QString, std::size_t> m_planOfBereich; ///< gml:id of the Bereich → index of its plan
    QHash<QString, std::size_t> m_planOfContent; ///< as the Bereiche say
    QHash<QString, std::size_t> m_planOfText;
    std::vector<std::size_t> m_looseObjects;
    std::vector<std::size_t> m_looseTexts;
};

void Linker::noteDangling()
{
    QStringList missing;
    for (const auto &object : m_document.objects)
        for (const auto &property : object.properties)
            if (property.href.startsWith(u'#') && !m_document.byId.contains(property.href.sliced(1)))
                missing.append(property.href.sliced(1));
    missing.removeDuplicates();
    if (!missing.isEmpty())
        m_document.notes.append(
            XplanTexts::tr("%n reference(s) lead to objects that are not in the file, such as “%1”.", nullptr,
                           int(missing.size()))
                .arg(missing.front()));
}

void Linker::makePlans()
{
    for (std::size_t i = 0; i < m_document.objects.size(); ++i) {
        if (roleOf(m_document.objects[i].type) != Role::Plan)
            continue;
        m_planOfPlanId.insert(m_document.objects[i].id, m_document.plans.size());
        m_document.plans.push_back({.object = i});
    }
}

void Linker::assignBereiche()
{
    for (std::size_t p = 0; p < m_document.plans.size(); ++p)
        for (const auto &id : m_document.objects[*m_document.plans[p].object].references(u"bereich"_s))
            m_planOfBereich.insert(id, p);
    for (std::size_t i = 0; i < m_document.objects.size(); ++i) {
        const auto &object = m_document.objects[i];
        if (roleOf(object.type) != Role::Bereich)
            continue;
        auto plan = planAt(object.id, m_planOfBereich);
        for (const auto &id : object.references(u"gehoertZuPlan"_s))
            plan = plan == none ? planAt(id, m_planOfPlanId) : plan;
        if (plan == none && m_document.plans.size() == 1)
            plan = 0;
        if (plan == none)
            continue;
        m_planOfBereich.insert(object.id, plan);
        m_document.plans[plan].bereiche.push_back(i);
        for (const auto &property : object.properties) // planinhalt, praesentationsobjekt, inhaltBPlan, rasterBasis …
            if (property.href.startsWith(u'#'))
                m_planOfContent.insert(property.href.sliced(1), plan);
    }
    for (auto &plan : m_document.plans)
        std::ranges::stable_sort(plan.bereiche, [this](std::size_t a, std::size_t b) {
            return m_document.objects[a].text(u"nummer"_s).toInt() < m_document.objects[b].text(u"nummer"_s).toInt();
        });
}

void Linker::addTo(std::size_t plan, std::size_t object)
{
    const bool marker = roleOf(m_document.objects[object].type) == Role::Presentation;
    (marker ? m_document.plans[plan].markers : m_document.plans[plan].contents).push_back(object);
}

void Linker::assignContents()
{
    for (std::size_t i = 0; i < m_document.objects.size(); ++i) {
        const auto &object = m_document.objects[i];
        const auto role = roleOf(object.type);
        if (role != Role::Content && role != Role::Presentation)
            continue;
        auto plan = none;
        for (const auto &property : object.properties) // gehoertZuBereich, gehoertZuBP_Bereich, gehoertNachrichtlichZu…
            if (plan == none && property.name.startsWith("gehoert"_L1) && property.href.startsWith(u'#'))
                plan = planAt(property.href.sliced(1), m_planOfBereich);
        if (plan == none)
            plan = planAt(object.id, m_planOfContent);
        if (plan == none)
            m_looseObjects.push_back(i);
        else
            addTo(plan, i);
        if (plan != none)
            for (const auto &id : object.references(u"refTextInhalt"_s))
                m_planOfText.insert(id, plan);
    }
}

XplanText Linker::toText(const XplanObject &object) const
{
    return {.id = object.id,
            .key = object.text(u"schluessel"_s),
            .text = object.text(u"text"_s),
            .legalBasis = object.text(u"gesetzlicheGrundlage"_s),
            .references = referencesOf(object, {u"refText"_s})};
}

void Linker::assignTexts()
{
    for (std::size_t p = 0; p < m_document.plans.size(); ++p)
        for (const auto &id : m_document.objects[*m_document.plans[p].object].references(u"texte"_s))
            m_planOfText.insert(id, p);
    for (std::size_t i = 0; i < m_document.objects.size(); ++i) {
        const auto &object = m_document.objects[i];
        if (roleOf(object.type) != Role::Text)
            continue;
        auto plan = planAt(object.id, m_planOfText);
        if (plan == none && m_document.plans.size() == 1)
            plan = 0;
        if (plan == none)
            m_looseTexts.push_back(i);
        else
            m_document.plans[plan].texts.push_back(toText(object));
    }
}

void Linker::collectReferences()
{
    for (auto &plan : m_document.plans) {
        plan.references = referencesOf(m_document.objects[*plan.object], {u"externeReferenz"_s, u"refScan"_s});
        const auto append = [&](const XplanObject &object) {
            for (auto &reference : referencesOf(object, {u"refScan"_s, u"rasterBasis"_s}))
                plan.references.push_back(std::move(reference));
        };
        for (const auto index : plan.bereiche) {
            append(m_document.objects[index]);
            for (const auto &id : m_document.objects[index].references(u"rasterBasis"_s))
                if (const auto *scan = m_document.find(id))
                    append(*scan);
        }
    }
}

/** Objects of no plan stay visible: with the only plan, or on their own. */
void Linker::settleLoose()
{
    auto &plans = m_document.plans;
    if (!m_looseObjects.empty() || !m_looseTexts.empty()) {
        if (plans.size() != 1)
            plans.emplace_back();
        else
            m_document.notes.append(
                XplanTexts::tr("%n object(s) belong to no Bereich of the plan; they are shown with it.", nullptr,
                               int(m_looseObjects.size())));
        for (const auto i : m_looseObjects)
            addTo(plans.size() - 1, i);
        for (const auto i : m_looseTexts)
            plans.back().texts.push_back(toText(m_document.objects[i]));
    }
    for (auto &plan : plans) {
        std::ranges::sort(plan.contents);
        std::ranges::sort(plan.markers);
        std::ranges::stable_sort(plan.texts, [](const auto &a, const auto &b) { return keyLess(a.key, b.key); });
    }
}

} // namespace

void linkXplan(XplanDocument &document)
{
    Linker(document).link();
}

} // namespace hanseatlas
