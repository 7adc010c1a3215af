using MailAppliance.Configuration;
using MailAppliance.Hal.Nano;

namespace MailAppliance.Boards.Virtual
{
    /// <summary>
    /// The appliance on nanoFramework's virtual device, or on any board whose network is up when the program starts: ring and
    /// configuration are on the internal volume, <c>I:\</c>.
    /// </summary>
    public static class Program
    {
        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            // littlefs commits what was written when a file is closed.
            NanoCard card = new NanoCard("I:\\MAIL.RNG", true);
            new NanoHost("I:\\appliance.ini", Defaults(), card).Run();
        }

        // On its own, so that nothing holds them once they are read.
        private static ConfigurationDefaults Defaults()
        {
            // 1 MiB: what the internal flash of a common board has room for.
            ConfigurationDefaults defaults = new ConfigurationDefaults();
            defaults.Any = "ring 1M";
            return defaults;
        }
    }
}
