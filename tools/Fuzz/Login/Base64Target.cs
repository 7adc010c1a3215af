using System;
using System.Text;
using MailAppliance.Core;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz.Login
{
    /// <summary>Base64 against the platform's, decoded in place and into another buffer, and encoded again.</summary>
    internal sealed class Base64Target : FuzzTarget
    {
        private readonly byte[] _inPlace = new byte[2048];
        private readonly byte[] _apart = new byte[2048];
        private readonly byte[] _encoded = new byte[4096];
        private readonly byte[] _expected = new byte[2048];
        private readonly char[] _text = new char[2048];

        /// <inheritdoc/>
        internal override Grammar Grammar { get; } = new()
        {
            Seeds = Grammar.Octets("", "AA==", "AAA=", "AAAA", "AGFsaWNlAHNlY3JldC1hbGljZQ==", "+/+/", "Zm9vYmFy", "////", "AB=="),
            Tokens = Grammar.Octets("=", "==", "===", "A", "AAAA", "AA==", "Z", "z", "0", "9", "+", "/", "-", "_", " ", "\r\n", "\0", "\x80", "@", "[", "`", "{", ":"),
            OctetsMax = 1024,
        };

        /// <inheritdoc/>
        internal override void Play(FuzzInput input, FeatureMap features)
        {
            int count = input.Octets.Length;
            _inPlace.AsSpan().Fill(0xA5);
            _apart.AsSpan().Fill(0xA5);
            input.Octets.CopyTo(_inPlace, 1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            int decoded = Base64.Decode(_inPlace, 1, count, _inPlace, 1);
            int decodedApart = Base64.Decode(input.Octets, 0, count, _apart, 1);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Check(_inPlace[0] == 0xA5 && _inPlace[1 + count] == 0xA5, "nothing is written outside");
            Check(_apart[0] == 0xA5 && _apart[1 + (count / 4 * 3)] == 0xA5, "nothing is written behind three octets for four");
            Check(decoded == decodedApart && (decoded < 0 || _inPlace.AsSpan(1, decoded).SequenceEqual(_apart.AsSpan(1, decoded))), "it is decoded where it lies");
            int expected = Expected(input.Octets);
            Check(decoded == expected, "it is what the platform says");
            Check(decoded < 0 || _apart.AsSpan(1, decoded).SequenceEqual(_expected.AsSpan(0, decoded)), "it is what the platform says");
            if (decoded >= 0)
            {
                int encoded = Base64.Encode(_apart, 1, decoded, _encoded, 0);
                Check(encoded == Base64.EncodedOctets(decoded) && _encoded.AsSpan(0, encoded).SequenceEqual(input.Octets), "it is encoded again");
            }

            if (allocated > 0)
            {
                Broken(Batch.NothingAllocated, $"{allocated} octets were");
            }

            features.Note((decoded < 0 ? 1 : 0) + (count % 4 * 2) + (Math.Min(count, 100) * 8));
        }

        // The platform passes over white space and over bits that are left over.
        private int Expected(byte[] octets)
        {
            int chars = Encoding.Latin1.GetChars(octets, _text);
            ReadOnlySpan<char> text = _text.AsSpan(0, chars);
            if (!Convert.TryFromBase64Chars(text, _expected, out int count))
            {
                return Base64.Bad;
            }

            Span<char> again = stackalloc char[((count + 2) / 3 * 4) + 4];
            Convert.TryToBase64Chars(_expected.AsSpan(0, count), again, out int written);
            return again.Slice(0, written).SequenceEqual(text) ? count : Base64.Bad;
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
