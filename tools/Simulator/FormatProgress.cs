using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using MailAppliance.Store;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>Says how far the first format of a large ring is, and ends it where a stop was asked for: the next start begins it anew.</summary>
    internal sealed class FormatProgress : IStoreProgress
    {
        private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

        private readonly TextWriter? _output;
        private readonly Func<bool> _isStopAsked;
        private long _said = Stopwatch.GetTimestamp();

        /// <summary>Makes one.</summary>
        /// <param name="output">Takes a line a second, none in the first; null for nobody.</param>
        /// <param name="isStopAsked">Whether somebody has asked for a stop.</param>
        public FormatProgress(TextWriter? output, Func<bool> isStopAsked)
        {
            _output = output;
            _isStopAsked = isStopAsked;
        }

        /// <inheritdoc/>
        /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
        public void Formatted(int doneBlocks, int blockCount)
        {
            if (_isStopAsked())
            {
                throw new OperationCanceledException();
            }

            if (_output != null && Stopwatch.GetElapsedTime(_said) >= s_pause)
            {
                _said = Stopwatch.GetTimestamp();
                _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"formatting     {100L * doneBlocks / blockCount} % of the ring"));
                _output.Flush();
            }
        }
    }
}
