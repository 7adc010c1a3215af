using System;
using System.Diagnostics;
using System.IO;
using MailAppliance.Hal.Desktop;
using Microsoft.Win32.SafeHandles;

namespace MailAppliance.Tools.Bench.Rigs
{
    /// <summary>The least that a durable message can cost on this volume: one write and one fsync, in a file of full size that goes round.</summary>
    internal sealed class RawLoop : IDisposable
    {
        private const int BlockOctets = 512;

        private readonly SafeFileHandle _file;
        private readonly long _octets;
        private long _at;

        /// <summary>Makes the file, written through once.</summary>
        /// <param name="folder">Where.</param>
        /// <param name="octets">Its size.</param>
        internal RawLoop(string folder, long octets)
        {
            _octets = octets;
            _file = File.OpenHandle(
                Path.Combine(folder, "raw"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose, octets);
            byte[] zeros = new byte[1 << 20];
            for (long at = 0; at < octets; at += zeros.Length)
            {
                RandomAccess.Write(_file, zeros, at);
            }

            FileSync.ToDisk(_file);
        }

        /// <summary>Writes and syncs messages one by one.</summary>
        /// <param name="octets">Octets of one.</param>
        /// <param name="count">How many.</param>
        /// <returns>How long it took.</returns>
        internal TimeSpan Run(byte[] octets, int count)
        {
            // Each begins at a block of its own, as a record does.
            long step = (octets.Length + BlockOctets - 1) / BlockOctets * BlockOctets;
            long start = Stopwatch.GetTimestamp();
            for (int message = 0; message < count; message++)
            {
                _at = _at + step > _octets ? 0 : _at;
                RandomAccess.Write(_file, octets, _at);
                FileSync.ToDisk(_file);
                _at += step;
            }

            return Stopwatch.GetElapsedTime(start);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _file.Dispose();
        }
    }
}
