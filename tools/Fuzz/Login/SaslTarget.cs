using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Hal.Desktop;
using MailAppliance.Login;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz.Login
{
    /// <summary>
    /// The SASL exchange and the check behind it, against a reader that splits strings. The first line is AUTH's argument, each further one a
    /// response. One of the maildrops has a password-hash where the plan says so.
    /// </summary>
    internal sealed class SaslTarget : FuzzTarget
    {
        private const int HashedBit = 1;
        private const int TurnsMax = 64;
        private const string Password = "secret-alice";

        private readonly ApplianceSettings _plain = FuzzSettings.Make(false);
        private readonly ApplianceSettings _hashed = FuzzSettings.Make(false);
        private readonly Dictionary<string, int> _names = new(StringComparer.OrdinalIgnoreCase);
        private readonly LoginCheck[] _checks;
        private readonly Stamps _stamps;
        private readonly LoginOracle _oracle;
        private readonly LoginAttempt _attempt = new();
        private readonly byte[] _buffer = new byte[8192];

        /// <summary>Makes one.</summary>
        public SaslTarget()
        {
            byte[] line = Encoding.ASCII.GetBytes("pbkdf2-sha256:40:MDEyMzQ1Njc4OWFiY2RlZg==:" + Convert.ToBase64String(
                Rfc2898DeriveBytes.Pbkdf2(Password, "0123456789abcdef"u8.ToArray(), 40, HashAlgorithmName.SHA256, 32)));
            _hashed.PasswordHashes = new PasswordHash[_hashed.Maildrops.Length];
            _hashed.PasswordHashes[0] = PasswordHash.Parse(line, 0, line.Length);
            _hashed.Maildrops[0].Password = null;
            var md5 = new Md5();
            _stamps = new Stamps(_plain.Host, new ZeroEntropy(), md5) { Epoch = 1 };
            var hash = new DesktopKeyedHash();
            _checks = [new LoginCheck(_plain, hash, _stamps, md5), new LoginCheck(_hashed, hash, _stamps, md5)];
            _oracle = new LoginOracle(_plain);
            for (int index = _plain.Maildrops.Length - 1; index >= 0; index--)
            {
                _names[Encoding.ASCII.GetString(_plain.Maildrops[index].Name)] = index;
            }
        }

        /// <inheritdoc/>
        internal override Grammar Grammar { get; } = new()
        {
            Seeds = Grammar.Octets(
                "PLAIN AGFsaWNlAHNlY3JldC1hbGljZQ==", "PLAIN\nYWxpY2UAYWxpY2UAc2VjcmV0LWFsaWNl", "PLAIN =", "plain\n=", "LOGIN\nYWxpY2U=\nc2VjcmV0LWFsaWNl",
                "LOGIN YWxpY2U=\nc2VjcmV0LWFsaWNl", "LOGIN\nYWxpY2VAbGFu\nc2VjcmV0LWFsaWNl", "CRAM-MD5\nYWxpY2UgMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "CRAM-MD5 x",
                "LOGIN\n*", "PLAIN\n*", "XOAUTH2 x", "PLAIN a b", "PLAIN Ym9iAGFsaWNlAHNlY3JldC1hbGljZQ==", "PLAIN AGJvYgBiIGI="),
            Tokens = Grammar.Octets(
                "PLAIN", "LOGIN", "CRAM-MD5", " ", "\t", "\n", "=", "==", "*", "AGFsaWNlAHNlY3JldC1hbGljZQ==", "AGJvYgBiIGI=", "YWxpY2U=", "c2VjcmV0LWFsaWNl", "Ym9i", "YiBi", "AAA=", "AA==",
                "YWxpY2VAbGFu", "YWxlcnRzQHNob3AuZXhhbXBsZQ==", "\0", "\xFF", "AGFsaWNlAHNlY3JldC1hbGljZQA=", "AEFMSUNFAHNlY3JldC1hbGljZQ=="),
            PlanBits = HashedBit,
            OctetsMax = 1024,
        };

        /// <inheritdoc/>
        internal override void Play(FuzzInput input, FeatureMap features)
        {
            bool isHashed = (input.Plan & HashedBit) != 0;
            ApplianceSettings settings = isHashed ? _hashed : _plain;
            var exchange = new SaslExchange(settings, !isHashed);
            string[] lines = Encoding.Latin1.GetString(input.Octets).Split('\n');
            int step = SaslStep.Malformed;
            var expected = new SaslModel(_names, !isHashed);
            for (int at = 0; at < lines.Length; at++)
            {
                // A session gives the argument without white space at either end.
                string line = at == 0 ? lines[0].Trim(' ', '\t') : lines[at];
                int count = Encoding.Latin1.GetBytes(line, 0, line.Length, _buffer, 1);
                _buffer[0] = (byte)'<';
                _buffer[1 + count] = (byte)'>';
                if (at == 0)
                {
                    _stamps.Next(_attempt);
                }

                long before = GC.GetAllocatedBytesForCurrentThread();
                step = at == 0 ? exchange.Begin(_attempt, _buffer, 1, count) : exchange.Take(_attempt, _buffer, 1, count);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Check(_buffer[0] == '<' && _buffer[1 + count] == '>', "nothing is written outside the line");
                if (allocated > 0)
                {
                    Broken(Batch.NothingAllocated, $"{allocated} octets were");
                }

                int wanted = at == 0 ? expected.Begin(line) : expected.Take(line);
                features.Note((step * 16) + (Math.Max(0, _attempt.Mechanism) * 4) + (at << 9) + (_attempt.Maildrop >= 0 ? 1 : 0));
                Check(step == wanted, $"line {at} is what the model says");
                if (step is not (SaslStep.AskMessage or SaslStep.AskName or SaslStep.AskPassword or SaslStep.AskDigest))
                {
                    break;
                }
            }

            if (step == SaslStep.Verify)
            {
                Verify(isHashed, expected, features);
            }

            _attempt.Wipe();
            Check(_attempt.Count == 0, "a proof is forgotten");
        }

        private void Verify(bool isHashed, SaslModel expected, FeatureMap features)
        {
            int nobody = LoginAttempt.Nobody;
            Check((_attempt.Maildrop >= 0 ? _attempt.Maildrop : nobody) == expected.Maildrop, "the name is whose the model says");
            string proof = Encoding.Latin1.GetString(_attempt.Buffer, _attempt.Offset, _attempt.Count);
            Check(proof == expected.Proof, "the proof is what the model says");
            bool isRight = expected.Maildrop < 0 ? false
                : _attempt.Mechanism == SaslMechanism.CramMd5 ? _oracle.IsRight(_attempt, _stamps)
                : proof == Encoding.ASCII.GetString(_plain.Maildrops[expected.Maildrop].Password);
            LoginCheck check = _checks[isHashed ? 1 : 0];
            int result = check.Check(_attempt);
            int turns = 0;
            while (result == LoginResult.Later && turns < TurnsMax)
            {
                result = check.Check(_attempt);
                turns++;
            }

            if (result == LoginResult.Later)
            {
                check.Forget(_attempt);
            }

            Check(result == (isRight ? LoginResult.Right : LoginResult.Wrong), "a login is right where the password is");
            features.Note((result * 2) + (isHashed ? 1 : 0) + (1 << 14));
        }

        private static void Check(bool holds, string invariant)
        {
            if (!holds)
            {
                Broken(invariant, "it does not hold");
            }
        }
    }
}
