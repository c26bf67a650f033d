// SPDX-License-Identifier: GPL-3.0-or-later
// The target needs a source file; its content are the resources.
