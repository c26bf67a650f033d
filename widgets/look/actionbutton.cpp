// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/actionbutton.h"

#include <QAction>
#include <QPushButton>
#include <QVariant>

namespace hanseatlas::look
{

namespace
{
constexpr auto primaryProperty = "hanseatlasPrimary";
}

QPushButton *actionButton(QAction *action, QWidget *parent)
{
    auto *button = new QPushButton(parent);
    const auto follow = [button, action] {
        button->setText(action->iconText());
        button->setIcon(action->icon());
        button->setToolTip(action->toolTip() == action->iconText() ? QString() : action->toolTip());
        button->setEnabled(action->isEnabled());
        button->setVisible(action->isVisible());
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

void setPrimary(QPushButton *button, bool primary)
{
    button->setProperty(primaryProperty, primary);
    button->update();
}

bool isPrimary(const QWidget *button)
{
    return button && button->property(primaryProperty).toBool();
}

} // namespace hanseatlas::look
