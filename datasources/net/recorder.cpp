// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/recorder_p.h"

#include "datasources/net/redact.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

Q_LOGGING_CATEGORY(lcRecorder, "hanseatlas.net.recorder")

QJsonArray toJson(const HttpHeaders &headers)
{
    QJsonArray array;
    for (const auto &[name, value] : redacted(headers))
        array.append(QJsonArray{QString::fromUtf8(name), QString::fromUtf8(value)});
    return array;
}

bool write(const QString &path, const QByteArray &bytes)
{
    // New only: what was recorded in an earlier run stays.
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly) && file.write(bytes) == bytes.size() && file.flush();
}

QList<QByteArray> secretsOf(const Hop &hop)
{
    auto request = hop.request;
    request.headers += hop.secrets;
    auto secrets = secretValues(request);
    for (const auto &[name, value] : hop.secrets)
        if (value.size() >= 4 && !secrets.contains(value))
            secrets.append(value);
    return secrets;
}

} // namespace

Recorder::Recorder(QString dir)
    : m_dir(std::move(dir))
{
}

void Recorder::save(const Hop &hop, const Exchange &exchange, const QDateTime &time)
{
    if (m_dir.isEmpty() || hop.request.isSignIn || exchange.failure == Failure::Cancelled)
        return;
    const auto &request = hop.request;
    static const QRegularExpression unsafe(u"[^A-Za-z0-9.-]"_s);
    const auto host = request.url.host().replace(unsafe, u"_"_s).left(80);
    const QDir dir(m_dir);
    bool good = dir.mkpath(u"."_s);
    QString base;
    do {
        const int number = ++m_count;
        base = dir.filePath(u"%1-%2"_s.arg(number, 4, 10, QChar(u'0')).arg(host));
    } while (good && QFile::exists(base + ".json"_L1));
    const auto secrets = secretsOf(hop);
    const QJsonObject json{
        {u"time"_s, time.toString(Qt::ISODateWithMs)},
        {u"source"_s, request.source},
        {u"request"_s,
         QJsonObject{{u"method"_s, QString::fromLatin1(methodName(request.method))},
                     {u"url"_s, redacted(request.url)},
                     {u"contentType"_s, QString::fromUtf8(request.contentType)},
                     {u"headers"_s, toJson(request.headers + hop.secrets)}}},
        {u"answer"_s,
         QJsonObject{{u"status"_s, exchange.status},
                     {u"headers"_s, toJson(exchange.headers)},
                     {u"failure"_s, exchange.failure == Failure::None ? QString() : redactedText(exchange.detail)},
                     {u"milliseconds"_s, qint64(exchange.duration.count())}}}};
    good = good && write(base + ".json"_L1, redactedBody(QJsonDocument(json).toJson(), secrets));
    if (!request.body.isEmpty())
        good = good && write(base + ".request"_L1, redactedBody(request.body, secrets));
    if (exchange.failure == Failure::None && !exchange.body.isEmpty())
        good = good && write(base + ".body"_L1, redactedBody(exchange.body, secrets));
    if (!good)
        qCWarning(lcRecorder) << "cannot record to" << m_dir;
}

} // namespace hanseatlas
