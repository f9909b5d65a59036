// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QTest>

/// Fails the test and prints the error when a Result is not ok.
#define IDS_VERIFY_OK(result)                                                                                          \
    do {                                                                                                               \
        const auto &checked_ = (result);                                                                               \
        if (!checked_)                                                                                                 \
            QFAIL(qPrintable(checked_.error().logLine()));                                                             \
    } while (false)

/// Fails the test unless the Result is this very error.
#define IDS_VERIFY_ERROR(result, expectedKind, expectedCode)                                                           \
    do {                                                                                                               \
        const auto &checked_ = (result);                                                                               \
        if (checked_)                                                                                                  \
            QFAIL("succeeded, expected an error with code " expectedCode);                                             \
        QCOMPARE(checked_.error().code, QStringLiteral(expectedCode));                                                 \
        QVERIFY2(checked_.error().kind == (expectedKind), qPrintable(checked_.error().logLine()));                     \
    } while (false)
