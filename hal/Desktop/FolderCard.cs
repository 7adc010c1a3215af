using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>A folder as the card: it holds <c>MAIL.RNG</c>. One process at a time, real fsync, nothing allocated by a call that succeeds.</summary>
    public sealed class FolderCard : ICard, IDisposable
    {
        /// <summary>The ring's file.</summary>
        public const string FileName = "MAIL.RNG";

        private const int BlockOctets = 512;

        // Of less than this the sync is done before another thread has begun it.
        private const int BackgroundOctetsMin = 256 * 1024;

        private const int PieceOctets = 1024 * 1024;

        private readonly string _folder;
        private readonly string _path;
        private readonly bool _makesFolder;
        private readonly FileIdentity _identity;
        private readonly FileAccess _access = FileAccess.ReadWrite;
        private SafeFileHandle? _handle;
        private BackgroundSync? _background;
        private int _unsyncedOctets;
        private int _blockCount;
        private string? _lastError;

        /// <summary>Makes a card of a folder; touches nothing yet.</summary>
        /// <param name="folder">The folder.</param>
        /// <param name="makesFolder">Whether a missing folder is a card without a file, and is made with it; else it is no card.</param>
        /// <param name="syncEnded">Called by another thread where a sync that was begun has ended, so that it can end the network's
        /// rest; null: a sync is done when its begin returns.</param>
        public FolderCard(string folder, bool makesFolder = false, Action? syncEnded = null)
        {
            _background = syncEnded == null ? null : new BackgroundSync(syncEnded);
            _folder = folder;
            _makesFolder = makesFolder;
            _path = Path.Combine(folder, FileName);
            _identity = new FileIdentity(_path);
        }

        private FolderCard(string path, FileAccess access)
        {
            _path = Path.GetFullPath(path);
            _folder = Path.GetDirectoryName(_path) ?? _path;
            _identity = new FileIdentity(_path);
            _access = access;
        }

        /// <summary>Makes a card of one file, whatever its name; touches nothing yet.</summary>
        /// <param name="path">The ring's file.</param>
        /// <returns>The card.</returns>
        public static FolderCard OfFile(string path)
        {
            return new FolderCard(path, FileAccess.ReadWrite);
        }

        /// <summary>Makes a card of one file that is opened to be read only: a write-protected one will do. Several may read, and
        /// nobody writes meanwhile.</summary>
        /// <param name="path">The ring's file.</param>
        /// <returns>The card; its writes fail.</returns>
        public static FolderCard OfFileToRead(string path)
        {
            return new FolderCard(path, FileAccess.Read);
        }

        /// <inheritdoc/>
        public int BlockCount
        {
            get { return _blockCount; }
        }

        /// <inheritdoc/>
        public string LastError
        {
            get { return _lastError!; }
        }

        /// <inheritdoc/>
        public bool IsThere
        {
            get { return _handle != null && _identity.IsOf(_handle); }
        }

        /// <inheritdoc/>
        public int Open()
        {
            Close();
            _lastError = null;
            try
            {
                if (!_makesFolder && !Directory.Exists(_folder))
                {
                    return Fail(CardStatus.Unusable, $"the folder {_folder} does not exist");
                }

                if (!Path.Exists(_path))
                {
                    return Fail(CardStatus.NoFile, $"there is no {_path}");
                }

                SafeFileHandle handle = File.OpenHandle(
                    _path, FileMode.Open, _access, _access == FileAccess.Read ? FileShare.Read : FileShare.None);
                FileSync.ForgetCached(handle);
                Hold(handle);
                if (RandomAccess.GetLength(handle) > 0)
                {
                    return CardStatus.Ready;
                }

                Close();
                return Fail(CardStatus.NoFile, $"{_path} is empty");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return Explain(error, 0);
            }
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            Close();
            _lastError = null;
            long octets = (long)blockCount * BlockOctets;
            bool isOurs = false;
            try
            {
                if (!HasFolder())
                {
                    return CardStatus.Unusable;
                }

                RemoveEmpty();
                SafeFileHandle handle = File.OpenHandle(
                    _path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.None, octets);
                isOurs = true;
                Hold(handle);
                if (!OperatingSystem.IsWindows())
                {
                    // It will hold mail: for this user's eyes only.
                    File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                }

                RandomAccess.SetLength(handle, octets);
                LayOut(handle, octets);
                FileSync.ToDisk(handle);
                Hold(handle);
                return CardStatus.Ready;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Close();
                int status = Explain(error, octets);
                if (isOurs)
                {
                    Remove();
                }

                return status;
            }
        }

        // The room is reserved: this settles where each block is, and in pieces so large that the system's cache keeps them as such.
        // Whoever formats writes in small ones, and what the cache then holds in pages one by one costs twice at every write, sync
        // and read-back for as long as it stays there.
        private static void LayOut(SafeFileHandle handle, long octets)
        {
            byte[] zeros = new byte[(int)Math.Min(octets, PieceOctets)];
            for (long at = 0; at < octets; at += zeros.Length)
            {
                RandomAccess.Write(handle, zeros.AsSpan(0, (int)Math.Min(zeros.Length, octets - at)), at);
            }
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            if (_handle == null || !IsInside(block, count))
            {
                return false;
            }

            try
            {
                long position = (long)block * BlockOctets;
                int rest = count * BlockOctets;
                while (rest > 0)
                {
                    int taken = RandomAccess.Read(_handle, new Span<byte>(buffer, offset, rest), position);
                    if (taken == 0)
                    {
                        return false;
                    }

                    offset += taken;
                    position += taken;
                    rest -= taken;
                }

                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            if (_handle == null || !IsInside(block, count))
            {
                return false;
            }

            try
            {
                long position = (long)block * BlockOctets;
                RandomAccess.Write(_handle, new ReadOnlySpan<byte>(buffer, offset, count * BlockOctets), position);
                _unsyncedOctets = (int)Math.Min(int.MaxValue, _unsyncedOctets + ((long)count * BlockOctets));
                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Sync()
        {
            if (_handle == null)
            {
                return false;
            }

            bool isDone = _background == null || _background.Wait() == SyncState.Done;
            try
            {
                FileSync.ToDisk(_handle);
                _unsyncedOctets = 0;
                return isDone;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public int BeginSync()
        {
            if (_background == null || _unsyncedOctets < BackgroundOctetsMin || _handle == null || _background.State == SyncState.Busy)
            {
                return Sync() ? SyncState.Done : SyncState.Failed;
            }

            _unsyncedOctets = 0;
            _background.Begin(_handle);
            return SyncState.Busy;
        }

        /// <inheritdoc/>
        public int PollSync()
        {
            return _background == null ? SyncState.Done : _background.State == SyncState.Busy ? SyncState.Busy : _background.Wait();
        }

        /// <inheritdoc/>
        public void Close()
        {
            _background?.Wait();
            _handle?.Dispose();
            _handle = null;
            _blockCount = 0;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Close();
            _background?.Dispose();
            _background = null;
        }

        private bool HasFolder()
        {
            if (Directory.Exists(_folder))
            {
                return true;
            }

            if (!_makesFolder)
            {
                Fail(CardStatus.Unusable, $"the folder {_folder} does not exist");
                return false;
            }

            try
            {
                if (OperatingSystem.IsWindows())
                {
                    Directory.CreateDirectory(_folder);
                }
                else
                {
                    Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                }

                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                string reason = File.Exists(_folder) ? "there is a file of that name" : error.Message;
                Fail(CardStatus.Unusable, $"the folder {_folder} can't be made: {reason}");
                return false;
            }
        }

        private void Hold(SafeFileHandle handle)
        {
            _handle = handle;
            _identity.Opened(handle);
            _blockCount = (int)Math.Min(RandomAccess.GetLength(handle) / BlockOctets, int.MaxValue);
        }

        private bool IsInside(int block, int count)
        {
            return block >= 0 && count >= 0 && (long)block + count <= _blockCount;
        }

        // Held for the look, so that it is nobody's who is about to fill it.
        private void RemoveEmpty()
        {
            if (!File.Exists(_path))
            {
                return;
            }

            using SafeFileHandle handle = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            if (RandomAccess.GetLength(handle) == 0)
            {
                File.Delete(_path);
            }
        }

        private void Remove()
        {
            try
            {
                File.Delete(_path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                _lastError += $" (and {_path}, half made, can't be removed)";
            }
        }

        private int Explain(Exception error, long octets)
        {
            if (CardError.IsSharing(error))
            {
                return Fail(CardStatus.InUse, $"{_path} is in use by another program");
            }

            return Fail(CardStatus.Unusable, CardError.Describe(error, _folder, _path, octets));
        }

        private int Fail(int status, string text)
        {
            _lastError = text;
            return status;
        }
    }
}
