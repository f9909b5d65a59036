// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/remote/remote_store.h"
#include "connectors/ssh/ssh_session.h"
#include "models/base/cancel_token.h"

#include <deque>
#include <memory>
#include <vector>

namespace idstore {

/// What to read from an SFTP server (draft-ietf-secsh-filexfer-02, "version 3", which OpenSSH speaks).
struct SftpSelection
{
    /// A file or a GlobPattern, absolute or from the user's folder ("~/" is the same). As in a shell, names that begin
    /// with a dot are found only by patterns that do.
    QString path;
    bool newestOnly = false; ///< of several files the one modified last
};

/// Files on an SSH server, in the order of their names. Connects with the first list(). A file's version is its size
/// and time of change. Files are fetched with many requests under way; memory is bounded by those. Errors: those of
/// ssh::Session.
class SftpStore final : public RemoteStore
{
public:
    SftpStore(ssh::Login login, SftpSelection selection, CancelToken cancel);
    ~SftpStore() override;

    Result<QList<RemoteFile>> list() override;
    Result<std::optional<FetchedFile>> fetch(const RemoteFile &file, const QString &knownVersion,
                                             std::unique_ptr<ScratchFile> scratch,
                                             std::optional<qint64> sampleBytes) override;

private:
    struct Entry
    {
        QString name; ///< in its folder
        bool isFolder = false;
        bool isFile = false;
        RemoteFile file; ///< its name is the whole path
    };

    [[nodiscard]] Result<Entry> stat(const QString &path);
    [[nodiscard]] Result<std::vector<Entry>> entries(const QString &folder);
    [[nodiscard]] Result<void> collect(const QString &folder, const QStringList &pattern, qsizetype depth,
                                       const QString &below, QList<RemoteFile> &found);
    /// The bytes of one opening of the file. False: they are not all of what stat said.
    [[nodiscard]] Result<bool> download(const RemoteFile &file, class ScratchSink &sink);

    ssh::Login m_login;
    SftpSelection m_selection;
    CancelToken m_cancel;
    std::unique_ptr<ssh::Session> m_session;
};

} // namespace idstore
