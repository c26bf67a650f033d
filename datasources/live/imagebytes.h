// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>

namespace hanseatlas
{

/** @internal What a server has sent as an image: ARGB32_Premultiplied; null where it is damaged, or too large to be
 * one of a map. */
QImage decodedImage(const QByteArray &bytes);
/** @internal What may be larger than a map. */
QImage decodedImage(const QByteArray &bytes, QSize largest);

} // namespace hanseatlas
