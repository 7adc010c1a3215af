using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Core;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary><c>appliance.example.ini</c> names every key of the table, at its default, and says the default of each profile.</summary>
    [TestClass]
    public sealed class ExampleFileTests
    {
        private static string[] Lines()
        {
            return File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "appliance.example.ini"));
        }

        private static ApplianceSettings Read(string text)
        {
            var reader = new ConfigurationReader();
            byte[] octets = Encoding.UTF8.GetBytes(text);
            ApplianceSettings settings = reader.Read(octets, 0, octets.Length);
            Assert.IsNull(reader.Error, reader.Error?.ToString());
            return settings;
        }

        [TestMethod]
        public void Example_EveryKey_StandsAtItsDefaultBehindASentenceThatSaysSo()
        {
            string[] lines = Lines();
            foreach (ConfigurationKey key in new ConfigurationKeys().All)
            {
                int at = Array.IndexOf(lines, $"{key.Name} = {key.Small}");
                Assert.IsGreaterThan(0, at, $"{key.Name} = {key.Small} is not in the file");
                int first = at;
                while (lines[first - 1].StartsWith('#'))
                {
                    first--;
                }

                string comment = string.Join(' ', lines[first..at].Select(line => line.TrimStart('#', ' ')));
                string wanted = key.Small == key.Large ? $"Default: {key.Small}" : $"Default: {key.Small} (small), {key.Large} (large).";
                StringAssert.Contains(comment, wanted, StringComparison.Ordinal);
            }
        }

        [TestMethod]
        public void Example_NoKeyTwice_AndNoneBesideTheTable()
        {
            List<string> keys = Lines()
                .TakeWhile(line => !line.StartsWith("[maildrop", StringComparison.Ordinal))
                .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'))
                .Select(line => line.Substring(0, line.IndexOf('=', StringComparison.Ordinal)).Trim())
                .ToList();
            CollectionAssert.AreEqual(new ConfigurationKeys().All.Select(key => key.Name).ToList(), keys);
        }

        [TestMethod]
        public void Example_Read_EqualsTheDefaults()
        {
            string[] lines = Lines();
            ApplianceSettings example = Read(string.Join('\n', lines));
            int maildrops = Array.FindIndex(lines, line => line.StartsWith("[maildrop", StringComparison.Ordinal));
            ApplianceSettings defaults = Read(string.Join('\n', lines[maildrops..]));
            foreach (System.Reflection.FieldInfo field in typeof(ApplianceSettings).GetFields())
            {
                object? value = field.GetValue(example);
                switch (field.Name)
                {
                    case nameof(ApplianceSettings.IsRingGiven):
                    case nameof(ApplianceSettings.TlsCertificateLine):
                    case nameof(ApplianceSettings.TlsKeyLine):
                    case nameof(ApplianceSettings.Addresses):
                    case nameof(ApplianceSettings.Maildrops):
                        break;
                    case nameof(ApplianceSettings.Access):
                        Assert.AreEqual(defaults.Access.Count, example.Access.Count);
                        foreach (string address in new[] { "10.1.1.1", "172.16.0.1", "172.32.0.1", "192.168.0.1", "169.254.1.1", "127.0.0.1", "8.8.8.8", "fd00::1", "fe80::1", "::1", "2001:db8::1" })
                        {
                            byte[] literal = Octets.Of(address);
                            Assert.AreEqual(defaults.Access.RightsOf(literal, new byte[16]), example.Access.RightsOf(literal, new byte[16]), address);
                        }

                        break;
                    case nameof(ApplianceSettings.Host):
                        CollectionAssert.AreEqual(defaults.Host, example.Host);
                        break;
                    default:
                        Assert.AreEqual(field.GetValue(defaults), value, field.Name);
                        break;
                }
            }

            Assert.HasCount(2, example.Maildrops);
        }
    }
}
