// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/lookstyle_p.h"

using namespace Qt::StringLiterals;

namespace hanseatlas::look
{

LookStyle::LookStyle()
    : QProxyStyle(u"Fusion"_s)
{
}

} // namespace hanseatlas::look
