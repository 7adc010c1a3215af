using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>
    /// What <see cref="System.Net.Security.SslStream"/> takes for its network: octets that came from a socket and octets that are to go
    /// out, both in memory, so that nothing in it ever waits. A read that finds nothing is finished by the next <see cref="Feed"/>, in the
    /// loop's own thread.
    /// </summary>
    internal sealed class TlsPipe : Stream, IValueTaskSource<int>
    {
        /// <summary>Octets taken from the socket at once: the longest TLS record there may be (RFC 8446 section 5.2), and its header.</summary>
        internal const int InputOctets = (16 * 1024) + 256 + 5;

        // Room for a record of ours. Only what a handshake says at once may be more, by the length of a certificate chain.
        private const int OutputOctets = 17 * 1024;

        private readonly byte[] _input = new byte[InputOctets];
        private byte[] _output = new byte[OutputOctets];
        private int _inputAt;
        private int _inputCount;
        private int _outputAt;
        private int _outputCount;
        private Memory<byte> _wanted;
        private bool _isWanted;
        private bool _hasEnded;
        private ManualResetValueTaskSourceCore<int> _read;

        /// <summary>Whether octets wait to go out.</summary>
        internal bool HasOutput
        {
            get { return _outputCount > 0; }
        }

        /// <inheritdoc/>
        public override bool CanRead
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public override bool CanWrite
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public override bool CanSeek
        {
            get { return false; }
        }

        /// <inheritdoc/>
        public override long Length
        {
            get { throw new NotSupportedException(); }
        }

        /// <inheritdoc/>
        public override long Position
        {
            get { throw new NotSupportedException(); }
            set { throw new NotSupportedException(); }
        }

        /// <summary>Puts octets in that were received already.</summary>
        internal void Put(ReadOnlySpan<byte> octets)
        {
            octets.CopyTo(_input.AsSpan(_inputAt + _inputCount));
            _inputCount += octets.Length;
            FinishRead();
        }

        /// <summary>Takes what the connection has, and finishes the read that waits for it.</summary>
        /// <returns>As <see cref="IConnection.Receive"/>.</returns>
        internal int Feed(IConnection connection)
        {
            if (_inputCount == 0)
            {
                _inputAt = 0;
            }

            int room = _input.Length - _inputAt - _inputCount;
            int taken = room == 0 ? 0 : connection.Receive(_input, _inputAt + _inputCount, room);
            if (taken > 0)
            {
                _inputCount += taken;
                FinishRead();
            }
            else if (taken < 0)
            {
                End();
            }

            return taken;
        }

        /// <summary>No more octets will come; a read that waits finds the end.</summary>
        internal void End()
        {
            _hasEnded = true;
            FinishRead();
        }

        /// <summary>Sends what waits to go out, as much as the connection takes.</summary>
        /// <returns>0 or more, or <see cref="HalResult.Gone"/>.</returns>
        internal int Drain(IConnection connection)
        {
            int sent = 1;
            while (_outputCount > 0 && sent > 0)
            {
                sent = connection.Send(_output, _outputAt, _outputCount);
                if (sent > 0)
                {
                    _outputAt += sent;
                    _outputCount -= sent;
                }
            }

            if (_outputCount == 0)
            {
                _outputAt = 0;
            }

            return sent;
        }

        /// <inheritdoc/>
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_inputCount > 0 || _hasEnded)
            {
                return new ValueTask<int>(Take(buffer.Span));
            }

            _wanted = buffer;
            _isWanted = true;
            return new ValueTask<int>(this, _read.Version);
        }

        /// <inheritdoc/>
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
        }

        /// <inheritdoc/>
        public override int Read(byte[] buffer, int offset, int count)
        {
            // It would have to wait: nobody here reads so.
            throw new NotSupportedException();
        }

        /// <inheritdoc/>
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_outputAt + _outputCount + buffer.Length > _output.Length)
            {
                MakeRoom(buffer.Length);
            }

            buffer.CopyTo(_output.AsSpan(_outputAt + _outputCount));
            _outputCount += buffer.Length;
        }

        /// <inheritdoc/>
        public override void Write(byte[] buffer, int offset, int count)
        {
            Write(buffer.AsSpan(offset, count));
        }

        /// <inheritdoc/>
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return default;
        }

        /// <inheritdoc/>
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Write(buffer.AsSpan(offset, count));
            return Task.CompletedTask;
        }

        /// <inheritdoc/>
        public override void Flush()
        {
        }

        /// <inheritdoc/>
        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            return Task.CompletedTask;
        }

        /// <inheritdoc/>
        public override long Seek(long offset, SeekOrigin origin)
        {
            throw new NotSupportedException();
        }

        /// <inheritdoc/>
        public override void SetLength(long value)
        {
            throw new NotSupportedException();
        }

        /// <inheritdoc/>
        public int GetResult(short token)
        {
            int count = _read.GetResult(token);
            _read.Reset();
            return count;
        }

        /// <inheritdoc/>
        public ValueTaskSourceStatus GetStatus(short token)
        {
            return _read.GetStatus(token);
        }

        /// <inheritdoc/>
        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        {
            _read.OnCompleted(continuation, state, token, flags);
        }

        // What goes on behind the read runs before this returns, and may begin another.
        private void FinishRead()
        {
            if (_isWanted)
            {
                _isWanted = false;
                int count = Take(_wanted.Span);
                _wanted = default;
                _read.SetResult(count);
            }
        }

        // Where no octets are wanted, it was only asked whether there are any.
        private int Take(Span<byte> target)
        {
            int count = Math.Min(target.Length, _inputCount);
            _input.AsSpan(_inputAt, count).CopyTo(target);
            _inputAt += count;
            _inputCount -= count;
            return count;
        }

        private void MakeRoom(int more)
        {
            byte[] target = _outputCount + more > _output.Length ? new byte[(_outputCount + more) * 2] : _output;
            Buffer.BlockCopy(_output, _outputAt, target, 0, _outputCount);
            _output = target;
            _outputAt = 0;
        }
    }
}
