using System;
using System.Collections.Generic;
using System.Linq;
using MailAppliance.Tools.Fuzz.Login;
using MailAppliance.Tools.Fuzz.Pop3;
using MailAppliance.Tools.Fuzz.Ring;
using MailAppliance.Tools.Fuzz.Smtp;
using MailAppliance.Tools.Fuzz.Text;

namespace MailAppliance.Tools.Fuzz.Targets
{
    /// <summary>All targets, and how many of a thousand inputs each gets.</summary>
    internal static class TargetList
    {
        private static readonly (string Name, int Share, Func<FuzzTarget> Make)[] s_all =
        [
            ("smtp", 280, () => new SmtpTarget(false)),
            ("smtp-strict", 130, () => new SmtpTarget(true)),
            ("pop3", 170, () => new Pop3Target(false)),
            ("pop3-strict", 60, () => new Pop3Target(true)),
            ("configuration", 50, () => new ConfigurationTarget()),
            ("ring", 20, () => new RingTarget()),
            ("base64", 90, () => new Base64Target()),
            ("sasl", 90, () => new SaslTarget()),
            ("password-hash", 40, () => new PasswordHashTarget()),
            ("access", 70, () => new AccessTarget()),
        ];

        /// <summary>Their names.</summary>
        internal static IReadOnlyList<string> Names { get; } = [.. s_all.Select(target => target.Name)];

        /// <summary>How many of a thousand inputs a target gets.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>The share.</returns>
        internal static int ShareOf(string name)
        {
            return s_all.Single(target => target.Name == name).Share;
        }

        /// <summary>Makes a target.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>The target, for one thread.</returns>
        internal static FuzzTarget Make(string name)
        {
            return s_all.Single(target => target.Name == name).Make();
        }
    }
}
