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

Error accessDenied(const StorePlace &place, const QString &cause)
{
    if (place.object.isEmpty()) {
        return sourceError("access_denied", Words::tr("The store refuses to list “%1”.").arg(place.container),
                           Words::tr("Allow the key to list the files there, or name a single file."), cause);
    }
    return sourceError(
        "access_denied", Words::tr("The store refuses to hand out “%1”.").arg(place.object),
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
        return sourceError("wrong_key",
                           Words::tr("The store does not accept the key: its secret is not the right one."),
                           Words::tr("Enter the key again, or issue a new one."), cause);
    case StoreProblem::UnknownKey:
        return sourceError("unknown_key", Words::tr("The store does not know this key."),
                           Words::tr("Check the key's ID; it may have been deleted, or belong to another store."),
                           cause);
    case StoreProblem::MalformedRequest:
        return sourceError(
            "request_refused", Words::tr("The store does not understand how the request is signed."),
            Words::tr("Check the endpoint and the region; some compatible stores want a region of their own."), cause);
    case StoreProblem::WrongToken:
        return sourceError("wrong_token", Words::tr("The store does not accept the token."),
                           Words::tr("Enter the key and the token again: they are issued together."), cause);
    case StoreProblem::ExpiredAccess:
        return sourceError("access_expired", Words::tr("The access has expired."),
                           Words::tr("Issue a new one and enter it here."), cause);
    case StoreProblem::KeyNeeded:
        return sourceError("key_needed", Words::tr("“%1” is not public.").arg(place.container),
                           Words::tr("Enter a key that may read it."), cause);
    case StoreProblem::AccessDenied:
        return place.anonymous ? storeError(StoreProblem::KeyNeeded, place, cause) : accessDenied(place, cause);
    case StoreProblem::NetworkDenied:
        return sourceError("network_denied", Words::tr("The store does not accept requests from this network."),
                           Words::tr("Add the address of this computer to the store's firewall."), cause);
    case StoreProblem::WrongRegion:
        return sourceError("wrong_region", Words::tr("“%1” is in another region.").arg(place.container),
                           Words::tr("Look up the region of the bucket and enter it."), cause);
    case StoreProblem::BucketNotFound:
        return sourceError("bucket_not_found", Words::tr("There is no bucket “%1”.").arg(place.container),
                           Words::tr("Check its name, and the endpoint."), cause);
    case StoreProblem::ContainerNotFound:
        return sourceError("container_not_found", Words::tr("There is no container “%1”.").arg(place.container),
                           Words::tr("Check its name, and the account."), cause);
    case StoreProblem::ObjectNotFound:
        return sourceError("object_not_found",
                           Words::tr("There is no file “%1” in “%2”.").arg(place.object, place.container),
                           Words::tr("Check the name, letter case and folders included."), cause);
    case StoreProblem::ObjectChanged:
        return sourceError("object_changed", Words::tr("“%1” was changed while it was being read.").arg(place.object),
                           Words::tr("Run the source again."), cause);
    case StoreProblem::ObjectArchived:
        return sourceError("object_archived",
                           Words::tr("“%1” is archived and cannot be read at once.").arg(place.object),
                           Words::tr("Have the store restore it, or move it to another storage class."), cause);
    case StoreProblem::ClockWrong:
        return sourceError("clock_wrong", Words::tr("The clock of this computer differs too much from the store's."),
                           Words::tr("Set the date, the time and the time zone of this computer."), cause);
    case StoreProblem::Busy: {
        Error busy = sourceError("store_busy", Words::tr("The store is too busy to answer."),
                                 Words::tr("Try again later."), cause);
        busy.kind = ErrorKind::Unavailable;
        return busy;
    }
    case StoreProblem::AccountUnavailable:
        return sourceError("account_unavailable", Words::tr("The account of the store is switched off."),
                           Words::tr("Ask whoever runs the account; there may be an unpaid bill."), cause);
    case StoreProblem::KeysSwitchedOff:
        return sourceError("keys_switched_off", Words::tr("The account does not allow account keys."),
                           Words::tr("Use a shared access signature made by a signed-in user, or allow account keys."),
                           cause);
    case StoreProblem::RequesterPays:
        return sourceError("requester_pays", Words::tr("The owner of “%1” has readers pay.").arg(place.container),
                           Words::tr("Copy the files to a bucket of your own, or ask the owner."), cause);
    case StoreProblem::ApiDisabled:
        return sourceError("api_disabled",
                           Words::tr("The interface is not switched on for the project of this account."),
                           Words::tr("Switch it on in the vendor's console under APIs and services."), cause);
    case StoreProblem::WrongAddress:
        return sourceError("wrong_address", Words::tr("The endpoint is not the address of such a store."),
                           Words::tr("Check the endpoint and the name of the account."), cause);
    case StoreProblem::Refused:
        break;
    }
    return sourceError("store_refused", Words::tr("The store refuses the request."),
                       Words::tr("Check the settings of the source; the run's log says what the store answered."),
                       cause);
}

} // namespace idstore::cloud
