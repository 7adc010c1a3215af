using System;
using System.Security.Cryptography;
using MailAppliance.Configuration;
using MailAppliance.Login;

namespace MailAppliance.Tools.Fuzz.Login
{
    /// <summary>Whether a claim is right, by the platform's own means. Allocates nothing.</summary>
    internal sealed class LoginOracle
    {
        private readonly ApplianceSettings _settings;
        private readonly byte[] _digest = new byte[16];
        private readonly byte[] _text = new byte[512];

        /// <summary>Makes one.</summary>
        /// <param name="settings">Who has which password.</param>
        internal LoginOracle(ApplianceSettings settings)
        {
            _settings = settings;
        }

        /// <summary>Whether the proof is that of the maildrop that is claimed.</summary>
        /// <param name="attempt">The claim, not yet checked.</param>
        /// <param name="stamps">Who made its stamp.</param>
        /// <returns>True where it is.</returns>
        internal bool IsRight(LoginAttempt attempt, Stamps stamps)
        {
            if (attempt.Maildrop < 0)
            {
                return false;
            }

            ReadOnlySpan<byte> proof = attempt.Buffer.AsSpan(attempt.Offset, attempt.Count);
            ReadOnlySpan<byte> password = _settings.Maildrops[attempt.Maildrop].Password;
            if (attempt.Mechanism is SaslMechanism.Plain or SaslMechanism.Login or SaslMechanism.UserPass)
            {
                return proof.SequenceEqual(password);
            }

            if (proof.Length != 32)
            {
                return false;
            }

            ReadOnlySpan<byte> stamp = stamps.Text.AsSpan(0, stamps.Write(attempt));
#pragma warning disable CA5351 // The protocols say MD5.
            if (attempt.Mechanism == SaslMechanism.CramMd5)
            {
                HMACMD5.HashData(password, stamp, _digest);
            }
            else
            {
                stamp.CopyTo(_text);
                password.CopyTo(_text.AsSpan(stamp.Length));
                MD5.HashData(_text.AsSpan(0, stamp.Length + password.Length), _digest);
            }
#pragma warning restore CA5351

            return IsHex(proof);
        }

        private bool IsHex(ReadOnlySpan<byte> proof)
        {
            for (int at = 0; at < proof.Length; at++)
            {
                int nibble = (at & 1) == 0 ? _digest[at / 2] >> 4 : _digest[at / 2] & 15;
                if (char.ToLowerInvariant((char)proof[at]) != "0123456789abcdef"[nibble])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
