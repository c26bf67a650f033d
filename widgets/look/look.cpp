// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/look.h"

#include "widgets/look/lookstyle_p.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QLabel>
#include <QPointer>
#include <QStyleHints>

using namespace Qt::StringLiterals;

namespace hanseatlas::look
{

namespace
{

/** Remembers what was asked for, and follows the desktop. Child of the application. */
class Follower final : public QObject
{
public:
    explicit Follower(QApplication &app)
        : QObject(&app)
        , m_app(app)
    {
        setObjectName("look::Follower"_L1);
        connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] { update(); });
    }

    void setAppearance(Appearance appearance)
    {
        m_appearance = appearance;
        // The platform colours what is not ours: window frames, file dialogs.
        switch (appearance) {
        case Appearance::System:
            QGuiApplication::styleHints()->unsetColorScheme();
            break;
        case Appearance::Light:
            QGuiApplication::styleHints()->setColorScheme(Qt::ColorScheme::Light);
            break;
        case Appearance::Dark:
            QGuiApplication::styleHints()->setColorScheme(Qt::ColorScheme::Dark);
            break;
        }
        update();
    }

private:
    void update()
    {
        const bool dark = m_appearance == Appearance::Dark
            || (m_appearance == Appearance::System
                && QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark);
        const auto wanted = palette(tokens(dark));
        if (m_app.palette() != wanted)
            QApplication::setPalette(wanted);
    }

    QApplication &m_app;
    Appearance m_appearance = Appearance::System;
};

/** Desktops without a font of their own get "Sans", which is DejaVu there: wide, and heavy in tables. */
QFont programFont(const QFont &desktop)
{
    const auto family = QFontInfo(desktop).family();
    if (!family.startsWith("DejaVu"_L1) && !family.startsWith("Bitstream"_L1))
        return desktop;
    const auto installed = QFontDatabase::families();
    for (const auto &better : {u"Inter"_s, u"Noto Sans"_s, u"Open Sans"_s, u"Source Sans 3"_s}) {
        if (installed.contains(better)) {
            auto font = desktop;
            font.setFamilies({better, family});
            return font;
        }
    }
    return desktop;
}

class TypeKeeper final : public QObject
{
public:
    TypeKeeper(QWidget *widget, Type type)
        : QObject(widget)
        , m_widget(widget)
        , m_type(type)
    {
        setObjectName("look::TypeKeeper"_L1);
        widget->installEventFilter(this);
    }

    void setStep(Type type)
    {
        m_type = type;
        m_widget->setFont(font(type));
    }

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::ApplicationFontChange)
            m_widget->setFont(font(m_type));
        return false;
    }

private:
    QWidget *m_widget;
    Type m_type;
};

} // namespace

void apply(QApplication &app, Appearance appearance)
{
    auto *follower = app.findChild<QObject *>("look::Follower"_L1, Qt::FindDirectChildrenOnly);
    if (!follower) {
        follower = new Follower(app);
        QApplication::setFont(programFont(QApplication::font()));
        QApplication::setStyle(new LookStyle);
    }
    static_cast<Follower *>(follower)->setAppearance(appearance);
}

QFont font(Type type)
{
    auto font = QApplication::font();
    const auto scale = [&font](double factor) {
        if (font.pointSizeF() > 0)
            font.setPointSizeF(font.pointSizeF() * factor);
        else
            font.setPixelSize(qRound(font.pixelSize() * factor));
    };
    switch (type) {
    case Type::Caption:
        scale(0.87);
        break;
    case Type::Body:
        break;
    case Type::Strong:
        font.setWeight(QFont::DemiBold);
        break;
    case Type::Heading:
        scale(1.15);
        font.setWeight(QFont::DemiBold);
        break;
    case Type::Title:
        scale(1.5);
        font.setWeight(QFont::DemiBold);
        break;
    case Type::Mono:
        font.setFeature("tnum", 1);
        break;
    }
    return font;
}

void setType(QWidget *widget, Type type)
{
    auto *keeper = widget->findChild<QObject *>("look::TypeKeeper"_L1, Qt::FindDirectChildrenOnly);
    if (!keeper)
        keeper = new TypeKeeper(widget, type);
    static_cast<TypeKeeper *>(keeper)->setStep(type);
}

QLabel *label(const QString &text, Type type, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    setType(label, type);
    return label;
}

QLabel *secondaryLabel(const QString &text, Type type, QWidget *parent)
{
    auto *secondary = label(text, type, parent);
    secondary->setForegroundRole(QPalette::PlaceholderText);
    return secondary;
}

} // namespace hanseatlas::look
