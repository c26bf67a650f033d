// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/look.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace hanseatlas::look
{

namespace
{

QString fileOf(const QString &name)
{
    return ":/icons/"_L1 + name + ".svg"_L1;
}

QColor colorOf(Tint tint, const Tokens &t)
{
    switch (tint) {
    case Tint::Text:
        return t.text;
    case Tint::Secondary:
        return t.secondary;
    case Tint::Accent:
        return t.accent;
    case Tint::OnAccent:
        return t.onAccent;
    case Tint::Brand:
        return t.brand;
    case Tint::Info:
        return t.info;
    case Tint::Success:
        return t.success;
    case Tint::Warning:
        return t.warning;
    case Tint::Error:
        return t.error;
    }
    return t.text;
}

/** Draws one SVG in the colour of the moment. Pictures are kept in Qt's pixmap cache by name, colour and size. */
class TintedIcon final : public QIconEngine
{
public:
    TintedIcon(QString name, Tint tint)
        : m_name(std::move(name))
        , m_tint(tint)
    {
    }

    QString key() const override { return u"hanseatlas"_s; }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }
    QIconEngine *clone() const override { return new TintedIcon(*this); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const auto scale = painter->device() ? painter->device()->devicePixelRatio() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size(), mode, state, scale));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        const QSize pixels = (QSizeF(size) * scale).toSize();
        if (pixels.isEmpty())
            return {};
        const auto color = this->color(mode, state);
        const auto cacheKey = u"hanseatlas/%1/%2/%3x%4@%5"_s.arg(m_name)
                                  .arg(color.rgba(), 8, 16)
                                  .arg(pixels.width())
                                  .arg(pixels.height())
                                  .arg(scale);
        QPixmap pixmap;
        if (QPixmapCache::find(cacheKey, &pixmap))
            return pixmap;
        pixmap = draw(pixels, color);
        pixmap.setDevicePixelRatio(scale);
        QPixmapCache::insert(cacheKey, pixmap);
        return pixmap;
    }

private:
    QColor color(QIcon::Mode mode, QIcon::State state) const
    {
        const auto &t = tokens();
        if (mode == QIcon::Disabled)
            return t.disabled;
        if (m_tint == Tint::Text && state == QIcon::On)
            return t.accent;
        return colorOf(m_tint, t);
    }

    QPixmap draw(QSize pixels, const QColor &color) const
    {
        QPixmap pixmap(pixels);
        pixmap.fill(Qt::transparent);
        QFile file(fileOf(m_name));
        if (!file.open(QIODevice::ReadOnly))
            return pixmap;
        QSvgRenderer renderer(file.readAll().replace("currentColor", color.name().toLatin1()));
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(QPointF(), QSizeF(pixels)));
        return pixmap;
    }

    QString m_name;
    Tint m_tint;
};

} // namespace

QIcon icon(const QString &name, Tint tint)
{
    if (name.isEmpty() || !QFile::exists(fileOf(name)))
        return {};
    return QIcon(new TintedIcon(name, tint));
}

QStringList iconNames()
{
    QStringList names;
    const auto files = QDir(u":/icons"_s).entryList({u"*.svg"_s}, QDir::Files, QDir::Name);
    for (const auto &file : files)
        names.append(file.chopped(4));
    names.removeOne("hanseatlas"_L1);
    return names;
}

QIcon appIcon()
{
    return QIcon(fileOf(u"hanseatlas"_s));
}

} // namespace hanseatlas::look
