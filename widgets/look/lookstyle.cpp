// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/lookstyle_p.h"

#include "widgets/look/actionbutton.h"
#include "widgets/look/paint_p.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenuBar>
#include <QPainter>
#include <QStatusBar>
#include <QStyleFactory>
#include <QTabBar>
#include <QToolBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hanseatlas::look
{

namespace
{

template <class Option>
const Option &as(const QStyleOption *option)
{
    return *static_cast<const Option *>(option);
}

/** A field that stands in another one (the combo box's, the spin box's) has its ground and no edge. */
bool isBareField(const QStyleOption *option)
{
    return as<QStyleOptionFrame>(option).lineWidth <= 0;
}

int mnemonics(const QStyleOption *option, const QWidget *widget)
{
    const bool shown = !widget || widget->style()->styleHint(QStyle::SH_UnderlineShortcut, option, widget);
    return Qt::TextSingleLine | (shown ? Qt::TextShowMnemonic : Qt::TextHideMnemonic);
}

/** Wide enough (pixelMetric) that the view's corners stay inside the rounded ones. */
void drawFrame(const QStyleOption &option, QPainter &painter, const QWidget *widget)
{
    const auto &t = paint::tokensOf(option);
    const bool textArea = widget && widget->inherits("QTextEdit") | widget->inherits("QPlainTextEdit");
    const bool focused = option.state & QStyle::State_HasFocus && textArea;
    QColor ground;
    if (const auto *area = qobject_cast<const QAbstractScrollArea *>(widget))
        ground = area->viewport()->palette().color(area->viewport()->backgroundRole());
    paint::roundedBox(painter, option.rect, ground,
                      focused        ? t.focus
                          : textArea ? t.outline
                                     : t.border,
                      radius, focused ? 2 : 1);
}

} // namespace

LookStyle::LookStyle()
    : QProxyStyle(u"Fusion"_s)
{
}

QPalette LookStyle::standardPalette() const
{
    return palette(tokens());
}

void LookStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QLineEdit *>(widget) || qobject_cast<QTabBar *>(widget) || qobject_cast<QHeaderView *>(widget)
        || qobject_cast<QMenuBar *>(widget) || qobject_cast<QToolButton *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (auto *header = qobject_cast<QHeaderView *>(widget); header && header->orientation() == Qt::Horizontal)
        header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void LookStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    const auto &t = paint::tokensOf(*option);
    const auto arrow = [&](Qt::ArrowType direction) {
        paint::chevron(*painter, option->rect, direction, paint::enabled(*option) ? t.secondary : t.disabled,
                       qBound(5.0, qMin(option->rect.width(), option->rect.height()) * 0.6, 8.0));
    };
    switch (element) {
    case PE_PanelButtonCommand:
        paint::button(*painter, as<QStyleOptionButton>(option), widget);
        return;
    case PE_FrameDefaultButton:
        return;
    case PE_PanelButtonTool:
        paint::toolPanel(*painter, *option, option->rect);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        paint::checkBox(*painter, *option, option->state & State_NoChange);
        return;
    case PE_IndicatorRadioButton:
        paint::radioButton(*painter, *option);
        return;
    case PE_FrameFocusRect:
        // Buttons draw their own; rows of a list show it where the selection does not already say it.
        if (qobject_cast<const QAbstractItemView *>(widget)) {
            if (paint::showsFocus(*option, widget) || !(option->state & State_Selected))
                paint::focusRing(*painter, QRectF(option->rect).adjusted(1, 1, -1, -1), t.focus, radius - 2);
        } else if (!widget || widget->window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
            paint::focusRing(*painter, option->rect, t.focus, radius - 1);
        }
        return;
    case PE_PanelLineEdit:
        if (isBareField(option))
            return;
        paint::field(*painter, *option, option->rect, option->state & State_HasFocus, option->state & State_ReadOnly);
        return;
    case PE_FrameLineEdit:
        return;
    case PE_Frame:
        if (as<QStyleOptionFrame>(option).lineWidth > 0)
            drawFrame(*option, *painter, widget);
        return;
    case PE_FrameGroupBox:
        paint::roundedBox(*painter, option->rect, {}, t.border, radius + 2);
        return;
    case PE_FrameTabWidget:
        painter->fillRect(QRect(option->rect.left(), option->rect.top(), option->rect.width(), 1), t.border);
        return;
    case PE_FrameTabBarBase: {
        const auto &base = as<QStyleOptionTabBarBase>(option);
        const bool below = base.shape == QTabBar::RoundedNorth || base.shape == QTabBar::TriangularNorth;
        if (below)
            painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.border);
        return;
    }
    case PE_FrameDockWidget:
    case PE_FrameStatusBarItem:
    case PE_FrameWindow:
        return;
    case PE_FrameMenu:
        paint::roundedBox(*painter, option->rect, {}, t.border, 0);
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, t.raised);
        return;
    case PE_PanelTipLabel:
        paint::roundedBox(*painter, option->rect, t.raised, t.outline, 0);
        return;
    case PE_PanelStatusBar:
        painter->fillRect(QRect(option->rect.left(), option->rect.top(), option->rect.width(), 1), t.border);
        return;
    case PE_PanelMenuBar:
        return;
    case PE_PanelItemViewItem:
        paint::row(*painter, as<QStyleOptionViewItem>(option), widget);
        return;
    case PE_IndicatorBranch:
        if (option->state & State_Children)
            paint::chevron(*painter, option->rect, option->state & State_Open ? Qt::DownArrow : Qt::RightArrow,
                           paint::hovered(*option) ? t.text : t.secondary);
        return;
    case PE_IndicatorHeaderArrow:
        arrow(as<QStyleOptionHeader>(option).sortIndicator & QStyleOptionHeader::SortUp ? Qt::UpArrow : Qt::DownArrow);
        return;
    case PE_IndicatorArrowUp:
        arrow(Qt::UpArrow);
        return;
    case PE_IndicatorArrowDown:
        arrow(Qt::DownArrow);
        return;
    case PE_IndicatorArrowLeft:
        arrow(Qt::LeftArrow);
        return;
    case PE_IndicatorArrowRight:
        arrow(Qt::RightArrow);
        return;
    case PE_IndicatorToolBarSeparator: {
        const QRectF rect(option->rect);
        if (option->state & State_Horizontal)
            painter->fillRect(QRectF(std::floor(rect.center().x()), rect.top() + 6, 1, rect.height() - 12), t.border);
        else
            painter->fillRect(QRectF(rect.left() + 6, std::floor(rect.center().y()), rect.width() - 12, 1), t.border);
        return;
    }
    case PE_IndicatorDockWidgetResizeHandle: {
        paint::divider(*painter, *option, !(option->state & State_Horizontal));
        return;
    }
    case PE_IndicatorTabClose: {
        if (paint::hovered(*option))
            paint::roundedBox(*painter, option->rect, t.pressed, {}, 4);
        icon(u"close"_s, Tint::Secondary).paint(painter, option->rect.adjusted(2, 2, -2, -2));
        return;
    }
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

bool LookStyle::drawLabel(ControlElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    const auto &t = paint::tokensOf(*option);
    switch (element) {
    case CE_PushButtonLabel: {
        const auto &button = as<QStyleOptionButton>(option);
        const bool primary = (button.features & QStyleOptionButton::DefaultButton) || isPrimary(widget);
        const auto ink = !paint::enabled(button) ? t.disabled : primary ? t.onAccent : t.text;
        auto shown = button.icon;
        if (primary && paint::enabled(button))
            shown = paint::recoloured(shown, button.iconSize, painter->device()->devicePixelRatio(), t.onAccent);
        auto rect = button.rect;
        if (button.features & QStyleOptionButton::HasMenu)
            rect.setRight(rect.right() - proxy()->pixelMetric(PM_MenuButtonIndicator, option, widget));
        paint::iconAndText(*painter, rect, shown, button.iconSize, button.text, mnemonics(option, widget), button, ink);
        return true;
    }
    case CE_ToolButtonLabel: {
        const auto &button = as<QStyleOptionToolButton>(option);
        if (button.toolButtonStyle != Qt::ToolButtonTextBesideIcon || button.features & QStyleOptionToolButton::Arrow)
            return false;
        paint::iconAndText(*painter, button.rect, button.icon, button.iconSize, button.text, mnemonics(option, widget),
                           button, paint::enabled(button) ? t.text : t.disabled);
        return true;
    }
    case CE_ItemViewItem: {
        // An open branch is no reason for another icon.
        auto changed = as<QStyleOptionViewItem>(option);
        changed.state &= ~State_Open;
        QProxyStyle::drawControl(element, &changed, painter, widget);
        return true;
    }
    case CE_TabBarTabLabel: {
        auto changed = as<QStyleOptionTab>(option);
        changed.state &= ~State_HasFocus; // the ring is drawn with the shape
        if (!(changed.state & State_Selected) && paint::enabled(changed) && !paint::hovered(changed))
            changed.palette.setColor(QPalette::WindowText, t.secondary);
        QProxyStyle::drawControl(element, &changed, painter, widget);
        return true;
    }
    case CE_HeaderLabel: {
        auto changed = QStyleOptionHeaderV2();
        if (const auto *second = qstyleoption_cast<const QStyleOptionHeaderV2 *>(option))
            changed = *second;
        else
            static_cast<QStyleOptionHeader &>(changed) = as<QStyleOptionHeader>(option);
        changed.state &= ~State_On; // no bold heads above the chosen cells
        if (paint::enabled(changed))
            changed.palette.setColor(QPalette::ButtonText, t.secondary);
        QProxyStyle::drawControl(element, &changed, painter, widget);
        return true;
    }
    case CE_ProgressBarLabel: {
        const auto &bar = as<QStyleOptionProgressBar>(option);
        painter->setPen(paint::enabled(bar) ? t.secondary : t.disabled);
        painter->drawText(bar.rect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, bar.text);
        return true;
    }
    default:
        return false;
    }
}

bool LookStyle::drawBar(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    const auto &t = paint::tokensOf(*option);
    switch (element) {
    case CE_MenuBarItem:
        paint::menuBarItem(*painter, as<QStyleOptionMenuItem>(option));
        return true;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, t.surface);
        return true;
    case CE_MenuItem:
        paint::menuItem(*painter, as<QStyleOptionMenuItem>(option), widget);
        return true;
    case CE_MenuEmptyArea:
    case CE_MenuVMargin:
    case CE_MenuHMargin:
        return true;
    case CE_ToolBar: {
        const auto &bar = as<QStyleOptionToolBar>(option);
        painter->fillRect(option->rect, t.surface);
        if (bar.toolBarArea == Qt::TopToolBarArea)
            painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.border);
        else if (bar.toolBarArea == Qt::LeftToolBarArea)
            painter->fillRect(QRect(option->rect.right(), option->rect.top(), 1, option->rect.height()), t.border);
        return true;
    }
    case CE_DockWidgetTitle:
        paint::dockTitle(*painter, as<QStyleOptionDockWidget>(option),
                         proxy()->subElementRect(SE_DockWidgetTitleBarText, option, widget));
        return true;
    case CE_Splitter:
        paint::divider(*painter, *option, option->state & State_Horizontal);
        return true;
    case CE_SizeGrip:
        return true;
    default:
        return false;
    }
}

void LookStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    const auto &t = paint::tokensOf(*option);
    if (drawBar(element, option, painter, widget) || drawLabel(element, option, painter, widget))
        return;
    switch (element) {
    case CE_PushButton: {
        auto changed = as<QStyleOptionButton>(option);
        drawControl(CE_PushButtonBevel, &changed, painter, widget);
        changed.rect = proxy()->subElementRect(SE_PushButtonContents, &changed, widget);
        drawControl(CE_PushButtonLabel, &changed, painter, widget);
        return; // the ring is part of the bevel
    }
    case CE_TabBarTabShape:
        paint::tab(*painter, as<QStyleOptionTab>(option), widget);
        return;
    case CE_HeaderSection:
        paint::headerSection(*painter, as<QStyleOptionHeader>(option));
        return;
    case CE_HeaderEmptyArea: {
        painter->fillRect(option->rect, t.surface);
        if (option->state & State_Horizontal)
            painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.border);
        return;
    }
    case CE_ProgressBar: {
        auto part = as<QStyleOptionProgressBar>(option);
        part.rect = subElementRect(SE_ProgressBarGroove, option, widget);
        paint::progressGroove(*painter, part);
        paint::progressContents(*painter, part, widget);
        part.rect = subElementRect(SE_ProgressBarLabel, option, widget);
        if (part.textVisible)
            drawLabel(CE_ProgressBarLabel, &part, painter, widget);
        return;
    }
    case CE_ProgressBarGroove:
        paint::progressGroove(*painter, *option);
        return;
    case CE_ProgressBarContents:
        paint::progressContents(*painter, as<QStyleOptionProgressBar>(option), widget);
        return;
    case CE_ShapedFrame: {
        const auto &frame = as<QStyleOptionFrame>(option);
        if (frame.frameShape == QFrame::HLine)
            painter->fillRect(QRect(option->rect.left(), option->rect.center().y(), option->rect.width(), 1), t.border);
        else if (frame.frameShape == QFrame::VLine)
            painter->fillRect(QRect(option->rect.center().x(), option->rect.top(), 1, option->rect.height()), t.border);
        else if (frame.frameShape != QFrame::NoFrame)
            drawFrame(*option, *painter, widget);
        return;
    }
    case CE_RubberBand: {
        auto fill = t.accent;
        fill.setAlphaF(0.14f);
        painter->fillRect(option->rect, fill);
        painter->save();
        painter->setPen(t.accent);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    }
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void LookStyle::drawToolButton(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto &button = as<QStyleOptionToolButton>(option);
    const auto &t = paint::tokensOf(button);
    const bool split = button.features & QStyleOptionToolButton::MenuButtonPopup;
    const bool menu = button.features & (QStyleOptionToolButton::HasMenu | QStyleOptionToolButton::PopupDelay);
    const auto arrowBox = proxy()->subControlRect(CC_ToolButton, option, SC_ToolButtonMenu, widget);

    auto panel = button;
    if (split && !(button.activeSubControls & SC_ToolButton))
        panel.state &= ~State_Sunken;
    paint::toolPanel(*painter, panel, button.rect);
    if (split) {
        if (button.activeSubControls & SC_ToolButtonMenu && paint::enabled(button))
            paint::toolPanel(*painter, button, arrowBox);
        paint::chevron(*painter, arrowBox, Qt::DownArrow, paint::enabled(button) ? t.secondary : t.disabled, 7);
    } else if (menu && button.toolButtonStyle != Qt::ToolButtonTextUnderIcon && !arrowBox.isEmpty()) {
        paint::chevron(*painter, arrowBox, Qt::DownArrow, paint::enabled(button) ? t.secondary : t.disabled, 7);
    }
    if (paint::showsFocus(button, widget))
        paint::focusRing(*painter, button.rect, t.focus);

    auto label = button;
    label.rect = proxy()->subControlRect(CC_ToolButton, option, SC_ToolButton, widget);
    label.state &= ~State_Sunken;
    drawControl(CE_ToolButtonLabel, &label, painter, widget);
}

void LookStyle::drawGroupBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto &box = as<QStyleOptionGroupBox>(option);
    const auto &t = paint::tokensOf(box);
    if (box.subControls & SC_GroupBoxFrame) {
        QStyleOptionFrame frame;
        frame.QStyleOption::operator=(box);
        frame.rect = proxy()->subControlRect(CC_GroupBox, option, SC_GroupBoxFrame, widget);
        if (!(box.features & QStyleOptionFrame::Flat))
            drawPrimitive(PE_FrameGroupBox, &frame, painter, widget);
    }
    const auto text = proxy()->subControlRect(CC_GroupBox, option, SC_GroupBoxLabel, widget);
    if ((box.subControls & SC_GroupBoxLabel) && !box.text.isEmpty()) {
        painter->save();
        auto strong = painter->font();
        strong.setWeight(QFont::DemiBold);
        painter->setFont(strong);
        painter->setPen(paint::enabled(box) ? t.text : t.disabled);
        painter->drawText(text, Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine | Qt::TextDontClip,
                          box.text);
        painter->restore();
    }
    if (box.subControls & SC_GroupBoxCheckBox) {
        QStyleOptionButton check;
        check.QStyleOption::operator=(box);
        check.rect = proxy()->subControlRect(CC_GroupBox, option, SC_GroupBoxCheckBox, widget);
        drawPrimitive(PE_IndicatorCheckBox, &check, painter, widget);
        if (paint::showsFocus(box, widget))
            paint::focusRing(*painter, QRectF(check.rect | text).adjusted(-2, -2, 6, 2), t.focus, radius - 1);
    }
}

void LookStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                   const QWidget *widget) const
{
    const auto part = [&](SubControl sub) { return proxy()->subControlRect(control, option, sub, widget); };
    switch (control) {
    case CC_ComboBox:
        paint::comboBox(*painter, as<QStyleOptionComboBox>(option), part(SC_ComboBoxArrow));
        return;
    case CC_SpinBox:
        paint::spinBox(*painter, as<QStyleOptionSpinBox>(option), part(SC_SpinBoxUp), part(SC_SpinBoxDown));
        return;
    case CC_Slider:
        paint::slider(*painter, as<QStyleOptionSlider>(option), part(SC_SliderGroove), part(SC_SliderHandle), widget);
        return;
    case CC_ScrollBar:
        paint::scrollBar(*painter, as<QStyleOptionSlider>(option), part(SC_ScrollBarSlider), widget);
        return;
    case CC_ToolButton:
        drawToolButton(option, painter, widget);
        return;
    case CC_GroupBox:
        drawGroupBox(option, painter, widget);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

} // namespace hanseatlas::look
