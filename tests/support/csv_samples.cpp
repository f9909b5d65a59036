// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/csv_samples.h"

#include <QFile>

namespace idstore::test {

bool writePeople(const QString &path, int rows)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    QByteArray block = "id,name,email,city,balance\r\n";
    constexpr qsizetype blockSize = 1024 * 1024;
    for (int row = 1; row <= rows; ++row) {
        const QByteArray id = QByteArray::number(row);
        block += id + ",Person " + id + ",person" + id + "@example.org,City " + QByteArray::number(row % 997) + ',' +
                 QByteArray::number(row * 37 % 100000) + ".50\r\n";
        if (block.size() >= blockSize) {
            if (file.write(block) != block.size())
                return false;
            block.clear();
        }
    }
    return file.write(block) == block.size() && file.flush();
}

QList<QList<CsvCell>> readCsv(const QByteArray &bytes)
{
    QList<QList<CsvCell>> rows;
    QList<CsvCell> row;
    qsizetype at = 0;
    while (at < bytes.size()) {
        CsvCell cell;
        if (bytes.at(at) == '"') {
            ++at;
            while (at < bytes.size() && (bytes.at(at) != '"' || bytes.mid(at + 1, 1) == "\"")) {
                at += bytes.at(at) == '"' ? 1 : 0;
                cell.text += bytes.at(at++);
            }
            ++at;
            cell.isQuotedEmpty = cell.text.isEmpty();
        } else {
            while (at < bytes.size() && bytes.at(at) != ',' && bytes.at(at) != '\r' && bytes.at(at) != '\n')
                cell.text += bytes.at(at++);
        }
        row.append(cell);
        if (at < bytes.size() && bytes.at(at) == ',') {
            ++at;
            if (at == bytes.size() || bytes.at(at) == '\r' || bytes.at(at) == '\n')
                row.append(CsvCell());
        }
        if (at >= bytes.size() || bytes.at(at) == '\r' || bytes.at(at) == '\n') {
            at += bytes.mid(at, 2) == "\r\n" ? 2 : 1;
            rows.append(row);
            row.clear();
        }
    }
    return rows;
}

} // namespace idstore::test
