namespace MailAppliance.Boards
{
    /// <summary>The configuration that a board writes where it finds none: one maildrop for everything, with a password of its own.</summary>
    internal static class FirstConfiguration
    {
        /// <summary>The maildrop's name.</summary>
        internal const string Maildrop = "mail";

        /// <summary>Octets of randomness that a password takes, one for each of its letters, of which 5 bits count.</summary>
        internal const int PasswordOctets = 12;

        // By this the board knows its own file again.
        private const string Mark = "# Written by the board at its first start, since it found no configuration.\n";
        private const string PasswordKey = "password = ";

        // 32 of them, and none that is read wrong from a screen: no 0 and o, no 1 and l.
        private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

        /// <summary>Makes a password.</summary>
        /// <param name="random">At least <see cref="PasswordOctets"/> octets.</param>
        /// <returns>The password.</returns>
        internal static string Password(byte[] random)
        {
            char[] letters = Letters.ToCharArray();
            char[] password = new char[PasswordOctets];
            for (int at = 0; at < PasswordOctets; at++)
            {
                password[at] = letters[random[at] & 31];
            }

            return new string(password);
        }

        /// <summary>Makes the file's text; every key that it does not name has its default.</summary>
        /// <param name="password">The maildrop's password.</param>
        /// <returns>The text.</returns>
        internal static string Text(string password)
        {
            return Mark
                + "# As long as that line is there, the password is in the log at each start.\n"
                + "# Another one is D:\\appliance.ini on the card, which goes before this, or this file replaced.\n"
                + "[appliance]\n"
                + "[maildrop " + Maildrop + "]\n"
                + PasswordKey + password + "\n"
                + "addresses = *\n";
        }

        /// <summary>Finds the password in a file that the board wrote.</summary>
        /// <param name="text">The file's text.</param>
        /// <returns>The password; empty where somebody else wrote the file.</returns>
        internal static string PasswordIn(string text)
        {
            int begin = text.IndexOf(PasswordKey);
            if (begin < 0 || text.Length <= Mark.Length || text.Substring(0, Mark.Length) != Mark)
            {
                return "";
            }

            string rest = text.Substring(begin + PasswordKey.Length);
            int end = rest.IndexOf('\n');
            return end < 0 ? "" : rest.Substring(0, end);
        }
    }
}
