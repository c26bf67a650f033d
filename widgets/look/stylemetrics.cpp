// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/lookstyle_p.h"

#include "widgets/look/look.h"
#include "widgets/look/paint_p.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace hanseatlas::look
{

namespace
{

constexpr int scrollBarExtent = 12;
constexpr int arrowWidth = 26; // of a combo box
constexpr int stepWidth = 22; // of a spin box's buttons
constexpr int toolArrowWidth = 16;

int textHeight(const QStyleOption *option, const QWidget *widget)
{
    if (option && option->fontMetrics.height() > 0)
        return option->fontMetrics.height();
    return (widget ? widget->fontMetrics() : QFontMetrics(QApplication::font())).height();
}

/** Large enough for a finger at the usual font, and for the text at any. */
int control(const QStyleOption *option, const QWidget *widget, int least = controlHeight, int padding = 12)
{
    return qMax(least, textHeight(option, widget) + padding);
}

QRect scrollBarPart(const QStyleOptionSlider &bar, QStyle::SubControl part)
{
    const bool across = bar.orientation == Qt::Horizontal;
    const auto room = across ? bar.rect.width() : bar.rect.height();
    const auto range = qint64(bar.maximum) - bar.minimum;
    auto length = range > 0 ? int(qint64(bar.pageStep) * room / (range + bar.pageStep)) : room;
    length = qBound(qMin(32, room), length, room);
    const auto start =
        QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition, room - length, bar.upsideDown);
    const auto slice = [&](int from, int size) {
        return across ? QRect(bar.rect.left() + from, bar.rect.top(), size, bar.rect.height())
                      : QRect(bar.rect.left(), bar.rect.top() + from, bar.rect.width(), size);
    };
    QRect rect;
    switch (part) {
    case QStyle::SC_ScrollBarSlider:
        rect = slice(start, length);
        break;
    case QStyle::SC_ScrollBarGroove:
        rect = bar.rect;
        break;
    case QStyle::SC_ScrollBarSubPage:
        rect = slice(0, start);
        break;
    case QStyle::SC_ScrollBarAddPage:
        rect = slice(start + length, room - start - length);
        break;
    default:
        return {}; // no buttons at the ends
    }
    return QStyle::visualRect(bar.direction, bar.rect, rect);
}

QRect sliderPart(const QStyleOptionSlider &slider, QStyle::SubControl part)
{
    constexpr int knob = 20;
    const auto &r = slider.rect;
    const bool across = slider.orientation == Qt::Horizontal;
    if (part == QStyle::SC_SliderGroove)
        return across ? QRect(r.left(), r.center().y() - 9, r.width(), knob)
                      : QRect(r.center().x() - 9, r.top(), knob, r.height());
    if (part != QStyle::SC_SliderHandle)
        return r;
    const auto at = QStyle::sliderPositionFromValue(slider.minimum, slider.maximum, slider.sliderPosition,
                                                    (across ? r.width() : r.height()) - knob, slider.upsideDown);
    return across ? QRect(r.left() + at, r.center().y() - 9, knob, knob)
                  : QRect(r.center().x() - 9, r.top() + at, knob, knob);
}

QRect spinBoxPart(const QStyleOptionSpinBox &spin, QStyle::SubControl part)
{
    const auto inner = spin.rect.adjusted(3, 3, -3, -3);
    const bool buttons = spin.buttonSymbols != QAbstractSpinBox::NoButtons;
    const QRect column(inner.right() - stepWidth + 1, inner.top(), stepWidth, inner.height());
    switch (part) {
    case QStyle::SC_SpinBoxUp:
        return buttons ? QStyle::visualRect(spin.direction, spin.rect, column.adjusted(0, 0, 0, -column.height() / 2))
                       : QRect();
    case QStyle::SC_SpinBoxDown:
        return buttons ? QStyle::visualRect(spin.direction, spin.rect, column.adjusted(0, column.height() / 2, 0, 0))
                       : QRect();
    case QStyle::SC_SpinBoxEditField:
        return QStyle::visualRect(spin.direction, spin.rect,
                                  spin.rect.adjusted(7, 2, buttons ? -stepWidth - 5 : -7, -2));
    default:
        return spin.rect;
    }
}

/** Has a menu and shows so. Buttons whose icon says it already ("more") set the property noMenuArrow. */
bool hasArrow(const QStyleOptionToolButton &button, const QWidget *widget)
{
    if (button.features & QStyleOptionToolButton::MenuButtonPopup)
        return true;
    return (button.features & QStyleOptionToolButton::HasMenu)
        && !(button.features & QStyleOptionToolButton::PopupDelay)
        && !(widget && widget->property("noMenuArrow").toBool());
}

QRect toolButtonPart(const QStyleOptionToolButton &button, QStyle::SubControl part, const QWidget *widget)
{
    const auto width = hasArrow(button, widget) ? toolArrowWidth : 0;
    auto rect = button.rect;
    if (part == QStyle::SC_ToolButton)
        rect.setRight(rect.right() - width);
    else
        rect.setLeft(rect.right() - width + 1);
    return QStyle::visualRect(button.direction, button.rect, rect);
}

} // namespace

QRect LookStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                const QWidget *widget) const
{
    switch (control) {
    case CC_ScrollBar:
        return scrollBarPart(*static_cast<const QStyleOptionSlider *>(option), part);
    case CC_Slider:
        return sliderPart(*static_cast<const QStyleOptionSlider *>(option), part);
    case CC_SpinBox:
        return spinBoxPart(*static_cast<const QStyleOptionSpinBox *>(option), part);
    case CC_ToolButton:
        return toolButtonPart(*static_cast<const QStyleOptionToolButton *>(option), part, widget);
    case CC_ComboBox: {
        const auto &r = option->rect;
        if (part == SC_ComboBoxArrow)
            return visualRect(option->direction, r, QRect(r.right() - arrowWidth, r.top(), arrowWidth, r.height()));
        if (part == SC_ComboBoxEditField)
            return visualRect(option->direction, r, r.adjusted(7, 2, -arrowWidth - 2, -2));
        break;
    }
    default:
        break;
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QRect LookStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    switch (element) {
    case SE_PushButtonFocusRect:
        return option->rect;
    case SE_LineEditContents:
        // A bare field has its distance from the box that it stands in.
        if (static_cast<const QStyleOptionFrame *>(option)->lineWidth > 0)
            return option->rect.adjusted(6, 1, -6, -1);
        return option->rect;
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
    case SE_ProgressBarLabel: {
        const auto &bar = *static_cast<const QStyleOptionProgressBar *>(option);
        const auto &r = option->rect;
        if (!(bar.state & State_Horizontal))
            return element == SE_ProgressBarLabel ? QRect() : QRect(r.center().x() - 3, r.top(), 6, r.height());
        const auto label = bar.textVisible
            ? qMax(bar.fontMetrics.horizontalAdvance(u"100 %"_s), bar.fontMetrics.horizontalAdvance(bar.text))
                + space::small
            : 0;
        const auto rect = element == SE_ProgressBarLabel ? QRect(r.right() - label + 1, r.top(), label, r.height())
                                                         : QRect(r.left(), r.center().y() - 2, r.width() - label, 6);
        return visualRect(option->direction, r, rect);
    }
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QSize LookStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                  const QWidget *widget) const
{
    auto result = QProxyStyle::sizeFromContents(type, option, size, widget);
    const auto atLeast = [&result](int height) { result.setHeight(qMax(result.height(), height)); };
    switch (type) {
    case CT_PushButton: {
        const auto &button = *static_cast<const QStyleOptionButton *>(option);
        result.setWidth(size.width() + 2 * space::large);
        if (button.features & QStyleOptionButton::HasMenu)
            result.rwidth() += toolArrowWidth;
        if (!button.text.isEmpty() && button.icon.isNull())
            result.setWidth(qMax(result.width(), 80));
        if (!button.text.isEmpty() && !button.icon.isNull())
            result.rwidth() += 2;
        result.setHeight(qMax(size.height() + 8, control(option, widget)));
        break;
    }
    case CT_LineEdit:
        atLeast(control(option, widget));
        break;
    case CT_ComboBox:
        result = QSize(size.width() + arrowWidth + 20, qMax(size.height(), control(option, widget)));
        break;
    case CT_SpinBox: {
        const auto &spin = *static_cast<const QStyleOptionSpinBox *>(option);
        const bool buttons = spin.buttonSymbols != QAbstractSpinBox::NoButtons;
        result = QSize(size.width() + (buttons ? stepWidth : 0) + 16, qMax(size.height(), control(option, widget)));
        break;
    }
    case CT_ToolButton: {
        const auto &button = *static_cast<const QStyleOptionToolButton *>(option);
        result = size + QSize(12, 8);
        if (button.toolButtonStyle == Qt::ToolButtonTextOnly || button.toolButtonStyle == Qt::ToolButtonTextBesideIcon)
            result.rwidth() += space::small;
        // QToolButton has already added the width of a split button's arrow.
        if (hasArrow(button, widget) && !(button.features & QStyleOptionToolButton::MenuButtonPopup))
            result.rwidth() += toolArrowWidth - 4;
        const auto least = button.iconSize.width() <= smallIconSize ? 28 : controlHeight;
        result = result.expandedTo({least, least});
        break;
    }
    case CT_CheckBox:
    case CT_RadioButton:
        atLeast(control(option, widget, 28, 8));
        break;
    case CT_ItemViewItem:
        atLeast(control(option, widget, rowHeight, 8));
        break;
    case CT_HeaderSection:
        atLeast(control(option, widget, rowHeight, 10));
        break;
    case CT_TabBarTab:
        atLeast(control(option, widget, controlHeight + 2, 14));
        break;
    case CT_MenuBarItem:
        result = QSize(size.width() + 20, control(option, widget, rowHeight, 10));
        break;
    case CT_MenuItem: {
        const auto &item = *static_cast<const QStyleOptionMenuItem *>(option);
        if (item.menuItemType == QStyleOptionMenuItem::Separator) {
            result = item.text.isEmpty()
                ? QSize(10, 9)
                : QSize(item.fontMetrics.horizontalAdvance(item.text) + 60, textHeight(option, widget) + 8);
            break;
        }
        auto width = size.width() + paint::menuCheckWidth + 2 * paint::menuPadding + space::large;
        if (item.text.contains(u'\t'))
            width += space::huge; // between the words and the shortcut
        result = QSize(width, control(option, widget, rowHeight, 10));
        break;
    }
    case CT_GroupBox:
        result.rwidth() += space::small;
        break;
    default:
        break;
    }
    return result;
}

int LookStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth:
        return qobject_cast<const QAbstractScrollArea *>(widget) ? 3 : 1;
    case PM_ComboBoxFrameWidth:
    case PM_SpinBoxFrameWidth:
        return 2;
    case PM_ButtonMargin:
        return 8;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_ButtonDefaultIndicator:
        return 0;
    case PM_MenuButtonIndicator:
        return toolArrowWidth;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return qMax(18, textHeight(nullptr, widget) * 9 / 10);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return space::small;
    case PM_ScrollBarExtent:
        return scrollBarExtent;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_SliderThickness:
        return 28;
    case PM_SliderControlThickness:
    case PM_SliderLength:
        return 20;
    case PM_TabBarTabHSpace:
        return 24;
    case PM_TabBarTabVSpace:
        return 12;
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
        return 0;
    case PM_TabBarBaseHeight:
        return 1;
    case PM_HeaderMargin:
        return 5;
    case PM_HeaderMarkSize:
        return 12;
    case PM_HeaderDefaultSectionSizeVertical:
        return control(option, widget, rowHeight, 8);
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuHMargin:
        return 0;
    case PM_MenuVMargin:
        return 4;
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_MenuBarItemSpacing:
        return 2;
    case PM_MenuBarHMargin:
        return 6;
    case PM_MenuBarVMargin:
        return 2;
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_ToolBarItemMargin:
        return 4;
    case PM_ToolBarItemSpacing:
        return 2;
    case PM_ToolBarSeparatorExtent:
        return 13;
    case PM_ToolBarIconSize:
    case PM_LargeIconSize:
        return metric == PM_LargeIconSize ? 32 : iconSize;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_LineEditIconSize:
    case PM_ListViewIconSize:
        return smallIconSize;
    case PM_DockWidgetTitleMargin:
        return 9;
    case PM_DockWidgetTitleBarButtonMargin:
        return 5;
    case PM_DockWidgetSeparatorExtent:
        return 5;
    case PM_DockWidgetFrameWidth:
        return 0;
    case PM_SplitterWidth:
        return 7;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    case PM_TreeViewIndentation:
        return 18;
    case PM_FocusFrameHMargin:
        return 4;
    case PM_FocusFrameVMargin:
        return 2;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return space::small;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return widget && widget->isWindow() ? space::large : space::medium;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int LookStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
    case SH_DockWidget_ButtonsHaveFrame:
    case SH_ScrollBar_Transient:
    case SH_ItemView_PaintAlternatingRowColorsForEmptyArea:
    case SH_ToolBox_SelectedPageTitleBold:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_MiddleClickAbsolutePosition:
        return 1;
    case SH_Slider_AbsoluteSetButtons:
        return Qt::LeftButton;
    case SH_FormLayoutLabelAlignment:
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    case SH_FormLayoutFormAlignment:
        return int(Qt::AlignLeft | Qt::AlignTop);
    case SH_FormLayoutFieldGrowthPolicy:
        return QFormLayout::AllNonFixedFieldsGrow;
    case SH_FormLayoutWrapPolicy:
        return 0;
    case SH_Header_ArrowAlignment:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_TabBar_ElideMode:
        return Qt::ElideNone;
    case SH_Table_GridLineColor:
        return int(tokens(option ? isDark(option->palette) : isDark(QApplication::palette())).border.rgb());
    case SH_ToolTip_WakeUpDelay:
        return 500;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QIcon LookStyle::standardIcon(StandardPixmap standard, const QStyleOption *option, const QWidget *widget) const
{
    switch (standard) {
    case SP_MessageBoxInformation:
        return icon(u"info"_s, Tint::Info);
    case SP_MessageBoxWarning:
        return icon(u"warning"_s, Tint::Warning);
    case SP_MessageBoxCritical:
        return icon(u"error"_s, Tint::Error);
    case SP_MessageBoxQuestion:
        return icon(u"help"_s, Tint::Info);
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
        return icon(u"close"_s, Tint::Secondary);
    case SP_TitleBarNormalButton:
        return icon(u"undock"_s, Tint::Secondary);
    case SP_LineEditClearButton:
        return icon(u"close"_s, Tint::Secondary);
    case SP_ToolBarHorizontalExtensionButton:
        return icon(u"more"_s);
    case SP_ToolBarVerticalExtensionButton:
        return icon(u"more"_s);
    case SP_DirIcon:
    case SP_DirClosedIcon:
        return icon(u"folder"_s);
    case SP_DirOpenIcon:
    case SP_DialogOpenButton:
        return icon(u"open"_s);
    case SP_DirHomeIcon:
        return icon(u"home"_s);
    case SP_FileIcon:
        return icon(u"file"_s);
    case SP_FileDialogNewFolder:
        return icon(u"group-add"_s);
    case SP_FileDialogBack:
    case SP_ArrowBack:
    case SP_ArrowLeft:
        return icon(u"view-previous"_s);
    case SP_ArrowForward:
    case SP_ArrowRight:
        return icon(u"view-next"_s);
    case SP_FileDialogToParent:
    case SP_ArrowUp:
        return icon(u"up"_s);
    case SP_ArrowDown:
        return icon(u"down"_s);
    case SP_FileDialogDetailedView:
        return icon(u"table"_s);
    case SP_FileDialogListView:
        return icon(u"legend"_s);
    case SP_DriveHDIcon:
        return icon(u"database"_s);
    case SP_ComputerIcon:
        return icon(u"system"_s);
    case SP_BrowserReload:
        return icon(u"refresh"_s);
    case SP_TrashIcon:
        return icon(u"remove"_s);
    default:
        return QProxyStyle::standardIcon(standard, option, widget);
    }
}

QPixmap LookStyle::standardPixmap(StandardPixmap standard, const QStyleOption *option, const QWidget *widget) const
{
    const auto own = standardIcon(standard, option, widget);
    if (own.isNull())
        return QProxyStyle::standardPixmap(standard, option, widget);
    const bool message = standard >= SP_MessageBoxInformation && standard <= SP_MessageBoxQuestion;
    return own.pixmap(message ? 32 : smallIconSize, widget ? widget->devicePixelRatio() : qApp->devicePixelRatio());
}

} // namespace hanseatlas::look
