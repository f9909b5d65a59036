# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a table of invented customers as CSV, the same bytes for the same arguments.

  make_people.py ROWS OUT.csv [--seed N]

Fourteen columns, about 165 bytes a row, UTF-8 with CRLF. Names in several scripts, empty fields, and one note in six
with quotes, delimiters or line breaks in it. Rows are put together from pools made beforehand, so that ten million of
them are a matter of seconds rather than minutes; ids and e-mail addresses are unique.
"""
import argparse
import itertools
import random

HEADER = "id,first_name,last_name,email,phone,company,street,city,country,postal_code,created_at,updated_at,balance,notes"

FIRST = "Ada Zoë José Åsa Jürgen Małgorzata Иван Ελένη 陽子 伟 민준 Nguyên Siobhán Mehmet Amara John Linda Noor Mateo".split()
LAST = "Smith García Müller O'Brien Kowalski Novák Çelik Петров Παπαδόπουλος 王 佐藤 김 Okafor Haddad Singh Costa Nagy".split()
COMPANY = ["Acme Inc.", "Globex GmbH", '"Wayne, Grayson LLC"', '"Blue ""Sky"" Ltd"', "Café Müller AG", "Northwind B.V.", "",
           "", "Initech S.A.", "Fabrikam K.K."]
PLACE = [("Hauptstraße", "Berlin", "DE", "10{:03d}", "+49 30 {:07d}"), ("Rue de la Paix", "Paris", "FR", "75{:03d}", "+33 1 {:07d}"),
         ('"5th Ave, Apt 4B"', "Boston", "US", "02{:03d}", "(617) 555-{:07d}"), ("Calle Mayor", "Madrid", "ES", "28{:03d}", "+34 91 {:07d}"),
         ("銀座", "東京", "JP", "100-{:04d}", "+81 3 {:07d}"), ("Main St", "Dublin", "IE", "D{:02d}", "+353 1 {:07d}")]
NOTES = ["", "", "", "", "", "", "", "VIP", "Call after 18:00", "Zahlt per Überweisung", '"Said ""call me back"", twice"',
         '"Line one\nLine two"', '"Gate code: 4711, ring twice"', '"Known as ""Bob""\r\nNo calls, please"', "café owner ☕"]

# Primes: heads and tails meet in ever other pairs.
HEADS, TAILS = 4093, 3989
BLOCK = 20_000


def pools(seed):
    rng = random.Random(seed)
    heads = [f",{rng.choice(FIRST)},{rng.choice(LAST)},person" for _ in range(HEADS)]
    tails = []
    for _ in range(TAILS):
        street, city, country, postal, phone = rng.choice(PLACE)
        made = f"{rng.randrange(2015, 2026)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
        clock = f"{rng.randrange(24):02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}"
        tails.append("@" + rng.choice(("example.com", "example.org", "mail.example.net")) + ","
                     + (phone.format(rng.randrange(10 ** 7)) if rng.random() < .9 else "") + "," + rng.choice(COMPANY)
                     + f",{street if street[0] == chr(34) else f'{street} {rng.randrange(1, 240)}'},{city},{country},"
                     + postal.format(rng.randrange(99)) + f",{made} {clock},{made}T{clock}Z,{rng.uniform(-2000, 18000):.2f},"
                     + rng.choice(NOTES) + "\r\n")
    return heads, tails


def blocks(rows, seed=1):
    """The file's bytes, some megabytes at a time."""
    heads, tails = pools(seed)
    yield (HEADER + "\r\n").encode()
    for start in range(1, rows + 1, BLOCK):
        numbers = range(start, min(start + BLOCK, rows + 1))
        head = itertools.islice(itertools.cycle(heads), start % HEADS, None)
        tail = itertools.islice(itertools.cycle(tails), start % TAILS, None)
        yield "".join([f"{n}{a}{n}{b}" for n, a, b in zip(numbers, head, tail)]).encode()


def write(rows, path, seed=1):
    with open(path, "wb", buffering=0) as file:
        for block in blocks(rows, seed):
            file.write(block)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("rows", type=int)
    options.add_argument("out")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    write(given.rows, given.out, given.seed)


if __name__ == "__main__":
    main()
