using System;
using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Login
{
    /// <summary>The messages of AUTH, the same in SMTP (RFC 4954) and POP3 (RFC 5034): from lines to a claim that can be checked.</summary>
    /// <remarks>
    /// Base64 is decoded where it lies, in the session's input: it gets shorter. Nothing here looks at a password, so that no reply can
    /// tell more than the check does.
    /// </remarks>
    public sealed class SaslExchange
    {
        private const int NoProof = -1;
        private const int NameOnly = -2;

        private static readonly byte[] s_plain = Octets.Of("PLAIN");
        private static readonly byte[] s_login = Octets.Of("LOGIN");
        private static readonly byte[] s_cramMd5 = Octets.Of("CRAM-MD5");
        private static readonly object s_boxedNul = Octets.Nul;

        private readonly ApplianceSettings _settings;
        private readonly bool _withCramMd5;

        /// <summary>Makes one, which serves all sessions of a protocol; done at boot.</summary>
        /// <param name="settings">Who has a maildrop.</param>
        /// <param name="withCramMd5">Whether CRAM-MD5 is offered beside PLAIN and LOGIN.</param>
        public SaslExchange(ApplianceSettings settings, bool withCramMd5)
        {
            _settings = settings;
            _withCramMd5 = withCramMd5;
        }

        /// <summary>Takes AUTH's argument: a mechanism, and perhaps an initial response.</summary>
        /// <param name="attempt">The session's attempt, which begins here.</param>
        /// <param name="buffer">The session's input; what was base64 in it is overwritten.</param>
        /// <param name="offset">The argument's first octet.</param>
        /// <param name="count">Its octets, without white space at either end.</param>
        /// <returns>One of <see cref="SaslStep"/>.</returns>
        public int Begin(LoginAttempt attempt, byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            int wordEnd = EndOfWord(buffer, offset, end);
            int mechanism = Find(buffer, offset, wordEnd - offset);
            attempt.Mechanism = mechanism;
            attempt.Maildrop = LoginAttempt.Unnamed;
            if (mechanism == SaslMechanism.Unknown)
            {
                return SaslStep.UnknownMechanism;
            }

            int initial = wordEnd;
            while (initial < end && IsWhite(buffer[initial]))
            {
                initial++;
            }

            if (initial == end)
            {
                return mechanism == SaslMechanism.Plain ? SaslStep.AskMessage : mechanism == SaslMechanism.Login ? SaslStep.AskName : SaslStep.AskDigest;
            }

            if (EndOfWord(buffer, initial, end) != end)
            {
                return SaslStep.BadArgument;
            }

            if (mechanism == SaslMechanism.CramMd5)
            {
                return SaslStep.InitialResponseForbidden;
            }

            // A response of no octets would be no argument: "=" stands for it (RFC 4954 section 4).
            bool isEmpty = end - initial == 1 && buffer[initial] == '=';
            return TakeMessage(attempt, buffer, initial, isEmpty ? 0 : end - initial);
        }

        /// <summary>Takes the client's next line.</summary>
        /// <param name="attempt">The attempt that <see cref="Begin"/> began.</param>
        /// <param name="buffer">The session's input; what was base64 in it is overwritten.</param>
        /// <param name="offset">The line's first octet.</param>
        /// <param name="count">Its octets, without its line end.</param>
        /// <returns>One of <see cref="SaslStep"/>.</returns>
        public int Take(LoginAttempt attempt, byte[] buffer, int offset, int count)
        {
            while (count > 0 && IsWhite(buffer[offset + count - 1]))
            {
                count--;
            }

            return count == 1 && buffer[offset] == '*' ? SaslStep.Cancelled : TakeMessage(attempt, buffer, offset, count);
        }

        private int TakeMessage(LoginAttempt attempt, byte[] buffer, int offset, int count)
        {
            int octets = Base64.Decode(buffer, offset, count, buffer, offset);
            int proof = octets == Base64.Bad ? NoProof
                : attempt.Mechanism == SaslMechanism.Plain ? TakePlain(attempt, buffer, offset, octets)
                : attempt.Mechanism == SaslMechanism.Login ? TakeLogin(attempt, buffer, offset, octets)
                : TakeCramMd5(attempt, buffer, offset, octets);
            attempt.TakeProof(buffer, proof < 0 ? offset : proof, proof < 0 ? 0 : offset + octets - proof, offset + count);
            if (proof >= 0)
            {
                return SaslStep.Verify;
            }

            attempt.Wipe();
            return proof == NameOnly ? SaslStep.AskPassword : SaslStep.Malformed;
        }

        // Each of these finds the name, and returns where the proof begins, which goes on to the message's end.
        // [authzid] NUL authcid NUL passwd (RFC 4616 section 2). Whoever wants to act for somebody else is taken for nobody.
        private int TakePlain(LoginAttempt attempt, byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            int first = Array.IndexOf(buffer, s_boxedNul, offset, count);
            int second = first < 0 ? -1 : Array.IndexOf(buffer, s_boxedNul, first + 1, end - first - 1);
            if (second < 0 || Array.IndexOf(buffer, s_boxedNul, second + 1, end - second - 1) >= 0)
            {
                return NoProof;
            }

            int maildrop = LoginNames.Find(_settings, buffer, first + 1, second - first - 1);
            bool isSame = first == offset || LoginNames.Find(_settings, buffer, offset, first - offset) == maildrop;
            attempt.Maildrop = isSame ? maildrop : LoginAttempt.Nobody;
            return second + 1;
        }

        private int TakeLogin(LoginAttempt attempt, byte[] buffer, int offset, int count)
        {
            if (Array.IndexOf(buffer, s_boxedNul, offset, count) >= 0)
            {
                return NoProof;
            }

            if (attempt.Maildrop != LoginAttempt.Unnamed)
            {
                return offset;
            }

            attempt.Maildrop = LoginNames.Find(_settings, buffer, offset, count);
            return NameOnly;
        }

        // The name, a space, the digest in hexadecimal (RFC 2195 section 2). The last space counts: names may hold some.
        private int TakeCramMd5(LoginAttempt attempt, byte[] buffer, int offset, int count)
        {
            int space = offset + count - 1;
            while (space >= offset && buffer[space] != Octets.Space)
            {
                space--;
            }

            if (space < offset)
            {
                return NoProof;
            }

            attempt.Maildrop = LoginNames.Find(_settings, buffer, offset, space - offset);
            return space + 1;
        }

        private int Find(byte[] buffer, int offset, int count)
        {
            return Octets.EqualIgnoreCase(buffer, offset, count, s_plain, 0, s_plain.Length) ? SaslMechanism.Plain
                : Octets.EqualIgnoreCase(buffer, offset, count, s_login, 0, s_login.Length) ? SaslMechanism.Login
                : _withCramMd5 && Octets.EqualIgnoreCase(buffer, offset, count, s_cramMd5, 0, s_cramMd5.Length) ? SaslMechanism.CramMd5
                : SaslMechanism.Unknown;
        }

        private static int EndOfWord(byte[] buffer, int offset, int end)
        {
            while (offset < end && !IsWhite(buffer[offset]))
            {
                offset++;
            }

            return offset;
        }

        private static bool IsWhite(int octet)
        {
            return octet == Octets.Space || octet == Octets.Tab;
        }
    }
}
