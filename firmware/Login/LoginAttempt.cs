using System;

namespace MailAppliance.Login
{
    /// <summary>A login of one session while it lasts: by which mechanism, whose it claims to be, and what is to prove it.</summary>
    /// <remarks>The proof stays where it was received, in the session's input, and is wiped there as soon as it was looked at.</remarks>
    public sealed class LoginAttempt
    {
        /// <summary>No maildrop: nobody has that name, or it names what is nobody's.</summary>
        public const int Nobody = -1;

        /// <summary>No name has been given yet.</summary>
        public const int Unnamed = -2;

        /// <summary>One of <see cref="SaslMechanism"/>.</summary>
        public int Mechanism;

        /// <summary>Index of the maildrop that the name stands for in the configuration; <see cref="Nobody"/>, which is refused in the same
        /// words and after the same work; or <see cref="Unnamed"/>.</summary>
        public int Maildrop;

        /// <summary>The buffer of the proof; the session's input.</summary>
        public byte[] Buffer;

        /// <summary>The proof's first octet.</summary>
        public int Offset;

        /// <summary>Its octets.</summary>
        public int Count;

        /// <summary>Which of this boot's stamps the client was asked with.</summary>
        public int StampNumber;

        // Behind the line that the proof came in, which may hold it once more in another form.
        private int _lineEnd;

        /// <summary>Takes the proof.</summary>
        /// <param name="buffer">The session's input.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its octets.</param>
        /// <param name="lineEnd">Behind the last octet of its line.</param>
        public void TakeProof(byte[] buffer, int offset, int count, int lineEnd)
        {
            Buffer = buffer;
            Offset = offset;
            Count = count;
            _lineEnd = lineEnd;
        }

        /// <summary>Overwrites the proof and what stands behind it in its line. To be called before the input is filled again.</summary>
        public void Wipe()
        {
            if (_lineEnd > Offset)
            {
                Array.Clear(Buffer, Offset, _lineEnd - Offset);
            }

            _lineEnd = 0;
            Count = 0;
        }
    }
}
