using System;
using System.Globalization;
using System.Linq;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz.Login
{
    /// <summary>The text of a password-hash against a reader that splits strings.</summary>
    internal sealed class PasswordHashTarget : FuzzTarget
    {
        private const string Salt = "MDEyMzQ1Njc4OWFiY2RlZg==";
        private const string Hash = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

        // As much again for each part, and what the arrays themselves take.
        private const int AllocatedAnyway = 1024;

        /// <inheritdoc/>
        internal override Grammar Grammar { get; } = new()
        {
            Seeds = Grammar.Octets(
                $"pbkdf2-sha256:10000:{Salt}:{Hash}", $"PBKDF2-SHA256:1:{Salt}:{Hash}", $"pbkdf2-sha256:1000000:MDEyMzQ1Njc=:{Hash}",
                $"pbkdf2-sha256:1000001:MDEyMzQ1Ng==:{Hash}", $"pbkdf2-sha256:1:MDEyMzQ1Ng==:{Hash}",
                $"pbkdf2-sha256:1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYw:{Hash}", $"pbkdf2-sha256:0:{Salt}:{Hash}", "pbkdf2-sha256:::", $"pbkdf2-sha512:1:{Salt}:{Hash}"),
            Tokens = Grammar.Octets(":", "::", "pbkdf2-sha256:", "1", "0", "1000001", "99999999999999999999", Salt, Hash, "=", "==", "AAAA", " ", "\0", "\xFF", "-", "+"),
            OctetsMax = 1024,
        };

        /// <inheritdoc/>
        internal override void Play(FuzzInput input, FeatureMap features)
        {
            byte[] octets = [(byte)'<', .. input.Octets, (byte)':', (byte)'>'];
            long before = GC.GetAllocatedBytesForCurrentThread();
            PasswordHash? parsed = PasswordHash.Parse(octets, 1, input.Octets.Length);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            bool isGood = Expected(Encoding.Latin1.GetString(input.Octets), out int iterations, out byte[] salt, out byte[] hash);
            Check((parsed != null) == isGood, "it is taken where it is right");
            if (parsed != null)
            {
                Check(parsed.Iterations == iterations && parsed.Hash.AsSpan().SequenceEqual(hash), "what it says is taken");
                Check(parsed.SaltBlock.AsSpan().SequenceEqual((byte[])[.. salt, 0, 0, 0, 1]), "the salt has the block's number behind it");
            }

            Check(allocated <= AllocatedAnyway + (4 * octets.Length), "what boot allocates is bounded by the file");
            features.Note((isGood ? 1 : 0) + (octets.Count(octet => octet == ':') * 2) + (salt.Length * 64));
        }

        private static bool Expected(string text, out int iterations, out byte[] salt, out byte[] hash)
        {
            salt = [];
            hash = [];
            iterations = 0;
            string[] parts = text.Split(':', 4);
            return parts.Length == 4
                && parts[0].Equals("pbkdf2-sha256", StringComparison.OrdinalIgnoreCase)
                && parts[1].Length > 0 && parts[1].All(char.IsAsciiDigit)
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out iterations)
                && iterations is >= 1 and <= 1_000_000
                && Decode(parts[2], out salt) && salt.Length is >= 8 and <= 32
                && Decode(parts[3], out hash) && hash.Length == 32;
        }

        private static bool Decode(string text, out byte[] octets)
        {
            byte[] room = new byte[text.Length];
            bool isBase64 = Convert.TryFromBase64String(text, room, out int count);
            octets = isBase64 ? room[..count] : [];
            return isBase64 && Convert.ToBase64String(octets) == text;
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
