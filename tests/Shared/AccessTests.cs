using MailAppliance.Configuration;
using MailAppliance.Core;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace MailAppliance.Tests
{
    /// <summary>Addresses as octets, and who may come in from which.</summary>
    [TestClass]
    public class AccessTests
    {
        private const string Bob = "[maildrop bob]\npassword = b\n";

        private static string Show(string text)
        {
            byte[] octets = Octets.Of("x" + text + "x");
            byte[] address = new byte[16];
            if (!IpAddress.Parse(octets, 1, text.Length, address))
            {
                return "none";
            }

            string shown = "";
            for (int at = 0; at < 16; at += 4)
            {
                byte[] hex = new byte[8];
                Octets.WriteHex((address[at] << 24) | (address[at + 1] << 16) | (address[at + 2] << 8) | address[at + 3], hex, 0);
                shown += System.Text.Encoding.UTF8.GetString(hex, 0, 8).ToLower();
            }

            return shown;
        }

        private static ApplianceSettings Read(string lines)
        {
            byte[] octets = Octets.Of(lines + "\n" + Bob);
            ConfigurationReader reader = new ConfigurationReader();
            ApplianceSettings settings = reader.Read(octets, 0, octets.Length);
            Assert.AreEqual("", reader.Error == null ? "" : reader.Error.ToString());
            return settings;
        }

        private static string Wrong(string lines)
        {
            byte[] octets = Octets.Of(lines + "\n" + Bob);
            ConfigurationReader reader = new ConfigurationReader();
            Assert.IsNull(reader.Read(octets, 0, octets.Length));
            return reader.Error.ToString();
        }

        private static int Rights(string lines, string address)
        {
            return Read(lines).Access.RightsOf(Octets.Of(address), new byte[16]);
        }

        [TestMethod]
        public void Parse_EveryForm_GivesTheSameOctets()
        {
            Assert.AreEqual("00000000000000000000ffffc0000207", Show("192.0.2.7"));
            Assert.AreEqual("00000000000000000000ffffc0000207", Show("::ffff:192.0.2.7"));
            Assert.AreEqual("00000000000000000000ffffc0000207", Show("IPv6:::ffff:c000:207"));
            Assert.AreEqual("00000000000000000000000000000000", Show("::"));
            Assert.AreEqual("00000000000000000000000000000001", Show("ipv6:::1"));
            Assert.AreEqual("20010db8000000000000000000000001", Show("2001:db8::1"));
            Assert.AreEqual("20010db8000000000000000000000000", Show("2001:DB8::"));
            Assert.AreEqual("00010002000300040005000600070008", Show("1:2:3:4:5:6:7:8"));
            Assert.AreEqual("0001000200030004000500067f000001", Show("1:2:3:4:5:6:127.0.0.1"));
            Assert.AreEqual("00010002000300000000000000070008", Show("1:2:3::7:8"));
            Assert.AreEqual("00010002000300040005000600070000", Show("1:2:3:4:5:6:7::"));
        }

        [TestMethod]
        public void Parse_WhatIsNoAddress_IsNone()
        {
            string[] none =
            {
                "", ".", ":", ":::", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.-4", "1..2.3", "0001.2.3.4", "1.2.3.4x", " 1.2.3.4", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
                "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7:8::", "1:2:3:4:5:6:7:", ":1:2:3:4:5:6:7", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4:5", "fe80::1%eth0", "IPv6:",
                "IPv6:1.2.3.4",
            };
            for (int at = 0; at < none.Length; at++)
            {
                Assert.AreEqual("none", Show(none[at]));
            }
        }

        [TestMethod]
        public void Parse_EveryPrefixAndEveryChangedOctet_IsAnsweredWithinItsOctets()
        {
            string[] good = { "192.168.1.20", "2001:db8::ff:1", "IPv6:::ffff:10.0.0.1", "1:2:3:4:5:6:7:8" };
            byte[] address = new byte[16];
            for (int at = 0; at < good.Length; at++)
            {
                byte[] octets = Octets.Of(good[at]);
                for (int count = 0; count < octets.Length; count++)
                {
                    IpAddress.Parse(octets, 0, count, address);
                    byte kept = octets[count];
                    for (int octet = 0; octet < 256; octet++)
                    {
                        octets[count] = (byte)octet;
                        IpAddress.Parse(octets, 0, octets.Length, address);
                    }

                    octets[count] = kept;
                }

                Assert.IsTrue(IpAddress.Parse(octets, 0, octets.Length, address));
            }
        }

        [TestMethod]
        public void Access_NothingSaid_IsPrivateNetworksAndLoopback()
        {
            string[] inside =
            {
                "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.9", "127.0.0.1", "127.9.9.9", "169.254.3.4", "IPv6:::1", "IPv6:fd12:3456::1",
                "IPv6:fe80::1",
            };
            string[] outside =
            {
                "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "8.8.8.8", "0.0.0.0", "IPv6:2001:db8::1", "IPv6:::2",
                "IPv6:fe00::1", "IPv6:fec0::1", "anything", "",
            };
            AccessList access = Read("").Access;
            for (int at = 0; at < inside.Length; at++)
            {
                Assert.AreEqual(AccessList.Send | AccessList.Fetch, access.RightsOf(Octets.Of(inside[at]), new byte[16]));
            }

            for (int at = 0; at < outside.Length; at++)
            {
                Assert.AreEqual(AccessList.Refuse, access.RightsOf(outside[at].Length == 0 ? null : Octets.Of(outside[at]), new byte[16]));
            }
        }

        [TestMethod]
        public void Access_LongestPrefix_DecidesWhateverTheOrder()
        {
            string lines = "[access]\n0.0.0.0/0 refuse\n10.0.0.0/8 send ; devices\n10.1.2.3 = fetch\n192.168.1.0/24 send fetch\n10.1.0.0/16 = refuse\n2001:db8::/32 fetch,send\n"
                + "[appliance]\nring = 64M";
            Assert.AreEqual(AccessList.Send, Rights(lines, "10.0.0.7"));
            Assert.AreEqual(AccessList.Refuse, Rights(lines, "10.1.0.7"));
            Assert.AreEqual(AccessList.Fetch, Rights(lines, "10.1.2.3"));
            Assert.AreEqual(AccessList.Send | AccessList.Fetch, Rights(lines, "192.168.1.255"));
            Assert.AreEqual(AccessList.Refuse, Rights(lines, "192.168.2.0"));
            Assert.AreEqual(AccessList.Refuse, Rights(lines, "127.0.0.1"));
            Assert.AreEqual(AccessList.Send | AccessList.Fetch, Rights(lines, "IPv6:2001:db8:1::5"));
            Assert.AreEqual(AccessList.Refuse, Rights(lines, "IPv6:2001:db9::5"));
            Assert.AreEqual(AccessList.Refuse, Rights("[access]", "127.0.0.1"));
            Assert.AreEqual(AccessList.Send, Rights("[access]\n::/0 send", "8.8.8.8"));
            Assert.AreEqual(AccessList.Refuse, Rights("[access]\n0.0.0.0/0 send", "IPv6:2001:db8::1"));
        }

        [TestMethod]
        public void Access_EveryPrefixLength_CountsBits()
        {
            for (int bits = 0; bits <= 32; bits++)
            {
                string lines = "[access]\n255.255.255.255/" + bits.ToString() + " send";
                long last = bits == 0 ? 0 : (0xFFFFFFFFL << (32 - bits)) & 0xFFFFFFFFL;
                Assert.AreEqual(AccessList.Send, Rights(lines, Ipv4(last)));
                if (bits > 0)
                {
                    Assert.AreEqual(AccessList.Refuse, Rights(lines, Ipv4(last - 1)));
                }
            }
        }

        [TestMethod]
        public void Access_WrongLines_AreNamed()
        {
            Assert.AreEqual("line 2: [access]: expected a network such as 192.168.1.0/24 or fd00::/8, and what it may do, found \"10.0.0.0/33\"", Wrong("[access]\n10.0.0.0/33 send"));
            Assert.AreEqual("line 2: [access]: expected a network such as 192.168.1.0/24 or fd00::/8, and what it may do, found \"lan\"", Wrong("[access]\nlan = send"));
            Assert.AreEqual("line 2: [access]: expected a network such as 192.168.1.0/24 or fd00::/8, and what it may do, found \"10.0.0.0/\"", Wrong("[access]\n10.0.0.0/ send"));
            Assert.AreEqual("line 2: [access]: expected send, fetch, both, or refuse, found \"write\"", Wrong("[access]\n10.0.0.0/8 write"));
            Assert.AreEqual("line 2: [access]: expected send, fetch, both, or refuse, found \"refuse send\"", Wrong("[access]\n10.0.0.0/8 refuse send"));
            Assert.AreEqual("line 3: [access]: expected each network once, found \"10.9.9.9/8\"", Wrong("[access]\n10.0.0.0/8 send\n10.9.9.9/8 fetch"));
            Assert.AreEqual("line 4: [access] was begun on line 1 already", Wrong("[access]\n10.0.0.0/8 send\n[appliance]\n[access]"));
            Assert.AreEqual("line 2: [access]: expected send, fetch, both, or refuse, found nothing", Wrong("[access]\n10.0.0.0/8"));
            Assert.AreEqual("line 2: [access]: expected send, fetch, both, or refuse, found nothing", Wrong("[access]\n10.0.0.0/8 =  # devices"));
            Assert.AreEqual("line 2: expected a [section] or \"key = value\"", Wrong("[appliance]\nring 64M"));
        }

        private static string Ipv4(long value)
        {
            return ((value >> 24) & 255).ToString() + "." + ((value >> 16) & 255).ToString() + "." + ((value >> 8) & 255).ToString() + "." + (value & 255).ToString();
        }
    }
}
