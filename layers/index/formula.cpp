// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/formula.h"

#include "layers/index/indextexts.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

struct Formula::Node {
    enum class Kind { Number, Id, Add, Subtract, Multiply, Divide, Negate, Min, Max };
    Kind kind = Kind::Number;
    double number = 0;
    QString id;
    std::vector<std::shared_ptr<const Node>> parts;
};

namespace
{

using Node = Formula::Node;
using NodePtr = std::shared_ptr<const Node>;
using Kind = Node::Kind;

constexpr qsizetype longest = 2000;
constexpr int deepest = 50;

NodePtr made(Kind kind, std::vector<NodePtr> parts)
{
    return std::make_shared<const Node>(Node{.kind = kind, .id = {}, .parts = std::move(parts)});
}

/** By recursive descent: sum, product, sign, and what stands alone. */
class Reader
{
public:
    explicit Reader(const QString &text)
        : m_text(text)
    {
    }
    Result<NodePtr> read()
    {
        auto root = sum();
        skipBlanks();
        if (root && m_at < m_text.size())
            return wrong();
        return root;
    }

private:
    std::unexpected<Error> wrong() const
    {
        return failure(
            ErrorKind::Malformed,
            IndexTexts::tr("The formula “%1” cannot be read from character %2 on.").arg(m_text.left(80)).arg(m_at + 1));
    }
    void skipBlanks()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
    }
    bool take(QChar sign)
    {
        skipBlanks();
        if (m_at >= m_text.size() || m_text[m_at] != sign)
            return false;
        ++m_at;
        return true;
    }

    Result<NodePtr> sum()
    {
        auto left = product();
        while (left) {
            const bool plus = take(u'+');
            if (!plus && !take(u'-'))
                break;
            auto right = product();
            if (!right)
                return right;
            left = made(plus ? Kind::Add : Kind::Subtract, {*left, *right});
        }
        return left;
    }
    Result<NodePtr> product()
    {
        auto left = sign();
        while (left) {
            const bool times = take(u'*');
            if (!times && !take(u'/'))
                break;
            auto right = sign();
            if (!right)
                return right;
            left = made(times ? Kind::Multiply : Kind::Divide, {*left, *right});
        }
        return left;
    }
    Result<NodePtr> sign()
    {
        if (++m_depth > deepest)
            return wrong();
        auto result =
            take(u'-') ? sign().transform([](const NodePtr &one) { return made(Kind::Negate, {one}); }) : alone();
        --m_depth;
        return result;
    }
    Result<NodePtr> alone()
    {
        if (take(u'(')) {
            auto inner = sum();
            if (inner && !take(u')'))
                return wrong();
            return inner;
        }
        skipBlanks();
        if (m_at >= m_text.size())
            return wrong();
        return m_text[m_at].isDigit() ? number() : name();
    }
    Result<NodePtr> number()
    {
        const auto begin = m_at;
        while (m_at < m_text.size() && (m_text[m_at].isDigit() || m_text[m_at] == u'.'))
            ++m_at;
        bool good = false;
        const double value = QLocale::c().toDouble(QStringView(m_text).sliced(begin, m_at - begin), &good);
        if (!good) {
            m_at = begin;
            return wrong();
        }
        return std::make_shared<const Node>(Node{.kind = Kind::Number, .number = value, .id = {}, .parts = {}});
    }
    Result<NodePtr> name()
    {
        const auto begin = m_at;
        const auto belongs = [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'.'; };
        while (m_at < m_text.size() && belongs(m_text[m_at]))
            ++m_at;
        if (m_at == begin)
            return wrong();
        const auto id = m_text.sliced(begin, m_at - begin);
        if ((id == "min"_L1 || id == "max"_L1) && take(u'('))
            return choice(id == "min"_L1 ? Kind::Min : Kind::Max);
        return std::make_shared<const Node>(Node{.kind = Kind::Id, .id = id, .parts = {}});
    }
    Result<NodePtr> choice(Kind kind)
    {
        std::vector<NodePtr> parts;
        do {
            auto one = sum();
            if (!one)
                return one;
            parts.push_back(*one);
        } while (take(u','));
        if (!take(u')'))
            return wrong();
        return made(kind, std::move(parts));
    }

    const QString m_text;
    qsizetype m_at = 0;
    int m_depth = 0;
};

void collect(const Node &node, QStringList &ids)
{
    if (node.kind == Kind::Id && !ids.contains(node.id))
        ids.append(node.id);
    for (const auto &part : node.parts)
        collect(*part, ids);
}

double joined(Kind kind, double a, double b)
{
    switch (kind) {
    case Kind::Add:
        return a + b;
    case Kind::Subtract:
        return a - b;
    case Kind::Multiply:
        return a * b;
    case Kind::Divide:
        return a / b;
    case Kind::Min:
        return std::min(a, b);
    default:
        return std::max(a, b);
    }
}

Result<std::optional<double>> worked(const Node &node,
                                     const std::function<std::optional<double>(const QString &)> &valueOf)
{
    if (node.kind == Kind::Number)
        return node.number;
    if (node.kind == Kind::Id)
        return valueOf(node.id);
    std::optional<double> result;
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
        const auto part = worked(*node.parts[i], valueOf);
        if (!part || !*part)
            return part;
        if (node.kind == Kind::Negate)
            return -**part;
        if (node.kind == Kind::Divide && i > 0 && **part == 0)
            return failure(ErrorKind::Invalid, IndexTexts::tr("The formula divides by 0."));
        result = i == 0 ? **part : joined(node.kind, *result, **part);
    }
    return result;
}

} // namespace

Result<Formula> Formula::parse(const QString &text)
{
    if (text.size() > longest)
        return failure(ErrorKind::TooLarge, IndexTexts::tr("The formula “%1 …” is too long.").arg(text.left(40)));
    return Reader(text).read().transform([](const NodePtr &root) {
        Formula formula;
        formula.m_root = root;
        return formula;
    });
}

QStringList Formula::ids() const
{
    QStringList ids;
    if (m_root)
        collect(*m_root, ids);
    return ids;
}

Result<std::optional<double>> Formula::value(const std::function<std::optional<double>(const QString &)> &valueOf) const
{
    return m_root ? worked(*m_root, valueOf) : Result<std::optional<double>>(std::nullopt);
}

} // namespace hanseatlas
