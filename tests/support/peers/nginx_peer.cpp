// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/peers/nginx_peer.h"

#include "connectors/http/http_client.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTcpServer>
#include <QThread>

namespace idstore::test {

namespace {

constexpr int patience = 20'000; // ms
constexpr unsigned long pollPause = 20; // ms

} // namespace

NginxPeer::NginxPeer(const QByteArray &locations)
{
    QDir(m_process.folder().path()).mkpath(QStringLiteral("www/files"));
    QDir(m_process.folder().path()).mkpath(QStringLiteral("tmp"));
    m_process.write(QStringLiteral("passwords"), "ada:{PLAIN}" + password().toUtf8() + '\n');
    if (!makeCertificates())
        return;
    {
        // Free when it was looked; nginx cannot be told to choose itself.
        QTcpServer one;
        QTcpServer other;
        one.listen(QHostAddress::LocalHost);
        other.listen(QHostAddress::LocalHost);
        m_port = one.serverPort();
        m_tlsPort = other.serverPort();
    }
    m_process.write(QStringLiteral("nginx.conf"), configuration(locations));
    const QStringList arguments{QStringLiteral("-c"), m_process.path(QStringLiteral("nginx.conf")),
                                QStringLiteral("-e"), m_process.path(QStringLiteral("error.log"))};
    if (!m_process.launch(QStringLiteral("nginx"), arguments))
        return;
    QElapsedTimer waited;
    waited.start();
    while (!answers() && m_process.isRunning() && !waited.hasExpired(patience))
        QThread::msleep(pollPause);
}

bool NginxPeer::makeCertificates()
{
    const auto text = [](const char *literal) { return QString::fromLatin1(literal); };
    m_process.write(text("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
    for (const char *name : {"ca", "other"}) {
        if (!m_process.run(text("openssl"),
                           {text("req"), text("-x509"), text("-newkey"), text("rsa:2048"), text("-nodes"),
                            text("-days"), text("2"), text("-subj"), text("/CN=Authority of a test"), text("-keyout"),
                            text(name) + text(".key"), text("-out"), text(name) + text(".pem")}))
            return false;
    }
    return m_process.run(text("openssl"), {text("req"), text("-new"), text("-newkey"), text("rsa:2048"), text("-nodes"),
                                           text("-subj"), text("/CN=localhost"), text("-keyout"), text("server.key"),
                                           text("-out"), text("server.csr")}) &&
           m_process.run(text("openssl"),
                         {text("x509"), text("-req"), text("-in"), text("server.csr"), text("-CA"), text("ca.pem"),
                          text("-CAkey"), text("ca.key"), text("-CAcreateserial"), text("-days"), text("2"),
                          text("-extfile"), text("names"), text("-out"), text("server.pem")});
}

QByteArray NginxPeer::configuration(const QByteArray &locations) const
{
    QByteArray text = R"(daemon off; master_process off; worker_processes 1; pid FOLDER/pid; error_log FOLDER/error.log;
events { worker_connections 64; }
http {
  types { text/csv csv; text/html html; }
  default_type application/octet-stream;
  log_format test '$request_method $request_uri $status $http_authorization';
  access_log FOLDER/access.log test;
  client_body_temp_path FOLDER/tmp; proxy_temp_path FOLDER/tmp; fastcgi_temp_path FOLDER/tmp;
  uwsgi_temp_path FOLDER/tmp; scgi_temp_path FOLDER/tmp;
  server {
    listen 127.0.0.1:PORT; listen 127.0.0.1:SECURE ssl; server_name localhost;
    ssl_certificate FOLDER/server.pem; ssl_certificate_key FOLDER/server.key;
    root FOLDER/www; etag on;
    location /files/ { }
    location /packed/ { alias FOLDER/www/files/; gzip on; gzip_types text/csv; gzip_min_length 20; }
    location /private/ { alias FOLDER/www/files/; auth_basic "test"; auth_basic_user_file FOLDER/passwords; }
    location = /busy { return 429; }
    location = /closed { return 444; }
LOCATIONS
  }
}
)";
    text.replace("FOLDER", m_process.folder().path().toLocal8Bit());
    text.replace("PORT", QByteArray::number(m_port));
    text.replace("SECURE", QByteArray::number(m_tlsPort));
    text.replace("LOCATIONS", locations);
    return text;
}

bool NginxPeer::answers() const
{
    http::ClientSettings settings;
    settings.retry.attempts = 1;
    http::Request request;
    request.url = QUrl(url(QStringLiteral("/")));
    return http::Client(settings, {}).send(request).ok();
}

void NginxPeer::put(const QString &name, const QByteArray &content) const
{
    m_process.write(QStringLiteral("www/files/") + name, content);
}

QByteArray NginxPeer::log() const
{
    QFile file(m_process.path(QStringLiteral("access.log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace idstore::test
