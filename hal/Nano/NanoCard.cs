using System;
using System.IO;

namespace MailAppliance.Hal.Nano
{
    /// <summary>The ring's file on the board: on an SD card (FAT) or in internal flash (littlefs).</summary>
    /// <remarks>
    /// <para>
    /// FAT: a write of whole sectors inside a file of full length is on the card when it returns, and no call but Close writes
    /// anything else. So one handle stays open for ever and <see cref="Sync"/> has nothing to do; the read-back is the proof,
    /// since the platform ignores an error of a write.
    /// </para>
    /// <para>
    /// littlefs copies what is written, and commits at Close: there <see cref="Sync"/> closes and reopens, and allocates what a
    /// FileStream takes.
    /// </para>
    /// </remarks>
    public sealed class NanoCard : ICard
    {
        private const int BlockOctets = 512;

        // No block: the last call failed, so nobody knows where the file stands.
        private const int Nowhere = -1;

        private readonly string _path;
        private readonly bool _syncCloses;
        private FileStream _stream;
        private int _blockCount;
        private int _at;
        private bool _isWriting;
        private string _lastError;

        /// <summary>Makes a card; touches nothing yet.</summary>
        /// <param name="path">The ring's file, for example <c>D:\MAIL.RNG</c>.</param>
        /// <param name="syncCloses">Whether a sync has to close and reopen the file: true on littlefs (<c>I:\</c>), false on FAT (<c>D:\</c>).</param>
        public NanoCard(string path, bool syncCloses)
        {
            _path = path;
            _syncCloses = syncCloses;
        }

        /// <inheritdoc/>
        public int BlockCount
        {
            get { return _blockCount; }
        }

        /// <inheritdoc/>
        public string LastError
        {
            get { return _lastError; }
        }

        /// <inheritdoc/>
        public bool IsThere
        {
            get { return HasStream(); }
        }

        /// <inheritdoc/>
        public int Open()
        {
            Close();
            _lastError = null;
            try
            {
                if (!File.Exists(_path))
                {
                    // Or no card: the drivers don't answer alike when they are asked for a folder. Create finds out.
                    return Fail(CardStatus.NoFile, "there is no " + _path);
                }

                Hold();
                if (_stream.Length > 0)
                {
                    return CardStatus.Ready;
                }

                Close();
                return Fail(CardStatus.NoFile, _path + " is empty");
            }
            catch (Exception error)
            {
                return Fail(CardStatus.Unusable, _path + " can't be opened: " + Describe(error));
            }
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            Close();
            _lastError = null;
            bool isOurs = false;
            try
            {
                if (File.Exists(_path) && !RemoveEmpty())
                {
                    return Fail(CardStatus.Unusable, _path + " exists already");
                }

                long octets = (long)blockCount * BlockOctets;
                FileStream stream = new FileStream(_path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
                isOurs = true;
                try
                {
                    stream.SetLength(octets);
                }
                finally
                {
                    // The only close in the life of a file on FAT: it commits length and directory entry.
                    stream.Close();
                }

                Hold();
                if (_blockCount == blockCount)
                {
                    return CardStatus.Ready;
                }

                Close();
                Fail(CardStatus.Unusable, NoRoom(octets));
            }
            catch (Exception error)
            {
                Close();

                // Where the file could be begun, only its length is left to fail.
                Fail(
                    CardStatus.Unusable,
                    (isOurs ? NoRoom((long)blockCount * BlockOctets) : _path + " can't be made (is a card in, and not write-protected?)")
                        + ": " + Describe(error));
            }

            Remove(isOurs);
            return CardStatus.Unusable;
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            if (!IsInside(block, count) || !HasStream())
            {
                return false;
            }

            try
            {
                Seek(block, false);
                if (!ReadAll(buffer, offset, count * BlockOctets))
                {
                    return false;
                }

                _at = block + count;
                return true;
            }
            catch (OutOfMemoryException)
            {
                throw;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            if (!IsInside(block, count) || !HasStream())
            {
                return false;
            }

            try
            {
                Seek(block, true);
                _stream.Write(buffer, offset, count * BlockOctets);
                _at = block + count;
                return true;
            }
            catch (OutOfMemoryException)
            {
                throw;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Sync()
        {
            if (!_syncCloses)
            {
                return HasStream();
            }

            try
            {
                Release();
            }
            catch (Exception)
            {
                // What was written may not be on the card.
                return false;
            }

            return HasStream();
        }

        /// <inheritdoc/>
        public int BeginSync()
        {
            return Sync() ? SyncState.Done : SyncState.Failed;
        }

        /// <inheritdoc/>
        public int PollSync()
        {
            return SyncState.Done;
        }

        // A sync that could not open the file again leaves that to the next call: for want of RAM, or of the card.
        private bool HasStream()
        {
            return _stream != null || (_blockCount > 0 && (Reopen(true) || Reopen(false)));
        }

        // The one call that allocates while mail flows: a heap that is full of what nobody needs any more is no fault of the card. Nor is one that
        // is full: no mail may be taken for lost because of it, so that ends the program as it would anywhere else.
        private bool Reopen(bool isFirst)
        {
            int blockCount = _blockCount;
            try
            {
                Hold();
            }
            catch (OutOfMemoryException)
            {
                if (!isFirst)
                {
                    throw;
                }

                nanoFramework.Runtime.Native.GC.Run(true);
                return false;
            }
            catch (Exception)
            {
                return false;
            }

            if (_blockCount == blockCount)
            {
                return true;
            }

            // Another file.
            Close();
            _blockCount = blockCount;
            return false;
        }

        /// <inheritdoc/>
        public void Close()
        {
            try
            {
                Release();
            }
            catch (Exception)
            {
                // The card was pulled out under it. What was answered 250 had been read back from there.
            }

            _blockCount = 0;
        }

        private void Release()
        {
            FileStream stream = _stream;
            _stream = null;
            _at = Nowhere;
            if (stream != null)
            {
                stream.Close();

                // Close leaves it to its finalizer, whose thread comes late while mail flows: a dozen of them waited in 130 octets each.
                GC.SuppressFinalize(stream);
            }
        }

        private void Hold()
        {
            FileStream stream = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            long blocks;
            try
            {
                blocks = stream.Length / BlockOctets;
            }
            catch (Exception)
            {
                stream.Close();
                throw;
            }

            _stream = stream;
            _blockCount = blocks > int.MaxValue ? int.MaxValue : (int)blocks;
            _at = Nowhere;
        }

        // Nothing to do where the same goes on behind the last call; between a write and a read the driver wants it in any case.
        // Setting the position is one native call, Seek would be two.
        private void Seek(int block, bool isWriting)
        {
            if (_at != block || _isWriting != isWriting)
            {
                _stream.Position = (long)block * BlockOctets;
                _isWriting = isWriting;
            }

            _at = Nowhere;
        }

        private bool ReadAll(byte[] buffer, int offset, int octets)
        {
            while (octets > 0)
            {
                int taken = _stream.Read(buffer, offset, octets);
                if (taken <= 0)
                {
                    return false;
                }

                offset += taken;
                octets -= taken;
            }

            return true;
        }

        private bool IsInside(int block, int count)
        {
            return block >= 0 && count > 0 && count <= _blockCount && block <= _blockCount - count;
        }

        // A power cut before the close that commits the length leaves an empty file.
        private bool RemoveEmpty()
        {
            FileStream stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.None);
            bool isEmpty = stream.Length == 0;
            stream.Close();
            if (isEmpty)
            {
                File.Delete(_path);
            }

            return isEmpty;
        }

        private void Remove(bool isOurs)
        {
            if (isOurs)
            {
                try
                {
                    File.Delete(_path);
                }
                catch (Exception)
                {
                    _lastError += "; it is there half made, and can't be removed";
                }
            }
        }

        private string NoRoom(long octets)
        {
            return "there is not enough room for " + _path + " (" + octets.ToString() + " octets)";
        }

        private int Fail(int status, string text)
        {
            _lastError = text;
            return status;
        }

        private static string Describe(Exception error)
        {
            return error.GetType().FullName + " " + error.Message;
        }
    }
}
