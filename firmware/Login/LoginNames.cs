using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Login
{
    /// <summary>Whose maildrop a login's name stands for.</summary>
    public static class LoginNames
    {
        /// <summary>Finds the maildrop: by its name, or by one of its addresses, since people type their address.</summary>
        /// <param name="settings">Who has a maildrop.</param>
        /// <param name="buffer">Buffer of the name.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its octets.</param>
        /// <returns>The index in <see cref="ApplianceSettings.Maildrops"/>, or <see cref="LoginAttempt.Nobody"/>.</returns>
        public static int Find(ApplianceSettings settings, byte[] buffer, int offset, int count)
        {
            MaildropSettings[] maildrops = settings.Maildrops;
            for (int index = 0; index < maildrops.Length; index++)
            {
                byte[] name = maildrops[index].Name;
                if (Octets.EqualIgnoreCase(name, 0, name.Length, buffer, offset, count))
                {
                    return index;
                }
            }

            int at = count - 1;
            while (at > 0 && buffer[offset + at] != '@')
            {
                at--;
            }

            // Without a local-part or a domain it is no address, and the book would take a missing domain for ours.
            bool isAddress = at > 0 && at < count - 1;
            int found = isAddress ? settings.Addresses.Find(buffer, offset, at, buffer, offset + at + 1, count - at - 1, false) : LoginAttempt.Nobody;
            return found >= 0 ? found : LoginAttempt.Nobody;
        }
    }
}
