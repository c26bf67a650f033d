// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace hanseatlas::look
{

/** Our drawing on top of Fusion. */
class LookStyle final : public QProxyStyle
{
    Q_OBJECT
public:
    LookStyle();
};

} // namespace hanseatlas::look
