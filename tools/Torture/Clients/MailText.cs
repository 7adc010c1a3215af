using System;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Tools.Torture.Model;

namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>Writes mail, and recognises it.</summary>
    internal static class MailText
    {
        private const int NoiseOctets = 1 << 16;
        private const int LineOctetsMax = 200;

        private static readonly byte[] s_noise = MakeNoise();

        /// <summary>Writes a mail's data in wire form: a first line that tells its number, then lines of any octets, some with dots.</summary>
        internal static void Compose(SentMail mail, SeededRandom random, int octets)
        {
            byte[] wire = mail.Room(octets + LineOctetsMax + 64);
            var text = new Cursor(wire);
            text.Put("X-Mail: "u8);
            text.Put(mail.Number);
            text.Put("\r\n\r\n"u8);
            while (text.Count < octets)
            {
                int line = Math.Min(random.Next(LineOctetsMax), octets - text.Count);
                if (random.Next(8) == 0)
                {
                    text.Put(".."u8);
                    mail.StuffedDots++;
                }

                text.Put(s_noise.AsSpan(random.Next(NoiseOctets - LineOctetsMax), line));
                text.Put("\r\n"u8);
            }

            text.Put(".\r\n"u8);
            mail.WireOctets = text.Count;
        }

        /// <summary>Which mail it is that was fetched.</summary>
        /// <returns>Its number; -1 where it is none of ours.</returns>
        internal static int NumberOf(ReadOnlySpan<byte> body, out int dataAt)
        {
            int at = body.IndexOf("\r\nX-Mail: "u8);
            dataAt = at + 2;
            return at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(body.Slice(at + 10), out int number, out _) ? number : -1;
        }

        /// <summary>Compares what was fetched with what was sent, but for the fields in front.</summary>
        internal static void CheckWhole(SentMail mail, ReadOnlySpan<byte> body, int listedOctets)
        {
            int number = NumberOf(body, out int dataAt);
            if (number != mail.Number)
            {
                throw new BrokenPromiseException(Promise.UniqueIdStays, $"unique-id {mail.UniqueId:X16} was mail {mail.Number}, and is mail {number}");
            }

            ReadOnlySpan<byte> front = body.Slice(0, dataAt);
            if (!body.Slice(dataAt).SequenceEqual(mail.Wire) || !front.StartsWith("Return-Path: <"u8) || front.IndexOf("\r\n\r\n"u8) >= 0)
            {
                throw new BrokenPromiseException(Promise.AnsweredIsWhole, $"mail {mail.Number} is not what was sent: {body.Length} octets");
            }

            int dots = -1;
            for (int at = body.IndexOf("\r\n."u8); at >= 0;)
            {
                dots++;
                int next = body.Slice(at + 2).IndexOf("\r\n."u8);
                at = next < 0 ? -1 : at + 2 + next;
            }

            if (listedOctets >= 0 && listedOctets != body.Length - 3 - dots)
            {
                throw new BrokenPromiseException(
                    Promise.SizeIsRight, $"mail {mail.Number} is listed with {listedOctets} octets, and has {body.Length - 3 - dots}");
            }
        }

        private static byte[] MakeNoise()
        {
            byte[] noise = new byte[NoiseOctets];
            new SeededEntropy(7).Fill(noise, 0, NoiseOctets);
            for (int at = 0; at < NoiseOctets; at++)
            {
                noise[at] = noise[at] is (byte)'\r' or (byte)'\n' or (byte)'.' ? (byte)'x' : noise[at];
            }

            return noise;
        }

        private struct Cursor
        {
            private readonly byte[] _octets;

            internal Cursor(byte[] octets)
            {
                _octets = octets;
                Count = 0;
            }

            internal int Count { get; private set; }

            internal void Put(ReadOnlySpan<byte> octets)
            {
                octets.CopyTo(_octets.AsSpan(Count));
                Count += octets.Length;
            }

            internal void Put(int number)
            {
                System.Buffers.Text.Utf8Formatter.TryFormat(number, _octets.AsSpan(Count), out int written);
                Count += written;
            }
        }
    }
}
