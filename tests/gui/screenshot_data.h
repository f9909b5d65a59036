// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstddef>
#include <iterator>

// The invented files of the screenshots.

namespace idstore {

/// `broken`: lines with too many fields.
inline QByteArray csv(int rows, int broken)
{
    QByteArray text("Nr,Vorname,Nachname,Firma,PLZ,Ort,Telefon,Kontakt\r\n");
    const int every = broken > 0 ? rows / broken : rows + 1;
    for (int i = 1; i <= rows; ++i) {
        text += QByteArray::number(i).rightJustified(6, '0');
        text += i % every == 0 ? ",Lena,Fuchs,Fuchs,& Partner,01809,Heidenau,03529 55501,2026-04-06\r\n"
                               : ",Paul,Jansen,Jansen & Co,28195,Bremen,0421 55501,2026-04-02\r\n";
    }
    return text;
}

// As a colleague mails it: a note above the table, codes, postal codes that a spreadsheet has shortened, dates that can
// be read in two ways, and some lines that do not fit.
inline QByteArray leads(int rows)
{
    struct Person
    {
        const char *given, *family, *company, *postalCode, *city, *phone;
    };
    constexpr Person people[] = {
        {"Jörg", "Müller", "Weiß & Söhne Maschinenbau", "1067", "Dresden", "+49 351 5550042"},
        {"Anke", "Groß", "Nordlicht AG", "80331", "München", "089 5550118"},
        {"Chloé", "Lefèvre", "Atelier Lefèvre", "67000", "Strasbourg", "+33 3 55501 62"},
        {"Tomáš", "Novák", "", "4109", "Leipzig", "0341 5550170"},
        {"Ines", "Krüger", "Krüger Logistik", "20095", "Hamburg", "+49 40 5550127"},
        {"Maja", "Lukasik", "Baltic Trade", "10115", "Berlin", "030 5550199"},
        {"Ruth", "Baumgärtner", "\"Haus am See\"", "88662", "Überlingen", "07551 5550"},
        {"Emre", "Özdemir", "Ege Tekstil", "50667", "Köln", "0221 5550155"},
    };
    QByteArray text("Leads of the trade fair\r\n\r\nNr;Vorname;Nachname;Firma;PLZ;Ort;Telefon;Kontakt;Umsatz\r\n");
    for (int i = 1; i <= rows; ++i) {
        const Person &person = people[static_cast<std::size_t>(i) % std::size(people)];
        text += QByteArray::number(416 + i).rightJustified(5, '0') + ';' + person.given + ';' + person.family + ';' +
                person.company + ';' + person.postalCode + ';' + person.city + ';' + person.phone + ';';
        text += QByteArray::number(i % 12 + 1).rightJustified(2, '0') + '/' +
                QByteArray::number(i % 11 + 1).rightJustified(2, '0') + "/2026;" + QByteArray::number(i * 37 % 90'000);
        text += i % 249 == 0 ? ";one too many\r\n" : "\r\n";
    }
    return text;
}

} // namespace idstore
