using System;

namespace MailAppliance.Core
{
    /// <summary>Checks that stay on in every build, for our own mistakes only.</summary>
    /// <remarks>
    /// What a peer sends or a card answers is never an invariant: that is a return value. A broken invariant ends the loop;
    /// what was answered 250 is on the card already, so to stop is the safe thing to do.
    /// </remarks>
    public static class Invariant
    {
        /// <summary>Stops the appliance. The check itself stands before the call: on the board a literal costs 12 octets each time it is
        /// passed, whether or not anybody reads it.</summary>
        /// <param name="what">What must not be, for the log.</param>
        public static void Broken(string what)
        {
            throw new InvalidOperationException(what);
        }
    }
}
