using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Text;
using MailAppliance.Configuration;

namespace MailAppliance.Tools.Torture.World
{
    /// <summary>Configurations: which of the names have a maildrop, and in which order. Each is parsed once.</summary>
    internal static class Layouts
    {
        /// <summary>Everybody who ever has a maildrop; one more than the ring has bits for.</summary>
        internal static readonly string[] Names = { "alice", "bob", "carol", "dave", "erin" };

        /// <summary>Recipient bits of the ring: maildrops that are gone give theirs up once nobody has mail there.</summary>
        internal const int MaildropsMax = 4;

        /// <summary>The most maildrops of a configuration.</summary>
        internal const int LengthMax = 3;

        /// <summary>Configurations of one ring's shape.</summary>
        internal const int Count = 24;

        private static readonly ApplianceSettings?[] s_settings = new ApplianceSettings?[Count * RingShape.All.Length * Policy.All.Length];
        private static readonly int[][] s_orders = MakeOrders();

        /// <summary>The numbers of the names that a layout has, in its order.</summary>
        internal static int[] OrderOf(int layout)
        {
            return s_orders[layout];
        }

        /// <summary>Bits of the names that a layout has.</summary>
        internal static int MaskOf(int layout)
        {
            int mask = 0;
            foreach (int name in s_orders[layout])
            {
                mask |= 1 << name;
            }

            return mask;
        }

        /// <summary>A layout that has somebody of those who have mail, and fits beside the others.</summary>
        /// <param name="live">Bits of the names that have mail.</param>
        /// <returns>The layout; -1 where there is none.</returns>
        internal static int Find(int live)
        {
            for (int layout = 0; layout < Count; layout++)
            {
                if ((MaskOf(layout) & live) != 0 && Fits(layout, live))
                {
                    return layout;
                }
            }

            return -1;
        }

        /// <summary>Whether the ring has bits enough for a layout beside those that mail still has.</summary>
        internal static bool Fits(int layout, int live)
        {
            return BitOperations.PopCount((uint)(MaskOf(layout) | live)) <= MaildropsMax;
        }

        /// <summary>The settings of a layout, on a ring of a shape, under a policy.</summary>
        internal static ApplianceSettings SettingsOf(int layout, int shape, Policy policy)
        {
            int place = (((policy.Number * RingShape.All.Length) + shape) * Count) + layout;
            lock (s_settings)
            {
                return s_settings[place] ??= Parse(layout, RingShape.All[shape], policy);
            }
        }

        private static int[][] MakeOrders()
        {
            var random = new Hal.Desktop.Simulated.SeededRandom(1);
            var orders = new int[Count][];
            for (int layout = 0; layout < Count; layout++)
            {
                var names = new List<int> { 0, 1, 2, 3, 4 };
                orders[layout] = new int[1 + (layout % LengthMax)];
                for (int at = 0; at < orders[layout].Length; at++)
                {
                    orders[layout][at] = names[random.Next(names.Count)];
                    names.Remove(orders[layout][at]);
                }
            }

            return orders;
        }

        private static ApplianceSettings Parse(int layout, RingShape shape, Policy policy)
        {
            var text = new StringBuilder("[appliance]\nhost = m.lan\nring = 64K\nmessage-max = 16K\nlog = detail\nnotices = no\n");
            text.Append(CultureInfo.InvariantCulture, $"maildrops = {MaildropsMax}\nmessages = {shape.Messages}\nsmtp-idle = 60s\npop3-idle = 120s\n{policy.ApplianceLines}");
            foreach (int name in s_orders[layout])
            {
                text.Append(CultureInfo.InvariantCulture, $"[maildrop {Names[name]}]\npassword = p\n{policy.MaildropLines}");
            }

            byte[] octets = Encoding.ASCII.GetBytes(text.ToString());
            var reader = new ConfigurationReader();
            ApplianceSettings settings = reader.Read(octets, 0, octets.Length) ?? throw new InvalidOperationException(reader.Error?.ToString());

            // Smaller than a user may ask for: the store does not mind, and a lap is made in some dozen mails.
            settings.RingOctets = shape.Blocks * 512L;
            settings.MessageOctetsMax = shape.MessageOctets;
            settings.RecordOctets = shape.RecordOctets;
            settings.ReadOctets = 1024;
            return settings;
        }
    }
}
