using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz.Text
{
    /// <summary>
    /// Addresses, networks and the section [access], against a reader that splits strings. A line with a space is an entry of the section; any other
    /// is an address that comes to the door.
    /// </summary>
    internal sealed class AccessTarget : FuzzTarget
    {
        private const string Letters = "0123456789abcdefABCDEF:./ sendfetchrufIPvx%-+,";
        private static readonly string[] s_rights = ["send", "fetch", "send fetch", "fetch,send", "refuse", "send refuse", "nothing", "sen"];

        private readonly ConfigurationReader _reader = new();
        private readonly byte[] _address = new byte[IpAddress.OctetCount];

        /// <inheritdoc/>
        internal override Grammar Grammar { get; } = new()
        {
            Seeds = Grammar.Octets(
                "192.168.1.0/24 send fetch\n10.0.0.0/8 send\n0.0.0.0/0 refuse\n192.168.1.7\n10.1.2.3\n8.8.8.8\n::ffff:10.1.2.3\n",
                "fd00::/8 fetch\n::/0 refuse\nfe80::1%eth0 send\nfd12::3\nfe80::1\nIPv6:fd00::1\n", "1:2:3:4:5:6:7:8/127 send\n1:2:3:4:5:6:7:9\n::1\n1::\n::\n1:2::7:8\n", "::ffff:1.2.3.4/120 send\n1.2.3.4/0 fetch\n1.2.3.255\n1:2:3:4:5:6:1.2.3.4\n"),
            Lines = Grammar.Octets([.. s_rights.SelectMany(right => new[] { "10.0.0.0/8 ", "::1 ", "fd00::/7 ", "1.2.3.4/31 ", "0.0.0.0/0 " }.Select(network => network + right + "\n"))]),
            Tokens = Grammar.Octets("::", ":", ".", "/", " ", "\n", "0", "00", "255", "256", "ffff", "fffff", "1.2.3.4", "IPv6:", "::ffff:", "/0", "/32", "/33", "/128", "/129", "/8 send\n", "%1", "x", "10.0.0.1\n", "::1\n"),
            OctetsMax = 800,
        };

        /// <inheritdoc/>
        internal override void Play(FuzzInput input, FeatureMap features)
        {
            string[] raw = Encoding.Latin1.GetString(input.Octets).Split('\n');
            foreach (string line in raw)
            {
                CheckAddress(line, features);
            }

            string[] lines = [.. raw.Select(Plain)];
            string[] entries = [.. lines.Where(line => line.Contains(' ', StringComparison.Ordinal)).Select(line => line.Trim()).Where(line => line.Length > 0)];
            byte[] file = Encoding.Latin1.GetBytes("[access]\n" + string.Concat(entries.Select(entry => entry + "\n")) + "[maildrop a]\npassword = x\n");
            ApplianceSettings? settings = _reader.Read(file, 0, file.Length);
            List<AccessEntry>? expected = Expected(entries);
            Check((settings == null) == (expected == null), "entries are taken where they are right");
            features.Note((settings == null ? 1 : 0) + (entries.Length * 2));
            if (settings == null || expected == null)
            {
                return;
            }

            foreach (string line in lines.Where(line => line.Length > 0))
            {
                byte[] literal = Encoding.Latin1.GetBytes(line);
                long before = GC.GetAllocatedBytesForCurrentThread();
                int rights = settings.Access.RightsOf(literal, _address);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Check(rights == RightsOf(expected, line), "the longest prefix decides");
                if (allocated > 0)
                {
                    Broken(Batch.NothingAllocated, $"{allocated} octets were");
                }

                features.Note(4096 + rights + (expected.Count * 4));
            }
        }

        private void CheckAddress(string text, FeatureMap features)
        {
            byte[] octets = Encoding.Latin1.GetBytes("<" + text + ">");
            UInt128? expected = AddressModel.Parse(text);
            bool isAddress = IpAddress.Parse(octets, 1, octets.Length - 2, _address);
            Check(isAddress == (expected != null), "an address is one where it is right");
            Check(expected == null || BinaryPrimitives.ReadUInt128BigEndian(_address) == expected, "an address has the octets that it says");
            features.Note(8192 + (isAddress ? 1 : 0) + (text.Count(letter => letter == ':') * 2) + (text.Count(letter => letter == '.') * 64));
        }

        // What the section's own syntax would take apart otherwise is no part of this.
        private static string Plain(string line)
        {
            return string.Concat(line.Select(letter => Letters.Contains(letter, StringComparison.Ordinal) ? letter : 'x'));
        }

        private static List<AccessEntry>? Expected(string[] lines)
        {
            var entries = new List<AccessEntry>();
            foreach (string line in lines)
            {
                int space = line.IndexOf(' ', StringComparison.Ordinal);
                UInt128? address = AddressModel.ParseNetwork(space < 0 ? line : line[..space], out int bits);
                int rights = Rights(space < 0 ? string.Empty : line[space..]);
                if (address == null || rights < 0)
                {
                    return null;
                }

                var entry = new AccessEntry(address.Value, bits, rights);
                if (entries.Exists(other => other.Bits == bits && other.Holds(address.Value)))
                {
                    return null;
                }

                entries.Add(entry);
            }

            return entries;
        }

        private static int Rights(string text)
        {
            string[] words = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            string[] lower = [.. words.Select(word => word.ToUpperInvariant())];
            if (lower is ["REFUSE"])
            {
                return AccessList.Refuse;
            }

            return words.Length == 0 || lower.Any(word => word is not ("SEND" or "FETCH")) ? -1
                : (lower.Contains("SEND") ? AccessList.Send : 0) | (lower.Contains("FETCH") ? AccessList.Fetch : 0);
        }

        private static int RightsOf(List<AccessEntry> entries, string text)
        {
            UInt128? address = AddressModel.Parse(text);
            return address == null ? AccessList.Refuse
                : entries.Where(entry => entry.Holds(address.Value)).OrderByDescending(entry => entry.Bits).FirstOrDefault()?.Rights ?? AccessList.Refuse;
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
