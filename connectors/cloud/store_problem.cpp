// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/store_problem.h"

#include <QCoreApplication>

#include <algorithm>

namespace idstore::cloud {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(StoreProblem)
};

Error error(const char *code, const QString &message, const QString &remedy, const QString &cause)
{
    return {.kind = ErrorKind::Source,
            .code = QString::fromLatin1(code),
            .message = message,
            .remedy = remedy,
            .cause = cause,
            .fields = {}};
}

Error accessDenied(const StorePlace &place, const QString &cause)
{
    if (place.object.isEmpty()) {
        return error("access_denied", Words::tr("The store refuses to list “%1”.").arg(place.container),
                     Words::tr("Allow the key to list the files there, or name a single file."), cause);
    }
    return error("access_denied", Words::tr("The store refuses to hand out “%1”.").arg(place.object),
                 Words::tr("Allow the key to read it, and check the name: some stores say the same of files that do "
                           "not exist."),
                 cause);
}

/// "AccessDenied", "4442587FB7D0A2F9", "0e1d…-…": what codes and numbers of requests are made of.
bool isWord(const QByteArray &text)
{
    constexpr qsizetype longest = 80;
    return !text.isEmpty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
               c == '.';
    });
}

} // namespace

QString answerCause(int status, const QByteArray &code, const QByteArray &requestId)
{
    QString cause = QStringLiteral("HTTP %1").arg(status);
    if (isWord(code))
        cause += QStringLiteral(", ") + QString::fromLatin1(code);
    if (isWord(requestId))
        cause += QStringLiteral(", request ") + QString::fromLatin1(requestId);
    return cause;
}

Error storeError(StoreProblem problem, const StorePlace &place, const QString &cause)
{
    switch (problem) {
    case StoreProblem::WrongKey:
        return error("wrong_key", Words::tr("The store does not accept the key: its secret is not the right one."),
                     Words::tr("Enter the key again, or issue a new one."), cause);
    case StoreProblem::UnknownKey:
        return error("unknown_key", Words::tr("The store does not know this key."),
                     Words::tr("Check the key's ID; it may have been deleted, or belong to another store."), cause);
    case StoreProblem::MalformedRequest:
        return error("request_refused", Words::tr("The store does not understand how the request is signed."),
                     Words::tr("Check the endpoint and the region; some compatible stores want a region of their own."),
                     cause);
    case StoreProblem::WrongToken:
        return error("wrong_token", Words::tr("The store does not accept the token."),
                     Words::tr("Enter the key and the token again: they are issued together."), cause);
    case StoreProblem::ExpiredAccess:
        return error("access_expired", Words::tr("The access has expired."),
                     Words::tr("Issue a new one and enter it here."), cause);
    case StoreProblem::KeyNeeded:
        return error("key_needed", Words::tr("“%1” is not public.").arg(place.container),
                     Words::tr("Enter a key that may read it."), cause);
    case StoreProblem::AccessDenied:
        return place.anonymous ? storeError(StoreProblem::KeyNeeded, place, cause) : accessDenied(place, cause);
    case StoreProblem::NetworkDenied:
        return error("network_denied", Words::tr("The store does not accept requests from this network."),
                     Words::tr("Add the address of this computer to the store's firewall."), cause);
    case StoreProblem::WrongRegion:
        return error("wrong_region", Words::tr("“%1” is in another region.").arg(place.container),
                     Words::tr("Look up the region of the bucket and enter it."), cause);
    case StoreProblem::BucketNotFound:
        return error("bucket_not_found", Words::tr("There is no bucket “%1”.").arg(place.container),
                     Words::tr("Check its name, and the endpoint."), cause);
    case StoreProblem::ContainerNotFound:
        return error("container_not_found", Words::tr("There is no container “%1”.").arg(place.container),
                     Words::tr("Check its name, and the account."), cause);
    case StoreProblem::ObjectNotFound:
        return error("object_not_found", Words::tr("There is no file “%1” in “%2”.").arg(place.object, place.container),
                     Words::tr("Check the name, letter case and folders included."), cause);
    case StoreProblem::ObjectChanged:
        return error("object_changed", Words::tr("“%1” was changed while it was being read.").arg(place.object),
                     Words::tr("Run the source again."), cause);
    case StoreProblem::ObjectArchived:
        return error("object_archived", Words::tr("“%1” is archived and cannot be read at once.").arg(place.object),
                     Words::tr("Have the store restore it, or move it to another storage class."), cause);
    case StoreProblem::ClockWrong:
        return error("clock_wrong", Words::tr("The clock of this computer differs too much from the store's."),
                     Words::tr("Set the date, the time and the time zone of this computer."), cause);
    case StoreProblem::Busy: {
        Error busy =
            error("store_busy", Words::tr("The store is too busy to answer."), Words::tr("Try again later."), cause);
        busy.kind = ErrorKind::Unavailable;
        return busy;
    }
    case StoreProblem::AccountUnavailable:
        return error("account_unavailable", Words::tr("The account of the store is switched off."),
                     Words::tr("Ask whoever runs the account; there may be an unpaid bill."), cause);
    case StoreProblem::KeysSwitchedOff:
        return error("keys_switched_off", Words::tr("The account does not allow account keys."),
                     Words::tr("Use a shared access signature made by a signed-in user, or allow account keys."),
                     cause);
    case StoreProblem::RequesterPays:
        return error("requester_pays", Words::tr("The owner of “%1” has readers pay.").arg(place.container),
                     Words::tr("Copy the files to a bucket of your own, or ask the owner."), cause);
    case StoreProblem::ApiDisabled:
        return error("api_disabled", Words::tr("The interface is not switched on for the project of this account."),
                     Words::tr("Switch it on in the vendor's console under APIs and services."), cause);
    case StoreProblem::WrongAddress:
        return error("wrong_address", Words::tr("The endpoint is not the address of such a store."),
                     Words::tr("Check the endpoint and the name of the account."), cause);
    case StoreProblem::Refused:
        break;
    }
    return error("store_refused", Words::tr("The store refuses the request."),
                 Words::tr("Check the settings of the source; the run's log says what the store answered."), cause);
}

} // namespace idstore::cloud
