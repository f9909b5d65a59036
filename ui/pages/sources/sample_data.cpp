// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/sample_data.h"

#include "models/services/engine.h"
#include "models/services/staged_upload.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <random>

namespace idstore {

namespace {

constexpr const char *fileNames[] = {"identity-store-sample-customers.csv", "identity-store-sample-newsletter.csv",
                                     "identity-store-sample-trade-fair.csv"};
constexpr int customers = 1200;
constexpr int readers = 500;
constexpr int visitors = 300;

constexpr auto givenNames = std::to_array<const char *>(
    {"Ada",   "Bo",   "Chiara", "Dario", "Elif",  "Femke", "Goran", "Hana", "Ivo", "Jun",    "Kofi",  "Lena",
     "Mateo", "Nora", "Oskar",  "Priya", "Quinn", "Rosa",  "Sami",  "Tove", "Uma", "Viktor", "Wanda", "Yara"});
constexpr auto familyNames = std::to_array<const char *>(
    {"Almeida", "Bauer",   "Castillo", "Duarte",    "Eriksen", "Fontaine", "Gruber", "Hoffmann",
     "Ito",     "Janssen", "Kowalski", "Lindqvist", "Moreau",  "Novak",    "Okafor", "Petrov",
     "Quispe",  "Rossi",   "Sato",     "Tanaka",    "Umar",    "Visser",   "Weber",  "Zeman"});
constexpr auto places = std::to_array<std::pair<const char *, const char *>>({{"01067", "Dresden"},
                                                                              {"1010", "Wien"},
                                                                              {"75011", "Paris"},
                                                                              {"08001", "Barcelona"},
                                                                              {"20121", "Milano"},
                                                                              {"1011", "Amsterdam"},
                                                                              {"00-001", "Warszawa"},
                                                                              {"0150", "Oslo"}});

// A generator with a fixed seed and arithmetic of its own: the same people on every platform.
class People
{
public:
    explicit People(std::uint32_t seed)
        : m_engine(seed)
    {}

    template <typename Table>
    const auto &one(const Table &table)
    {
        return table[number(static_cast<int>(table.size()))];
    }
    std::size_t number(int below) { return m_engine() % static_cast<std::uint32_t>(below); }

private:
    std::mt19937 m_engine;
};

QByteArray padded(qsizetype number, int width)
{
    return QByteArray::number(number).rightJustified(width, '0');
}

QByteArray date(People &people)
{
    return "2026-" + padded(static_cast<qsizetype>(people.number(12)) + 1, 2) + '-' +
           padded(static_cast<qsizetype>(people.number(28)) + 1, 2);
}

QByteArray address(const QByteArray &given, const QByteArray &family, qsizetype number)
{
    return given.toLower() + '.' + family.toLower() + padded(number, 4) + "@example.com";
}

QByteArray customersCsv()
{
    People people(1);
    QByteArray csv("customer_no,given_name,family_name,email,postal_code,city,customer_since\r\n");
    for (int i = 1; i <= customers; ++i) {
        const QByteArray given = people.one(givenNames);
        const QByteArray family = people.one(familyNames);
        const auto &[code, city] = people.one(places);
        csv += padded(i, 6) + ',' + given + ',' + family + ',' + address(given, family, i) + ',' + code + ',' + city +
               ',' + date(people) + "\r\n";
    }
    return csv;
}

QByteArray newsletterCsv()
{
    People people(2);
    QByteArray csv("email,first_name,subscribed_on,language,opens\r\n");
    for (int i = 1; i <= readers; ++i) {
        const QByteArray given = people.one(givenNames);
        const QByteArray language = people.one(std::to_array<const char *>({"de", "en", "es", "fr", "it"}));
        csv += address(given, people.one(familyNames), i) + ',' + given + ',' + date(people) + ',' + language + ',' +
               QByteArray::number(static_cast<qsizetype>(people.number(60))) + "\r\n";
    }
    return csv;
}

QByteArray tradeFairCsv()
{
    People people(3);
    QByteArray csv("name;company;phone;note\r\n");
    for (int i = 1; i <= visitors; ++i) {
        const QByteArray given = people.one(givenNames);
        const QByteArray family = people.one(familyNames);
        const QByteArray company = people.one(familyNames) + QByteArray(" & ") + people.one(familyNames);
        const QByteArray note = people.one(std::to_array<const char *>(
            {"", "wants a quote", "\"met twice; call back\"", "sent brochure", "existing customer"}));
        csv += given + ' ' + family + ';' + company + ";0" + padded(static_cast<qsizetype>(people.number(9999)), 4) +
               " 555" + padded(i, 3) + ';' + note + "\r\n";
    }
    return csv;
}

} // namespace

QList<SampleFile> sampleFiles()
{
    return {{QLatin1StringView(fileNames[0]), QCoreApplication::translate("SampleData", "Sample customers"),
             customersCsv()},
            {QLatin1StringView(fileNames[1]), QCoreApplication::translate("SampleData", "Sample newsletter"),
             newsletterCsv()},
            {QLatin1StringView(fileNames[2]), QCoreApplication::translate("SampleData", "Sample trade fair"),
             tradeFairCsv()}};
}

bool isSample(const Source &source)
{
    return source.file && std::ranges::any_of(fileNames, [&source](const char *name) {
               return source.file->originalName == QLatin1StringView(name);
           });
}

Result<void> addSampleData(Engine &engine)
{
    const UserId user = TokenService::localUser();
    const QString description = QCoreApplication::translate("SampleData", "Invented people, for looking around.");
    for (const SampleFile &file : sampleFiles()) {
        IDS_TRY(upload, engine.sources().stageUpload());
        IDS_CHECK(upload->write(file.csv));
        IDS_TRY(source,
                engine.sources().createFromFile(user, {file.name, description, file.fileName}, std::move(upload)));
        IDS_CHECK(engine.ingestion().start(user, source.id, RunMode::Full, RunTrigger::Gui));
    }
    return {};
}

} // namespace idstore
