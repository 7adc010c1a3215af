using System;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Text;
using System.Threading.Tasks;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>A connection of <see cref="DesktopNetwork"/> that speaks TLS as its server.</summary>
    /// <remarks>
    /// SslStream works on a <see cref="TlsPipe"/>, and all of it runs within Receive and Send, in the loop's thread: nothing waits, and no
    /// lock is taken. It takes its buffers with the peer's first octet; whoever connects and says nothing costs none of them.
    /// </remarks>
    [SuppressMessage("Design", "CA1001", Justification = "Close disposes of them")]
    internal sealed class TlsConnection : IConnection
    {
        /// <summary>Octets of one record, the most that TLS allows (RFC 8446 section 5.1).</summary>
        private const int RecordOctets = 16 * 1024;

        /// <summary>
        /// Reads of the socket within one call that bring no octet of data: more than any handshake has, and few enough that nobody
        /// keeps the loop with records that hold nothing.
        /// </summary>
        private const int FeedsMax = 64;

        // The content type of a handshake record (RFC 8446 section 5.1).
        private const byte Handshake = 0x16;

        private readonly IConnection _plain;
        private readonly DesktopTls _tls;
        private TlsPipe? _pipe;
        private SslStream? _stream;
        private Task? _handshake;
        private byte[] _clear = [];
        private int _clearAt;
        private int _clearCount;
        private ValueTask<int> _reading;
        private bool _isReading;
        private bool _isReady;
        private bool _isGone;
        private bool _hasEnded;
        private bool _isEnding;
        private bool _hasTold;
        private int _heldBack;

        internal TlsConnection(IConnection plain, DesktopTls tls)
        {
            _plain = plain;
            _tls = tls;
        }

        /// <inheritdoc/>
        public byte[] RemoteAddress
        {
            get { return _plain.RemoteAddress; }
        }

        /// <inheritdoc/>
        public byte[] LocalAddress
        {
            get { return _plain.LocalAddress; }
        }

        /// <inheritdoc/>
        public bool IsTls
        {
            get { return true; }
        }

        /// <summary>Version and cipher suite, for the trace; null until the handshake is done.</summary>
        internal string? Description
        {
            get { return _isReady && _stream != null ? $"{DesktopTls.NameOf(_stream.SslProtocol)}, {_stream.NegotiatedCipherSuite}" : null; }
        }

        /// <inheritdoc/>
        public IConnection StartTls()
        {
            throw new InvalidOperationException("TLS within TLS");
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, int offset, int count)
        {
            if (_isEnding)
            {
                return ReceiveAway(buffer, offset, count);
            }

            if (!IsReady())
            {
                return _isGone ? HalResult.Gone : 0;
            }

            for (int feeds = 0; feeds < FeedsMax; feeds++)
            {
                if (!ReadClear())
                {
                    return Lose();
                }

                if (_clearCount > 0)
                {
                    int taken = Math.Min(count, _clearCount);
                    Buffer.BlockCopy(_clear, _clearAt, buffer, offset, taken);
                    _clearAt += taken;
                    _clearCount -= taken;
                    return taken;
                }

                if (_hasEnded)
                {
                    return HalResult.EndOfInput;
                }

                // What TLS itself has to answer goes out before more is taken, so that nobody makes it pile up.
                int fed = Drain() ? _pipe!.Feed(_plain) : 0;
                if (_isGone || fed == HalResult.Gone)
                {
                    return Lose();
                }

                if (fed == 0)
                {
                    return 0;
                }
            }

            return Lose();
        }

        /// <inheritdoc/>
        public int Send(byte[] buffer, int offset, int count)
        {
            if (!IsReady() || !Drain())
            {
                return _isGone ? HalResult.Gone : 0;
            }

            // The octet that was held back is in the record that is out by now.
            int done = _heldBack;
            _heldBack = 0;
            int rest = Math.Min(count - done, RecordOctets);
            if (rest == 0)
            {
                return done;
            }

            try
            {
                _stream!.Write(buffer, offset + done, rest);
            }
            catch (Exception error) when (IsOfTls(error))
            {
                return Lose();
            }

            // Taken whole is only what is under way: what lies here would be lost with a close.
            if (!Drain())
            {
                _heldBack = 1;
            }

            return _isGone ? HalResult.Gone : done + rest - _heldBack;
        }

        /// <inheritdoc/>
        public bool EndSend()
        {
            if (_isGone || _isEnding)
            {
                return true;
            }

            _isEnding = true;
            if (_isReady)
            {
                try
                {
                    // Done when it returns: the pipe takes all there is.
                    _ = _stream!.ShutdownAsync();
                }
                catch (Exception error) when (IsOfTls(error))
                {
                    // Then the end of the connection has to tell him.
                }
            }

            TellEnd();
            return true;
        }

        /// <inheritdoc/>
        public void Close()
        {
            _isGone = true;
            if (_stream != null)
            {
                // What waits for octets finds the end, and gives its buffers back.
                _pipe!.End();
                EndReading();
                _ = _handshake?.Exception;
                _stream.Dispose();
                _stream = null;
            }

            _plain.Close();
        }

        // Whether data can flow; where it can't yet, the handshake has gone on as far as it could.
        private bool IsReady()
        {
            if (_isReady || _isGone)
            {
                return !_isGone;
            }

            if (_handshake == null && !Begin())
            {
                return false;
            }

            for (int feeds = 0; !_handshake!.IsCompleted; feeds++)
            {
                int fed = feeds == FeedsMax ? HalResult.Gone : Drain() ? _pipe!.Feed(_plain) : 0;
                if (fed == 0)
                {
                    return false;
                }

                if (fed < 0 && !_handshake.IsCompleted)
                {
                    return Fail("the connection was lost in the handshake");
                }
            }

            Drain();
            if (!_handshake.IsCompletedSuccessfully)
            {
                Exception? error = _handshake.Exception?.InnerException;
                return Fail(error == null ? "the handshake ended" : DesktopTls.Explain(error));
            }

            _clear = new byte[RecordOctets];
            _isReady = true;
            return !_isGone;
        }

        private bool Begin()
        {
            byte[] first = _tls.Scratch;
            int taken = _plain.Receive(first, 0, first.Length);
            if (taken <= 0)
            {
                // Whoever leaves before he has said anything is no event: port scanners and health checks do.
                _isGone = taken < 0;
                return false;
            }

            if (first[0] != Handshake)
            {
                return Fail("what came is no TLS");
            }

            _pipe = new TlsPipe();
            _pipe.Put(first.AsSpan(0, taken));
            _stream = new SslStream(_pipe, leaveInnerStreamOpen: true);
            _handshake = _stream.AuthenticateAsServerAsync(_tls.Options);
            return true;
        }

        // False where it failed; else there may be octets in _clear, or the end was found, or a read waits for the pipe.
        private bool ReadClear()
        {
            try
            {
                while (_clearCount == 0 && !_hasEnded)
                {
                    if (!_isReading)
                    {
#pragma warning disable CA2012 // Kept over turns of the loop, and its result is taken once.
                        _reading = _stream!.ReadAsync(_clear.AsMemory());
#pragma warning restore CA2012
                        _isReading = true;
                    }

                    if (!_reading.IsCompleted)
                    {
                        return true;
                    }

                    _isReading = false;
                    _clearAt = 0;
                    _clearCount = _reading.GetAwaiter().GetResult();
                    _hasEnded = _clearCount == 0;
                }

                return true;
            }
            catch (Exception error) when (IsOfTls(error))
            {
                return false;
            }
        }

        private void EndReading()
        {
            if (_isReading && _reading.IsCompleted)
            {
                _isReading = false;
                try
                {
                    _reading.GetAwaiter().GetResult();
                }
                catch (Exception error) when (IsOfTls(error))
                {
                    // It is over all the same.
                }
            }
        }

        // On its way out: what still waits goes first, then the end, and what comes is of no interest any more.
        private int ReceiveAway(byte[] buffer, int offset, int count)
        {
            TellEnd();
            return _isGone ? HalResult.Gone : _plain.Receive(buffer, offset, count);
        }

        private void TellEnd()
        {
            if (!_hasTold && Drain())
            {
                _hasTold = true;
                _plain.EndSend();
            }
        }

        // Whether nothing waits to go out any more.
        private bool Drain()
        {
            if (_pipe == null || !_pipe.HasOutput)
            {
                return !_isGone;
            }

            if (_pipe.Drain(_plain) == HalResult.Gone)
            {
                _isGone = true;
            }

            return !_isGone && !_pipe.HasOutput;
        }

        private bool Fail(string reason)
        {
            _tls.TellFailure(Encoding.ASCII.GetString(_plain.RemoteAddress), reason);
            Lose();
            return false;
        }

        // The alert that says why goes out first, where it still can.
        private int Lose()
        {
            Drain();
            _plain.EndSend();
            _isGone = true;
            return HalResult.Gone;
        }

        // Whatever the library finds fault with ends this connection, and nobody else's; our own mistakes are no such fault.
        private static bool IsOfTls(Exception error)
        {
            return error is not (NullReferenceException or IndexOutOfRangeException or InvalidCastException or OutOfMemoryException);
        }
    }
}
