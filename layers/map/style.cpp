// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/style.h"
