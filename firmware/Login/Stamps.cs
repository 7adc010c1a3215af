using System;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Login
{
    /// <summary>
    /// Makes stamps, which no other login is ever asked with: <c>&lt;epoch number . digest @ host&gt;</c>, in the form of a message-id
    /// (RFC 2195 section 2, RFC 1939 section 7).
    /// </summary>
    /// <remarks>
    /// The epoch differs from boot to boot and from card to card, the number from stamp to stamp, and the digest over both and 128 random
    /// bits of this boot can't be guessed. The random bits themselves never leave: on the board one could compute from them what the
    /// source gives next.
    /// </remarks>
    public sealed class Stamps
    {
        /// <summary>Octets of the longest stamp.</summary>
        public const int OctetsMax = HostAt + HostOctetsMax + 1;

        private const int DigestAt = 18;
        private const int DigestDigits = 16;
        private const int HostAt = DigestAt + DigestDigits + 1;
        private const int SecretOctets = 16;

        // What is more of our name would make the reply too long, and nobody reads it.
        private const int HostOctetsMax = 64;

        private readonly byte[] _host;
        private readonly Md5 _md5;
        private readonly byte[] _secret = new byte[SecretOctets + 8];
        private int _count;

        /// <summary>Makes one for the whole appliance; done at boot.</summary>
        /// <param name="host">Our name.</param>
        /// <param name="entropy">Gives the secret, once.</param>
        /// <param name="md5">The thread's MD5.</param>
        public Stamps(byte[] host, IEntropy entropy, Md5 md5)
        {
            _host = host;
            _md5 = md5;
            entropy.Fill(_secret, 0, SecretOctets);
        }

        /// <summary>The store's epoch of this boot. Whoever changes it ends all sessions before.</summary>
        public int Epoch;

        /// <summary>The stamp written last, in its first octets; for use until the next is written.</summary>
        public readonly byte[] Text = new byte[OctetsMax];

        /// <summary>Gives an attempt a new stamp.</summary>
        /// <param name="attempt">The attempt.</param>
        public void Next(LoginAttempt attempt)
        {
            _count++;
            attempt.StampNumber = _count;
        }

        /// <summary>Writes an attempt's stamp into <see cref="Text"/>.</summary>
        /// <param name="attempt">The attempt.</param>
        /// <returns>Its octets, at most <see cref="OctetsMax"/>.</returns>
        public int Write(LoginAttempt attempt)
        {
            byte[] text = Text;
            Octets.WriteInt32(Epoch, _secret, SecretOctets);
            Octets.WriteInt32(attempt.StampNumber, _secret, SecretOctets + 4);
            _md5.Begin();
            _md5.Add(_secret, 0, _secret.Length);
            _md5.End(text, 0);
            int high = Octets.ReadInt32(text, 0);
            int low = Octets.ReadInt32(text, 4);
            int hostCount = _host.Length < HostOctetsMax ? _host.Length : HostOctetsMax;
            text[0] = (byte)'<';
            Octets.WriteHex(Epoch, text, 1);
            Octets.WriteHex(attempt.StampNumber, text, 9);
            text[DigestAt - 1] = Octets.Dot;
            Octets.WriteHex(high, text, DigestAt);
            Octets.WriteHex(low, text, DigestAt + 8);
            text[HostAt - 1] = (byte)'@';
            Array.Copy(_host, 0, text, HostAt, hostCount);
            text[HostAt + hostCount] = (byte)'>';
            return HostAt + hostCount + 1;
        }
    }
}
